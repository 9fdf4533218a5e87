"""What was published since a draft began, beside the draft: in the reader’s language, taken up by one button."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pensebete.text.wording import wording
from tests.builders import MINIMAL, mended

SAY = wording("fr")
BASE = MINIMAL.read_text(encoding="utf-8")


@pytest.fixture
def shown(monkeypatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(MINIMAL))

    def script(base: str, theirs: str, mine: str) -> None:
        import streamlit as st

        from pensebete.checklist.versions.three_way import three_way
        from pensebete.web import session
        from pensebete.web.server.live import look
        from pensebete.web.views.workshop.three_way import show_three_way

        session.begin(look().serving, "fr")  # type: ignore[arg-type]
        st.session_state.setdefault("draft", mine)
        if st.session_state["draft"] == mine:
            show_three_way(three_way(base, theirs, mine, session.say()), lambda: st.session_state.update(taken=True))

    def run(theirs: str, mine: str) -> AppTest:
        app = AppTest.from_function(script, default_timeout=30, args=(BASE, theirs, mine)).run()
        assert not app.exception
        return app

    return run


def words(app: AppTest) -> str:
    own = " ".join(re.sub("<[^>]+>", " ", one.proto.body) for one in app.get("html"))
    return re.sub(r"\\|\s+", lambda m: " " if m[0].isspace() else "", " ".join([*(m.value for m in app.markdown), own]))


def test_what_does_not_conflict_is_taken_up_by_one_button(shown):
    theirs, mine = mended(("weight: 1.5", "weight: 2")), mended(("vital: true", "vital: false"))
    app = shown(theirs, mine)
    assert SAY("draft.merges").replace("\u00a0", " ") in words(app)
    assert [one.label for one in app.expander] == [f"{SAY('draft.theirs')} (1)", f"{SAY('draft.mine')} (1)"]
    app.button(key="workshop.take_merge").click().run()
    assert app.session_state["draft"] == mended(("weight: 1.5", "weight: 2"), ("vital: true", "vital: false"))
    assert app.session_state["draft_before"] == mine
    assert app.session_state["taken"]


def test_a_conflict_stands_side_by_side_with_its_lines_and_nothing_can_be_taken_up(shown):
    theirs, mine = mended(("weight: 1.5", "weight: 2")), mended(("weight: 1.5", "weight: <b>"))
    app = shown(theirs, mine)
    assert not app.button
    assert "M1 · Compter" in words(app)
    assert "57 weight: 2" in words(app)
    assert "57 weight: &lt;b&gt;" in words(app)


def test_two_texts_that_make_no_sound_checklist_together_say_what_is_wrong(shown):
    # They renamed a choice that the draft begins to ask for.
    theirs = mended(("id: stock,", "id: store,"))
    app = shown(
        theirs, mended(("        applies_when: {staff: [some]}\n", "        applies_when: {operations: [stock]}\n"))
    )
    assert not app.button
    assert SAY("draft.unsound_together", n=2).replace("\u00a0", " ") in words(app)
    assert "stock" in words(app)
