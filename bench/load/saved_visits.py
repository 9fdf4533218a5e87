"""Simulated visitors of saved dossiers, in a process of their own: each opens its dossier by its link and answers.

`python -m bench.load.saved_visits PORT` reads one JSON object on standard input, `{"tokens": [...], "pause": 0.0}`,
then `rest` and `go on`, a line each, and prints one object a line: `{"opened": n}`; `{"gave": n, "item": ...,
"status": ...}` before an answer leaves; `{"told": n}` when the run of the script that it caused has finished;
`{"looked": n, "state": ...}` with what the page then says of saving; `{"left": n}` when its line closed, upon which it
asks for its page again, as a browser does, until it has it; `{"rests": n}` once it was asked to and its page says that
nothing waits. At the end of standard input each comes to its end.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from bench.load.visitors import PATIENCE, Visit, address_of
from devtools.server import LOOPBACK
from pensebete.web.server.link_cookie import LINK_COOKIE
from pensebete.web.server.this_process import PROCESS_COOKIE

# The catalogues say « L’enregistrement attend… » and « enregistré à 14 h 32 ».
WAITS, SAVED, LINE = "enregistrement attend", "enregistré à", 'class="saved"'
COMES_BACK_AFTER = 0.5  # seconds between two attempts, as the framework's own page has them
LOOKS_AGAIN = 1.0  # seconds, where it rests and saving still waits
STATUSES = ("done", "in_progress", "to_do", "unknown")
AWAY = (OSError, WebSocketException, TimeoutError)
_STATUS_OF = re.compile(r"-status\.(?P<item>[a-z0-9-]+)\.[0-9a-f]{8}\.")


class NotOpenedError(Exception):
    """The page is there, and its dossier is not: the database is away, or what it says of saving did not come."""


@dataclass
class SavedVisit(Visit):
    """A visit to a saved dossier: it shows the answers that were saved, and says what becomes of others."""

    looks: str = ""  # the fragment that runs every few seconds
    state: str = ""  # what the page last said of saving: opened, saved, waits

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
        """As an open page does by itself."""
        self.state = ""
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
        line = next((one for one in (element.html.body, element.markdown.body) if LINE in one), "")
        if WAITS in element.alert.body:
            self.state = "waits"
        elif line:
            self.state = "saved" if SAVED in line else "opened"


@dataclass
class Crowd:
    """All the visitors, and what they were told to do."""

    tokens: list[str]
    pause: float
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def one(self, port: int, n: int) -> None:
        given, process = 0, ""
        while not self.over.is_set():
            try:
                visit = await opened(port, self.tokens[n], given, address_of(n), process)
            except (*AWAY, NotOpenedError):
                await asyncio.sleep(COMES_BACK_AFTER)
                continue
            process = _process_of(visit) or process
            tell(opened=n, process=process)
            try:
                await self._answer(n, visit)
            except AWAY:
                tell(left=n)
            given = visit.given
            visit.socket.transport.abort()

    async def _answer(self, n: int, visit: SavedVisit) -> None:
        while not self.over.is_set():
            async with asyncio.timeout(PATIENCE):
                if self.may_answer.is_set():
                    tell(gave=n, item=visit.item(), status=visit.status())
                    await visit.answer()
                    tell(told=n)
                await visit.look()
            tell(looked=n, state=visit.state)
            if self.may_answer.is_set():
                await asyncio.sleep(self.pause)
            elif visit.state in ("saved", "opened"):
                tell(rests=n)
                await self.may_answer.wait()
            else:
                await asyncio.sleep(LOOKS_AGAIN)


async def opened(port: int, token: str, given: int, address: str = LOOPBACK, process: str = "") -> SavedVisit:
    """Raises NotOpenedError, and what a websocket does."""
    cookies = {LINK_COOKIE: token, **({PROCESS_COOKIE: process} if process else {})}
    socket = await connect(
        f"ws://{LOOPBACK}:{port}/_stcore/stream",
        origin=f"http://{LOOPBACK}:{port}",  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        max_size=None,
        ping_interval=None,
        open_timeout=PATIENCE,
        user_agent_header=None,
        proxy=None,
        local_addr=(address, 0),
    )
    visit = SavedVisit(socket, "questionnaire", given=given)
    try:
        async with asyncio.timeout(PATIENCE):
            await visit.begin()
        if not visit.state:
            raise NotOpenedError
    except BaseException as error:
        socket.transport.abort()
        if isinstance(error, RuntimeError):  # a page without a question
            raise NotOpenedError from None
        raise
    return visit


def _process_of(visit: SavedVisit) -> str:
    """Of several processes, the one that said that the visit is with it."""
    response = visit.socket.response
    said = response.headers.get_all("Set-Cookie") if response else []
    return next((one.partition("=")[2].partition(";")[0] for one in said if one.startswith(PROCESS_COOKIE)), "")


def tell(**what: object) -> None:
    print(json.dumps(what), flush=True)


async def main(port: int) -> None:
    order = json.loads(await asyncio.to_thread(sys.stdin.readline))
    crowd = Crowd(order["tokens"], order["pause"])
    crowd.may_answer.set()

    async def listen() -> None:
        while asked := (await asyncio.to_thread(sys.stdin.readline)).strip():
            if asked == "rest":
                crowd.may_answer.clear()
            else:
                crowd.may_answer.set()
        crowd.over.set()
        crowd.may_answer.set()

    listening = asyncio.create_task(listen())
    ends = await asyncio.gather(*(crowd.one(port, n) for n in range(len(crowd.tokens))), return_exceptions=True)
    listening.cancel()
    for end in ends:
        if end is not None:
            tell(strange=f"{type(end).__name__}: {end}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
