"""A checklist as things with facts, each a value to compare and the words to tell it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pensebete.checklist.condition_text import levels_words
from pensebete.checklist.model import (
    Calendar,
    Checklist,
    Condition,
    Domain,
    Item,
    Levels,
    Message,
    ProfileQuestion,
    Resource,
    SuggestedAction,
    Text,
)
from pensebete.checklist.outline import applies_words, weight_words, within_words
from pensebete.checklist.versions.renames import Carried
from pensebete.text.wording import Wording


class Fact(NamedTuple):
    value: Any
    words: str


Facts = dict[tuple[str, str], Fact]  # (field, language), the language empty where the fact is no text


@dataclass(frozen=True, slots=True)
class Thing:
    about: str
    facts: Facts
    under_id: str = ""  # the domain of an item
    under: str = ""
    inside: dict[str, Thing] = field(default_factory=dict)


def things(checklist: Checklist, say: Wording, carried: Carried) -> dict[str, dict[str, Thing]]:
    """Part of the checklist -> the things in it by id, in the order they stand.

    What refers to an id has it as the newer version calls it: a question renamed changes no condition that asks it.
    """
    language = say.language
    return {
        "items": {
            item.id: _item(checklist, domain, item, say, carried)
            for domain in checklist.domains
            for item in domain.items
        },
        "domains": {
            domain.id: Thing(
                domain.title[language],
                {
                    **_texts(title=domain.title, intro=domain.intro),
                    ("vital", ""): _yes_or_no(domain.vital, say),
                    ("lender", ""): _yes_or_no(domain.lender, say),
                },
            )
            for domain in checklist.domains
        },
        "profile": {question.id: _question(checklist, question, say, carried) for question in checklist.profile},
        "bands": {
            band.id: Thing(
                band.label[language],
                {
                    ("from", ""): Fact(band.from_, say.percent(band.from_)),
                    **_texts(label=band.label, advice=band.advice),
                },
            )
            for band in checklist.bands
        }
        | {"readiness": Thing(say("diff.rules"), _rules(checklist, say, carried))},
        "ranking": {
            row.class_: Thing(
                row.class_,
                {
                    ("within", ""): Fact(row.within, within_words(row.within, say)),
                    ("when", ""): _levels(row.when, say),
                    **_texts(label=row.label),
                },
            )
            for row in checklist.ranking
        },
        "texts": _general(checklist, say, carried),
    }


def _item(checklist: Checklist, domain: Domain, item: Item, say: Wording, carried: Carried) -> Thing:
    ranked = checklist.written_class(item).class_
    days = say("outline.within.d", n=item.valid_days)
    other = checklist.items[item.belongs_with].ref if item.belongs_with else ""
    return Thing(
        about=f"{item.ref} · {item.title[say.language]}",
        facts={
            ("ref", ""): Fact(item.ref, item.ref),
            **_texts(title=item.title, help=item.help, done=item.criteria.done, in_progress=item.criteria.in_progress),
            **{("examples", lang): Fact(found, " · ".join(found)) for lang, found in item.examples.items()},
            ("condition", ""): Fact(
                _asked(item.applies_when, carried), applies_words(checklist, item.applies_when, say)
            ),
            ("urgency", ""): Fact(item.urgency, str(item.urgency)),
            ("impact", ""): Fact(item.impact, str(item.impact)),
            ("effort", ""): Fact(item.effort, str(item.effort)),
            ("weight", ""): Fact(item.weighs, weight_words(item.weighs, say)),
            ("class", ""): Fact(carried.id("ranking", ranked), ranked),
            ("essential", ""): _yes_or_no(checklist.readiness.essential.match(item), say),
            ("quick_win", ""): _yes_or_no(checklist.quick_win.match(item), say),
            ("valid_days", ""): Fact(item.valid_days, days),
            ("belongs_with", ""): Fact(item.belongs_with and carried.id("items", item.belongs_with), other),
            ("split_from", ""): Fact(item.split_from and carried.id("items", item.split_from), item.split_from or ""),
            ("resources", ""): _resources(item.resources, say),
        },
        under_id=carried.id("domains", domain.id),
        under=domain.title[say.language],
        inside={action.id: _action(checklist, action, say, carried) for action in item.actions},
    )


def _asked(condition: Condition | None, carried: Carried) -> Condition | None:
    return condition and carried.condition(condition)


def _action(checklist: Checklist, action: SuggestedAction, say: Wording, carried: Carried) -> Thing:
    return Thing(
        action.text[say.language],
        {
            **_texts(text=action.text),
            ("within", ""): Fact(action.within, within_words(action.within, say)),
            ("owner", ""): Fact(carried.id("owners", action.owner), checklist.owners[action.owner][say.language]),
            ("condition", ""): Fact(
                _asked(action.applies_when, carried), applies_words(checklist, action.applies_when, say)
            ),
            **_message(action.message),
        },
    )


def _message(message: Message | None) -> Facts:
    if message is None:
        return {}
    return {
        ("message_to", ""): Fact(message.to, message.to),
        **_texts(message_subject=message.subject, message_text=message.text),
    }


def _question(checklist: Checklist, question: ProfileQuestion, say: Wording, carried: Carried) -> Thing:
    other = checklist.questions[question.belongs_with].question[say.language] if question.belongs_with else ""
    return Thing(
        question.question[say.language],
        {
            **_texts(question=question.question, help=question.help, short=question.short),
            ("choose", ""): Fact(question.choose, say(f"outline.choose.{question.choose}")),
            ("belongs_with", ""): Fact(question.belongs_with and carried.id("profile", question.belongs_with), other),
        },
        inside={
            o.id: Thing(
                o.label[say.language], {**_texts(label=o.label), ("exclusive", ""): _yes_or_no(o.exclusive, say)}
            )
            for o in question.options
        },
    )


def _rules(checklist: Checklist, say: Wording, carried: Carried) -> Facts:
    rules, language = checklist.readiness, say.language
    return {
        ("provisional_below", ""): Fact(rules.provisional_below, say.percent(round(100 * rules.provisional_below))),
        ("weak_domain_below", ""): Fact(rules.weak_domain_below, say.percent(rules.weak_domain_below)),
        ("no_band_below_items", ""): Fact(rules.no_band_below_items, say.number(rules.no_band_below_items)),
        ("essential", ""): _levels((rules.essential,), say),
        ("quick_win", ""): _levels((checklist.quick_win,), say),
        **{
            (f"cap.{reason}", ""): Fact(carried.id("bands", band), checklist.band(band).label[language])
            for reason, band in rules.caps.bands.items()
        },
        ("floor", ""): Fact(carried.id("bands", checklist.floor.id), checklist.floor.label[language]),
        ("calendar", ""): Fact(checklist.calendar, _calendar_words(checklist.calendar)),
        **{("doubt_words", spoken): _list(list(words)) for spoken, words in checklist.doubt_words.items()},
    }


def _calendar_words(calendar: Calendar | None) -> str:
    """« CA-QC (public, optional) »; empty where only weekends are free."""
    if calendar is None:
        return ""
    place = "-".join(part for part in (calendar.country, calendar.subdivision) if part)
    return f"{place} ({', '.join(calendar.categories)})"


def _general(checklist: Checklist, say: Wording, carried: Carried) -> dict[str, Thing]:
    """What belongs to no item: the texts around them, the answers, the owners."""
    language, contact = say.language, checklist.contact
    around = Thing(
        say("diff.general"),
        {
            ("languages", ""): Fact(checklist.languages, ", ".join(checklist.languages)),
            **_texts(
                checklist_title=checklist.title,
                preface=checklist.preface,
                disclaimer=checklist.disclaimer,
                caption=checklist.readiness.caption,
                contact=contact.name,
                contact_note=contact.note,
            ),
            **{
                ("not_covered", spoken): _list([text[spoken] for text in checklist.not_covered])
                for spoken in checklist.languages
            },
            ("contact_ways", ""): _list([way for way in (contact.phone, contact.email, contact.url) if way]),
            ("resources", ""): _resources(checklist.resources, say),
            ("owner_instead", ""): Fact(
                tuple(
                    (carried.condition(row.applies_when), carried.id("owners", row.owner))
                    for row in checklist.owner_instead
                ),
                "; ".join(
                    say("diff.owner_if", owner=checklist.owners[row.owner][language], condition=condition)
                    for row in checklist.owner_instead
                    for condition in [applies_words(checklist, row.applies_when, say)]
                ),
            ),
        },
    )
    statuses = {
        f"statuses.{status}": Thing(words.label[language], _texts(label=words.label, meaning=words.meaning))
        for status in type(checklist.statuses).model_fields
        for words in [getattr(checklist.statuses, status)]
    }
    owners = {f"owners.{id}": Thing(text[language], _texts(label=text)) for id, text in checklist.owners.items()}
    return {"checklist": around, **statuses, **owners}


def _texts(**texts: Text | None) -> Facts:
    return {
        (name, language): Fact(words, words)
        for name, text in texts.items()
        if text is not None
        for language, words in text.root.items()
    }


def _yes_or_no(value: bool, say: Wording) -> Fact:
    return Fact(value, say("diff.yes") if value else say("diff.no"))


def _levels(rows: Iterable[Levels] | None, say: Wording) -> Fact:
    return Fact(rows, "; ".join(levels_words(row, say) for row in rows) if rows else say("outline.rest"))


def _list(lines: list[str]) -> Fact:
    return Fact(tuple(lines), " · ".join(lines))


def _resources(resources: Iterable[Resource], say: Wording) -> Fact:
    def words(one: Resource) -> str:
        days = [say.short_date(day) for day in (one.verified_on, one.valid_until) if day]
        ways = [way for way in (one.phone, one.url) if way]
        return " ".join([one.title[say.language], *ways, *(f"({day})" for day in days)])

    return Fact(tuple(resources), " · ".join(map(words, resources)))
