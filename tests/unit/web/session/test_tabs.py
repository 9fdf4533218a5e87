"""Three tabs, two browsers, four links, a server that restarts: no note lands where its writer did not mean it.

The server's side is the program's own: the exchange of links, what a visit opens, what it saves. The browser's side,
which is server/tab_start.js and layout/browser_bridge/, is told again here in a few lines; tests/browser/ tries the
real one on some of these paths.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import streamlit
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event

from pensebete.assessment.edits import with_answer, with_details
from pensebete.assessment.review.model import Remark, Review
from pensebete.storage import current
from pensebete.storage.dossiers import keep, open_link, short_id
from pensebete.storage.engine import Store, open_store
from pensebete.storage.links import add_link, links_of, renew
from pensebete.storage.reviews import review_of
from pensebete.storage.schema import migrate
from pensebete.web import session
from pensebete.web.layout import save_status, tab_backup, tab_dossier
from pensebete.web.server.live import look
from tests.builders import NOW, assess
from tests.unit.web.server.test_link_cookie import Browser

OWN = "tab"
PUBLISHED = look().serving
assert PUBLISHED is not None
ITEM = next(iter(PUBLISHED.checklist.items))
SAID_FOR = re.compile(r"pour (.+), note \d+")


class Slot:
    """Where the copy of the dossier is written: a hidden element of the page."""

    copy = ""

    def html(self, body: str) -> None:
        found = re.fullmatch(r"<pre hidden>(.*)</pre>", body, re.DOTALL)
        self.copy = unescape(found[1]) if found else self.copy


@dataclass
class Tab:
    """A tab: its storage and its address, and the visit that the server knows of it."""

    browser: Browser
    storage: dict[str, str] = field(default_factory=dict)
    address: str | None = None  # what stands behind ?d=
    link_says: str | None = None  # what stands behind &link=
    visit: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)  # of the handshake
    carried_out: set[str] = field(default_factory=set)
    meant: str | None = None  # the dossier that the person takes this tab for, by its name
    left: list[str] = field(default_factory=list)  # what Back would lead to

    # The browser's side

    def load(self, link: str = "", to: str | None = None, by: str = "reload") -> None:
        """Load the page: by a link, at an address, or again."""
        if to is not None:
            self.address = to or None
        if link:
            answer = self.browser.post(link)
            opened = json.loads(answer.body).get("dossier") if answer.body else None
            own, copy = self.storage.get("dossier"), self._copy()
            another = own not in (None, OWN, opened) or (copy and copy["unsaved"] and own != opened)
            self.link_says = json.loads(answer.body).get("refused") if answer.body else None
            if opened:
                self.storage["offer" if another else "dossier"] = opened
                self.link_says = opened if another else session.LINK_OPENED
                if not another:
                    self.meant = None  # the page says which it is
        elif self.storage.get("dossier") is None and self._copy() and not self._copy()["waits_to_open"]:
            self.storage["dossier"] = OWN
        elif by == "navigate" and self.address not in (None, OWN, self.storage.get("dossier", self.address)):
            self.storage["offer"] = str(self.address)
        self.address = self.storage.get("dossier") or (self.address if self.address != OWN else None)
        self.link_says = self.link_says or self.storage.get("offer")
        self.connect()

    def connect(self) -> None:
        """A handshake; the server knows nothing of this visit."""
        self.visit, self.cookies = {}, dict(self.browser.cookies)
        self.run()

    def _copy(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.storage.get("copy") or "{}")
        return found

    # One message to the server, and what the page does with its answer

    def run(self, act: Any = None, says_its_dossier: bool = True) -> None:
        parameters: dict[str, str] = {"d": self.address} if self.address and says_its_dossier else {}
        said = parameters.get("d")
        if self.link_says:
            parameters["link"] = self.link_says
        with self.heard_by_the_server(parameters):
            if act:
                act()
            session.begin(PUBLISHED, "fr")
            told = session.told_of_link()
            if told or session.said_by_tab() or session.unsorted_link() or session.remembered():
                tab_dossier.open_tab()
                tab_dossier.hear_of_link(told)
            session.say_in_address()
            self._page()
        self.link_says = parameters.get("link")
        if parameters.get("d") not in (None, said):
            self.address = self.storage["dossier"] = parameters["d"]

    def _page(self) -> None:
        """What browser_bridge does with what the server wrote, each in the run that follows."""
        for id, order in session.link_orders():
            if id not in self.carried_out:
                self.carried_out.add(id)
                self.browser.post(order)
        if not session.said_something() and self.storage.get("copy"):
            tab_backup.take_back(session.checklist(), self.storage["copy"])
        if session.offer_to_forget():
            self.storage.pop("offer", None)
        slot = Slot()
        slot.html(tab_backup.copy_html(session.evaluation()))
        if slot.copy:
            self.storage["copy"] = slot.copy
            if "dossier" not in self.storage and not self._copy()["saved"]:
                self.storage["dossier"] = OWN
        if session.erased():
            self.storage.pop("copy", None)

    def heard_by_the_server(self, parameters: dict[str, str]) -> Any:
        patch = pytest.MonkeyPatch()
        patch.setattr(streamlit, "session_state", self.visit)
        patch.setattr(streamlit, "query_params", parameters)
        headers = {"Origin": self.browser.origin}
        patch.setattr(streamlit, "context", SimpleNamespace(cookies=self.cookies, headers=headers, timezone="UTC"))
        return undoing(patch)

    # What the person sees

    def asked(self, question: Any) -> Any:
        with self.heard_by_the_server({"d": self.address} if self.address else {}):
            return question()

    @property
    def shows(self) -> str | None:
        """The name of the saved dossier on the status line."""
        return self.asked(lambda: session.assessment().organisation if session.saving() else None)


class undoing:  # noqa: N801  # a context manager, named as one uses it
    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self.patch.undo()


class Tabs(RuleBasedStateMachine):
    store: Store

    links = Bundle("links")

    def __init__(self) -> None:
        super().__init__()
        self.browsers = [Browser(), Browser()]
        self.tabs = [Tab(self.browsers[0]), Tab(self.browsers[0]), Tab(self.browsers[1])]
        self.written = 0
        self.dossiers: dict[str, tuple[str, int]] = {}  # name -> id in the database, a link of the test's own

    @initialize(target=links, opened=st.lists(st.integers(0, 4), min_size=3, max_size=3))
    def three_dossiers_and_four_links(self, opened: list[int]) -> Any:
        made = []
        for name in ("Alpha", "Beta", "Gamma"):
            kept = self._keep(name)
            made.append((name, kept))
        dossier, link = self.dossiers["Alpha"]
        made.append(("Alpha", add_link(self.store, dossier, link, "write", "deux", NOW).token))
        for tab, which in zip(self.tabs, opened, strict=True):
            tab.load(*(link for _, link in made[which : which + 1]))
            tab.meant = tab.shows
        return multiple(*made)

    def _keep(self, name: str) -> str:
        kept = keep(self.store, assess(organisation=name, id=uuid4()), PUBLISHED.text, NOW, "un")
        own = add_link(self.store, kept.dossier_id, kept.link_id, "write", "du test", NOW)
        self.dossiers[name] = (kept.dossier_id, own.link_id)
        return kept.token

    a_tab = st.sampled_from([0, 1, 2])

    def _look(self, tab: Tab) -> None:
        """The person reads which dossier this is, where they have just been told or have just chosen."""
        tab.meant = tab.shows or tab.meant

    @rule(n=a_tab, link=links, after=st.sampled_from(["", ".", " )", "\n"]))
    def open_a_link(self, n: int, link: tuple[str, str], after: str) -> None:
        tab, before = self.tabs[n], self.tabs[n].meant
        held = tab.storage.get("dossier") not in (None, OWN)
        tab.load(link=link[1] + after)
        if before and held:
            assert tab.shows in (before, None, link[0] if before == link[0] else before)
            tab.meant = before
        else:
            tab.meant = tab.shows
            # Words that are saved nowhere are asked about first.
            assert tab.meant in (link[0], None)
            assert tab.meant or tab.storage.get("offer") or not self._opens(link[1])

    def _opens(self, token: str) -> bool:
        return open_link(self.store, token, NOW) is not None

    @rule(n=a_tab, link=links, length=st.integers(0, 42))
    def open_a_link_cut_short(self, n: int, link: tuple[str, str], length: int) -> None:
        tab, cookies = self.tabs[n], dict(self.tabs[n].browser.cookies)
        before = tab.shows
        assert tab.browser.post(link[1][:length]).refused == "truncated"
        assert tab.browser.cookies == cookies
        tab.load(link=link[1][:length] or "x")
        assert tab.shows in (before, None) or before is None
        tab.meant = tab.meant or tab.shows

    @rule(n=a_tab)
    def reload(self, n: int) -> None:
        self.tabs[n].load()
        self.tabs[n].meant = self.tabs[n].meant or self.tabs[n].shows

    @rule(n=a_tab)
    def turn_the_page(self, n: int) -> None:
        """The framework drops from its first message what stood in the address."""
        tab = self.tabs[n]
        tab.run(says_its_dossier=False)
        tab.left.append(tab.address or "")

    @rule(n=a_tab)
    def go_back(self, n: int) -> None:
        """The address of before, which the tab puts right before the framework reads it."""
        tab = self.tabs[n]
        if tab.left:
            tab.address = tab.storage.get("dossier") or tab.left.pop() or None
            tab.run()

    @rule(n=a_tab, name=st.sampled_from(["Alpha", "Beta", "Gamma"]))
    def go_to_the_address_of_another_dossier(self, n: int, name: str) -> None:
        tab = self.tabs[n]
        tab.load(to=short_id(self.dossiers[name][0]), by="navigate")
        tab.meant = tab.meant or tab.shows

    @rule(n=a_tab, name=st.sampled_from(["Alpha", "Beta", "Gamma"]))
    def say_another_dossier_than_the_one_shown(self, n: int, name: str) -> None:
        """However it comes about: the visit goes on, and the tab suddenly says another dossier."""
        tab = self.tabs[n]
        shown, tab.address = tab.shows, short_id(self.dossiers[name][0])
        before = self._remarks()
        self._write(tab)
        self._remark(tab)
        if shown and shown != name:
            assert self._remarks() == before
            everywhere = [note for dossier, _ in self.dossiers.values() for note in notes(self.store, dossier)]
            assert not [note for note in everywhere if note.endswith(f", note {self.written}")]
        tab.address = tab.storage.get("dossier")

    @rule()
    def the_server_restarts(self) -> None:
        for tab in self.tabs:
            tab.connect()
            tab.meant = tab.meant or tab.shows

    @rule(n=a_tab)
    def the_tab_is_closed_and_another_opened(self, n: int) -> None:
        self.tabs[n] = Tab(self.tabs[n].browser)
        self.tabs[n].load()
        self.tabs[n].meant = self.tabs[n].shows

    @rule(n=a_tab)
    def open_the_other_dossier_after_all(self, n: int) -> None:
        tab = self.tabs[n]
        other = tab.asked(lambda: session.contradiction() or session.offered_dossier())
        if other:
            tab.run(lambda: tab_dossier._open(other))
            tab.meant = tab.shows

    @rule(n=a_tab)
    def stay(self, n: int) -> None:
        self.tabs[n].run(tab_dossier._stay)

    @rule(n=a_tab, which=st.integers(0, 3))
    def choose_where_the_page_asks(self, n: int, which: int) -> None:
        tab = self.tabs[n]
        if tab.asked(session.asks_which):
            choices = list(tab.asked(session.remembered))
            chosen = choices[which % len(choices)] if which < 3 else None
            tab.run((lambda: tab_dossier._open(chosen)) if chosen else tab_dossier._begin_own)
            tab.meant = tab.shows

    @rule(n=a_tab)
    def write(self, n: int) -> None:
        self._write(self.tabs[n])

    def _write(self, tab: Tab) -> None:
        self.written += 1
        note = f"pour {tab.meant or 'personne'}, note {self.written}"
        tab.run(lambda: session.apply_edit(with_answer, ITEM, note=note))

    @rule(n=a_tab)
    def a_remark_comes(self, n: int) -> None:
        """As from a PDF that came back, about the dossier that is shown."""
        self._remark(self.tabs[n])

    def _remark(self, tab: Tab) -> None:
        def remark() -> None:
            dossier = session.assessment().id
            assert dossier is not None
            told = Remark(id=uuid4(), kind="advice", text=f"de {dossier}", at=NOW)
            session.add_to_review(Review(dossier=dossier, remarks=(told,)))

        tab.run(remark)

    def _remarks(self) -> dict[str, Review]:
        """What is saved of each dossier."""
        return {name: review_of(self.store, *ids) for name, ids in self.dossiers.items()}

    @rule(n=a_tab)
    def save_a_new_dossier(self, n: int) -> None:
        tab = self.tabs[n]
        if tab.shows or tab.asked(session.asks_which):
            return
        name = f"Nouveau {self.written}"

        def agree() -> None:
            session.apply_edit(with_details, organisation=name)
            session.apply_edit(with_answer, ITEM, note=f"pour {name}, note 0")
            save_status.keep_and_show_link("un")

        tab.run(agree)
        tab.run()
        tab.meant = tab.shows
        assert tab.meant == name
        token = tab.browser.remembers[str(tab.address)]
        opened = open_link(self.store, token, NOW)
        assert opened is not None
        self.dossiers[name] = (opened.dossier_id, opened.link_id)

    @rule(link=links)
    def revoke(self, link: tuple[str, str]) -> None:
        """Its holder gives the dossier a new link in the place of this one."""
        opened = open_link(self.store, link[1], NOW)
        if opened:
            renew(self.store, opened.dossier_id, self.dossiers[link[0]][1], opened.link_id, NOW)

    @rule(n=a_tab)
    def erase(self, n: int) -> None:
        tab = self.tabs[n]
        tab.run(session.erase)
        tab.meant = tab.shows
        assert tab.meant is None

    @rule(n=a_tab)
    def look_at_what_others_changed(self, n: int) -> None:
        tab = self.tabs[n]

        def pull() -> None:
            if saving := session.saving():
                session.sync(saving.pull)

        tab.run(pull)

    @invariant()
    def no_note_is_in_a_dossier_that_its_writer_did_not_mean(self) -> None:
        for name, (dossier, link) in self.dossiers.items():
            assert links_of(self.store, dossier, link)
            for note in notes(self.store, dossier):
                said = SAID_FOR.fullmatch(note)
                assert said
                assert said[1] == name, f"{note!r} is in {name}"

    @invariant()
    def no_remark_is_beside_a_dossier_that_it_is_not_about(self) -> None:
        for tab in self.tabs:
            shown = tab.asked(session.review)
            assert {one.text for one in shown.remarks} <= {f"de {shown.dossier}"}
            kept = tab._copy()
            if "review" in kept:
                assert set(re.findall(r"de ([0-9a-f-]{36})", kept["review"])) == {kept["id"]}

    @invariant()
    def no_remark_is_saved_beside_a_dossier_that_it_is_not_about(self) -> None:
        for name, review in self._remarks().items():
            assert {one.text for one in review.remarks} <= {f"de {review.dossier}"}, name

    @invariant()
    def no_tab_has_become_another_dossier(self) -> None:
        for tab in self.tabs:
            assert tab.shows in (None, tab.meant), f"{tab.shows} is shown where {tab.meant} was meant"


def notes(store: Store, dossier: str) -> list[str]:
    from pensebete.storage.engine import reading
    from pensebete.storage.rows import assessment_in

    with reading(store) as connection:
        said = assessment_in(connection, dossier)
    return [answer.note for answer in said.answers.values() if answer.note]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with TemporaryDirectory() as folder, closing(open_store(f"sqlite:///{Path(folder)}/dossiers.sqlite3")) as found:
        # Nothing here is about a power cut: what waits for the disk would be most of the time.
        event.listen(found.engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous = OFF"))
        migrate(found)
        for module in (current, tab_dossier, save_status):
            monkeypatch.setattr(module, "store", lambda: found)
        yield found


def test_whatever_tabs_links_and_restarts_do_no_note_lands_in_a_dossier_its_writer_did_not_mean(store):
    Tabs.store = store
    many = 200 if environ.get("PENSEBETE_EXPLORE") else 4  # each is a second; `make thorough` explores
    run_state_machine_as_test(
        Tabs,
        settings=settings(
            max_examples=many, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
