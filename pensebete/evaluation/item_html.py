"""What is folded under a question, as HTML: help, what each answer asks for, examples, resources. For the card, and
for what stands in its place until the app has come."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from pensebete.checklist.model import Checklist, Item, Resource
from pensebete.checklist.status import STATUSES, Status, rule_of
from pensebete.text.way_html import way_html
from pensebete.text.wording import Wording


def title_html(checklist: Checklist, item: Item, say: Wording) -> str:
    """The question, with the sign it goes by; and which other one it belongs with."""
    title = (
        f'<h3 class="card-title"><span class="ref">{escape(item.ref)}</span> {escape(item.title[say.language])}</h3>'
    )
    if not item.belongs_with:
        return title
    other = checklist.items[item.belongs_with].ref
    return f'{title}<p class="belongs">{escape(say("item.belongs_with", ref=other))}</p>'


def asked_of(item: Item, status: Status, language: str) -> str:
    """What an answer asks for of this item; empty for those that ask the same of any, which the help explains."""
    criterion = rule_of(status).criterion
    return item.criteria[criterion][language] if criterion else ""


def help_html(checklist: Checklist, item: Item, say: Wording) -> str:
    """Help, what each answer asks for, examples and resources, folded."""
    language = say.language
    answers = [
        f"<strong>{escape(checklist.statuses[status].label[language])}</strong>{say('item.colon')} "
        + escape(asked_of(item, status, language) or checklist.statuses[status].meaning[language])
        for status in STATUSES
    ]
    parts = [f"<p>{escape(item.help[language])}</p>", listed_html(answers)]
    if examples := item.examples_in(language):
        parts += [f"<p><strong>{say('item.examples')}</strong></p>", listed_html(map(escape, examples))]
    if item.resources:
        resources = listed_html(resource_html(one, say) for one in item.resources)
        parts += [f"<p><strong>{say('item.resources')}</strong></p>", resources]
    summary = f'{escape(say("item.help"))}<span class="out-of-sight"> {escape(item.ref)}</span>'
    return f'<details class="card-help"><summary>{summary}</summary>{"".join(parts)}</details>'


def listed_html(lines: Iterable[str]) -> str:
    """A list of lines that are HTML already."""
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def resource_html(resource: Resource, say: Wording) -> str:
    """A resource in a line: title, number and address to tap, when it was verified or until when it holds."""
    title = resource.title[say.language]
    parts = [escape(title)]
    if resource.phone and resource.phone in title:
        parts = [way_html(resource.phone).join(map(escape, title.split(resource.phone, 1)))]
    elif resource.phone:
        parts.append(way_html(resource.phone))
    if resource.url:
        parts.append(way_html(resource.url))
    if resource.valid_until:
        parts.append(escape(f"({say('item.valid_until', date=say.date(resource.valid_until))})"))
    elif resource.verified_on:
        parts.append(escape(f"({say('item.verified_on', date=say.date(resource.verified_on))})"))
    return " ".join(parts)
