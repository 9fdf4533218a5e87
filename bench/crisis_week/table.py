"""The table, in both languages, between two marks of docs/operations.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bench.crisis_week.sizing import Needed

_LINES: Sequence[tuple[str, str, Callable[[Needed], float], int]] = (
    ("visites dans la semaine", "visits in the week", lambda n: n.visits, 0),
    ("visites commencées par minute, en moyenne", "visits begun a minute, on the mean", lambda n: n.visits_a_minute, 1),
    ("au plus", "at most", lambda n: n.visits_a_minute_at_most, 0),
    ("pages ouvertes à la fois, au plus", "pages open at once, at most", lambda n: n.open_at_most, 0),
    (
        "réponses par seconde, à la pire minute",
        "answers a second, in the worst minute",
        lambda n: n.answers_a_second,
        1,
    ),
    ("**processus**", "**processes**", lambda n: n.processes, 0),
    ("attente et calcul d’une réponse, p95 (ms)", "wait and work of an answer, p95 (ms)", lambda n: n.wait_p95_ms, 0),
    ("cœurs occupés : application", "cores at work: app", lambda n: n.app_cores, 1),
    ("cœurs occupés : nginx", "cores at work: nginx", lambda n: n.proxy_cores, 1),
    ("mémoire des processus (Gio)", "memory of the processes (GiB)", lambda n: n.memory_gib, 1),
    (
        "enregistrements par seconde, à la pire minute",
        "saves a second, in the worst minute",
        lambda n: n.saves_a_second,
        1,
    ),
    ("cœurs de PostgreSQL", "cores of PostgreSQL", lambda n: n.database_cores, 0),
    ("base et son journal (Go)", "database and its log (GB)", lambda n: n.database_gb, 1),
    ("machines de deux cœurs et 8 Gio", "machines of two cores and 8 GiB", lambda n: n.machines, 0),
    ("prix de la semaine (USD)", "price of the week (USD)", lambda n: n.usd, 0),
)
_SPACE = "\N{NARROW NO-BREAK SPACE}"


def table(found: Sequence[Needed], language: str) -> str:
    number = _french if language == "fr" else _english
    heads = [f"{number(one.enterprises, 0)} {'entreprises' if language == 'fr' else 'enterprises'}" for one in found]
    rows = [["", *heads], ["---", *["---:"] * len(found)]]
    for french, english, value, digits in _LINES:
        rows.append([french if language == "fr" else english, *(number(value(one), digits) for one in found)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _english(value: float, digits: int) -> str:
    return f"{value:,.{0 if value >= 100 else digits}f}"


def _french(value: float, digits: int) -> str:
    return _english(value, digits).replace(",", _SPACE).replace(".", ",")


def marks(language: str) -> tuple[str, str]:
    return f"<!-- crisis-week {language} -->", f"<!-- /crisis-week {language} -->"


def write(file: Path, found: Sequence[Needed]) -> None:
    said = file.read_text(encoding="utf-8")
    for language in ("fr", "en"):
        begin, end = marks(language)
        assert said.count(begin) == said.count(end) == 1, f"{begin} is not in {file} once"
        before, after = said.partition(begin)[0], said.partition(end)[2]
        said = f"{before}{begin}\n{table(found, language)}\n{end}{after}"
    file.write_text(said, encoding="utf-8")
