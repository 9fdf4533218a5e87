"""A private link, the address of a calendar or the link of a draft just made: one copies it, sends it, notes it.

The server keeps of a link only what is needed to know it again. So the link lies in the tab's storage until its visitor
has noted it: a reload, or another page and back, show it again. It goes to no server from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from pensebete.web import session
from pensebete.web.components.sending import sending_script
from pensebete.web.components.taps import TAPS_SCRIPT

_component = st.components.v2.component(
    "link_to_send", js=TAPS_SCRIPT + sending_script("link_to_send"), isolate_styles=False
)


def links_to_send(
    dossier: str,
    made: Sequence[Mapping[str, Any]],
    living: Mapping[str, Mapping[str, str]] | None,
    words: Mapping[str, str],
    noted: Callable[[], None],
    key: str,
    kind: Literal["link", "calendar", "draft"] = "link",
) -> None:
    """Show the links of a dossier that are not noted yet, and those in `made`, each `{id, link, address}`.

    Of that kind: each is numbered apart. That of a draft has its short id in the place of a dossier's.

    `living`: of each link that still opens something, by its number, `{title, email}`; None where it is not known now.
    """
    data = {"dossier": dossier, "kind": kind, "made": list(made), "living": living, "words": dict(words)}
    with st.container(key=f"new-{kind}"):
        _component(
            key=key,
            data={**data, "heard": session.taps_heard(key)},
            on_tapped_change=session.hear_taps(key, lambda _: noted()),
        )
