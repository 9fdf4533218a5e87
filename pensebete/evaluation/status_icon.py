"""Signs told apart by shape, in grey too: those of the PDF (pdf/layout/symbols.py). Each stands beside its word."""

from __future__ import annotations

from pensebete.checklist.status import CurrentStatus, rule_of


def sign(status: CurrentStatus) -> str:
    """A disc as HTML: ticked done, half full in progress, empty to do, dotted unknown, barred not applicable.

    Without an answer, only its dashed outline. Drawn by static/style/frame.css: the framework's HTML takes no
    drawing of its own.
    """
    return f'<span class="sign sign-{rule_of(status).sign}" aria-hidden="true"></span>'
