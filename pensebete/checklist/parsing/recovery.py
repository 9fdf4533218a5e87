"""A text that is no YAML, read on as it may have been meant: each of its faults, and the text without them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import yaml

from pensebete.checklist.parsing.repairs import mends, skeleton
from pensebete.checklist.parsing.syntax_faults import Fault, Scalar, Stop, fault
from pensebete.checklist.parsing.value_faults import value_cause

MAX_READ_ON = 2_500_000  # characters of a text that is read on after a fault
MAX_FAULTS = 20  # places where a text is no YAML
_READ_ON = 12_000  # lines gone through again to find them, a long one counted as several
_LINE = 200  # characters of a line that is counted once
_MENDS = 80  # ways to mend one of them that are tried
_FAR_ENOUGH = 40  # lines after a fault that can be read: it is mended
_OTHERS = 12  # mends that do as well and are kept: one of them may restore the meaning too
_READ_ON_FOR_OTHERS = 3_000  # lines gone through to find these
_LONG = 5_000  # characters of a line whose value is not looked at
_ABOVE = 10  # lines above the stop where its cause is looked for
_NEAR = 2
# A line without which others refer to nothing.
_NAMES = re.compile(r"\b(id|class|domains|items|profile|options|owners|bands|renamed|retired)\b")


@dataclass(slots=True)
class Reading:
    """A text as it may have been meant; `stop` is where it still cannot be read."""

    lines: list[str]
    stop: Stop | None
    faults: list[Fault] = field(default_factory=list)
    mended: set[int] = field(default_factory=set)
    lost_names: bool = False


def read_on(lines: list[str], stop: Stop) -> Reading:
    """Find the fault behind the stop, read the text as if it were mended, and so on to the end."""
    reading = Reading(list(lines), stop)
    if sum(map(len, lines)) > MAX_READ_ON:
        reading.faults.append(fault(stop, reading.lines, _scalars_of_several_lines(reading.lines, stop)))
        return reading
    room, last = _READ_ON, -_NEAR - 1
    for _ in range(MAX_FAULTS):
        if reading.stop is None or room <= 0:
            break
        stop = reading.stop
        found = fault(stop, reading.lines, _scalars_of_several_lines(reading.lines, stop))
        known, cost = _known_cause(found, stop, reading.lines)
        room -= cost
        best: _Mend | None
        if known is not None:
            found, best, others = known
        else:
            best, others, cost = _best_mend(found, stop, reading.lines)
            room -= cost
        sure = known is None and best is not None and best.reached >= _reach(found, stop)
        if sure and best is not None and not found.certain and abs(best.line - found.line) > _NEAR:
            moved = best.text.strip() == reading.lines[best.line].strip()
            found = Fault("indent" if moved else found.why, best.line, 0)
        if found.line > last + _NEAR:  # else the mend of before has brought it about
            ways = tuple((mend.line, mend.text) for mend in ([best, *others] if best else ()))
            was = tuple(reading.lines[n] for n, _ in ways)
            reading.faults.append(replace(found, ways=ways, was=was, known=known is not None))
        if best is None:
            break
        last = max(found.line, best.line)
        reading.lost_names |= not best.text.strip() or _NAMES.search(reading.lines[best.line]) is not None
        reading.lines[best.line] = best.text
        reading.mended.add(best.line + 1)
        reading.stop, cost = next_stop(reading.lines)
        room -= cost
    return reading


@dataclass(frozen=True, slots=True)
class _Mend:
    reached: float  # the line where the parser gives up next
    line: int
    text: str


def _reach(found: Fault, stop: Stop) -> int:
    """How far a text can be read where its fault is mended; what is open swallows lines up to the stop and beyond."""
    return (found.line if found.opens else stop.line) + _FAR_ENOUGH


def _known_cause(found: Fault, stop: Stop, lines: list[str]) -> tuple[tuple[Fault, _Mend, list[_Mend]] | None, int]:
    """A sign in a value that explains the stop: with the value between quotes, the text can be read farther."""
    spent = 0
    part: list[str] | None = None
    for n in dict.fromkeys((stop.context_line, found.line, stop.line, stop.line - 1)):
        if not (max(0, stop.line - _ABOVE) <= n or n == stop.context_line) or not 0 <= n <= min(
            stop.line, len(lines) - 1
        ):
            continue
        if len(lines[n]) > _LONG:
            continue
        cause = value_cause(lines[n], lines[n + 1] if n + 1 < len(lines) else "")
        if cause is None:
            continue
        read_as = cause.read_as or cause.line
        part, start = skeleton(lines, n)
        was, part[n] = part[n], read_as
        reached, cost = _reached(part, stop.line + _FAR_ENOUGH, start)
        part[n] = was
        spent += cost
        if reached > stop.line:
            return (
                Fault(cause.why, n, cause.column),
                _Mend(reached, n, read_as),
                [_Mend(reached, n, cause.line)],
            ), spent
    return None, spent


def _best_mend(found: Fault, stop: Stop, lines: list[str]) -> tuple[_Mend | None, list[_Mend], int]:
    """The mend that lets the parser go farthest (the first of them), others that do as well, and what it cost."""
    best: _Mend | None = None
    others: list[_Mend] = []
    enough = _reach(found, stop)
    part, start = skeleton(lines, max(min(found.line, stop.line) - 1, 0))  # the line itself may look like a beginning
    reached, spent = _reached(part, enough, start)
    if reached != stop.line:  # what went wrong began before that thing
        part, start = skeleton(lines, max(min(found.line, stop.context_line, stop.line) - 1, 0))
    for n, text in islice(mends(found, stop, lines), _MENDS):
        if spent > (_READ_ON if best is None or best.reached < enough else _READ_ON_FOR_OTHERS):
            break
        if n < start:
            continue
        was, part[n] = part[n], text
        reached, cost = _reached(part, enough, start)
        part[n] = was
        spent += cost
        if best is not None and best.reached >= enough:
            if reached >= enough:
                others.append(_Mend(reached, n, text))
                if len(others) >= _OTHERS:
                    break
        elif reached > max(enough - _FAR_ENOUGH, best.reached if best else 0):
            best = _Mend(reached, n, text)
    return best, others, spent


def _reached(lines: list[str], enough: int, start: int) -> tuple[float, int]:
    """How far the lines can be read, `enough` at most, and what it cost in lines, those before `start` being empty."""
    line, text = 0, "\n".join(lines[: enough + 60])
    event: Any
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            line = event.start_mark.line
            if line >= enough:
                return line, max(enough - start, len(text) // _LINE)
    except yaml.YAMLError as error:
        return stop_of(error).line, max(line - start, 1, len(text) // _LINE)
    return float("inf"), max(line - start, 1, len(text) // _LINE)


def next_stop(lines: list[str]) -> tuple[Stop | None, int]:
    try:
        for _ in yaml.parse("\n".join(lines), Loader=yaml.CSafeLoader):
            pass
    except yaml.YAMLError as error:
        stop = stop_of(error)
        return stop, max(stop.line, sum(map(len, lines[: stop.line])) // _LINE)
    return None, len(lines)


def stop_of(error: yaml.YAMLError) -> Stop:
    if not isinstance(error, yaml.MarkedYAMLError):
        return Stop("", 0, 0)
    mark: Any = error.problem_mark or error.context_mark
    began: Any = error.context_mark or mark
    places = (mark.line, mark.column, error.context or "", began.line, began.column) if mark else (0, 0)
    return Stop(error.problem or "", *places)


def _scalars_of_several_lines(lines: list[str], stop: Stop) -> list[Scalar]:
    """Those before the place where the text cannot be read, but for texts in a block, which no mistake makes."""
    found = []
    try:
        for token in yaml.scan("\n".join(lines[: stop.line + 2]), Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken) and (token.style or "") in ("", "'", '"'):
                start, end = token.start_mark, token.end_mark
                if start.line < end.line:
                    found.append(Scalar(start.line, start.column, end.line, token.style or ""))
    except yaml.YAMLError:
        pass  # known already
    return found
