"""Readiness in words: the same sentences on screen, in the chart's text and in the PDF."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.item_state import ItemState
from pensebete.checklist.model import Checklist, Domain
from pensebete.checklist.status import CURRENT_STATUSES, CurrentStatus
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.readiness import Gain, HeldBack, Readiness, Score
from pensebete.text.wording import Wording


def score_words(score: Score, say: Wording) -> str:
    """« 48 % », « sans objet » where nothing counts, « pas encore répondu » where nothing is answered.

    « 5 essentiels sur 7 » where nothing else is answered.
    """
    if not score.counting:
        return say("readiness.nothing_counts")
    if score.essentials_only and score.rounded is not None:
        return say("readiness.essentials.of", n=score.essentials.done, of=score.essentials.of)
    return say("readiness.not_answered") if score.rounded is None else say.percent(score.rounded)


def domain_score_words(checklist: Checklist, score: Score, say: Wording) -> str:
    """The figure of a domain; « 1 sur 2 » done where it has too few items for one."""
    if 0 < score.counting < checklist.readiness.no_band_below_items and not score.essentials_only:
        return say("readiness.done_of", n=score.done, of=score.counting)
    return score_words(score, say)


def band_words(checklist: Checklist, score: Score, say: Wording) -> str:
    """The label of the band; empty where there is none, and where only the essentials are answered."""
    return checklist.band(score.band).label[say.language] if score.band and not score.essentials_only else ""


def advice_words(checklist: Checklist, score: Score, say: Wording) -> str:
    """What the band advises; empty where no band is shown."""
    return checklist.band(score.band).advice[say.language] if score.band and not score.essentials_only else ""


def gain_words(gain: Gain, say: Wording) -> str:
    """« +4 points », « moins de 1 point »: what finishing an item adds to the score."""
    return say("readiness.gain_small") if gain.shown is None else say("readiness.gain", n=gain.shown)


def range_words(score: Score, say: Wording) -> str:
    """« jusqu’à 63 % »; empty where there is no figure, or nothing is left open."""
    if score.figure is None or score.rounded_high is None or score.figure == score.rounded_high:
        return ""
    return say("readiness.range", high=say.percent(score.rounded_high))


def coverage_words(score: Score, say: Wording) -> str:
    """« 20 éléments sur 24 ont une réponse »: how much of what counts is answered."""
    answered = score.counting - score.unanswered
    return say("readiness.coverage", n=answered, of=score.counting)


def domain_band_words(checklist: Checklist, score: Score, say: Wording) -> str:
    """What goes with the figure of a domain: how far it may go, and its band; nothing where it has few items."""
    if score.counting < checklist.readiness.no_band_below_items:
        return ""
    return " · ".join(part for part in (range_words(score, say), band_words(checklist, score, say)) if part)


def about_domain(checklist: Checklist, score: Score, say: Wording) -> str:
    """« 26 % · jusqu’à 44 % · Agir maintenant · 7 éléments sur 7 ont une réponse »."""
    parts = [domain_score_words(checklist, score, say)]
    if score.rounded is not None:
        parts.append(domain_band_words(checklist, score, say))
    if score.counting:
        parts.append(coverage_words(score, say))
    return " · ".join(part for part in parts if part)


def status_label(checklist: Checklist, status: CurrentStatus, say: Wording) -> str:
    """The label of an answer; those of an item without one, and of a done that had its day, are the interface's."""
    if status == "expired":
        return say("readiness.expired")
    return say("readiness.unanswered") if status is None else checklist.statuses[status].label[say.language]


def answer_words(checklist: Checklist, state: ItemState, say: Wording) -> str:
    """The answer to an item as it stands: « Fait, à reconfirmer depuis le 2026-03-09 », « Mis de côté »."""
    if state.set_aside:
        return say("readiness.set_aside")
    label = status_label(checklist, state.status, say)
    if state.expired and state.expires_on:
        return say("readiness.expired_since", status=label, date=say.short_date(state.expires_on))
    return label


def answers_words(checklist: Checklist, score: Score, say: Wording) -> str:
    """« Fait : 2, En cours : 1 et Mis de côté : 1 »: how many items have each answer."""
    counts = [(status_label(checklist, status, say), score.by_status[status]) for status in CURRENT_STATUSES]
    counts.append((say("readiness.set_aside"), score.set_aside))
    return ", ".join(say("readiness.answers", n=count, status=label) for label, count in counts if count)


def readiness_in_words(
    checklist: Checklist, result: Readiness, say: Wording, domains: Sequence[Domain] | None = None
) -> str:
    """What the chart of readiness shows, of all domains or of some, for those who do not see it."""
    parts = []
    for domain in checklist.domains if domains is None else domains:
        score = result.domains[domain.id]
        words = domain_score_words(checklist, score, say)
        answers = answers_words(checklist, score, say)
        parts.append(say("chart.domain", domain=domain.title[say.language], score=words, answers=answers))
    return say("chart.alt") + " " + " ".join(parts)


def held_back_words(checklist: Checklist, why: HeldBack, say: Wording, brief: bool = False) -> str:
    """The sentence of one reason that holds the overall band back; `brief`: an item by its reference alone."""
    about = ""
    if why.item:
        item = checklist.items[why.item]
        about = item.ref if brief else f"{item.ref}, {item.title[say.language]}"
    elif why.domain:
        about = checklist.domain(why.domain).title[say.language]
    return say(
        f"readiness.held_back.{why.reason}",
        about=about,
        below=say.percent(checklist.readiness.weak_domain_below),
    )


def essentials_words(score: Score, say: Wording) -> str:
    """« Essentiels : 4 sur 7 »: done and current, of those that apply."""
    return say("readiness.essentials", n=score.essentials.done, of=score.essentials.of)


def counts(score: Score, say: Wording, coverage: bool = True) -> list[str]:
    """« Essentiels : 4 sur 7 », « 20 éléments sur 24 ont une réponse », « 2 dits sans objet », « 6 à reconfirmer »."""
    said = [essentials_words(score, say)] if score.essentials.of else []
    if coverage:
        said.append(coverage_words(score, say))
    if score.not_applicable:
        said.append(say("readiness.said_not_applicable", n=score.not_applicable))
    if score.expired:
        said.append(say("readiness.to_reconfirm", n=score.expired))
    return said


def lift_words(evaluation: Evaluation, why: HeldBack, say: Wording) -> str:
    """What would lift what holds the band back: « Ce qui le lèverait : Appeler les autres prêteurs »."""
    if why.reason in ("essential_not_applicable", "many_not_applicable"):
        return say("readiness.lift.not_applicable")
    if why.item and evaluation.state_of(why.item).current is None:
        return say("readiness.lift.answer")
    action = _lifting(evaluation, why)
    return say("readiness.lift", action=action_text(action, say)) if action else say("readiness.lift.confirm")


def reason_beside_first(evaluation: Evaluation, why: HeldBack, say: Wording) -> str:
    """A reason and what would lift it, where the list of what comes first stands on the same page.

    What that list names already is said by its number.
    """
    action, checklist = _lifting(evaluation, why), evaluation.checklist
    if action is None or action not in evaluation.first_actions:
        return f"{held_back_words(checklist, why, say)}. {lift_words(evaluation, why, say)}"
    place = say.number(evaluation.first_actions.index(action) + 1)
    return f"{held_back_words(checklist, why, say, brief=True)}. {say('readiness.lift.first', place=place)}"


def _lifting(evaluation: Evaluation, why: HeldBack) -> Action | None:
    """The first open action that is about what a reason is about."""
    about = {why.item} if why.item else {item.id for item in evaluation.checklist.domain(why.domain or "").items}
    return next((a for a in evaluation.plan if a.open and a.item and a.item.id in about), None)


def done_words(state: ItemState, say: Wording) -> str:
    """« C1 · Réunir le CA · fait le 14 mars 2026 »: since when."""
    about = f"{state.item.ref} · {state.item.title[say.language]}"
    return say("readiness.done_since", about=about, date=say.date(state.answered_on)) if state.answered_on else about


def weakest(checklist: Checklist, result: Readiness) -> tuple[Domain, ...]:
    """The domain with the lowest figure, or those that share it; none where all have the same, or only one has one.

    A domain of one or two items says too little to be the weakest.
    """
    few = checklist.readiness.no_band_below_items
    scored = {id: s.figure for id, s in result.domains.items() if s.figure is not None and s.counting >= few}
    lowest = min(scored.values(), default=None)
    found = tuple(domain for domain in checklist.domains if domain.id in scored and scored[domain.id] == lowest)
    return found if len(found) < len(scored) else ()
