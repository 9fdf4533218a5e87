"""The full action plan, made once."""

from __future__ import annotations

import pytest

from pensebete.pdf.build import action_plan_pdf
from tests.builders import MONDAY, evaluate
from tests.dossiers import full


@pytest.fixture(scope="session")
def whole(checklist):
    return action_plan_pdf(evaluate(checklist, full(checklist), MONDAY), "fr")
