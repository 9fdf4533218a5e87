"""Who may know whom: each library in its room, and the core in one direction."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import ROOT

SOURCES = [*sorted(path for room in ("pensebete", "pages") for path in (ROOT / room).rglob("*.py")), ROOT / "app.py"]
# A library -> where it may be imported: files, or folders with a slash at the end.
ROOMS = {
    "streamlit": ("app.py", "pages/", "pensebete/web/"),
    "starlette": ("app.py", "pensebete/web/"),
    "plotly": ("pensebete/charts.py",),
    "fpdf": ("pensebete/report/",),
    "fontTools": ("pensebete/report/",),
    "yaml": ("pensebete/yaml_tree.py", "pensebete/yaml_reading.py"),
    "pypdf": ("pensebete/dossier.py",),
    "babel": ("pensebete/i18n.py",),
    "sqlalchemy": ("pensebete/store/",),
    "alembic": ("pensebete/store/",),
    "psycopg": ("pensebete/store/",),
    "xlsxwriter": ("pensebete/export/workbook.py",),
    "icalendar": ("pensebete/export/due_dates.py",),
    "argparse": ("pensebete/cli.py", "pensebete/arguments.py"),
}
# Each may import those before it, and none after.
ORDER = [
    ["yaml_tree", "checklist"],
    ["conditions"],
    ["assessment"],
    ["journey"],
    ["readiness"],
    ["action_plan"],
    ["charts", "report", "export", "web"],
]
LOGIC = ["condition_words", "outline", "checklist_facts", "checklist_diff", "dossier_effects", "diff_words"]
CORE = [name for names in ORDER[:-1] for name in names]


def imported(path: Path) -> Iterator[str]:
    """Each module that a file imports, inside functions too, as `a.b`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by dots"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def stands_in(path: Path, rooms: tuple[str, ...]) -> bool:
    return any(place(path).startswith(room) if room.endswith("/") else place(path) == room for room in rooms)


def test_every_python_file_of_the_program_is_inspected():
    inspected = {place(path) for path in SOURCES}
    there = {
        place(path)
        for path in ROOT.rglob("*.py")
        if not any(part.startswith(".") or part == "node_modules" for part in path.relative_to(ROOT).parts)
        and path.relative_to(ROOT).parts[0] not in ("tests", "tools", "bench", "docs")
    }
    assert inspected == there
    assert {"app.py", "pensebete/readiness.py", "pensebete/web/router.py"} <= inspected
    assert len(inspected) == len(SOURCES) > 20


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_stays_in_its_room(library):
    strangers = [
        place(path)
        for path in SOURCES
        if any(name.split(".")[0] == library for name in imported(path))
        and not any(
            place(path) == room or (room[-1] == "/" and place(path).startswith(room)) for room in ROOMS[library]
        )
    ]
    assert strangers == []


@pytest.mark.parametrize(
    "library", ["streamlit", "plotly", "fpdf", "yaml", "pypdf", "babel", "xlsxwriter", "icalendar"]
)
def test_each_room_is_lived_in(library):
    assert any(name.split(".")[0] == library for path in SOURCES for name in imported(path))


def room_of(name: str) -> str | None:
    """`pensebete.web.router` -> `web`."""
    parts = name.split(".")
    return parts[1] if parts[0] == "pensebete" and len(parts) > 1 else None


def test_dependencies_run_one_way():
    rank = {name: n for n, names in enumerate(ORDER) for name in names}
    against = []
    for path in SOURCES:
        own = Path(place(path)).with_suffix("").parts
        if own[0] != "pensebete" or own[1] not in rank:
            continue
        for name in imported(path):
            other = room_of(name)
            if other in rank and other != own[1] and rank[other] >= rank[own[1]] and rank[own[1]] < len(ORDER) - 1:
                against.append((place(path), name))
            if other in ("web", "store") and own[1] in ("charts", "report", "export"):
                against.append((place(path), name))
    assert against == []
    assert {name for name in CORE if (ROOT / "pensebete" / f"{name}.py").exists()} == set(CORE)


def test_the_tags_of_the_pdf_know_fpdf_and_nothing_of_this_house():
    files = [path for path in SOURCES if place(path).startswith("pensebete/report/tags/")]
    known = {name for path in files for name in imported(path) if name.startswith("pensebete")}
    assert len(files) > 3
    assert {name for name in known if not name.startswith("pensebete.report.tags.")} == set()


def test_nothing_but_the_app_its_pages_and_web_knows_web():
    knowing = {place(path) for path in SOURCES if any(room_of(name) == "web" for name in imported(path))}
    assert {file for file in knowing if not file.startswith(("app.py", "pages/", "pensebete/web/"))} == set()


@pytest.mark.parametrize("clock", ["today", "now", "utcnow"])
def test_the_core_is_told_the_time_and_never_asks(clock):
    asking = []
    exporting = [f"export/{path.stem}" for path in (ROOT / "pensebete" / "export").glob("*.py")]
    rules = ["caution_rules", "checklist_file", "checklist_rules", "condition_rules", "rule_mistakes", "shape_mistakes"]
    for name in [*CORE, *rules, "dossier", "i18n", *LOGIC, *exporting]:
        tree = ast.parse((ROOT / "pensebete" / f"{name}.py").read_text(encoding="utf-8"))
        asking += [name for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == clock]
    assert asking == []


def test_only_one_room_owns_the_session():
    owners = {
        path.parent.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "session_state"
    }
    assert owners == {"pensebete/web/session"}
