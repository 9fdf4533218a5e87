"""The outline of a checklist and the difference between two, as the command line and the workshop give them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.checklist.outline import as_markdown as outline_as_markdown
from pensebete.checklist.outline import outline
from pensebete.checklist.versions.diff import Change, diff
from pensebete.checklist.versions.diff_text import as_markdown as diff_as_markdown
from pensebete.checklist.versions.diff_text import change_words
from pensebete.evaluation.impact import effect, effect_on
from pensebete.evaluation.impact_text import dossier_effect_words, effect_words
from pensebete.text.terminal import escaped
from pensebete.text.wording import Wording

Format = Literal["markdown", "json"]
Escape = Callable[[str], str]


def outline_text(checklist: Checklist, format: Format, say: Wording, escape: Escape = escaped) -> str:
    found = outline(checklist, say)
    return _json(asdict(found)) if format == "json" else outline_as_markdown(found, say, escape)


def diff_text(
    older: Checklist,
    newer: Checklist,
    assessment: Assessment | None,
    today: date,
    format: Format,
    say: Wording,
    escape: Escape = escaped,
) -> str:
    """What changes, what it asks of dossiers in progress, and of that one where one is given."""
    changes, general = diff(older, newer, say), effect(older, newer)
    one = effect_on(assessment, older, newer, today) if assessment else None
    sentences = dossier_effect_words(one, older, newer, say) if one else []
    if format == "markdown":
        effects = [(say("diff.effect.title"), effect_words(general, say))]
        effects += [(say("diff.effect.dossier_title"), sentences)] if one else []
        return diff_as_markdown(older, newer, changes, effects, say, escape)
    found: dict[str, Any] = {
        "older": _version(older),
        "newer": _version(newer),
        "changes": [_change(change, say) for change in changes],
        "dossiers": {
            "to_answer": [item.id for item in general.to_answer],
            "to_confirm": {language: [item.id for item in items] for language, items in general.to_confirm.items()},
            "moved": [item.id for item in general.moved],
            "retired": list(general.retired),
            "questions_to_answer": [question.id for question in general.questions],
            "lost": [part.name for part in general.lost],
            "announced": general.announced,
            "same_checklist": general.same_checklist,
        },
    }
    if one:
        found["dossier"] = {
            "to_answer": [*one.account.new, *(item.id for item in one.apply_now)],
            "to_confirm": list(one.account.reworded),
            "moved": [{"from": old, "to": new} for old, new in one.account.moved],
            "retired": [left.id for left in one.account.retired],
            "questions_to_answer": [question.id for question in one.questions],
            "choices_moved": [{"from": old, "to": new} for old, new in one.account.moved_choices],
            "choices_kept": list(one.account.left_choices),
            "lost": [part.name for part in one.lost],
            "set_aside_now": [item.id for item in one.set_aside_now],
            "version_known": one.version_known,
            "score": {"before": one.before.score, "after": one.after.score},
            "sentences": sentences,
        }
    return _json(found)


def _version(checklist: Checklist) -> dict[str, str]:
    return {"id": checklist.id, "version": checklist.version}


def _change(change: Change, say: Wording) -> dict[str, str]:
    return {**asdict(change), "sentence": change_words(change, say)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
