"""The remarks of an advisor about one enterprise: those made, its lines to remark on, what goes back to it.

Lines and remarks are HTML whose buttons are heard; only what is written in, one at a time, is made of widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from html import escape
from uuid import UUID, uuid4

import streamlit as st

from pensebete.assessment.review.file import MOST_REMARKS
from pensebete.assessment.review.model import Event, Remark, Review
from pensebete.assessment.review.standing import Standing, asked, standing
from pensebete.desk.phrases import Phrase, without_phrase
from pensebete.desk.portfolio import Entry
from pensebete.desk.remarking import Draft, Target, declared, signed
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.proposals import if_accepted, proposals
from pensebete.evaluation.readiness_text import score_words
from pensebete.evaluation.review_text import by_and_when, event_words, line_words, remark_words, seen_words
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.components.live_html import live_html
from pensebete.web.session import desk, desk_reviews
from pensebete.web.views.desk.remark_form import form_focus, remark_form, reply_form, show_draft
from pensebete.web.views.desk.remark_lines import Group, Told, button_html, groups, line_html, token_of, told
from pensebete.web.views.desk.sending import send_back

_FOCUS = "desk.remarks.focus"


def remarks_section(entry: Entry) -> None:
    say = session.say()
    with st.container(key="desk-remarks"):
        st.subheader(say("remarks.title"), anchor=False)
        if not entry.row.id:
            st.markdown(plain(say("remarks.no_id")))
            return
        evaluation = desk_reviews.desk_evaluation(entry)
        if evaluation is None:
            st.markdown(plain(say("remarks.another_checklist")))
            return
        review = desk_reviews.shown_review(entry)
        st.caption(plain(say("remarks.explained")))
        _author(entry)
        _so_far(entry, evaluation, review)
        _made(entry, evaluation, review)
        _lines(entry, evaluation, review)
        send_back(entry, evaluation, review)


def _author(entry: Entry) -> None:
    """Who writes, and what they say most; asked once, it is open until there is a name."""
    say, author = session.say(), desk.desk_author()
    fold = f"desk.author.fold.{entry.row.digest[:12]}"
    with st.expander(say("remarks.author"), key=session.unversioned_widget(fold, not author.name), on_change="rerun"):
        with st.container(key="desk-author"):
            for name in ("name", "role", "organisation"):
                key = session.unversioned_widget(f"desk.author.{name}", declared(desk.desk_author())[name])
                st.text_input(
                    say(f"remarks.author.{name}"),
                    key=key,
                    max_chars=80,
                    on_change=_signed,
                    args=(name, key),
                    autocomplete={"name": "name", "role": "organization-title"}.get(name, "organization"),
                )
        st.caption(plain(say("remarks.author.explained")))
        own = desk.desk_phrases()
        st.markdown(f"**{plain(say('remarks.own_phrases'))}**")
        if not own:
            st.caption(plain(say("remarks.own_phrases.none")))
        with st.container(key="own-phrases", gap="xxsmall"):
            for n, phrase in enumerate(own):
                st.button(
                    label(say("remarks.own_phrases.remove", text=phrase.text)),
                    key=session.key(f"desk.phrase.{n}"),
                    on_click=_forget_phrase,
                    args=(phrase,),
                )


def _signed(name: str, key: str) -> None:
    desk.set_desk_author(signed(**{**declared(desk.desk_author()), name: session.typed(key)}))


def _forget_phrase(phrase: Phrase) -> None:
    desk.set_desk_phrases(without_phrase(desk.desk_phrases(), phrase))


def _so_far(entry: Entry, evaluation: Evaluation, review: Review) -> None:
    """When it was seen, what changed since, and what its figure would be."""
    say = session.say()
    lines = list(seen_words(review, evaluation.assessment, evaluation.zone, say))
    if accepted := if_accepted(evaluation, review):
        theirs, yours = (score_words(one.readiness.overall, say) for one in (accepted, evaluation))
        mine = all(one.author == desk_reviews.desk_author() for one in proposals(evaluation, review).values())
        lines.append(say("remarks.if_accepted" if mine else "remarks.if_all_accepted", theirs=theirs, yours=yours))
    with st.container(key="remarks-so-far", gap="xxsmall"):
        st.html("".join(f"<p>{escape(line)}</p>" for line in lines) or "<p></p>")
        st.button(say("remarks.see_all"), key=_key("see_all", entry), on_click=_see_all, args=(entry,))
        st.caption(plain(say("remarks.seen_is_not_verified")))


def _key(name: str, entry: Entry) -> str:
    """Of what acts on this enterprise alone: a tap on a screen that is being replaced is never one on the next."""
    return f"remarks.{name}.{entry.row.digest[:16]}"


def _see_all(entry: Entry) -> None:
    _unless_full(desk_reviews.see_all(entry))


def _unless_full(added: bool) -> bool:
    if not added:
        session.notify(session.say()("remarks.full", most=MOST_REMARKS), in_view=True)
    return added


# Those that were made


def _made(entry: Entry, evaluation: Evaluation, review: Review) -> None:
    """What the manager answered stands on top, and waits for the advisor."""
    say = session.say()
    by_standing: dict[Standing, list[Remark]] = {"answered": [], "open": [], "closed": [], "withdrawn": []}
    for remark in asked(review.remarks):
        by_standing[standing(remark, evaluation.assessment)].append(remark)
    ended = sorted((*by_standing["closed"], *by_standing["withdrawn"]), key=lambda remark: remark.at)
    sections = (
        ("to_settle", by_standing["answered"]),
        ("waiting", by_standing["open"]),
        ("ended", ended),
    )
    unsent, listed = desk_reviews.unsent_of(entry), frozenset(_targets(entry))
    parts: list[tuple[Target | None, str]] = []
    for name, remarks in sections:
        if remarks:
            parts.append((None, f"<h4>{escape(say(f'remarks.{name}'))}</h4>"))
        parts += ((remark.id, _remark(remark, name, entry, evaluation, unsent, listed)) for remark in remarks)
    _with_form("made", entry, evaluation, parts)


def _remark(
    remark: Remark,
    section: str,
    entry: Entry,
    evaluation: Evaluation,
    unsent: frozenset[UUID],
    listed: frozenset[str],
) -> str:
    say, zone = session.say(), evaluation.zone
    line = line_words(remark.about, evaluation.checklist, evaluation.assessment, say)
    events = "".join(f"<li>{escape(event_words(event, zone, say))}</li>" for event in remark.events)
    ways = "".join(_ways_of(remark, section, line, entry, unsent, listed))
    mark = f' <span class="not-left">{escape(say("remarks.not_left"))}</span>' if remark.id in unsent else ""
    return (
        f'<div class="remark-made {section}" data-remark="{remark.id}"><p><strong>{escape(line)}</strong>{mark}</p>'
        f"<p>{escape(remark_words(remark, evaluation.checklist, say))}</p>"
        f'<p class="remark-by">{escape(by_and_when(remark.author, remark.at, zone, say))}</p>'
        f"{f'<ul>{events}</ul>' if events else ''}"
        f'<div class="line-ways">{ways}</div></div>'
    )


def _ways_of(
    remark: Remark, section: str, line: str, entry: Entry, unsent: frozenset[UUID], listed: frozenset[str]
) -> Iterable[str]:
    """What has not left is changed, where its line still stands to write beside, or removed; what has is replied to,
    settled, and withdrawn by who made it."""
    say, id = session.say(), remark.id
    if id in unsent:
        if token_of(remark.about) in listed:
            yield button_html(f"edit:{id}", say("remarks.edit"), line)
        yield button_html(f"remove:{id}", say("remarks.withdraw"), line)
        return
    if section != "ended":
        yield button_html(f"write:{token_of(id)}", say("remarks.reply"), line, desk.desk_writes(entry) == id)
        yield button_html(f"close:{id}", say("remarks.close"), line)
        if remark.author == desk_reviews.desk_author():
            yield button_html(f"withdraw:{id}", say("remarks.withdraw"), line)
    if own := _last_unsent(remark, unsent):
        yield button_html(f"remove:{own.id}", say("remarks.undo"), line)


def _last_unsent(remark: Remark, unsent: frozenset[UUID]) -> Event | None:
    return next((event for event in reversed(remark.events) if event.id in unsent), None)


# Lines to remark on


def _lines(entry: Entry, evaluation: Evaluation, review: Review) -> None:
    say = session.say()
    about = told(evaluation, review, desk.desk_begun(entry), desk_reviews.unsent_of(entry))
    st.html(f"<h4>{escape(say('remarks.lines'))}</h4>")
    for group in groups(evaluation, say):
        if not group.title:
            _group(group, entry, about)
            continue
        key = session.unversioned_widget(f"remarks.fold.{entry.row.digest[:16]}.{group.id}", _holds_open(group, entry))
        title = say("remarks.group", title=group.title, n=len(group.lines))
        fold = st.expander(label(title), key=key, on_change="rerun")
        if fold.open:
            with fold:
                _group(group, entry, about)


def _holds_open(group: Group, entry: Entry) -> bool:
    return any(line.about == desk.desk_writes(entry) for line in group.lines)


def _group(group: Group, entry: Entry, about: Told) -> None:
    say, writing = session.say(), desk.desk_writes(entry)
    parts: list[tuple[Target | None, str]] = [
        (line.about, line_html(line, about, line.about == writing, say)) for line in group.lines
    ]
    _with_form(group.id, entry, about.evaluation, parts)


# HTML, and the form that is open in it


def _with_form(name: str, entry: Entry, evaluation: Evaluation, parts: Sequence[tuple[Target | None, str]]) -> None:
    """The parts in their order, the form below the one that is written about."""
    writing = desk.desk_writes(entry)
    at = next((n for n, (target, _) in enumerate(parts) if target is not None and target == writing), None)
    until = len(parts) if at is None else at + 1
    with st.container(key=f"desk-remark-part-{name}", gap=None):
        _html(name, entry, "".join(html for _, html in parts[:until]))
        with st.container(key=f"desk-remark-place-{name}"):
            if at is not None and writing is not None:
                _form(entry, evaluation, writing)
        _html(f"{name}.rest", entry, "".join(html for _, html in parts[until:]))


def _html(name: str, entry: Entry, html: str) -> None:
    key = _key(name, entry)
    token, opens = session.chosen(_FOCUS) or ("", "")
    focus = (token, f'[data-open="{opens}"]', "nearest") if opens and f'data-open="{escape(opens)}"' in html else None
    live_html(html, key, partial(_heard, entry), focus)


def _form(entry: Entry, evaluation: Evaluation, target: Target) -> None:
    if isinstance(target, UUID):
        reply_form(entry, target, lambda: _to(f"write:{token_of(target)}"))
    else:
        remark_form(entry, evaluation, target, lambda: _to(f"write:{token_of(target)}"))


def _to(opens: str) -> None:
    """The keyboard to the button of that name, once the next screen is drawn."""
    session.widget_shows(_FOCUS, (str(uuid4()), opens))


def _heard(entry: Entry, opens: str) -> None:
    """A button was pressed; what names nothing of this dossier, as only a forger sends, does nothing."""
    what, _, which = opens.partition(":")
    act: Callable[[Entry, str], None] | None = _ACTS.get(what)
    if act is not None and desk_reviews.takes_remarks(entry):
        act(entry, which)


def _targets(entry: Entry) -> dict[str, Target]:
    evaluation = desk_reviews.desk_evaluation(entry)
    assert evaluation is not None
    found: dict[str, Target] = {
        token_of(line.about): line.about for group in groups(evaluation, session.say()) for line in group.lines
    }
    return found | {token_of(remark.id): remark.id for remark in desk_reviews.shown_review(entry).remarks}


def _write(entry: Entry, which: str) -> None:
    """Open the form; pressed again, close it and keep what was begun."""
    target = _targets(entry).get(which)
    if target is None:
        return
    if desk.desk_writes(entry) == target:
        desk.write_at_desk(entry, None)
        _to(f"write:{which}")
    else:
        desk.write_at_desk(entry, target)
        session.restore_focus(form_focus(entry, target))


def _see(entry: Entry, which: str) -> None:
    target = _targets(entry).get(which)
    if target is not None and not isinstance(target, UUID) and target.item:
        _unless_full(desk_reviews.see(entry, target.item))
        _to(f"unsee:{which}")


def _unsee(entry: Entry, which: str) -> None:
    target = _targets(entry).get(which)
    if target is not None and not isinstance(target, UUID) and target.item:
        desk_reviews.unsee(entry, target.item)
        _to(f"see:{which}")


def _remark_of(entry: Entry, which: str) -> Remark | None:
    return next((one for one in desk_reviews.shown_review(entry).remarks if str(one.id) == which), None)


def _edit(entry: Entry, which: str) -> None:
    """A remark that has not left goes back to its form; without a line to have one, it stays as it is."""
    remark = _remark_of(entry, which)
    if remark is None or desk_reviews.has_left(entry, remark.id) or token_of(remark.about) not in _targets(entry):
        return
    if remark.about not in desk.desk_begun(entry):  # or what was begun of that line would be lost
        show_draft(entry, remark.about, Draft(remark.kind, remark.text, remark.proposed))  # type: ignore[arg-type]
        desk_reviews.take_back(entry, remark.id)
    desk.write_at_desk(entry, remark.about)
    session.restore_focus(form_focus(entry, remark.about))


def _remove(entry: Entry, which: str) -> None:
    found = {str(id): id for id in desk_reviews.unsent_of(entry)}
    if which in found:
        desk_reviews.take_back(entry, found[which])


def _close(entry: Entry, which: str) -> None:
    if remark := _remark_of(entry, which):
        desk_reviews.answer_remark(entry, remark.id, "closed")


def _withdraw(entry: Entry, which: str) -> None:
    remark = _remark_of(entry, which)
    if remark is not None and remark.author == desk_reviews.desk_author():
        desk_reviews.answer_remark(entry, remark.id, "withdrawn")


_ACTS: dict[str, Callable[[Entry, str], None]] = {
    "write": _write,
    "see": _see,
    "unsee": _unsee,
    "edit": _edit,
    "remove": _remove,
    "close": _close,
    "withdraw": _withdraw,
}
