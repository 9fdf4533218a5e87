"""A dossier that an earlier version wrote, or that its PDF carries, opens in this one and loses nothing."""

from __future__ import annotations

import json

import pytest

from pensebete.assessment import dossier_file
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.text.wording import wording
from tests.earlier_versions import DOSSIERS, VERSIONS

each_dossier = pytest.mark.parametrize("file", DOSSIERS, ids=lambda file: f"{file.parent.name}-{file.stem}")


def test_there_are_dossiers_of_each_earlier_version():
    assert VERSIONS
    assert all(len([file for file in DOSSIERS if file.parent == version]) >= 3 for version in VERSIONS)


@each_dossier
def test_it_opens_and_is_written_back_as_it_was(checklist, file):
    assessment = dossier_file.read(file.read_bytes(), checklist)
    assert json.loads(dossier_file.dump(assessment)) == json.loads(file.read_bytes())
    assert unknown_fields_words(assessment, wording("fr")) == []
    assert len(assessment.answers) > 5


@each_dossier
def test_what_it_leaves_out_means_what_it_meant(checklist, file):
    meant = json.loads((file.parent / "read.json").read_bytes())[file.stem]
    means = dossier_file.read(file.read_bytes(), checklist).model_dump(mode="json")
    assert holds(means, meant)
    assert not holds({**means, "own_actions": []}, meant)


def holds(whole: object, part: object) -> bool:
    """Whether a value is the other, but for fields that it has more: a later version may add some."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(name in whole and holds(whole[name], value) for name, value in part.items())
    if isinstance(whole, list) and isinstance(part, list):
        return len(whole) == len(part) and all(map(holds, whole, part))
    return whole == part


@each_dossier
def test_its_plan_in_pdf_carries_the_same_dossier(checklist, file):
    made = file.with_suffix(".pdf").read_bytes()
    assert dossier_file.attached(made) == file.read_bytes()
    assert dossier_file.read(made, checklist) == dossier_file.read(file.read_bytes(), checklist)


def test_a_dossier_of_the_version_before_is_written_back_byte_for_byte(checklist):
    for file in DOSSIERS:
        if file.parent == VERSIONS[-1]:
            assert dossier_file.dump(dossier_file.read(file.read_bytes(), checklist)) == file.read_bytes()
