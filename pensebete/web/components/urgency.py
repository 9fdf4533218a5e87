"""A word about when, with the sign and the colour of its urgency; each urgency has a sign of its own, in grey too."""

from __future__ import annotations

from html import escape

from pensebete.evaluation.urgency import Urgency


def urgency_html(urgency: Urgency, words: str) -> str:
    """« ▲ D’ici le lundi 30 mars »: a triangle now, a disc within days, a square later, a tick done."""
    return (
        f'<span class="urgency urgency-{urgency}"><span class="sign sign-{urgency}" aria-hidden="true"></span>'
        f"{escape(words)}</span>"
    )
