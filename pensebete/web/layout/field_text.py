"""Facts in words: where something was written, and what."""

from __future__ import annotations

from pensebete.assessment.field_map import NULL, Key, value_text
from pensebete.assessment.model import NEXT_PAYS, Contact
from pensebete.checklist.status import STATUSES
from pensebete.evaluation.readiness_text import status_label
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web import session

_OF_CONTACT = frozenset(f"contact.{name}" for name in Contact.model_fields)
# What a link is called when nobody named it: kept with it as written then, said in the language of who reads.
_UNNAMED_LINKS = {id: id for id in ("saved.first_label", "saved.access.write", "saved.access.read")} | {
    "saved.access.read_only": "saved.access.read",  # what one for reading was called before it let one remark
}


def place_words(key: Key) -> str:
    """Where a fact belongs, as people know it: the reference of its item, the question, the field."""
    say, checklist, language = session.say(), session.checklist(), session.language()
    match key:
        case ("answer" | "plan", item, *_) if item in checklist.items:
            return f"{checklist.items[item].ref}, {checklist.items[item].title[language]}"
        case ("profile", question) if question in checklist.questions:
            return checklist.questions[question].question[language]
        case ("own", *_):
            return say("plan.own")
        case ("detail", "organisation"):
            return say("saved.field.organisation")
        case ("detail", "prepared_by"):
            return say("saved.field.prepared_by")
        case ("detail", name) if name in _OF_CONTACT:
            return say(name)
    return ".".join(key)


def value_words(key: Key, value: object) -> str:
    """A value as people wrote or chose it."""
    if value is True or (key == ("detail", "contact.next_pay") and value in NEXT_PAYS):
        return session.say()(f"contact.next_pay.{'yes' if value is True else value}")
    if isinstance(value, dict) and value.get("status") in STATUSES:
        return status_label(session.checklist(), value["status"], session.say())
    if isinstance(value, dict) and "text" in value:
        return str(value["text"])
    if value is None or value is NULL:
        return "–"
    return value if isinstance(value, str) else value_text(value)


def link_words(label: str) -> str:
    """The name of a link: that which a person gave it, or that of the program."""
    for before, id in _UNNAMED_LINKS.items():
        if any(label == wording(language)(before) for language in LANGUAGES):
            return session.say()(id)
    return label
