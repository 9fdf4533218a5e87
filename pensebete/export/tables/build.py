"""What is told of an assessment, as tables: the plan, the answers, readiness, the profile, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.model import STATES
from pensebete.checklist.status import CURRENT_STATUSES
from pensebete.evaluation.action_plan import Action
from pensebete.evaluation.action_text import action_text, owner_label
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.history_text import late_words, state_label
from pensebete.evaluation.readiness import Score
from pensebete.evaluation.readiness_text import band_words, held_back_words, status_label
from pensebete.export.tables.answers import answers_table
from pensebete.export.tables.orphans import orphans_table
from pensebete.export.tables.table import Cell, Column, Table
from pensebete.text.wording import Wording


def tables(evaluation: Evaluation, say: Wording) -> tuple[Table, ...]:
    """The tables in reading order; the orphans only where there are some."""
    found = (
        plan_table(evaluation, say),
        answers_table(evaluation, say),
        readiness_table(evaluation, say),
        profile_table(evaluation, say),
    )
    orphans = orphans_table(evaluation, say)
    return (*found, orphans) if orphans.rows else found


def plan_table(evaluation: Evaluation, say: Wording) -> Table:
    """Every action in its order, those set aside too."""
    checklist = evaluation.checklist
    domains = {item.id: domain for domain in checklist.domains for item in domain.items}

    def row(rank: int, action: Action) -> tuple[Cell, ...]:
        item = action.item
        return (
            rank,
            action.priority,
            item.ref if item else None,
            domains[item.id].title[say.language] if item else None,
            item.title[say.language] if item else None,
            action_text(action, say),
            say("export.yes") if action.quick_win else None,
            owner_label(checklist, action.owner, say.language),
            action.due,
            state_label(action.state, say),
            late_words(action, evaluation.today, say),
            action.comment,
            say("export.yes") if action.set_aside else None,
        )

    columns = (
        Column(say("export.rank"), 5),
        Column(say("export.priority"), 9),
        Column(say("export.ref"), 7),
        Column(say("export.domain"), 20),
        Column(say("export.item"), 30),
        Column(say("export.action"), 44),
        Column(say("export.quick_win"), 10),
        Column(say("export.owner"), 20),
        Column(say("export.due"), 12),
        Column(say("export.state"), 14, tuple(state_label(state, say) for state in STATES)),
        Column(say("export.late"), 14),
        Column(say("export.comment"), 32),
        Column(say("export.put_aside"), 10, (say("export.yes"),)),
    )
    rows = tuple(row(n, action) for n, action in enumerate(evaluation.plan, 1))
    return Table("plan", say("export.plan"), columns, rows)


def readiness_table(evaluation: Evaluation, say: Wording) -> Table:
    """A line for the whole, then one a domain; the figures are those shown everywhere else."""
    checklist, result = evaluation.checklist, evaluation.readiness

    def row(name: str, score: Score, remarks: Sequence[str]) -> tuple[Cell, ...]:
        answered = score.counting - score.unanswered
        counts = [score.by_status[status] for status in CURRENT_STATUSES]
        figures = (score.figure, score.figure_high)
        band = band_words(checklist, score, say)
        if score.essentials_only:
            band = say("readiness.essentials_only")
        return name, *figures, band, answered, score.counting, *counts, score.set_aside, "\n".join(remarks)

    overall = result.overall
    held_back = [held_back_words(checklist, why, say) for why in overall.told_held_back_by]
    rows = [row(say("export.whole"), overall, [*_provisional(overall, say), *held_back])]
    for domain in checklist.domains:
        score = result.domains[domain.id]
        rows.append(row(domain.title[say.language], score, _provisional(score, say)))
    columns = (
        Column(say("export.domain"), 24),
        Column(say("export.score"), 12),
        Column(say("export.high"), 12),
        Column(say("export.band"), 20),
        Column(say("export.answered"), 11),
        Column(say("export.counting"), 11),
        *(Column(status_label(checklist, status, say), 11) for status in CURRENT_STATUSES),
        Column(say("readiness.set_aside"), 14),
        Column(say("export.remarks"), 48),
    )
    return Table("readiness", say("export.readiness"), columns, tuple(rows))


def _provisional(score: Score, say: Wording) -> list[str]:
    return [say("export.provisional")] if score.provisional else []


def profile_table(evaluation: Evaluation, say: Wording) -> Table:
    checklist, assessment = evaluation.checklist, evaluation.assessment
    rows: list[tuple[Cell, ...]] = [
        (say("export.organisation"), assessment.organisation),
        (say("export.prepared_by"), assessment.prepared_by),
    ]
    for question in checklist.profile:
        labels = {option.id: option.label[say.language] for option in question.options}
        words = "; ".join(labels[id] for id in evaluation.profile.get(question.id, ()))
        rows.append((question.question[say.language], words))
    columns = (Column(say("export.question"), 60), Column(say("export.answer"), 60))
    return Table("profile", say("export.profile"), columns, tuple(rows))
