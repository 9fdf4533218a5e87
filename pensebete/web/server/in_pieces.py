"""An answer leaves in pieces, each once the one before is on its way.

Given whole, it is copied whole into the buffer of its connection: hundreds of clients that ask for a large script and
read nothing of it would hold as many copies.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PIECE = 64 * 1024  # bytes; above that a connection says that it is to be waited for


class InPieces:
    """ASGI middleware; outermost, so that it sees what the others make."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_pieces(message: Message) -> None:
            body: bytes = message.get("body", b"")
            if message["type"] != "http.response.body" or len(body) <= PIECE:
                await send(message)
                return
            for start in range(0, len(body), PIECE):
                more = start + PIECE < len(body) or message.get("more_body", False)
                await send({**message, "body": body[start : start + PIECE], "more_body": more})

        await self._app(scope, receive, send_in_pieces if scope["type"] == "http" else send)
