"""The desk in words: why to call, what to ask, whose a row is. The same on the page, in the tables and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pensebete.assessment.dossier_file import Problem
from pensebete.checklist.model import Checklist, Text
from pensebete.desk.checks import Check
from pensebete.desk.portfolio import Entry
from pensebete.desk.row import LateAction, Result, Row
from pensebete.desk.triage import Why
from pensebete.evaluation.action_plan import Kind
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.readiness_text import domain_score_words, score_words, status_label
from pensebete.text.wording import Wording

_MOST_NAMED = 5  # in one sentence


def name_words(entry: Entry, say: Wording) -> str:
    """« Coop du Fleuve »; « Coop du Fleuve (Lévis · 81b2) » where another has that name."""
    name = entry.row.organisation or say("desk.unnamed")
    return f"{name} ({entry.apart})" if entry.apart else name


def why_words(why: Why, checklist: Checklist | None, result: Result | None, say: Wording) -> str:
    """One reason to call; those of answers are there only where their checklist is."""
    match why.reason:
        case "call_wanted":
            return say("desk.why.call_wanted_when", when=why.when) if why.when else say("desk.why.call_wanted")
        case "few_weeks":
            weeks = why.weeks or 0
            whole = weeks % 1 == 0
            # One and a half is several in English alone.
            n = int(weeks) if whole or say.spoken == "fr" else 2
            return say("desk.why.few_weeks", n=n, weeks=say.number(weeks, 0 if whole else 1))
        case "coverage_low" if result and result.overall.essentials_only:
            overall = result.overall
            return say("desk.why.essentials_only", n=overall.counting - overall.unanswered, of=overall.counting)
        case "coverage_low":
            return say("desk.why.coverage_low", coverage=say.percent(int(100 * (why.coverage or 0))))
        case "answers_old":
            return say("desk.why.answers_old", n=why.n)
    if checklist is not None and result is not None:
        match why.reason:
            case "vital_domain_weak":
                domain = checklist.domain(why.domain)
                score = domain_score_words(checklist, result.domains[domain.id], say)
                return say("desk.why.vital_domain_weak", domain=domain.title[say.language], score=score)
            case "essential_open":
                return say("desk.why.essential_open", n=why.n, items=refs(checklist, why.items, say))
            case "late_first_class":
                return say("desk.why.late_first_class", n=why.n, priority=checklist.ranking[0].class_)
    return say(f"desk.why.{why.reason}")


def check_words(check: Check, checklist: Checklist, say: Wording) -> str:
    """The question that a check asks."""
    items = refs(checklist, check.items, say)
    done, not_applicable = (status_label(checklist, status, say) for status in ("done", "not_applicable"))
    match check.code:
        case "proof_expired" | "excluded_answered":
            return say(f"desk.check.{check.code}", n=len(check.items), items=items)
        case "essential_not_applicable":
            return say(f"desk.check.{check.code}", n=len(check.items), items=items, status=not_applicable)
        case "answers_old":
            return say("desk.check.answers_old", n=check.n, date=_date(check, say))
        case "note_says_otherwise":
            return say("desk.check.note_says_otherwise", items=items, status=done, quote=check.quote)
        case "done_without_note":
            return say("desk.check.done_without_note", n=check.n, status=done)
        case "too_fast":
            return say("desk.check.too_fast", n=check.n, time=say("desk.seconds", n=check.seconds))
        case "profile_against_notes":
            return say("desk.check.profile_against_notes", items=items, quote=check.quote)
        case "date_to_come":
            return say("desk.check.date_to_come", date=_date(check, say))


def figure_words(result: Result, say: Wording) -> str:
    """« 85 % le 2 mars 2026 · 45 % aujourd’hui »; one figure where a day changed nothing."""
    then, now = score_words(result.then, say), score_words(result.overall, say)
    return now if then == now else say("desk.figure", then=then, date=say.date(result.then_on), now=now)


def remarks(entry: Entry, say: Wording) -> list[str]:
    """What an advisor should know of a row before reading its figures."""
    row, said = entry.row, []
    if entry.other_names:
        said.append(say("desk.other_names", names=_few(entry.other_names, say)))
    if entry.apart:
        said.append(say("desk.same_name", apart=entry.apart))
    if not row.read_with:
        said.append(say("desk.not_evaluated", id=row.checklist))
    elif row.reread:
        said.append(reread_words(row, say))
    if row.language != say.language:
        said.append(say("desk.other_language", language=say.language_name(row.language)))
    said += (note.sentence(say) for note in row.notes)
    if row.commented:
        said.append(say("desk.comments", n=row.commented))
    if entry.same_in:
        said.append(say("desk.same_in", n=len(entry.same_in), files=_few(entry.same_in, say)))
    for id, rows in (("desk.earlier", entry.of_dossier[1:]), ("desk.past_cycles", entry.past_cycles)):
        if rows:
            said.append(say(id, n=len(rows), files=_few([row.file for row in rows], say)))
    return said


def refusal_words(problems: Iterable[Problem], say: Wording) -> str:
    """Why a file was refused, every reason."""
    return " ".join(problem.sentence(say) for problem in problems)


def reread_words(row: Row, say: Wording) -> str:
    """« Relu avec 2026.2; rempli avec 2026.1 »."""
    return say("desk.reread", version=row.read_with, before=row.version)


def late_text(checklist: Checklist, late: LateAction, say: Wording) -> str:
    """The action, in one line."""
    return action_text(_Worded(late.kind, _text(checklist, late)), say)


def refs(checklist: Checklist, items: Iterable[str], say: Wording) -> str:
    """« C1, C2a et L5 »."""
    return say.listing(checklist.items[item].ref for item in items)


@dataclass(frozen=True, slots=True)
class _Worded:
    kind: Kind
    text: Text | str


def _text(checklist: Checklist, late: LateAction) -> Text | str:
    if late.kind == "own" or late.item is None:
        return late.own_text
    item = checklist.items[late.item]
    if late.kind == "finish":
        return item.criteria.done
    return next((action.text for action in item.actions if action.id == late.action), item.title)


def _few(names: Iterable[str], say: Wording) -> str:
    names = list(names)
    return say.listing(names) if len(names) <= _MOST_NAMED else ", ".join([*names[:_MOST_NAMED], "…"])


def _date(check: Check, say: Wording) -> str:
    return say.date(check.day) if check.day else ""
