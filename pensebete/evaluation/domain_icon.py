"""A sign for each domain (static/style/icons.css); decoration, beside the title that says the same."""

from __future__ import annotations

# The domains of checklist.yaml; those of another checklist have the sheet of paper.
_DRAWN = frozenset({"communication", "human-resources", "liquidity", "debt", "supply"})


def domain_icon(domain_id: str) -> str:
    """The sign as HTML, for no ears."""
    name = domain_id if domain_id in _DRAWN else "other"
    return f'<span class="domain-icon domain-icon-{name}" aria-hidden="true"></span>'
