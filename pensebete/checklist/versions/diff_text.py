"""What changes between two versions of a checklist, as sentences and as a page to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, takewhile

from pensebete.checklist.model import Checklist
from pensebete.checklist.versions.diff import Change
from pensebete.text.wording import Wording

_AROUND = 6  # words shown on either side of what changed in a long text


def change_words(change: Change, say: Wording) -> str:
    """« Urgence : « 2 » devient « 3 ». »"""
    inside = say("diff.inside", name=change.inside) if change.inside else ""
    if not change.field:
        if change.inside:
            return say(f"diff.inside.{change.fate}", about=inside)
        return _whole(change, say)
    if change.field == "order":
        return say("diff.other_place", about=inside)
    if change.fate == "renamed":
        return say(f"diff.inside.{change.field}", about=inside, before=change.before, after=change.after)
    name = say(f"diff.field.{change.field}")
    if change.language:
        name = say("diff.in_language", field=name, language=say.language_name(change.language))
    about = say("diff.field_inside", inside=inside, field=name) if inside else name
    about = about[:1].upper() + about[1:]
    before, after = change.before, change.after
    if change.language:
        before, after = stretches(before, after)
    if not before:
        return say("diff.written", about=about, after=after)
    return (
        say("diff.changed", about=about, before=before, after=after)
        if after
        else say("diff.emptied", about=about, before=before)
    )


def _whole(change: Change, say: Wording) -> str:
    """Of an item itself, or of another thing itself."""
    what = "item" if change.part == "items" else "thing"
    return say(f"diff.{what}.{change.kind}", before=change.before, after=change.after)


def stretches(before: str, after: str) -> tuple[str, str]:
    """Of two long texts, what differs with a few words around it: « … en moins de dix jours. »"""
    was, now = before.split(" "), after.split(" ")
    if len(was) < 3 * _AROUND and len(now) < 3 * _AROUND:
        return before, after
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False))))
    left = min(len(was), len(now)) - same
    tail = list(takewhile(lambda pair: pair[0] == pair[1], zip(reversed(was), reversed(now), strict=False)))
    begin, end = max(0, same - _AROUND), max(0, min(len(tail), left) - _AROUND)
    return _cut(was, begin, end), _cut(now, begin, end)


def _cut(words: list[str], begin: int, end: int) -> str:
    kept = " ".join(words[begin : len(words) - end])
    return f"{'… ' if begin else ''}{kept}{' …' if end else ''}"


def as_markdown(
    older: Checklist,
    newer: Checklist,
    changes: Iterable[Change],
    effects: Iterable[tuple[str, Iterable[str]]],
    say: Wording,
    escape: Callable[[str], str],
) -> str:
    """The whole as a page to read; `effects` are titles and their sentences."""
    return "\n".join(_lines(older, newer, tuple(changes), effects, say, escape)) + "\n"


def _lines(
    older: Checklist,
    newer: Checklist,
    changes: tuple[Change, ...],
    effects: Iterable[tuple[str, Iterable[str]]],
    say: Wording,
    escape: Callable[[str], str],
) -> Iterator[str]:
    yield f"# {escape(say('diff.title', before=older.version, after=newer.version))}\n"
    for title, sentences in effects:
        yield f"## {escape(title)}\n"
        yield from (f"- {escape(sentence)}" for sentence in sentences)
        yield ""
    if not changes:
        yield f"{escape(say('diff.nothing'))}\n"
    for part, of_part in groupby(changes, key=lambda change: change.part):
        yield f"## {escape(say(f'diff.part.{part}'))}\n"
        for (_, about), of_thing in groupby(of_part, key=lambda change: (change.id, change.about)):
            yield f"### {escape(about)}\n"
            yield from (f"- {escape(change_words(change, say))}" for change in of_thing)
            yield ""
