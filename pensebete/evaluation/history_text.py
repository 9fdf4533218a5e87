"""A dossier followed over time, in words: states of actions, answers to confirm, a newer checklist, two moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pensebete.assessment.item_state import ItemState
from pensebete.assessment.migration import Migrated
from pensebete.assessment.model import State
from pensebete.checklist.model import Checklist, Item
from pensebete.checklist.status import Status
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import named
from pensebete.evaluation.comparison import Comparison, ItemChange, Moment, MovedAction, Point, ScoreChange
from pensebete.evaluation.readiness import Score
from pensebete.evaluation.readiness_text import range_words, score_words, status_label
from pensebete.text.wording import Wording


def state_label(state: State, say: Wording) -> str:
    """« À commencer », « En cours », « Faite », « Abandonnée »."""
    return say(f"followup.state.{state}")


def late_words(action: Action, today: date, say: Wording) -> str:
    """« En retard de 3 jours »; empty where the action is not late."""
    if not action.late or action.due is None:
        return ""
    return say("followup.late", n=(today - action.due).days)


def confirm_words(state: ItemState, say: Wording) -> str:
    """Why an answer is to be confirmed: its item was reworded, or its proof has had its day."""
    if state.expired and state.expires_on:
        return say("followup.confirm.old", date=say.date(state.expires_on))
    return say("followup.confirm.reworded")


def confirm_label(checklist: Checklist, state: ItemState, say: Wording) -> str:
    """What the one tap says: « Toujours « Fait » »."""
    return say("followup.confirm.tap", status=status_label(checklist, state.status, say))


def to_confirm_words(count: int, say: Wording) -> str:
    """« 3 réponses à confirmer »."""
    return say("followup.confirm.count", n=count)


def proposal_words(checklist: Checklist, item: Item, status: Status, say: Wording) -> str:
    """The question that `proposed_status` asks."""
    id = "followup.proposal.done" if status == "done" else "followup.proposal.some"
    return say(id, title=item.title[say.language], status=status_label(checklist, status, say))


def account_words(account: Migrated, say: Wording) -> list[str]:
    """What a newer checklist did to the answers: a sentence of introduction, then one for each thing that happened."""
    before, after = account.from_version, account.assessment.checklist.version
    if before and before != after:
        said = [say("followup.account.versions", before=before, after=after)]
    else:
        said = [say("followup.account.version", after=after)]
    counts = (
        ("followup.account.kept", account.kept),
        ("followup.account.moved", account.moved),
        ("followup.account.split", account.split),
        ("followup.account.moved_actions", account.moved_actions),
        ("followup.account.moved_choices", account.moved_choices),
        ("followup.account.dropped", account.dropped),
        ("followup.account.left_choices", account.left_choices),
        ("followup.account.moved_roles", account.moved_roles),
        ("followup.account.outrun", account.outrun),
        ("followup.account.reworded", account.reworded),
        ("followup.account.new", account.new),
        ("followup.account.retired", account.retired),
    )
    return said + [say(id, n=len(found)) for id, found in counts if found]


def method_words(before: int | None, now: Score, say: Wording) -> list[str]:
    """What a dossier of before is told once: how figures are found now, what expired, and what its figure was."""
    said = [say("followup.method")]
    if now.expired:
        said.append(say("followup.method.expired", n=now.expired))
    if before is not None and before != now.rounded:
        said.append(say("followup.method.figure", before=say.percent(before), after=score_words(now, say)))
    return said


def first_expiry_words(day: date | None, say: Wording) -> str:
    """« La première réponse sera à reconfirmer le 9 avril 2026. »; empty where none will."""
    return "" if day is None else say("followup.first_expiry", date=say.date(day))


def score_change_words(change: ScoreChange, say: Wording) -> str:
    """« 48 %, puis 61 % », with the words for no answer or nothing that counts where there is no figure."""
    return say("followup.compare.score", before=_figure(change.before, say), after=_figure(change.after, say))


def since_words(then: Score, today: Score, say: Wording) -> str:
    """« 45 % aujourd’hui, 6 à reconfirmer »: what has become of a figure; empty where nothing has."""
    if today.rounded == then.rounded and today.expired == then.expired:
        return ""
    said = say("followup.since", score=score_words(today, say))
    return f"{said}, {say('followup.since.expired', n=today.expired)}" if today.expired else said


def trajectory_in_words(points: Sequence[Point], say: Wording) -> str:
    """What the chart over time shows, for those who do not see it."""
    return " ".join([say("followup.chart.alt"), *(moment_figure_words(point, say) for point in points)])


def moment_figure_words(point: Point, say: Wording) -> str:
    """« 2026-04-03, CA : 27 %, jusqu’à 45 % · 20 % aujourd’hui. »."""
    words = score_words(point.score, say)
    if point.score.figure is not None and (between := range_words(point.score, say)):
        words += f", {between}"
    if since := since_words(point.score, point.today, say):
        words += f" · {since}"
    date = say.short_date(point.date)
    if not point.name:
        return say("followup.chart.day", date=date, score=words)
    return say("followup.chart.point", date=date, name=point.name, score=words)


def points_words(points: int, say: Wording) -> str:
    """« +13 points », « −1 point », « 0 point »."""
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return say("followup.points", n=abs(points), sign=sign)


def parts_words(change: ScoreChange, say: Wording) -> str:
    """How many points, and which part is the situation's and which the checklist's; empty where no figure is known."""
    if change.points is None:
        return ""
    total = points_words(change.points, say)
    if not change.by_checklist or change.by_situation is None:
        return say("followup.compare.total", total=total)
    return say(
        "followup.compare.parts",
        total=total,
        situation=points_words(change.by_situation, say),
        checklist=points_words(change.by_checklist, say),
    )


def situation_words(checklist: Checklist, change: ItemChange, say: Wording) -> str:
    """« L1, Faire une prévision : « À faire » est devenu « Fait ». »; empty where the situation did not change."""
    if change.after is None or not change.situation:
        return ""
    return say(
        "followup.compare.answer",
        about=_about(change.item, say),
        before=_answer(checklist, change.before, say),
        after=_answer(checklist, change.after, say),
    )


def checklist_words(change: ItemChange, say: Wording) -> str:
    """« L1, Faire une prévision : reformulé, poids changé. »; empty where the checklist did not change."""
    if not change.checklist:
        return ""
    kinds = say.listing(say(f"followup.change.{kind}") for kind in change.checklist)
    return say("followup.compare.checklist", about=_about(change.item, say), changes=kinds)


def new_action_words(action: Action, say: Wording) -> str:
    """« L2 · Appeler la caisse, pour le 3 avril 2026 »."""
    if action.due is None:
        return named(action, say)
    return say("followup.compare.new_action", action=named(action, say), date=say.date(action.due))


def moved_action_words(moved: MovedAction, say: Wording) -> str:
    """« L2 · Appeler la caisse : pour le 3 avril 2026, maintenant pour le 10 avril 2026 »."""
    before, after = (
        say("followup.compare.due", date=say.date(action.due)) if action.due else say("followup.compare.undated")
        for action in (moved.before, moved.after)
    )
    return say("followup.compare.moved_action", action=named(moved.after, say), before=before, after=after)


def moment_words(moment: Moment, say: Wording) -> str:
    """What a moment is called; by its day where it has no name."""
    return moment.name or say.date(moment.day)


def read_with_words(moment: Moment, say: Wording) -> str:
    """« Relu avec 2026.2; rempli avec 2026.1 »; empty where its own version is at hand."""
    made_with, read_with = moment.assessment.checklist.version, moment.checklist.version
    return say("desk.reread", version=read_with, before=made_with) if made_with not in ("", read_with) else ""


def comparison_words(comparison: Comparison, say: Wording) -> list[str]:
    """The comparison in a few sentences: readiness and its parts, then how many things changed."""
    before, after = moment_words(comparison.before, say), moment_words(comparison.after, say)
    if comparison.empty:
        return [say("followup.compare.nothing", before=before, after=after)]
    change = score_change_words(comparison.overall, say)
    said = [
        say("followup.compare.overall", before=before, after=after, change=change),
        parts_words(comparison.overall, say),
    ]
    counts = (
        ("followup.compare.situation_count", comparison.situation),
        ("followup.compare.checklist_count", comparison.checklist),
        ("followup.compare.actions_done", comparison.actions_done),
        ("followup.compare.actions_new", comparison.actions_new),
        ("followup.compare.actions_moved", comparison.actions_moved),
    )
    said += [say(id, n=len(found)) for id, found in counts if found]
    return [sentence for sentence in said if sentence]


def _about(item: Item, say: Wording) -> str:
    return f"{item.ref}, {item.title[say.language]}"


def _answer(checklist: Checklist, state: ItemState, say: Wording) -> str:
    return say("readiness.set_aside") if state.set_aside else status_label(checklist, state.current, say)


def _figure(score: Score | None, say: Wording) -> str:
    return say("readiness.nothing_counts") if score is None else score_words(score, say)
