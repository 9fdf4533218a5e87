"""Contacts in words. Of a dossier, whom to call and how soon: a line, and a row for each thing that was said. Of a
checklist, the ways to whom it names."""

from __future__ import annotations

from pensebete.assessment.model import Contact
from pensebete.checklist.model import Contact as ChecklistContact
from pensebete.text.addresses import as_copied, phone_in
from pensebete.text.wording import Wording


def contact_words(contact: Contact, say: Wording) -> str:
    """« Appel souhaité : 418 555-0100, avant midi · Matane · prochaine paie non assurée · argent pour 3 semaines »

    Empty where there is nothing to call by, nor to be told before one calls.
    """
    by_phone = ", ".join(filter(None, (contact.phone.strip(), contact.when.strip())))
    said = [contact.name.strip(), by_phone, contact.email.strip(), contact.municipality.strip()]
    said += [say(f"contact.pay.{contact.next_pay}")] if contact.next_pay else []
    said += [] if contact.weeks_of_money is None else [_money(contact.weeks_of_money, weeks_words(contact, say), say)]
    parts = " · ".join(filter(None, said))
    if contact.call_wanted:
        return say("contact.asks", parts=parts) if parts else say("contact.asks_only")
    return say("contact.reach", parts=parts) if parts else ""


def _money(weeks: float, said: str, say: Wording) -> str:
    """« 1,5 semaine » and “1.5 weeks”: a part of a week takes the plural in English alone, which calls none so too."""
    return say("contact.money", n=1 if weeks == 1 else 0 if weeks < 2 else 2, weeks=said)


def contact_rows(contact: Contact, say: Wording) -> list[tuple[str, str]]:
    """What was asked and what was answered; nothing of what was not."""
    rows = (
        ("call_wanted", say("contact.next_pay.yes") if contact.call_wanted else ""),
        ("name", contact.name),
        ("phone", contact.phone),
        ("when", contact.when),
        ("email", contact.email),
        ("municipality", contact.municipality),
        ("next_pay", say(f"contact.next_pay.{contact.next_pay}") if contact.next_pay else ""),
        ("weeks_of_money", weeks_words(contact, say)),
    )
    found = [(say(f"contact.{what}"), said) for what, said in rows]
    return [row for row in (*found, not_counted_row(contact, say)) if row[1].strip()]


def not_counted_row(contact: Contact, say: Wording) -> tuple[str, str]:
    return say("contact.not_counted"), say("contact.next_pay.yes") if contact.not_counted else ""


def weeks_words(contact: Contact, say: Wording) -> str:
    """« 2,5 » or “2.5”, as few decimals as were given; empty where none was."""
    weeks = contact.weeks_of_money
    if weeks is None:
        return ""
    decimals = 0 if weeks == int(weeks) else len(f"{weeks:.2f}".rstrip("0").partition(".")[2])
    return say.number(weeks, decimals)


def phone_words(phone: str, say: Wording) -> str:
    """« 418 555-0100, poste 3 », whatever the way it was typed; as it was typed where it says more than that."""
    found = phone_in(phone)
    if found is None:
        return as_copied(phone)
    return say("call.extension", number=found.number, extension=found.extension) if found.extension else found.number


def ways_words(contact: ChecklistContact, say: Wording) -> list[tuple[str, str]]:
    """The ways to somebody that staff have filled in: each as it was written, and as people read it."""
    ways = [(contact.phone or "", phone_words(contact.phone or "", say))]
    ways += [(way, as_copied(way)) for way in (contact.email or "", contact.url or "")]
    return [way for way in ways if way[0].strip()]
