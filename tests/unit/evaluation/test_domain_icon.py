"""Each domain has its sign, drawn in the style sheet."""

from __future__ import annotations

import re

from pensebete.checklist.loading import load, published_path
from pensebete.evaluation.domain_icon import domain_icon
from pensebete.web.server.static_gzip import OUR_FILES

DRAWN = set(re.findall(r"\.domain-icon-([a-z-]+)[ ,]", (OUR_FILES / "style" / "icons.css").read_text(encoding="utf-8")))


def name_in(html: str) -> str:
    return re.search(r"domain-icon-([^\" ]+)", html)[1]


def test_each_domain_of_the_checklist_has_a_sign_of_its_own():
    names = [name_in(domain_icon(domain.id)) for domain in load(published_path()).domains]
    assert len(set(names)) == len(names)
    assert "other" not in names
    assert set(names) <= DRAWN


def test_a_domain_of_another_checklist_has_the_sheet_and_no_ears_hear_it():
    assert name_in(domain_icon('flood"><script>')) == "other"
    assert "other" in DRAWN
    assert 'aria-hidden="true"' in domain_icon("debt")
