"""However much a page shows, what follows from the answers is computed once for it."""

from __future__ import annotations

import pytest

from tests.dossiers import full
from tests.pages.visit import Visit


@pytest.mark.parametrize("page", ["questionnaire", "check_answers", "results", "action_plan"])
def test_one_run_of_a_page_computes_each_part_once(checklist, computed, page):
    visit = Visit()
    visit.app.session_state["assessment"] = full(checklist)
    computed.clear()
    visit.open(page)
    assert computed["item_states"] + computed["item_states_after"] == 1
    assert max(computed.values()) == 1
