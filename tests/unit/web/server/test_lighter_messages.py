"""What runs tell comes to the loop whole and in its order, though it comes together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent

from pensebete.web.server.lighter_messages import hand_over_together


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the app does at its start; afterwards the framework is as it was."""
    for where, name in (
        (AppSession, "_call_soon_on_event_loop"),
        (AppSession, "_on_scriptrunner_event"),
        (AppSession, "flush_browser_queue"),
        (Runtime, "_enqueued_some_message"),
    ):
        monkeypatch.setattr(where, name, getattr(where, name))
    hand_over_together()
    hand_over_together()  # the app's script may be read again


def session(loop: asyncio.AbstractEventLoop, done: Callable[[object], None] = lambda _: None) -> AppSession:
    """A visit that only notes what it is told by its runs."""
    made = AppSession.__new__(AppSession)
    made._event_loop, made._state = loop, AppSessionState.SHUTDOWN_REQUESTED  # so that it needs no end
    made._browser_queue = ForwardMsgQueue()

    def heard(_sender: object, event: ScriptRunnerEvent, forward_msg: object = None) -> None:
        done(event if forward_msg is None else forward_msg)

    made._handle_scriptrunner_event_on_event_loop = heard  # type: ignore[method-assign,assignment]
    return made


@pytest.mark.usefixtures("together")
def test_what_runs_draw_is_handed_over_once_in_order_and_wakes_the_loop_seldom():
    async def handed_over() -> tuple[list[list[object]], int]:
        loop, woken = asyncio.get_running_loop(), 0
        later = loop.call_soon_threadsafe

        def counted(*arguments: Any, **named: Any) -> asyncio.Handle:
            nonlocal woken
            woken += 1
            return later(*arguments, **named)

        loop.call_soon_threadsafe = counted  # type: ignore[method-assign,assignment]
        done: list[list[object]] = [[] for _ in range(3)]
        visits = [session(loop, its.append) for its in done]

        def run(n: int) -> None:
            visits[n]._on_scriptrunner_event(None, ScriptRunnerEvent.SCRIPT_STARTED)
            for number in range(2000):
                visits[n]._on_scriptrunner_event(None, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, forward_msg=number)  # type: ignore[arg-type]
            visits[n]._on_scriptrunner_event(None, ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS)

        threads = [Thread(target=run, args=(n,)) for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()  # the loop comes to none of it meanwhile
        while sum(map(len, done)) < 3 * 2002:
            await asyncio.sleep(0)
        return done, woken

    done, woken = asyncio.run(handed_over())
    begun, ended = ScriptRunnerEvent.SCRIPT_STARTED, ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS
    assert done == [[begun, *range(2000), ended]] * 3
    assert woken == 3 * 2


@pytest.mark.usefixtures("together")
def test_what_a_long_run_draws_does_not_wait_for_its_end():
    async def handed_over() -> list[object]:
        done: list[object] = []
        visit = session(asyncio.get_running_loop(), done.append)
        visit._on_scriptrunner_event(None, ScriptRunnerEvent.SCRIPT_STARTED)
        while not done:
            await asyncio.sleep(0)
        return done

    assert asyncio.run(asyncio.wait_for(handed_over(), 60)) == [ScriptRunnerEvent.SCRIPT_STARTED]


@pytest.mark.usefixtures("together")
def test_one_that_fails_keeps_no_other_from_being_done(caplog):
    async def handed_over() -> list[str]:
        done: list[str] = []
        visit = session(asyncio.get_running_loop())
        visit._call_soon_on_event_loop(lambda: done.append("before"))
        visit._call_soon_on_event_loop(lambda: done[7] and None)  # type: ignore[arg-type,return-value]
        visit._call_soon_on_event_loop(lambda: done.append("after"))
        for _ in range(3):
            await asyncio.sleep(0)
        visit._call_soon_on_event_loop(lambda: done.append("later"))
        for _ in range(3):
            await asyncio.sleep(0)
        return done

    assert asyncio.run(handed_over()) == ["before", "after", "later"]
    assert "IndexError" in caplog.text


@pytest.mark.usefixtures("together")
def test_a_loop_that_has_ended_is_told_nothing_and_nothing_fails():
    loop = asyncio.new_event_loop()
    visit = session(loop)
    loop.close()
    visit._call_soon_on_event_loop(lambda: pytest.fail("nobody is there to do it"))
    visit._call_soon_on_event_loop(lambda: pytest.fail("nobody is there to do it"))


@pytest.mark.usefixtures("together")
def test_whoever_sends_is_woken_from_the_loop_and_from_a_thread():
    async def woken() -> list[bool]:
        wakes, runtime = asyncio.Event(), Runtime.__new__(Runtime)
        runtime._async_objs = SimpleNamespace(eventloop=asyncio.get_running_loop(), need_send_data=wakes)  # type: ignore[assignment]
        runtime._enqueued_some_message()
        seen = [wakes.is_set()]
        wakes.clear()
        thread = Thread(target=runtime._enqueued_some_message)
        thread.start()
        thread.join()
        await asyncio.sleep(0)
        return [*seen, wakes.is_set()]

    assert asyncio.run(woken()) == [True, True]


@pytest.mark.usefixtures("together")
def test_a_visit_with_something_to_tell_tells_it_once():
    visit = session(None)  # type: ignore[arg-type]
    assert visit.flush_browser_queue() == []
    told = ForwardMsg()
    told.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    visit._browser_queue.enqueue(told)
    assert visit.flush_browser_queue() == [told]
    assert visit.flush_browser_queue() == []
