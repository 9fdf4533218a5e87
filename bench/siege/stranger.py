"""One stranger, in a process of its own: `python -m bench.siege.stranger PORT` reads orders on standard input.

An order is a line in JSON, `[seconds, attack, variation]`; once it is carried out, how often and at what cost is told.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import sys
import time
from contextlib import closing, suppress
from urllib.parse import urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bench.load.open_files import allow_many_sockets
from bench.siege.attacks import ATTACKS, Attack
from devtools.server import LOOPBACK

NICENESS = 15  # what is measured is the server, and not how much of the machine the strangers take
PATIENCE = 120.0  # seconds that a stranger waits for an answer: on a busy machine a long text takes many


class Stranger:
    """Somebody at a page of the app, with an order for its fields."""

    def __init__(self, port: int, socket: ClientConnection, heard: list[str] | None = None) -> None:
        self.port, self.socket, self.heard = port, socket, heard if heard is not None else []
        self.fields: dict[str, str] = {}  # the kind of a widget -> its id
        self.session = self.page_hash = ""

    async def go(self, page: str) -> None:
        order = BackMsg()
        order.rerun_script.page_name = page
        await self._run(order)

    async def type(self, text: str) -> None:
        order = self._order()
        field = order.rerun_script.widget_states.widgets.add()
        field.id, field.string_value = self.fields["text_area"], text
        await self._run(order)

    async def drop(self, name: str, content: bytes) -> None:
        """Upload a file and have the page look at it."""
        order = BackMsg()
        order.file_urls_request.request_id, order.file_urls_request.session_id = "1", self.session
        order.file_urls_request.file_names.append(name)
        await self.socket.send(order.SerializeToString())
        while not (message := await self._next()).HasField("file_urls_response"):
            pass
        place = message.file_urls_response.file_urls[0]
        await asyncio.to_thread(self._upload, place.upload_url, name, content)
        order = self._order()
        field = order.rerun_script.widget_states.widgets.add()
        field.id = self.fields["file_uploader"]
        info = field.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = place.file_id, name, len(content)
        info.file_urls.CopyFrom(place)
        await self._run(order)

    def _upload(self, address: str, name: str, content: bytes) -> None:
        with closing(http.client.HTTPConnection(LOOPBACK, self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/_stcore/health")
            answer = connection.getresponse()
            answer.read()
            token = (answer.headers.get("Set-Cookie") or "").partition("=")[2].partition(";")[0]
            mark = uuid4().hex
            head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
            said = {"Content-Type": f"multipart/form-data; boundary={mark}", "X-Xsrftoken": token}
            connection.request("PUT", urlsplit(address).path, body, {**said, "Cookie": f"_streamlit_xsrf={token}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 300:
                raise OSError(answer.status)

    def _order(self) -> BackMsg:
        order = BackMsg()
        order.rerun_script.page_script_hash = self.page_hash
        return order

    async def _run(self, order: BackMsg) -> None:
        await self.socket.send(order.SerializeToString())
        while True:
            message = await self._next()
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                return
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
            elif kind == "navigation":
                self.page_hash = message.navigation.page_script_hash
            elif kind == "delta" and message.delta.HasField("new_element"):
                element = message.delta.new_element
                what = element.WhichOneof("type")
                if what == "alert":
                    self.heard.append(element.alert.body)
                if what in {"text_area", "file_uploader"}:
                    self.fields.setdefault(what, getattr(element, what).id)

    async def _next(self) -> ForwardMsg:
        return ForwardMsg.FromString(await asyncio.wait_for(self.socket.recv(decode=False), PATIENCE))


async def besiege(port: int, seconds: float, attack: Attack) -> int:
    """How often it was tried until the time was over."""
    until, times = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        times += 1
        with suppress(OSError, TimeoutError, WebSocketException, KeyError, http.client.HTTPException):
            await asyncio.wait_for(_once(port, attack), max(until - time.monotonic(), 0.1))
    return times


async def _once(port: int, attack: Attack) -> None:
    if attack.sends is not None:
        await _connections(port, attack)
        return
    async with connect(
        f"ws://{LOOPBACK}:{port}/_stcore/stream",
        origin=attack.origin.format(port=port),  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        open_timeout=PATIENCE,
        ping_interval=None,
        proxy=None,
    ) as socket:
        if attack.message is not None:
            await socket.send(attack.message)
            await asyncio.wait_for(socket.recv(), 1)
            return
        try:
            stranger = Stranger(port, socket)
            await stranger.go(attack.page)
            if attack.text:
                await stranger.type(attack.text())
            if attack.file:
                await stranger.drop(*attack.file())
        finally:
            socket.transport.abort()  # strangers leave without a word


async def _connections(port: int, attack: Attack) -> None:
    """As many connections as the attack wants, each left as it is."""
    opened = []
    try:
        for _ in range(attack.connections):
            with suppress(OSError):
                _, writer = await asyncio.open_connection(LOOPBACK, port, limit=1024)
                writer.transport.pause_reading()  # type: ignore[attr-defined]
                writer.write(attack.sends or b"")
                opened.append(writer)
        await asyncio.sleep(1.5)
    finally:
        for writer in opened:
            writer.transport.abort()


async def main(port: int) -> None:
    while order := json.loads(await asyncio.to_thread(sys.stdin.readline) or "null"):
        seconds, name, which = order
        before = time.process_time()
        tried = await besiege(port, seconds, ATTACKS[name][which])
        print(json.dumps([tried, time.process_time() - before]), flush=True)


if __name__ == "__main__":
    os.nice(NICENESS)
    allow_many_sockets()
    asyncio.run(main(int(sys.argv[1])))
    os._exit(0)  # an upload that nobody answers is not waited for
