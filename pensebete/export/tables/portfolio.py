"""A portfolio as tables: a row an enterprise, every answer, what is late, what to ask, and the files refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pensebete.checklist.model import Checklist
from pensebete.desk.desk_text import (
    check_words,
    figure_words,
    late_text,
    name_words,
    refs,
    refusal_words,
    remarks,
    why_words,
)
from pensebete.desk.portfolio import Entry, Portfolio
from pensebete.desk.remarked import remarked_words
from pensebete.desk.row import AnswerLine, Result
from pensebete.evaluation.action_text import owner_label
from pensebete.evaluation.readiness_text import band_words, status_label
from pensebete.export.tables.table import Cell, Column, Table
from pensebete.text.wording import Wording

Checklists = Mapping[str, Checklist]


def portfolio_tables(portfolio: Portfolio, checklists: Checklists, say: Wording) -> tuple[Table, ...]:
    """In reading order."""
    return (
        portfolio_table(portfolio, checklists, say),
        answers_of_all(portfolio, checklists, say),
        late_of_all(portfolio, checklists, say),
        checks_of_all(portfolio, checklists, say),
        refused_table(portfolio, say),
    )


def portfolio_table(portfolio: Portfolio, checklists: Checklists, say: Wording) -> Table:
    """The order in which to call. Each checklist has its own columns for domains, and no figure is an average."""
    read = {entry.row.checklist for entry in portfolio.entries if entry.row.result}
    lists = [checklist for id, checklist in checklists.items() if id in read]

    def row(entry: Entry) -> tuple[Cell, ...]:
        found, contact, result = entry.row, entry.row.contact, entry.row.result
        checklist = checklists.get(found.checklist)
        first, last = found.answered or (None, None)
        return (
            entry.rank,
            say(f"desk.lane.{entry.lane}"),
            name_words(entry, say),
            " · ".join(why_words(why, checklist, result, say) for why in found.why),
            contact.name,
            contact.phone,
            contact.email,
            contact.municipality,
            _yes(contact.call_wanted, say),
            contact.when,
            say(f"desk.pay.{contact.next_pay}") if contact.next_pay else None,
            contact.weeks_of_money,
            *_figures(checklist, result, entry, say),
            *(cell for one in lists for cell in _domains(one, result if one is checklist else None)),
            len(found.checks),
            remarked_words(entry.remarked, say),
            first,
            last,
            found.checklist,
            found.version,
            found.read_with,
            say.language_name(found.language),
            "\n".join(remarks(entry, say)),
            found.prepared_by,
            found.id,
            found.file,
        )

    columns = (
        Column(say("export.rank"), 5),
        Column(say("desk.column.lane"), 14),
        Column(say("export.organisation"), 30),
        Column(say("desk.column.why"), 50),
        Column(say("desk.column.contact"), 20),
        Column(say("desk.column.phone"), 16),
        Column(say("desk.column.email"), 24),
        Column(say("desk.column.municipality"), 16),
        Column(say("desk.column.call_wanted"), 9),
        Column(say("desk.column.when"), 18),
        Column(say("desk.column.next_pay"), 12),
        Column(say("desk.column.weeks_of_money"), 10),
        Column(say("desk.column.figures"), 30),
        Column(say("export.score"), 10),
        Column(say("export.high"), 10),
        Column(say("export.band"), 18),
        Column(say("desk.column.coverage"), 10),
        Column(say("desk.column.essentials_done"), 11),
        Column(say("desk.column.essentials_of"), 11),
        Column(say("desk.column.essentials_open"), 20),
        Column(say("desk.column.late"), 9),
        Column(say("desk.column.late_first_class"), 9),
        *(Column(_domain_head(one, id, len(lists) > 1, say), 14) for one in lists for id in _domain_ids(one)),
        Column(say("desk.column.checks"), 9),
        Column(say("remarks.title"), 22),
        Column(say("export.first_answer"), 12),
        Column(say("export.last_answer"), 12),
        Column(say("desk.column.checklist"), 14),
        Column(say("desk.column.version"), 10),
        Column(say("desk.column.read_with"), 10),
        Column(say("desk.column.language"), 12),
        Column(say("export.remarks"), 44),
        Column(say("export.prepared_by"), 20),
        Column(say("desk.column.id"), 38),
        Column(say("desk.column.file"), 40),
    )
    return Table("portfolio", say("desk.sheet.portfolio"), columns, tuple(map(row, portfolio.entries)))


def _figures(checklist: Checklist | None, result: Result | None, entry: Entry, say: Wording) -> tuple[Cell, ...]:
    if checklist is None or result is None:
        return (None,) * 10
    score = result.overall
    is_open = [item for why in entry.row.why if why.reason == "essential_open" for item in why.items]
    return (
        figure_words(result, say),
        score.figure,
        score.figure_high,
        say("readiness.essentials_only") if score.essentials_only else band_words(checklist, score, say),
        None if score.coverage is None else int(100 * score.coverage),
        score.essentials.done,
        score.essentials.of,
        refs(checklist, is_open, say),
        len(result.late),
        result.late_first_class,
    )


def _domains(checklist: Checklist, result: Result | None) -> Iterator[Cell]:
    for domain in checklist.domains:
        yield result.domains[domain.id].figure if result else None


def _domain_ids(checklist: Checklist) -> list[str]:
    return [domain.id for domain in checklist.domains]


def _domain_head(checklist: Checklist, domain: str, several: bool, say: Wording) -> str:
    title = checklist.domain(domain).title[say.language]
    return f"{title} ({checklist.id})" if several else title


def answers_of_all(portfolio: Portfolio, checklists: Checklists, say: Wording) -> Table:
    """Every answer that was read, notes word for word, in the language they are in."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for entry, checklist, result in _read(portfolio, checklists):
            name, language = name_words(entry, say), say.language_name(entry.row.language)
            domains = {item.id: d.title[say.language] for d in checklist.domains for item in d.items}
            for line in result.answers:
                item = checklist.items[line.item]
                yield (
                    name,
                    domains[line.item],
                    item.ref,
                    item.title[say.language],
                    _answer(checklist, line, say),
                    line.note,
                    line.reason,
                    line.answered_on,
                    language,
                )

    columns = (
        Column(say("export.organisation"), 30),
        Column(say("export.domain"), 20),
        Column(say("export.ref"), 7),
        Column(say("export.item"), 40),
        Column(say("export.answer"), 18),
        Column(say("export.note"), 50),
        Column(say("export.reason"), 28),
        Column(say("export.answered_on"), 12),
        Column(say("desk.column.language"), 12),
    )
    return Table("answers", say("export.answers"), columns, tuple(rows()))


def late_of_all(portfolio: Portfolio, checklists: Checklists, say: Wording) -> Table:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for entry, checklist, result in _read(portfolio, checklists):
            name = name_words(entry, say)
            for late in result.late:
                yield (
                    name,
                    late.priority,
                    checklist.items[late.item].ref if late.item else None,
                    late_text(checklist, late, say),
                    owner_label(checklist, late.owner, say.language),
                    late.due,
                    (entry.row.today - late.due).days,
                )

    columns = (
        Column(say("export.organisation"), 30),
        Column(say("export.priority"), 9),
        Column(say("export.ref"), 7),
        Column(say("export.action"), 50),
        Column(say("export.owner"), 20),
        Column(say("export.due"), 12),
        Column(say("desk.column.days_late"), 9),
    )
    return Table("late", say("desk.sheet.late"), columns, tuple(rows()))


def checks_of_all(portfolio: Portfolio, checklists: Checklists, say: Wording) -> Table:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for entry, checklist, _ in _read(portfolio, checklists):
            name = name_words(entry, say)
            for check in entry.row.checks:
                items = refs(checklist, check.items, say)
                yield name, _yes(check.high, say), items, check_words(check, checklist, say)

    columns = (
        Column(say("export.organisation"), 30),
        Column(say("desk.column.high"), 12),
        Column(say("export.ref"), 16),
        Column(say("desk.column.question"), 90),
    )
    return Table("checks", say("desk.sheet.checks"), columns, tuple(rows()))


def refused_table(portfolio: Portfolio, say: Wording) -> Table:
    columns = (Column(say("desk.column.file"), 60), Column(say("desk.column.refusal"), 90))
    rows = tuple((one.file, refusal_words(one.problems, say)) for one in portfolio.refused)
    return Table("refused", say("desk.sheet.refused"), columns, rows)


def about_portfolio(portfolio: Portfolio, checklists: Checklists, say: Wording, warnings: Sequence[str]) -> Table:
    read = {entry.row.checklist for entry in portfolio.entries}
    days = [entry.row.today for entry in portfolio.entries]
    rows: list[tuple[Cell, ...]] = [
        *((say("export.warning"), warning) for warning in warnings),
        (say("export.made_on"), max(days, default=None)),
        (say("desk.about.order"), say("desk.about.order_explained")),
        (say("desk.about.checks"), say("desk.about.checks_explained")),
        *(
            (
                say("export.checklist"),
                say("report.checklist_version", title=one.title[say.language], version=one.version),
            )
            for id, one in checklists.items()
            if id in read
        ),
        *(
            (say("export.readiness"), one.readiness.caption[say.language])
            for id, one in checklists.items()
            if id in read
        ),
        (say("desk.about.private"), say("desk.about.private_explained")),
    ]
    return Table(
        "about",
        say("export.about"),
        (Column(say("export.about_what"), 30), Column(say("export.text"), 100)),
        tuple(rows),
    )


def _read(portfolio: Portfolio, checklists: Checklists) -> Iterator[tuple[Entry, Checklist, Result]]:
    for entry in portfolio.entries:
        if entry.row.result is not None:
            yield entry, checklists[entry.row.checklist], entry.row.result


def _answer(checklist: Checklist, line: AnswerLine, say: Wording) -> str:
    return say("readiness.set_aside") if line.set_aside else status_label(checklist, line.current, say)


def _yes(value: bool, say: Wording) -> str:
    return say("export.yes") if value else say("export.no")
