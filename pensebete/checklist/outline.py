"""The logic of a checklist at a glance: what is asked, of whom, what it weighs and what it leads to, in reading order.

The words are those of the checklist and of the catalogues; a reader needs to know neither YAML nor ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pensebete.checklist.condition_text import condition_words, levels_words
from pensebete.checklist.conditions import choices
from pensebete.checklist.model import Checklist, Condition, Item, ProfileQuestion
from pensebete.text.wording import Wording


@dataclass(frozen=True, slots=True)
class QuestionOutline:
    id: str
    question: str
    choose: str
    options: tuple[str, ...]
    decides: tuple[str, ...]  # refs of the items whose condition, or that of one of their actions, asks it


@dataclass(frozen=True, slots=True)
class ActionOutline:
    id: str
    text: str
    within: str
    owner: str
    condition: str  # in words; empty: always
    message: str  # the subject of its ready message; empty where it has none


@dataclass(frozen=True, slots=True)
class ItemOutline:
    id: str
    ref: str
    title: str
    done: str
    condition: str  # in words; empty: always
    belongs_with: str  # ref of the item it completes
    urgency: int
    impact: int
    effort: int
    weight: str
    ranked: str  # its class in the plan
    essential: bool
    quick_win: bool
    valid_days: int
    actions: tuple[ActionOutline, ...]


@dataclass(frozen=True, slots=True)
class DomainOutline:
    id: str
    title: str
    vital: bool
    lender: bool
    items: tuple[ItemOutline, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    id: str
    version: str
    title: str
    done_label: str
    profile: tuple[QuestionOutline, ...]
    bands: tuple[str, ...]
    caps: tuple[str, ...]
    ranking: tuple[str, ...]
    domains: tuple[DomainOutline, ...]


def outline(checklist: Checklist, say: Wording) -> Outline:
    language = say.language
    return Outline(
        id=checklist.id,
        version=checklist.version,
        title=checklist.title[language],
        done_label=checklist.statuses["done"].label[language],
        profile=tuple(_question(checklist, question, say) for question in checklist.profile),
        bands=tuple(_bands(checklist, say)),
        caps=tuple(
            say(
                f"outline.cap.{reason}",
                band=checklist.band(band).label[language],
                below=say.percent(checklist.readiness.weak_domain_below),
            )
            for reason, band in checklist.readiness.caps.bands.items()
        ),
        ranking=tuple(_ranking(checklist, say)),
        domains=tuple(
            DomainOutline(
                id=domain.id,
                title=domain.title[language],
                vital=domain.vital,
                lender=domain.lender,
                items=tuple(_item(checklist, item, say) for item in domain.items),
            )
            for domain in checklist.domains
        ),
    )


def within_words(within: str, say: Wording) -> str:
    """« 48 heures », « 2 semaines », « 30 jours »."""
    return say(f"outline.within.{within[-1]}", n=int(within[:-1]))


def weight_words(weight: Decimal, say: Wording) -> str:
    exponent = weight.normalize().as_tuple().exponent
    return say.number(float(weight), decimals=max(0, -exponent) if isinstance(exponent, int) else 0)


def applies_words(checklist: Checklist, condition: Condition | None, say: Wording) -> str:
    """When it applies; « toujours » without a condition."""
    return say("outline.always") if condition is None else condition_words(checklist, condition, say)


def _question(checklist: Checklist, question: ProfileQuestion, say: Wording) -> QuestionOutline:
    def asks(condition: Condition | None) -> bool:
        return condition is not None and any(asked == question.id for asked, _ in choices(condition))

    return QuestionOutline(
        id=question.id,
        question=question.question[say.language],
        choose=say(f"outline.choose.{question.choose}"),
        options=tuple(option.label[say.language] for option in question.options),
        decides=tuple(
            item.ref
            for item in checklist.items.values()
            if asks(item.applies_when) or any(asks(action.applies_when) for action in item.actions)
        ),
    )


def _bands(checklist: Checklist, say: Wording) -> Iterator[str]:
    rising = sorted(checklist.bands, key=lambda band: band.from_)
    for band, end in zip(rising, [*(after.from_ - 1 for _, after in pairwise(rising)), 100], strict=True):
        yield say("outline.band", first=say.percent(band.from_), last=say.percent(end), band=band.label[say.language])


def _ranking(checklist: Checklist, say: Wording) -> Iterator[str]:
    for row in checklist.ranking:
        rows = "; ".join(levels_words(levels, say) for levels in row.when) if row.when else say("outline.rest")
        yield say("outline.rank", rank=row.class_, label=row.label[say.language], rows=rows)


def _item(checklist: Checklist, item: Item, say: Wording) -> ItemOutline:
    language = say.language
    return ItemOutline(
        id=item.id,
        ref=item.ref,
        title=item.title[language],
        done=item.criteria.done[language],
        condition=condition_words(checklist, item.applies_when, say) if item.applies_when else "",
        belongs_with=checklist.items[item.belongs_with].ref if item.belongs_with else "",
        urgency=item.urgency,
        impact=item.impact,
        effort=item.effort,
        weight=weight_words(item.weighs, say),
        ranked=checklist.written_class(item).class_,
        essential=checklist.readiness.essential.match(item),
        quick_win=checklist.quick_win.match(item),
        valid_days=item.valid_days,
        actions=tuple(
            ActionOutline(
                id=action.id,
                text=action.text[language],
                within=within_words(action.within, say),
                owner=checklist.owners[action.owner][language],
                condition=condition_words(checklist, action.applies_when, say) if action.applies_when else "",
                message=action.message.subject[language] if action.message else "",
            )
            for action in item.actions
        ),
    )


def as_markdown(found: Outline, say: Wording, escape: Callable[[str], str]) -> str:
    """The outline as a page to read; `escape` makes a text of the checklist stand as written where it is shown."""
    return "\n".join(_lines(found, say, escape)) + "\n"


def _lines(found: Outline, say: Wording, escape: Callable[[str], str]) -> Iterator[str]:
    items = sum(len(domain.items) for domain in found.domains)
    yield f"# {escape(found.title)}\n"
    counts = (
        say("outline.items", n=items),
        say("outline.domains", n=len(found.domains)),
        say("outline.questions", n=len(found.profile)),
    )
    yield escape(say("outline.contents", version=found.version, counts=say.listing(counts))) + "\n"
    if found.profile:
        yield f"## {say('outline.profile')}\n"
        yield escape(say("outline.unanswered")) + "\n"
        for n, question in enumerate(found.profile, 1):
            yield f"{n}. **{escape(question.question)}** ({question.choose})"
            yield f"    - {escape(' · '.join(question.options))}"
            decides = say("outline.decides", refs=say.listing(question.decides)) if question.decides else ""
            yield f"    - {escape(decides or say('outline.decides_nothing'))}"
        yield ""
    for title, lines in (("bands", found.bands + found.caps), ("ranking", found.ranking)):
        yield f"## {say(f'outline.{title}')}\n"
        yield from (f"- {escape(line)}" for line in lines)
        yield ""
    for domain in found.domains:
        marks = [say(f"outline.{mark}") for mark in ("vital", "lender") if getattr(domain, mark)]
        about = ", ".join([say("outline.items", n=len(domain.items)), *marks])
        yield f"## {escape(domain.title)} ({about})\n"
        for item in domain.items:
            yield from _item_lines(item, found.done_label, say, escape)


def _item_lines(item: ItemOutline, done: str, say: Wording, escape: Callable[[str], str]) -> Iterator[str]:
    yield f"### {escape(item.ref)} · {escape(item.title)}\n"
    applies = say("outline.applies_if", condition=item.condition) if item.condition else say("outline.applies")
    yield f"- {escape(applies)}"
    yield "- " + escape(say("outline.done", status=done, criterion=item.done))
    marks = say("outline.marks", urgency=item.urgency, impact=item.impact, effort=item.effort, weight=item.weight)
    more = [say("outline.ranked", rank=item.ranked)]
    more += [say("outline.essential")] if item.essential else []
    more += [say("outline.quick_win")] if item.quick_win else []
    more += [say("outline.valid_days", n=item.valid_days)]
    more += [say("outline.belongs_with", ref=item.belongs_with)] if item.belongs_with else []
    yield f"- {escape('; '.join([marks, *more]))}"
    yield f"- {say('outline.actions')}"
    for n, action in enumerate(item.actions, 1):
        only = "; " + say("outline.only_if", condition=action.condition) if action.condition else ""
        words = say("outline.action", text=action.text, within=action.within, owner=action.owner)
        ready = "; " + say("outline.message", subject=action.message) if action.message else ""
        yield f"  {n}. {escape(words + only + ready)}"
    yield ""
