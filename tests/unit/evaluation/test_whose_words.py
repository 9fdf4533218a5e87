"""Whose remarks these are, in words."""

from __future__ import annotations

import pytest

from pensebete.assessment.review.model import Author
from pensebete.evaluation.review_text import whose_words
from pensebete.text.wording import wording
from tests.unit.assessment.review.reviews import MARIE, PAUL, remark

ANNE, ELOI = Author(name="Anne Roy", role="advisor"), Author(name="Éloi Roy", role="advisor")


@pytest.mark.parametrize(
    ("authors", "french", "english"),
    [
        ([MARIE], "1 remarque de Marie Roy, Pôle de Québec", "1 remark from Marie Roy, Pôle de Québec"),
        ([ANNE], "1 remarque d’Anne Roy", "1 remark from Anne Roy"),
        ([ELOI, ELOI], "2 remarques d’Éloi Roy", "2 remarks from Éloi Roy"),
        ([Author(role="advisor")], "1 remarque de la personne-conseil", "1 remark from the advisor"),
        (
            [MARIE, PAUL, ANNE],
            "3 remarques de Marie Roy, Pôle de Québec; Paul Côté, Pôle de Québec; 1 autre personne",
            "3 remarks from Marie Roy, Pôle de Québec; Paul Côté, Pôle de Québec; 1 other person",
        ),
    ],
)
def test_the_first_two_authors_are_named_and_the_others_counted(authors, french, english):
    remarks = [remark(n, author=author) for n, author in enumerate(authors, 1)]
    assert whose_words(remarks, wording("fr")) == french
    assert whose_words(remarks, wording("en")) == english
