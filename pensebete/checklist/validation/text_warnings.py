"""What looks like a slip of the hand in a checklist that works: the same thing said twice, signs of another program.

None of it depends on the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import median_low

from pensebete.checklist.diagnostics.place import Path
from pensebete.checklist.model import Checklist, Text
from pensebete.checklist.validation.rules import each_text
from pensebete.checklist.validation.violation import Violation
from pensebete.text.wording import LANGUAGES, wording

_TIMES_THE_USUAL = 10  # a weight that is so many times the usual one is a slip, or decides the score alone
# « recon- naissance », as it is copied from a column of a PDF; not « socio- et », nor “short- and long-term”.
_CUT_WORD = re.compile(
    r"[^\W\d_]{2,40}\u00ad\s?[^\W\d_]{1,40}|"
    r"(?<![^\W_-])(?<!-)[^\W\d_]{2,40}- (?!(?:et|ou|ni|\u00e0|and|or|nor|to|versus|vs)\b)[^\W\d_A-Z]{2,40}"
)
# What a text field shows as it is typed: Markdown's links and bold, the tags and entities of a web page.
_MARKUP = re.compile(
    r"\[[^\[\]\n]{1,80}\]\((?:https?:|mailto:|www\.|/)[^()\s]{0,120}\)|"
    r"\*\*(?=[^\s*])[^*\n]{1,80}\*\*|"
    r"(?<!\w)__(?=[^\s_])[^_\n]{1,80}__(?!\w)|"
    r"</?(?:a|b|br|div|em|font|h[1-6]|i|iframe|img|li|ol|p|script|span|strong|style|sub|sup|table|td|th|tr|u|ul)(?:\s[^<>]{0,120})?/?>|"
    r"&(?:nbsp|amp|quot|lt|gt|laquo|raquo|[a-zA-Z](?:acute|grave|circ|uml|cedil|tilde)|[a-z]{2}dash|[lr][sd]quo|#[0-9]{2,5});",
    re.IGNORECASE,
)
_A_SIGN_OF_MARKUP = re.compile(r"\]\(|[<&]|\*\*|__")
_NEW_ID = re.compile(r"new-item-[0-9]+")
_NOT_OF_AN_ADDRESS = re.compile(r"^(?:<\s*|mailto:)+|>$", re.IGNORECASE)


def text_warnings(checklist: Checklist) -> Iterator[Violation]:
    yield from _signs_in_texts(checklist)
    yield from _left_over(checklist)
    yield from _same_refs(checklist)
    yield from _said_twice(checklist)
    yield from _heavy_weights(checklist)
    email = checklist.contact.email or ""
    if (address := _NOT_OF_AN_ADDRESS.sub("", email)) != email:
        yield Violation("email-signs", ("contact", "email"), {"value": email, "email": address})


def _signs_in_texts(checklist: Checklist) -> Iterator[Violation]:
    for path, text in each_text(checklist):
        if ("- " in text or "\u00ad" in text) and (found := _CUT_WORD.search(text)):
            yield Violation("cut-word", path, {"field": _field(path), "word": found[0]})
        if _A_SIGN_OF_MARKUP.search(text) and (found := _MARKUP.search(text)):
            yield Violation("markup", path, {"field": _field(path), "markup": found[0]})


def _field(path: Path) -> str:
    """The field of a text, by the path of its words in a language."""
    return str(next(part for part in reversed(path[:-1]) if isinstance(part, str)))


def _left_over(checklist: Checklist) -> Iterator[Violation]:
    """What the template of a new item says, once for each item."""
    template = {wording(language)("skeleton.text") for language in LANGUAGES}
    told: set[Path] = set()
    for path, text in each_text(checklist):
        if text in template and (around := path[:4]) not in told:
            told.add(around)
            yield Violation("unwritten", path, {"text": text})
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            path = ("domains", d, "items", i)
            if _NEW_ID.fullmatch(item.id) and path not in told:
                yield Violation("unwritten", (*path, "id"), {"text": item.id})


def _same_refs(checklist: Checklist) -> Iterator[Violation]:
    first: dict[str, Path] = {}
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            path: Path = ("domains", d, "items", i, "ref")
            if item.ref in first:
                yield Violation("same-ref", path, {"ref": item.ref}, same_as=first[item.ref])
            first.setdefault(item.ref, path)


def _said_twice(checklist: Checklist) -> Iterator[Violation]:
    """Two domains, two items of a domain, two options of a question, two actions of an item, in the same words."""
    yield from _twice((("domains", d, "title"), domain.title) for d, domain in enumerate(checklist.domains))
    for d, domain in enumerate(checklist.domains):
        yield from _twice((("domains", d, "items", i, "title"), item.title) for i, item in enumerate(domain.items))
        for i, item in enumerate(domain.items):
            at: Path = ("domains", d, "items", i, "actions")
            yield from _twice(((*at, a, "text"), action.text) for a, action in enumerate(item.actions))
    for q, question in enumerate(checklist.profile):
        at = ("profile", q, "options")
        yield from _twice(((*at, o, "label"), option.label) for o, option in enumerate(question.options))


def _twice(texts: Iterable[tuple[Path, Text]]) -> Iterator[Violation]:
    first: dict[tuple[str, str], Path] = {}
    for path, text in texts:
        for language, said in text.root.items():
            at = (*path, language)
            if (language, said) in first:
                yield Violation("said-twice", at, {"text": said[:60]}, same_as=first[language, said])
                break
            first[language, said] = at


def _heavy_weights(checklist: Checklist) -> Iterator[Violation]:
    """A weight out of all proportion, and what part of the score it takes where every item counts."""
    weighs = [item.weighs for item in checklist.items.values()]
    usual, sum_ = median_low(weighs), sum(weighs, Decimal(0))
    for d, domain in enumerate(checklist.domains):
        for i, item in enumerate(domain.items):
            if item.weight is not None and item.weight > _TIMES_THE_USUAL * usual:
                values = {"weight": f"{item.weight:f}", "share": str(int(100 * item.weight / sum_))}
                yield Violation("heavy-weight", ("domains", d, "items", i, "weight"), values)
