"""Simulated visitors, in a process of their own, who speak with a server as a browser does.

`python -m bench.load.visitors PORT PAGE` reads orders on standard input, one JSON object a line, and answers each
with one:
`{"open": 200}` opens visits until there are that many; `{"answer": 200, "seconds": 20}` has that many of them give an
answer every ten seconds, and tells how long each answer took. `"apart": true` opens each from an address of its own,
`"tokens": [...]` each on the saved dossier of that link. `{"herd": 200, "seconds": 20}` is `answer`, by visitors who
come back as a browser does where their line closes; it tells how long each was without a page.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bench.load.open_files import allow_many_sockets
from devtools.server import LOOPBACK

EVERY = 10.0  # seconds between two answers of a visitor
PATIENCE = 60.0  # seconds after which an answer is given up
AT_ONCE = 4  # visits being opened at the same time

FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
OVERALL = re.compile(r'class="progress".*?(\d+) sur \d+</span></p>')
KEPT = re.compile(r"&quot;times_kept&quot;: (\d+)")


@dataclass
class Question:
    """A radio of the page: what it is called, in which fragment it runs, its options."""

    id: str
    fragment: str
    options: list[str]


@dataclass
class Visit:
    """One visitor: the page as the server sent it, and what the browser would keep of it."""

    socket: ClientConnection
    page: str
    questions: list[Question] = field(default_factory=list)
    widgets: dict[str, WidgetStates] = field(default_factory=dict)
    page_hash: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    answered: int = 0  # as the page says: how many have an answer, and how often one was kept
    kept: int = 0
    given: int = 0
    messages: int = 0  # what came, and how many bytes that was before it was compressed
    bytes: int = 0

    async def begin(self, questions: bool = True) -> None:
        order = BackMsg()
        order.rerun_script.page_name = self.page
        self._context(order)
        await self.socket.send(order.SerializeToString())
        async for message in self._until_finished():
            self._keep(message)
        if questions and not self.questions:
            raise RuntimeError("the page has no radio")

    async def answer(self) -> bool:
        """Give the next answer; tell whether the page shows it."""
        question = self.questions[self.given % len(self.questions)]
        # Not the last option: « Sans objet » is no answer before it has its reason.
        option = question.options[self.given // len(self.questions) % (len(question.options) - 1)]
        self.given += 1
        self.answers[question.id] = option
        self._widget(question.id).string_value = option
        order = BackMsg()
        run = order.rerun_script
        run.page_script_hash = self.page_hash
        run.fragment_id = question.fragment
        # As a browser does: the state of every widget of the page goes with each answer.
        for widget in self.widgets.values():
            run.widget_states.MergeFrom(widget)
        self._context(order)
        await self.socket.send(order.SerializeToString())
        kept = self.kept
        async for message in self._until_finished():
            self._see(message, option)
        return self.kept == kept + 1 and self.answered == len(self.answers)

    def _see(self, message: ForwardMsg, option: str) -> None:
        """What the page says of the answers; what it said before and does not say again still stands on it."""
        element = message.delta.new_element
        if element.HasField("html"):
            if found := OVERALL.search(element.html.body):
                self.answered = int(found[1])
            if found := KEPT.search(element.html.body):
                self.kept = int(found[1])
        elif element.HasField("markdown") and element.markdown.body == f"Chosen: {option}":
            self.answered, self.kept = len(self.answers), self.kept + 1

    async def _until_finished(self):  # type: ignore[no-untyped-def]
        while True:
            received = await self.socket.recv(decode=False)
            self.messages += 1
            self.bytes += len(received)
            message = ForwardMsg.FromString(received)
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished in FINISHED:
                    return
                continue
            yield message

    def _keep(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "new_session" and not self.page_hash:
            self.page_hash = message.new_session.page_script_hash
        elif kind == "delta" and message.delta.HasField("new_element"):
            element = message.delta.new_element
            if element.HasField("radio"):
                radio = element.radio
                self.questions.append(Question(radio.id, message.delta.fragment_id, list(radio.options)))
                self._widget(radio.id)
            elif element.HasField("text_area"):
                self._widget(element.text_area.id).string_value = ""
            elif element.HasField("checkbox"):
                self._widget(element.checkbox.id).bool_value = False

    def _widget(self, id: str):  # type: ignore[no-untyped-def]
        states = self.widgets.get(id)
        if states is None:
            states = self.widgets[id] = WidgetStates()
            states.widgets.add().id = id
        return states.widgets[0]

    def _context(self, order: BackMsg) -> None:
        context = order.rerun_script.context_info
        context.timezone, context.timezone_offset, context.locale = "America/Toronto", 240, "fr-CA"
        context.url = f"http://{LOOPBACK}/{self.page}"
        context.is_embedded, context.color_scheme = False, "light"


async def visit(port: int, page: str, address: str = LOOPBACK, questions: bool = True) -> Visit:
    """`address`: the one it comes from, of this machine's own (127.x.y.z); `questions`: whether the page asks some."""
    socket = await connect(
        f"ws://{LOOPBACK}:{port}/_stcore/stream",
        origin=f"http://{LOOPBACK}:{port}",  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        ping_interval=None,
        open_timeout=PATIENCE,
        user_agent_header=None,
        proxy=None,
        local_addr=(address, 0),
    )
    opened = Visit(socket, page)
    async with asyncio.timeout(PATIENCE):
        await opened.begin(questions)
    return opened


def address_of(n: int) -> str:
    """One of this machine's own for each visitor."""
    return f"127.1.{n // 250}.{n % 250 + 1}"


async def open_visits(
    visits: list[Visit], wanted: int, port: int, page: str, apart: bool = False, tokens: Sequence[str] = ()
) -> dict[str, object]:
    began = time.perf_counter()
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(n: int) -> None:
        address = address_of(n) if apart else LOOPBACK
        async with gate:
            if tokens:
                from bench.load.saved_visits import opened

                visits.append(await opened(port, tokens[n], 0, address))
            else:
                visits.append(await visit(port, page, address))

    async with asyncio.TaskGroup() as group:
        for n in range(len(visits), wanted):
            group.create_task(one(n))
    return {"open": len(visits), "seconds": time.perf_counter() - began}


async def answers(visits: list[Visit], seconds: float) -> dict[str, object]:
    """Each visitor answers every ten seconds, all of them spread evenly; the first round is not counted.

    A time counts from the moment the answer was due: one that waits behind another that is late is late as well.
    """
    start = time.perf_counter() + 0.1
    counted_from = start + EVERY
    end = counted_from + seconds
    took: list[float] = []
    wrong = 0

    async def one(visitor: Visit, due: float) -> None:
        nonlocal wrong
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            try:
                async with asyncio.timeout(PATIENCE):
                    shown = await visitor.answer()
            except TimeoutError:
                shown = False
            wrong += not shown
            if due >= counted_from:
                took.append(time.perf_counter() - due)
            if not shown:
                return
            due += EVERY

    processor = time.process_time()
    async with asyncio.TaskGroup() as group:
        for n, visitor in enumerate(visits):
            group.create_task(one(visitor, start + EVERY * n / len(visits)))
    busy = (time.process_time() - processor) / (time.perf_counter() - start)
    return {"took": [round(1000 * t, 2) for t in took], "wrong": wrong, "busy": busy}


async def herd(visits: list[Visit], seconds: float, port: int, page: str) -> dict[str, object]:
    """As `answers`; each whose line closes asks for its page again at once, and goes on."""
    start = time.perf_counter() + 0.1
    end = start + seconds
    closed: list[float] = []

    async def come_back(n: int) -> Visit:
        began = time.perf_counter()
        while True:
            try:
                found = await visit(port, page, address_of(n))
            except (OSError, WebSocketException, TimeoutError, RuntimeError):
                await asyncio.sleep(0.1)
            else:
                closed.append(time.perf_counter() - began)
                return found

    async def one(n: int) -> None:
        due = start + EVERY * n / len(visits)
        while due < end:
            cut = asyncio.create_task(visits[n].socket.wait_closed())
            done, _ = await asyncio.wait({cut}, timeout=max(0.0, due - time.perf_counter()))
            cut.cancel()
            try:
                if not done:
                    due += EVERY
                    await asyncio.wait_for(visits[n].answer(), PATIENCE)
                    continue
            except WebSocketException:
                pass
            visits[n] = await come_back(n)

    async with asyncio.TaskGroup() as group:
        for n in range(len(visits)):
            group.create_task(one(n))
    return {"closed": [round(one, 3) for one in closed]}


async def main(port: int, page: str) -> None:
    visits: list[Visit] = []
    while order := json.loads(await asyncio.to_thread(sys.stdin.readline) or "null"):
        gc.collect()
        gc.freeze()
        if "open" in order:
            told = await open_visits(
                visits, order["open"], port, page, order.get("apart", False), order.get("tokens", ())
            )
        elif "herd" in order:
            told = await herd(visits[: order["herd"]], order["seconds"], port, page)
        else:
            told = await answers(visits[: order["answer"]], order["seconds"])
        print(json.dumps(told), flush=True)
    for visitor in visits:
        visitor.socket.transport.abort()


if __name__ == "__main__":
    allow_many_sockets()
    gc.disable()
    asyncio.run(main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
