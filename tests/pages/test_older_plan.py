"""« Mon dossier »: what is open compared with a plan of before that is dropped there, which replaces nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Answer, Assessment
from pensebete.text.wording import wording
from pensebete.web.views.start.resume_form import compared
from tests.builders import NOW, assess
from tests.pages.visit import Visit
from tests.unit.desk.lived import zipped

NB = "\u00a0"
SAY = wording("fr")
FIRST, LATER = UUID(int=1), UUID(int=2)


def dossier(status: str = "to_do", days: int = 0, **details) -> Assessment:
    at = NOW + timedelta(days=days)
    said = {"id": FIRST, "organisation": "Coop", "updated_at": at, "timezone": "America/Toronto", **details}
    return assess({"cash-forecast": Answer(status=status, answered_at=at)}, **said)


def holding(held: Assessment) -> Visit:
    """« Mon dossier » of a visit that holds this dossier in its tab, with the fold of the comparison open."""
    visit = Visit()
    visit.app.session_state["assessment"] = held
    visit.app.session_state["said_something"] = True
    return visit.open("dossier").unfold("older")


def dropped(visit: Visit, content: Assessment | bytes) -> Visit:
    [uploader] = visit.app.get("file_uploader")
    made = dossier_file.dump(content) if isinstance(content, Assessment) else content
    uploader.upload("plan.json", made, "application/octet-stream").run()  # type: ignore[attr-defined]
    return visit._sound()


def test_an_empty_dossier_has_nothing_to_compare():
    assert SAY("older.title") not in [fold.label for fold in Visit().open("dossier").app.expander]


def test_a_plan_of_before_tells_what_changed_since_and_replaces_nothing():
    held = dossier("in_progress", 30)
    visit = dropped(holding(held), dossier())
    shown = visit.texts()
    assert f"entre «{NB}28 mars 2026{NB}» et «{NB}Aujourd’hui{NB}»" in shown
    assert f"«{NB}À faire{NB}» est devenu «{NB}En cours{NB}»" in shown
    assert not visit.app.warning
    assert visit.assessment == held


def test_a_new_cycle_says_what_it_was_copied_from_and_knows_its_plan_again():
    first = dossier("done")
    visit = holding(first).press(SAY("cycle.start"))
    assert visit.assessment.previous_id == FIRST
    assert SAY("cycle.started", name="Coop", when="28 mars 2026") in visit.texts()
    visit.unfold("older")
    assert SAY("older.of_cycle") in visit.texts()
    shown = dropped(visit, first).texts()
    assert SAY("older.previous") in shown
    assert f"«{NB}Fait{NB}» est devenu «{NB}Sans réponse{NB}»" in shown
    assert compared(first, visit.assessment) == "previous"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({"id": LATER, "organisation": "Atelier"}, ("older.unrelated", {"name": "Atelier"})),
        ({"id": LATER, "organisation": ""}, ("older.unrelated", {"name": "sans nom"})),
        ({"organisation": "Atelier"}, ("older.other_name", {"name": "Atelier"})),
        ({"days": 60}, ("older.newer", {})),
        ({"id": LATER, "previous_id": FIRST}, ("older.newer", {})),
    ],
)
def test_a_plan_of_another_enterprise_or_a_newer_one_is_compared_and_it_is_said(file, said):
    visit = dropped(holding(dossier("in_progress", 30)), dossier(**file))
    id, values = said
    assert SAY(id, **values) in visit.texts()
    assert visit.assessment == dossier("in_progress", 30)


def test_a_file_that_is_no_dossier_is_refused_with_its_reason():
    visit = dropped(holding(dossier()), b"{}")
    assert SAY("dossier.another_program") in visit.texts()
    assert len(visit.app.error) == 1


def test_of_several_dossiers_the_only_one_of_this_enterprise_is_meant_and_none_where_there_are_more():
    own, others = dossier(), [dossier(id=UUID(int=n), organisation=f"Autre {n}") for n in (7, 8)]

    def packed(*files: Assessment) -> bytes:
        return zipped(*((f"{n}.json", dossier_file.dump(one)) for n, one in enumerate(files)))

    shown = dropped(holding(dossier("done", 30)), packed(others[0], own, others[1])).texts()
    assert "est devenu" in shown
    visit = dropped(holding(dossier("done", 30)), packed(*others))
    assert "est devenu" not in visit.texts()
    assert len(visit.app.error) == 1
