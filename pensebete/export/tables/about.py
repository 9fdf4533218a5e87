"""What a reader of the workbook should know: whose it is, from when, what the figures mean, what a cell leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from pensebete.assessment.item_state import answer_dates
from pensebete.evaluation.contact_text import contact_rows
from pensebete.evaluation.evaluation import Evaluation
from pensebete.evaluation.provenance_text import version_words
from pensebete.export.tables.table import Cell, Column, Table
from pensebete.text.wording import Wording


def about_table(evaluation: Evaluation, warnings: Sequence[str], say: Wording) -> Table:
    checklist, assessment = evaluation.checklist, evaluation.assessment
    contact = checklist.contact
    first, last = answer_dates(evaluation.item_states) or (None, None)
    reached = [contact.name[say.language], contact.phone, contact.email, contact.url]
    rows: list[tuple[Cell, ...]] = [
        *((say("export.warning"), warning) for warning in warnings),
        (say("export.organisation"), assessment.organisation),
        (say("export.prepared_by"), assessment.prepared_by),
        *contact_rows(assessment.contact, say),
        (say("export.first_answer"), first),
        (say("export.last_answer"), last),
        (say("export.made_on"), evaluation.today),
        (say("export.checklist"), version_words(evaluation, say)),
        (say("export.readiness"), checklist.readiness.caption[say.language]),
        (say("report.contact"), " · ".join(part for part in reached if part)),
        (say("export.disclaimer"), checklist.disclaimer[say.language]),
        (say("export.return"), say("export.return_explained")),
    ]
    columns = (Column(say("export.about_what"), 30), Column(say("export.text"), 100))
    return Table("about", say("export.about"), columns, tuple(rows))
