"""The lines of a dossier that can be remarked on, as HTML with their buttons, by domain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from uuid import UUID

from pensebete.assessment.item_state import ItemState
from pensebete.assessment.review.digest import changed_since
from pensebete.assessment.review.model import About, Remark, Review
from pensebete.assessment.review.standing import goes_on
from pensebete.desk.remarking import Target
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.line_answer_text import line_answer_words
from pensebete.evaluation.review_text import WHOLE, line_words, remark_words
from pensebete.text.wording import Wording


@dataclass(frozen=True, slots=True)
class Line:
    about: About
    words: str  # « RH1 · Faire équipe »
    ref: str  # for ears: which line a button is about
    answer: str
    texts: tuple[str, ...] = ()  # note, reason, comment: as they were written


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one fold; without a title, under none."""

    id: str
    title: str
    lines: tuple[Line, ...]


def groups(evaluation: Evaluation, say: Wording) -> Iterator[Group]:
    """The dossier as a whole, then the profile, each domain, and the actions of the enterprise's own."""
    checklist, assessment = evaluation.checklist, evaluation.assessment
    yield Group("whole", "", (_line(WHOLE, say("review.whole"), evaluation, say),))
    for domain in checklist.domains:
        states = [evaluation.state_of(item.id) for item in domain.items]
        lines = tuple(_of_item(state, evaluation, say) for state in states if _is_told(state))
        yield Group(f"domain-{domain.id}", domain.title[say.language], lines)
    questions = (About(question=question.id) for question in checklist.profile)
    yield Group("profile", say("export.profile"), tuple(_line(about, "", evaluation, say) for about in questions))
    own = tuple(
        _line(About(action=str(own.id)), own.text, evaluation, say, (own.comment,)) for own in assessment.own_actions
    )
    if own:
        yield Group("own", say("remarks.own_actions"), own)


def _is_told(state: ItemState) -> bool:
    return state.applies or bool(state.answer.note or state.answer.reason)


def _of_item(state: ItemState, evaluation: Evaluation, say: Wording) -> Line:
    about, answer = About(item=state.item.id), state.answer
    return _line(about, state.item.ref, evaluation, say, (answer.note, answer.reason))


def _line(about: About, ref: str, evaluation: Evaluation, say: Wording, texts: Sequence[str] = ()) -> Line:
    words = line_words(about, evaluation.checklist, evaluation.assessment, say)
    return Line(about, words, ref or words, line_answer_words(about, evaluation, say), tuple(filter(None, texts)))


def token_of(target: Target) -> str:
    """What a button calls it."""
    if not isinstance(target, About):
        return f"remark/{target}"
    return "/".join(part or "" for part in ("line", target.item, target.question, target.action))


@dataclass(frozen=True, slots=True)
class Told:
    """What of a review is said beside lines; by line, so that sixty of them cost no more than one."""

    evaluation: Evaluation
    going: Mapping[About, tuple[Remark, ...]]
    seen: Mapping[About, bool]  # whether as it is now; else it changed since
    begun: frozenset[Target]
    just_seen: frozenset[About]  # and not sent


def told(evaluation: Evaluation, review: Review, begun: frozenset[Target], unsent: frozenset[UUID]) -> Told:
    going: dict[About, tuple[Remark, ...]] = {}
    seen: dict[About, bool] = {}
    just_seen = {remark.about for remark in review.remarks if remark.kind == "seen" and remark.id in unsent}
    for remark in review.remarks:
        if remark.kind == "seen":
            seen[remark.about] = seen.get(remark.about, False) or not changed_since(evaluation.assessment, remark)
        elif goes_on(remark, evaluation.assessment):
            going[remark.about] = (*going.get(remark.about, ()), remark)
    return Told(evaluation, going, seen, begun, frozenset(just_seen))


def line_html(line: Line, about: Told, writes: bool, say: Wording) -> str:
    """`writes`: whether its form is open below it."""
    checklist, language = about.evaluation.checklist, about.evaluation.assessment.language
    notes = "".join(f'<p lang="{escape(language)}" class="line-note">{escape(text)}</p>' for text in line.texts)
    said = "".join(
        f'<p class="line-remark">{escape(remark_words(remark, checklist, say))}</p>'
        for remark in about.going.get(line.about, ())
    )
    answer = f" <em>{escape(line.answer)}</em>" if line.answer else ""
    go_on = line.about in about.begun and not writes
    words = say("remarks.go_on") if go_on else say("remarks.remark")
    ways = [button_html(f"write:{token_of(line.about)}", words, line.ref, expanded=writes)]
    if line.about.item:
        ways += _seen(line, about, say)
    return (
        f'<div class="line-to-remark"><p><strong>{escape(line.words)}</strong>{answer}</p>{notes}{said}'
        f'<div class="line-ways">{"".join(ways)}</div></div>'
    )


def _seen(line: Line, about: Told, say: Wording) -> Iterator[str]:
    """« Vu », to tap; taken back until it has left; then that it was, and whether the line changed since."""
    seen, token = about.seen.get(line.about), token_of(line.about)
    if line.about in about.just_seen:
        yield button_html(f"unsee:{token}", f"✓ {say('remarks.seen')}", line.ref, pressed=True)
    elif seen:
        yield f'<span class="line-seen">✓ {escape(say("remarks.seen"))}</span>'
    else:
        yield button_html(f"see:{token}", say("remarks.see"), line.ref, pressed=False)
    if seen is False:
        yield f'<span class="line-seen">{escape(say("remarks.seen_before"))}</span>'


def button_html(opens: str, words: str, which: str, expanded: bool | None = None, pressed: bool | None = None) -> str:
    """A button that says for ears which line it is about: many say the same."""
    states = {"expanded": expanded, "pressed": pressed}
    state = "".join(f' aria-{name}="{str(on).lower()}"' for name, on in states.items() if on is not None)
    return (
        f'<button type="button" data-open="{escape(opens)}"{state}>{escape(words)}'
        f'<span class="out-of-sight"> {escape(which)}</span></button>'
    )
