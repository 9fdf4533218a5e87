"""What a check of a checklist believes of the PDF is what the PDF does."""

from __future__ import annotations

import pytest

from pensebete.checklist.status import STATUSES
from pensebete.pdf.editions.blank import _INDENT
from pensebete.pdf.fonts.typeface import REPLACEMENT, printable, typeface
from pensebete.pdf.layout.line_breaking import wrapped
from pensebete.pdf.layout.style import LEFT, PAPERS, QUIET, SMALL_STRONG, STRONG, TEXT
from pensebete.pdf.sections.answers import _STATUS
from pensebete.pdf.sections.readiness_panel import _GAP, _SIDE
from pensebete.text.print_limits import TITLES, missing, too_long, widths


def test_the_widths_are_those_of_the_font():
    """Else: tools/font-widths."""
    assert widths() == typeface(bold=True).widths
    assert set(widths()) == set(typeface().widths)


def test_the_rooms_are_those_that_the_pages_leave():
    narrowest = min(paper.content_width for paper in PAPERS.values())
    beside = typeface().width(" · 2026-03-28", QUIET.size)
    rooms = {
        "checklist": (narrowest, TEXT.size, 2),
        "domain": ((narrowest - _SIDE - _GAP) * 0.45, SMALL_STRONG.size, 1),
        "status": (_STATUS - beside, SMALL_STRONG.size, 1),
        "ref": (_INDENT - LEFT - 2, STRONG.size, 1),
    }
    assert set(TITLES) == set(rooms)
    for kind, (across, size, lines) in rooms.items():
        assert (TITLES[kind].size, TITLES[kind].lines) == (size, lines)
        assert across - 3 <= TITLES[kind].across <= across


@pytest.mark.parametrize("text", ["é", "🙂", "e\u0301", "日本", "\u200d", "\ufe0f", "☐ → ≥ ½ œ", "a\u00a0b", "▯"])
def test_a_character_is_missing_where_the_pdf_shows_a_box(text):
    assert bool(missing(text)) == (REPLACEMENT in printable(text) and REPLACEMENT not in text)


@pytest.mark.parametrize("word", ["i", "m", "Approvisionnement ", "W", "à l’é "])
def test_a_domain_title_is_too_long_where_the_chart_cuts_it(word):
    room = TITLES["domain"]
    for times in range(1, 60):
        title = (word * times).strip()
        lines = wrapped(title, typeface(bold=True), room.size, room.across)
        assert (too_long(title, "domain") is not None) == (len(lines) > 1), title


def test_no_title_of_the_shipped_checklist_is_too_long(checklist):
    assert not any(too_long(text, "domain") for domain in checklist.domains for text in domain.title.root.values())
    assert not any(too_long(text, "status") for s in STATUSES for text in checklist.statuses[s].label.root.values())
    assert not any(too_long(item.ref, "ref") for item in checklist.items.values())
