"""What editors offer to write in one go: an item, an action, a message, a resource, a question, an option, a domain."""

from __future__ import annotations

from itertools import count
from typing import Any

from pensebete.text.wording import Wording


def snippets(say: Wording) -> dict[str, list[dict[str, Any]]]:
    """A part of the schema -> its snippets. In `${1:id}` the caret goes there first, and `id` is written over."""
    return {
        name: [
            {"label": say(f"schema.snippet.{name}"), "description": say(f"schema.snippet.{name}.about"), "body": body}
        ]
        for name, body in _bodies(say).items()
    }


def _bodies(say: Wording) -> dict[str, Any]:
    def places() -> Any:
        numbers = count(1)
        return lambda first: f"${{{next(numbers)}:{first}}}"

    def text(place: Any) -> dict[str, str]:
        return {language: place(say("skeleton.text")) for language in ("fr", "en")}

    def action(place: Any) -> dict[str, Any]:
        return {"id": place("id"), "text": text(place), "within": place("2w"), "owner": place("owner")}

    def item(place: Any) -> dict[str, Any]:
        return {
            "id": place("id"),
            "ref": place("X1"),
            "title": text(place),
            "help": text(place),
            "criteria": {"done": text(place), "in_progress": text(place)},
            **{mark: place("2") for mark in ("urgency", "impact", "effort")},
            "actions": [action(place)],
        }

    def option(place: Any) -> dict[str, Any]:
        return {"id": place("id"), "label": text(place)}

    def question(place: Any) -> dict[str, Any]:
        options = [option(place), option(place)]
        return {"id": place("id"), "question": text(place), "choose": "one", "options": options}

    def domain(place: Any) -> dict[str, Any]:
        return {"id": place("id"), "title": text(place), "items": [item(place)]}

    def resource(place: Any) -> dict[str, Any]:
        return {"title": text(place), "url": place("https://"), "verified_on": place("2026-03-28")}

    def message(place: Any) -> dict[str, Any]:
        return {"to": place("others"), "subject": text(place), "text": text(place)}

    made = {
        "Domain": domain,
        "Item": item,
        "SuggestedAction": action,
        "Message": message,
        "Resource": resource,
        "ProfileQuestion": question,
        "Option": option,
    }
    return {name: body(places()) for name, body in made.items()}
