"""An earlier text is served again without a word of any dossier lost."""

from __future__ import annotations

import pytest

from pensebete.checklist.item_template import item_skeleton
from pensebete.checklist.loading import read
from pensebete.checklist.versions.going_back import text_to_go_back_to
from pensebete.text.wording import wording
from tests.builders import mended, sound

ONE = mended()
NEWER = ('version: "1"', 'version: "2"')


def back(earlier: str, later: str) -> str | None:
    """From a later text, served now."""
    served = sound(later)
    return text_to_go_back_to(sound(earlier), earlier, served, lambda text: read(text, None, (served,)))


def test_where_nothing_was_added_since_it_is_the_earlier_text_to_the_letter():
    assert back(ONE, mended(NEWER, ("weight: 1.5", "weight: 2"))) == ONE


def test_what_was_renamed_since_has_its_name_of_then_again_and_its_answers_follow():
    later = mended(NEWER, ("id: cash", "id: till"), ("{hear: listen}", "{hear: listen, cash: till}"))
    again = back(ONE, later)
    assert again is not None
    assert "renamed: {hear: listen, till: cash}" in again


@pytest.mark.parametrize(
    ("written", "then"),
    [
        ("retired: [count-stock]", "retired: [count-stock, new-item-1]"),
        ("retired: []", "retired: [new-item-1]"),
        ("retired:\n  - count-stock", "retired:\n  - new-item-1\n  - count-stock"),
        ("# none yet", "# none yet\nretired:\n  - new-item-1"),
    ],
)
def test_a_new_item_is_retired_in_whichever_way_the_file_is_written(written, then):
    earlier = mended(("retired: [count-stock]", written))
    new = item_skeleton(sound(earlier), wording("fr"))
    later = earlier.replace("    items:\n", f"    items:\n{new}", 1).replace(*NEWER)
    again = back(earlier, later)
    assert again == earlier.replace(written, then)


def test_another_text_under_the_number_that_is_served_is_left_to_somebody_who_looks():
    assert back(ONE, mended(("weight: 1.5", "weight: 2"))) is None
