"""The call sheet in words: the same on the screen and on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pensebete.assessment.item_state import ItemState
from pensebete.checklist.model import Checklist
from pensebete.desk.call_sheet import CallSheet
from pensebete.desk.desk_text import check_words, figure_words, why_words
from pensebete.desk.questions import Question
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text, named, owner_label
from pensebete.evaluation.comparison import Comparison, ItemChange
from pensebete.evaluation.contact_text import weeks_words
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import points_words
from pensebete.evaluation.readiness_text import answer_words, band_words, held_back_words, score_words, status_label
from pensebete.text.wording import Wording


def who_words(sheet: CallSheet, say: Wording) -> str:
    """« Marie Roy · avant midi »: whom to call and when; where nobody is named, who filled it in."""
    contact, prepared_by = sheet.row.contact, sheet.row.prepared_by.strip()
    who = contact.name.strip() or (
        say("report.prepared_by", who=prepared_by) if prepared_by else say("desk.no_contact")
    )
    reached = contact.phone.strip() or contact.email.strip()
    return " · ".join(filter(None, (who, contact.when.strip(), "" if reached else say("desk.call.no_way"))))


def heard_words(sheet: CallSheet, say: Wording) -> str:
    """« Sans nouvelles depuis le 2 octobre 2026, il y a 55 jours »; empty where the dossier has no date."""
    if sheet.heard_on is None:
        return ""
    days = (sheet.row.today - sheet.heard_on).days
    if days < 1:  # or tomorrow, by a clock that is wrong
        return say("desk.call.heard_on", date=say.date(sheet.heard_on))
    return say("desk.call.heard", n=days, date=say.date(sheet.heard_on))


def money_words(sheet: CallSheet, say: Wording) -> list[str]:
    """The next payroll, and for how many weeks there is money, where they were said."""
    contact, weeks = sheet.row.contact, weeks_words(sheet.row.contact, say)
    said = [say("desk.call.pay", said=say(f"desk.pay.{contact.next_pay}"))] if contact.next_pay else []
    return said + ([say("desk.call.weeks", weeks=weeks)] if weeks else [])


def profile_words(sheet: CallSheet, say: Wording) -> str:
    """« Coopérative · Personnel : De 10 à 49 personnes · Oui : emprunts, mises à pied · Non : entreprise adaptée ».

    A choice that several questions offer is said once, with what was asked.
    """
    if sheet.evaluation is None:
        return ""
    asked, language = sheet.evaluation.checklist.profile, say.language
    offered = Counter(option.label[language] for question in asked for option in question.options)
    said: list[str] = []
    shared: dict[str, list[str]] = {}
    for question in asked:
        chosen = sheet.evaluation.profile.get(question.id, ())
        labels = [option.label[language] for option in question.options if option.id in chosen]
        about = (question.short or question.question)[language]
        if len(labels) == 1 and offered[labels[0]] > 1:
            shared.setdefault(labels[0], []).append(about)
        elif labels:
            words = "; ".join(labels)
            said.append(say("desk.call.choice", about=_capitalised(about), said=words) if question.short else words)
    said += [
        say("desk.call.choice", about=label, said=", ".join(shared[label])) for label in offered if label in shared
    ]
    return " · ".join(said)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def why_lines(sheet: CallSheet, say: Wording) -> list[str]:
    """Why to call, every reason."""
    return [why_words(why, sheet.checklist, sheet.row.result, say) for why in sheet.row.why] or [say("desk.no_reason")]


def figure_line(sheet: CallSheet, say: Wording) -> str:
    """« 85 % le 2 mars 2026 · 45 % aujourd’hui · Renforcer »; empty where it was not evaluated."""
    result, checklist = sheet.row.result, sheet.checklist
    if result is None or checklist is None:
        return ""
    return " · ".join(filter(None, (figure_words(result, say), band_words(checklist, result.overall, say))))


def held_back_lines(sheet: CallSheet, say: Wording) -> list[str]:
    """What holds the band back, items by their reference: their titles stand with the essentials."""
    if sheet.evaluation is None:
        return []
    checklist, overall = sheet.evaluation.checklist, sheet.evaluation.readiness.overall
    return [held_back_words(checklist, why, say, brief=True) for why in overall.told_held_back_by]


def question_words(question: Question, evaluation: Evaluation | None, say: Wording) -> str:
    """What to ask, in one sentence."""
    if question.kind == "payroll" and question.why:
        return say(f"desk.question.{question.why.reason}")
    if question.kind == "few_weeks" and question.why:
        return say(
            "desk.question.few_weeks", weeks=say.number(question.why.weeks or 0, int((question.why.weeks or 0) % 1 > 0))
        )
    if evaluation is not None:
        if question.check:
            return check_words(question.check, evaluation.checklist, say)
        if question.state:
            return _of_essential(question.state, evaluation.checklist, say)
        if question.action and question.action.due:
            due = say.date(question.action.due)
            return say("desk.question.late", action=named(question.action, say), date=due)
    raise ValueError(question)


def _of_essential(state: ItemState, checklist: Checklist, say: Wording) -> str:
    kind = {None: "unanswered", "unknown": "unknown", "in_progress": "begun"}.get(state.current, "open")
    return say(f"desk.question.{kind}", about=about_words(state, say), status=answer_words(checklist, state, say))


def about_words(state: ItemState, say: Wording) -> str:
    """« L5 · Discuter avec les partenaires financiers »."""
    return f"{state.item.ref} · {state.item.title[say.language]}"


def noted_words(state: ItemState) -> str:
    """What was written of it, word for word."""
    return " · ".join(filter(None, (state.answer.note.strip(), state.answer.reason.strip())))


def late_line(action: Action, checklist: Checklist, say: Wording) -> str:
    """« 2026-11-20 · Finances · P1 · L5 · Rappeler la caisse »: what a narrow line would cut off comes last."""
    owner = owner_label(checklist, action.owner, say.language).strip() or say("report.no_owner")
    due = say.short_date(action.due) if action.due else ""
    return " · ".join(filter(None, (due, owner, action.priority, named(action, say))))


def since_words(since: Comparison, say: Wording) -> str:
    """« 45 % le 5 novembre 2026, 66 % le 26 novembre 2026 (+21 points) »: each figure at its own day."""
    before, after = since.overall.before, since.overall.after
    told = say(
        "desk.call.since",
        before=score_words(before, say) if before else "–",
        then=say.date(since.before.day),
        after=score_words(after, say) if after else "–",
        now=say.date(since.after.day),
    )
    points = since.overall.points
    return told if points is None else f"{told} ({points_words(points, say)})"


def since_lines(since: Comparison, say: Wording) -> Iterator[str]:
    """The answers that changed, then the actions done; one sentence where nothing did."""
    for change in since.situation:
        yield _change(change, since.after.checklist, say)
    for action in since.actions_done:
        about = f"{action.item.ref} · " if action.item else ""
        yield say("desk.call.done", action=about + action_text(action, say))
    if not since.situation and not since.actions_done:
        yield say("desk.call.same")


def _change(change: ItemChange, checklist: Checklist, say: Wording) -> str:
    """« L5 · « À faire » est devenu « Fait » · Discuter avec les partenaires financiers »."""
    assert change.after is not None  # or it would be no change of the situation
    before, after = (_status(state, checklist, say) for state in (change.before, change.after))
    return say(
        "desk.call.change", ref=change.item.ref, title=change.item.title[say.language], before=before, after=after
    )


def _status(state: ItemState, checklist: Checklist, say: Wording) -> str:
    return say("readiness.set_aside") if state.set_aside else status_label(checklist, state.current, say)
