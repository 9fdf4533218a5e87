"""The desk, without a browser: files in, the order in which to call, one enterprise, the working file."""

from __future__ import annotations

import pytest

from pensebete.assessment.dossier_file import is_json
from pensebete.desk.intake import Taken
from pensebete.desk.working_file import WorkingFile, opened, written
from pensebete.text.wording import wording
from pensebete.web.session import desk
from tests.pages.visit import Visit
from tests.portfolio_files import dossiers
from tests.unit.desk.lived import plan, zipped

SAY = wording("fr")
FEW = list(dossiers(12))


@pytest.fixture
def visit() -> Visit:
    return Visit().open("desk")


def drop(visit: Visit, *files: tuple[str, bytes]) -> Visit:
    [uploader] = visit.app.get("file_uploader")
    uploader.set_value([(name, content, "application/octet-stream") for name, content in files]).run()  # type: ignore[attr-defined]
    return visit._sound()


def desk_of(visit: Visit):  # type: ignore[no-untyped-def]
    return visit.app.session_state["desk"]


def test_files_of_any_kind_are_read_and_the_others_named_with_their_reason(visit):
    drop(visit, ("plan.pdf", plan()), ("envoi.zip", zipped(*FEW[:3])), ("photo.jpg", b"\xff\xd8\xff\xe0 no dossier"))
    shown = visit.texts()
    assert SAY("desk.order", n=4) in shown
    assert "photo.jpg" in shown
    assert SAY("desk.refused", n=1) in shown
    assert not desk_of(visit).waiting
