"""What a run tells reaches the loop that speaks with the browsers in a few goes, and not message by message.

The framework hands over each message of a run by itself, from the run's thread: each wakes the loop by a write to a
socket, takes Python's lock from the run that is at work, and wakes the loop once more as it is put with those of its
visit. Yet the loop sends nothing within ten milliseconds of what it sent before. Here what a run draws waits for its
end, or for a few milliseconds; the order stays.

These are private names of the framework. One that is gone ends the start of the server; whether those that are there
still do what is said here, tests/unit/web/server/test_lighter_messages.py tells.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent

WAITS = 0.005  # seconds, of a page that takes long: what is at its top is seen before its end is made
_MAY_WAIT = (ScriptRunnerEvent.SCRIPT_STARTED, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG)


def hand_over_together() -> None:
    """From here on."""
    later, flush = AppSession._call_soon_on_event_loop, AppSession.flush_browser_queue
    wake = Runtime._enqueued_some_message
    if getattr(later, "together", False):
        return
    waiting: WeakKeyDictionary[AppSession, list[Callable[[], None]]] = WeakKeyDictionary()
    lock = Lock()

    def hand_over(session: AppSession, callback: Callable[[], None], may_wait: bool = False) -> None:
        with lock:
            others = waiting.setdefault(session, [])
            others.append(callback)
            if may_wait and len(others) > 1:
                return  # the loop knows that it is to look
        later(session, partial(begin_later if may_wait else begin_all, session))

    def begin_later(session: AppSession) -> None:
        asyncio.get_running_loop().call_later(WAITS, begin_all, session)

    def begin_all(session: AppSession) -> None:
        with lock:
            callbacks = waiting.pop(session, [])
        loop = asyncio.get_running_loop()
        for callback in callbacks:
            loop.call_soon(callback)

    def tell(session: AppSession, sender: ScriptRunner | None, event: ScriptRunnerEvent, **told: Any) -> None:
        begun = partial(session._handle_scriptrunner_event_on_event_loop, sender, event, **told)
        hand_over(session, begun, may_wait=event in _MAY_WAIT)

    def wake_unless_awake(runtime: Runtime) -> None:
        found = runtime._get_async_objs()
        if asyncio._get_running_loop() is found.eventloop:
            found.need_send_data.set()
        else:
            wake(runtime)

    def flush_what_there_is(session: AppSession) -> list[ForwardMsg]:
        """All visits are looked at whenever one has something to tell."""
        return [] if session._browser_queue.is_empty() else flush(session)

    hand_over.together = True  # type: ignore[attr-defined]
    AppSession._call_soon_on_event_loop = hand_over  # type: ignore[method-assign,assignment]
    AppSession._on_scriptrunner_event = tell  # type: ignore[method-assign,assignment]
    Runtime._enqueued_some_message = wake_unless_awake  # type: ignore[method-assign,assignment]
    AppSession.flush_browser_queue = flush_what_there_is  # type: ignore[method-assign,assignment]
