"""What is tapped in a component of ours: told until it was heard (components/taps.js), heard once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import streamlit as st

_HEARD = "taps_heard"  # of each component, the number of the last tap


def taps_heard(key: str) -> int:
    """For the script of the component: what it need not tell again."""
    heard: int = st.session_state.get(_HEARD, {}).get(key, 0)
    return heard


def hear_taps(key: str, act: Callable[[str], None]) -> Callable[[], None]:
    """What is to be called when the component tells its taps: `act` with each that is new, the first one first."""

    def hear() -> None:
        for number, what in _told(st.session_state[key].tapped):
            if number > taps_heard(key):
                st.session_state.setdefault(_HEARD, {})[key] = number
                act(what)

    return hear


def _told(taps: object) -> Iterator[tuple[int, str]]:
    """It comes from the browser, and may be anything."""
    for one in taps if isinstance(taps, list) else []:
        match one:
            case [int() as number, str() as what]:
                yield number, what
