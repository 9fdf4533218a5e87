"""What comes over a websocket and is no message ends it, with a sentence in the log.

The framework answers it with a traceback, for each one, as long as the stack of everything around it.
"""

from __future__ import annotations

import logging

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from pensebete.web.server.metrics import count_refusal

_LOG = logging.getLogger(__name__)
_PROTOCOL_ERROR = 1002


class MessageDoor:
    """ASGI middleware: lets through what a page of the framework could have sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_messages() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or _is_message(message.get("bytes")):
                return message
            count_refusal("message")
            _LOG.warning("a websocket was ended: what came is no message of a page")
            await send({"type": "websocket.close", "code": _PROTOCOL_ERROR})
            return {"type": "websocket.disconnect", "code": _PROTOCOL_ERROR}

        await self._app(scope, receive_messages if scope["type"] == "websocket" else receive, send)


def _is_message(content: bytes | None) -> bool:
    if content is None:  # text
        return False
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except DecodeError:
        return False
    return message.WhichOneof("type") is not None
