"""One object for what follows: each part computed once, whoever asks, and at a cost in proportion to the items."""

from __future__ import annotations

from functools import cached_property
from time import process_time

import pytest

from pensebete.evaluation.evaluation import Evaluation
from pensebete.export.build import export
from pensebete.pdf.build import edition_pdf
from pensebete.pdf.edition import Edition
from tests.builders import MONDAY, assess, evaluate, every
from tests.dossiers import full
from tests.other_checklists import write_sized

PARTS = [name for name, part in vars(Evaluation).items() if isinstance(part, cached_property)]


@pytest.mark.parametrize("name", ["full", "board", "lender"])
def test_one_pdf_computes_each_part_once(checklist, computed, name):
    edition_pdf(Edition(name), evaluate(checklist, full(checklist)), "fr")
    assert computed["item_states"] == computed["readiness"] == computed["action_plan"] == 1
    assert max(computed.values()) == 1


@pytest.mark.parametrize("to", ["xlsx", "ics", "csv"])
def test_one_export_computes_each_part_once(checklist, computed, to):
    export(to, evaluate(checklist, full(checklist)), "fr")
    assert computed["item_states"] == computed["action_plan"] == 1
    assert max(computed.values()) == 1


def test_a_part_asked_for_again_is_the_same_object(checklist):
    found = evaluate(checklist, full(checklist))
    for name in PARTS:
        assert getattr(found, name) is getattr(found, name)


def test_nothing_of_it_can_be_replaced(checklist):
    with pytest.raises(AttributeError):
        evaluate(checklist, assess()).today = MONDAY  # type: ignore[misc]


def test_the_cost_grows_in_proportion_to_the_items(tmp_path):
    def cost(items: int) -> float:
        checklist = write_sized(tmp_path / f"{items}.yaml", 10, items)
        assessment = assess(every(checklist, "to_do"), checklist=checklist.id)

        def once() -> float:
            began = process_time()
            found = evaluate(checklist, assessment)
            parts = [getattr(found, name) for name in PARTS]
            assert len(parts) > 8
            return process_time() - began

        return min(once() for _ in range(5))

    # Twelve times the items: in proportion 12, with squares 144.
    assert cost(600) < 30 * cost(50)
