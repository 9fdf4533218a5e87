"""What was said at a desk: under one row alone, sent or not, and how the rows of a portfolio tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from pensebete.assessment.dossier_file import Problem, dump
from pensebete.assessment.review import file as review_file
from pensebete.assessment.review.merge import merged
from pensebete.assessment.review.model import Review
from pensebete.desk.intake import Taken
from pensebete.desk.portfolio import Entry, names_found, portfolio, said_anew
from pensebete.desk.portfolio_json import portfolio_as_json
from pensebete.desk.remarked import NOTHING, Remarked, remarked_words
from pensebete.desk.remarking import advisor_event, new_remark
from pensebete.desk.row import Asked, Row, row_of
from pensebete.desk.said import Said, all_sent, together, under_names, unsent, with_all, with_answer, with_said, without
from pensebete.export.tables.portfolio import portfolio_table
from pensebete.text.wording import wording
from tests.builders import CHECKLIST, NOW, answer, assess
from tests.unit.assessment.review.reviews import DOSSIER, MARIE, THEN, event, remark, review

ASKED = Asked({CHECKLIST.id: CHECKLIST}, NOW)
CASH = {"item": "cash-forecast"}


def taken(
    name: str, came: Review | bytes | None = None, status: str = "to_do", days: int = 0, id: UUID | None = DOSSIER
) -> Taken:
    at = NOW + timedelta(days=days)
    said = assess({"cash-forecast": answer(status, answered_at=at)}, id=id, organisation=name, updated_at=at)
    content = review_file.dump(came) if isinstance(came, Review) else came
    return Taken(f"{name}-{days}.pdf", dump(said), content)


def rows(*files: Taken) -> list[Row]:
    found = [row_of(one, ASKED) for one in files]
    assert all(isinstance(row, Row) for row in found)
    return found  # type: ignore[return-value]


def entries(*files: Taken, said: Mapping[str, Said] | None = None) -> dict[str, Entry]:
    return {entry.row.organisation: entry for entry in portfolio(rows(*files), said or {}).entries}


def on_cash(n: int, **details):  # type: ignore[no-untyped-def]
    """A remark made while the answer was « to do »."""
    made = new_remark(
        assess({"cash-forecast": "to_do"}),
        remark(1, item="cash-forecast").about,
        "clarify",
        "Quand?",
        MARIE,
        THEN,
        UUID(int=n),
    )
    return made.model_copy(update=details)


# What has left


def test_what_came_in_a_file_or_was_sent_is_not_to_be_sent_again():
    said = with_said(Said(review()), [remark(1), remark(2)])
    assert unsent(said, None) == {UUID(int=1), UUID(int=2)}
    assert unsent(said, review(remark(2))) == {UUID(int=1)}
    assert unsent(all_sent(said), None) == set()
    assert unsent(with_said(all_sent(said), [remark(3)]), None) == {UUID(int=3)}


def test_an_answer_to_a_remark_that_came_is_kept_here_and_is_all_that_there_is_to_send():
    came = review(remark(1, events=(event(9, "reply"),)))
    closing = advisor_event("closed", MARIE, THEN, UUID(int=10))
    said = with_answer(Said(review()), came.remarks[0], closing)
    assert unsent(said, came) == {closing.id}
    assert [e.id for e in merged(came, said.review).remarks[0].events] == [closing.id, UUID(int=9)]
    assert with_answer(said, came.remarks[0], closing) == said


def test_what_never_left_is_taken_back_and_what_left_is_not():
    said = with_said(Said(review()), [remark(1)])
    said = with_answer(said, remark(1), event(9, "reply", MARIE))
    assert without(said, UUID(int=9)).review == review(remark(1))
    assert without(said, UUID(int=1)).review == review()
    with pytest.raises(ValueError, match="left"):
        without(all_sent(said), UUID(int=1))


def test_two_working_files_of_one_enterprise_are_one():
    one, other = Said(review(remark(1)), frozenset({UUID(int=1)})), Said(review(remark(2)))
    assert together(one, other) == Said(review(remark(1), remark(2)), frozenset({UUID(int=1)}))
    assert together(None, other) == other
    forged = Said(Review(dossier=UUID(int=8), remarks=(remark(3),)))
    assert with_all({"k": one}, {"k": forged, "l": other}) == {"k": one, "l": other}


# On the rows


def test_a_row_tells_how_many_remarks_and_how_many_are_answered():
    came = review(on_cash(1), on_cash(2, events=(event(9, "reply"),)), on_cash(3, kind="seen"))
    [entry] = entries(taken("Coop", came)).values()
    assert entry.remarked == Remarked(open=1, answered=1)
    for language, words in (("fr", "2 remarques, 1 répondue"), ("en", "2 remarks, 1 answered")):
        assert remarked_words(entry.remarked, wording(language)) == words
    assert remarked_words(NOTHING, wording("fr")) == ""
    assert remarked_words(Remarked(closed=1), wording("fr")) == "1 remarque réglée"
    assert remarked_words(Remarked(open=1, closed=4), wording("fr")) == "1 remarque"


def test_an_answer_that_was_changed_answers_the_remark_though_the_file_lost_its_review():
    came = review(on_cash(1))
    [entry] = entries(taken("Coop", came), taken("Coop", None, "done", days=1)).values()
    assert entry.remarked == Remarked(answered=1)
    [entry] = entries(taken("Coop", came), taken("Coop", None, "to_do", days=1)).values()
    assert entry.remarked == Remarked(open=1)
    silent = on_cash(2, about=remark(2, item="cash-weeks").about)
    silent = silent.model_copy(
        update={"seen": new_remark(assess(), silent.about, "clarify", "", MARIE, THEN, UUID(int=2)).seen}
    )
    [entry] = entries(taken("Coop", review(silent))).values()
    assert entry.remarked == Remarked(open=1)


def test_the_reviews_of_all_its_files_are_one_copies_too():
    files = [
        taken("Coop", review(on_cash(1))),
        taken("Coop", review(on_cash(2))),
        taken("Coop", review(on_cash(3)), days=-9),
    ]
    [entry] = entries(*files).values()
    assert entry.remarked.open == 3


def test_the_tables_of_a_portfolio_tell_how_remarks_stand():
    made = portfolio(
        rows(taken("Coop", review(on_cash(1), on_cash(2, events=(event(9, "reply"),)))), taken("Autre", id=UUID(int=8)))
    )
    say, checklists = wording("fr"), ASKED.checklists
    table = portfolio_table(made, checklists, say)
    [column] = [n for n, one in enumerate(table.columns) if one.name == say("remarks.title")]
    assert sorted(str(row[column]) for row in table.rows) == ["", "2 remarques, 1 répondue"]
    [coop] = [row for row in portfolio_as_json(made, checklists, say)["rows"] if row["organisation"] == "Coop"]
    assert coop["review"] == {"open": 1, "answered": 1, "closed": 0, "sentence": "2 remarques, 1 répondue"}


def test_what_was_said_here_counts_under_its_row_alone_though_two_stand_under_one_id():
    files = [taken("Coop A", review(on_cash(1))), taken("Coop B", days=1)]
    before = entries(*files)
    assert before["Coop A"].key != before["Coop B"].key
    said = {before["Coop A"].key: Said(review(on_cash(2)))}
    after = entries(*files, said=said)
    assert after["Coop A"].remarked == Remarked(open=2, to_send=1)
    assert after["Coop B"].remarked == NOTHING


def test_what_was_said_before_it_had_a_name_stays_with_the_name_it_is_given_first():
    """Were it that of whoever comes next, one enterprise's words would come into another's file."""
    [alone] = entries(taken("")).values()
    said = {alone.key: Said(review(on_cash(1)))}
    named = under_names(said, names_found(entries(taken(""), taken("Coop A", days=1)).values()))
    assert list(named) == [f"{DOSSIER} coop a"]
    both = entries(taken(""), taken("Coop A", days=1), taken("Coop B", days=2), said=named)
    assert under_names(named, names_found(both.values())) == named
    assert (both["Coop A"].remarked.open, both["Coop B"].remarked) == (1, NOTHING)


def test_what_was_said_of_one_without_a_name_never_goes_to_another_that_took_its_id():
    """Whoever began from the file of another one, before either had a name, keeps what was said of theirs."""
    [alone] = entries(taken("")).values()
    said = {alone.key: Said(review(on_cash(1)))}
    files = [taken(""), taken("Coop A", status="done", days=1), taken("", status="done", days=-1)]
    for some in (files[:2], files):  # the last one is of before A's
        both = entries(*some)
        assert names_found(both.values()) == {}
        both = entries(*some, said=said)
        assert (both[""].remarked.open, both["Coop A"].remarked) == (1, NOTHING)


def test_what_is_said_of_one_row_changes_that_row_as_if_all_were_made_anew():
    found = rows(taken("Coop A", review(on_cash(1))), taken("Coop B", days=1), taken("Autre", id=UUID(int=8)))
    made = portfolio(found)
    said: dict[str, Said] = {}
    for n, entry in enumerate(made.entries):
        said[entry.key] = Said(Review(dossier=UUID(entry.row.id), remarks=(on_cash(20 + n),)))
        made = said_anew(made, found, entry.key, said[entry.key])
        assert made == portfolio(found, said)


def test_what_was_said_here_of_a_line_that_has_another_id_since_counts_with_that_line():
    newer = CHECKLIST.model_copy(update={"renamed": {"cash-before": "cash-forecast"}})
    newer.__dict__.pop("renames", None)  # what the other one had found out
    checklists = {newer.id: newer}
    found = rows(taken("Coop", None, "done", days=1))
    said = Said(review(on_cash(1, about=remark(1, item="cash-before").about)))
    [entry] = portfolio(found).entries
    made = portfolio(found, {entry.key: said}, checklists)
    assert made.entries[0].remarked == Remarked(answered=1, to_send=1)
    assert said_anew(portfolio(found), found, entry.key, said, checklists) == made


def test_a_row_is_known_by_the_name_it_has_even_where_its_latest_dossier_lost_it():
    [entry] = entries(taken("Coop"), taken("", days=1)).values()
    assert entry.row.organisation == ""
    assert entry.key == f"{DOSSIER} coop"


def test_a_review_that_is_anothers_or_broken_is_told_and_loses_nothing_else():
    other = Review(dossier=UUID(int=8), remarks=(remark(1),))
    for came, problem in ((other, "review.another_dossier"), (b"{", "review.not_json")):
        [row] = rows(taken("Coop", came))
        assert row.notes == (Problem(problem),)
        assert row.review is None
        assert row.notes[0].sentence(wording("fr"))
    [row] = rows(taken("Coop", review(remark(1)), id=None))
    assert [note.id for note in row.notes] == ["review.another_dossier"]


def test_what_is_wrong_with_a_review_is_told_whichever_copy_it_came_with():
    [entry] = entries(taken("Coop"), taken("Coop", b"{"), taken("Coop", b"{}", days=-9)).values()
    assert [note.id for note in entry.row.notes] == ["review.not_json", "review.another_program"]
    [entry] = entries(taken("Coop"), taken("Coop", review(on_cash(1)))).values()
    assert entry.row.notes == ()
    assert entry.remarked.open == 1
