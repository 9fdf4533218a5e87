"""Simulated visitors of saved dossiers, in a process of their own: each opens its dossier by its link and answers.

`python -m bench.load.saved_visits PORT` reads one JSON object on standard input, `{"tokens": [...], "given": [...],
"pause": 0.0}`, and prints one a line: `{"opened": n}`; `{"gave": n, "item": ..., "status": ...}` before an answer
leaves; `{"told": n}` when the run of the script that it caused has finished; `{"looked": n, "state": ...}` with what
the page says of saving. It ends with the server, or at the end of standard input, after a last look.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import sys
import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from bench.load.visitors import PATIENCE, Visit
from devtools.server import LOOPBACK
from pensebete.web.server.link_cookie import LINK_COOKIE

# The catalogues say « L’enregistrement attend… » and « enregistré à 14 h 32 ».
WAITS, SAVED = "enregistrement attend", "enregistré à"
LOOKS_EVERY = 3.0  # seconds, as an open page does
STATUSES = ("done", "in_progress", "to_do", "unknown")
_STATUS_OF = re.compile(r"-status\.(?P<item>[a-z0-9-]+)\.[0-9a-f]{8}\.")


@dataclass
class SavedVisit(Visit):
    """A visit to a saved dossier: it shows the answers that were saved, and looks by itself for others."""

    looks: str = ""  # the fragment that runs every few seconds
    state: str = ""  # what the page last said of saving

    def _keep(self, message: ForwardMsg) -> None:
        before = len(self.questions)
        super()._keep(message)
        self._hear(message)
        if message.WhichOneof("type") == "auto_rerun":
            self.looks = message.auto_rerun.fragment_id
        if len(self.questions) > before:
            radio = message.delta.new_element.radio
            if _STATUS_OF.search(radio.id) is None:
                self.questions.pop()
            if radio.set_value and radio.HasField("raw_value"):
                # What a browser does with the answer that the server says was given.
                self._widget(radio.id).string_value = radio.raw_value

    def item(self) -> str:
        """The item of the next answer."""
        found = _STATUS_OF.search(self.questions[self.given % len(self.questions)].id)
        assert found
        return found["item"]

    def status(self) -> str:
        """The next answer, as the checklist names it."""
        return STATUSES[self.given // len(self.questions) % len(STATUSES)]

    def _see(self, message: ForwardMsg, option: str) -> None:
        self._hear(message)
        super()._see(message, option)

    async def look(self) -> None:
        order = BackMsg()
        run = order.rerun_script
        run.page_script_hash, run.fragment_id, run.is_auto_rerun = self.page_hash, self.looks, True
        for widget in self.widgets.values():
            run.widget_states.MergeFrom(widget)
        self._context(order)
        await self.socket.send(order.SerializeToString())
        async for message in self._until_finished():
            self._hear(message)

    def _hear(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        text = element.alert.body if element.HasField("alert") else element.markdown.body
        if WAITS in text:
            self.state = "waits"
        elif SAVED in text:
            self.state = "saved"


@dataclass
class Crowd:
    """All the visitors, and what they were told to do."""

    tokens: list[str]
    given: list[int]
    pause: float
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def one(self, port: int, n: int) -> None:
        visit = await opened(port, self.tokens[n], self.given[n])
        tell(opened=n, questions=len(visit.questions))
        looked = time.monotonic()
        while not self.over.is_set():
            tell(gave=n, item=visit.item(), status=visit.status())
            await visit.answer()
            tell(told=n)
            if time.monotonic() > looked + LOOKS_EVERY:
                await visit.look()
                looked = time.monotonic()
                tell(looked=n, state=visit.state)
            await asyncio.sleep(self.pause)
        await visit.look()
        tell(looked=n, state=visit.state)


async def opened(port: int, token: str, given: int, address: str = LOOPBACK) -> SavedVisit:
    socket = await connect(
        f"ws://{LOOPBACK}:{port}/_stcore/stream",
        origin=f"http://{LOOPBACK}:{port}",  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": f"{LINK_COOKIE}={token}"},
        max_size=None,
        ping_interval=None,
        open_timeout=PATIENCE,
        user_agent_header=None,
        proxy=None,
        local_addr=(address, 0),
    )
    visit = SavedVisit(socket, "questionnaire", given=given)
    async with asyncio.timeout(PATIENCE):
        await visit.begin()
    return visit


def tell(**what: object) -> None:
    print(json.dumps(what), flush=True)


async def main(port: int) -> None:
    order = json.loads(await asyncio.to_thread(sys.stdin.readline))
    crowd = Crowd(order["tokens"], order["given"], order["pause"])

    async def listen() -> None:
        await asyncio.to_thread(sys.stdin.readline)
        crowd.over.set()

    listening = asyncio.create_task(listen())
    ends = await asyncio.gather(*(crowd.one(port, n) for n in range(len(crowd.tokens))), return_exceptions=True)
    listening.cancel()
    for end in ends:
        if end is not None and not isinstance(end, (WebSocketException, OSError)):
            tell(strange=f"{type(end).__name__}: {end}")


if __name__ == "__main__":
    gc.disable()
    asyncio.run(main(int(sys.argv[1])))
