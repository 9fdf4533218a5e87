"""Who may know whom: folders in ranks, imports downward only, each library in its folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.builders import ROOT
from tests.source_trees import nodes

# A folder may import those of the lines before its own, and itself; never one of its own line, nor of those after.
LEVELS = [
    ["text"],
    ["checklist"],
    ["assessment"],
    ["evaluation", "storage"],
    ["desk"],
    ["pdf", "export"],
    ["cli", "web"],
    ["pages"],
]
# The same inside web/; a file that lies in no folder of it stands on all of them.
WEB_LEVELS = [["server"], ["session"], ["components"], ["layout"], ["views"]]
# A library -> where it may be imported: files, or folders with a slash at the end.
LIBRARIES = {
    "streamlit": ("app.py", "pages/", "pensebete/web/"),
    "starlette": ("app.py", "pensebete/web/"),
    "uvicorn": ("pensebete/web/server/connections.py", "pensebete/web/server/drain.py"),
    "brotli": ("pensebete/web/server/make_brotli.py",),
    "prometheus_client": ("pensebete/web/server/metrics.py",),
    "fpdf": ("pensebete/pdf/",),
    "fontTools": ("pensebete/pdf/fonts/",),
    "yaml": ("pensebete/checklist/parsing/",),
    "pypdf": ("pensebete/assessment/pdf_contents.py",),
    "babel": ("pensebete/text/wording.py",),
    "sqlalchemy": ("pensebete/storage/",),
    "alembic": ("pensebete/storage/",),
    "psycopg": ("pensebete/storage/",),
    "xlsxwriter": ("pensebete/export/workbook_file.py",),
    "icalendar": ("pensebete/export/calendar_file.py",),
    "holidays": ("pensebete/checklist/working_days.py",),
    "argparse": ("pensebete/cli/",),
}
TOLD_THE_TIME = ("text", "checklist", "assessment", "evaluation", "desk", "pdf", "export")

Rank = tuple[int, int]
Offence = tuple[str, str]  # the file, and what it imports


def sources() -> dict[str, str]:
    """Every Python file of the program, by its place."""
    files = [*(ROOT / "pensebete").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


SOURCES = sources()


@cache
def imported(source: str) -> tuple[str, ...]:
    """Each module that a text imports, inside functions too, as `a.b`."""
    found: list[str] = []
    for node in nodes(source):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "an import by dots"
            found += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(found)


def level(levels: list[list[str]], name: str) -> int:
    """A name that stands in no level is above all of them."""
    return next((n for n, names in enumerate(levels) if name in names), len(levels))


def rank(parts: tuple[str, ...]) -> tuple[Rank, tuple[str, ...]] | None:
    """The rank of a module and the folder it is ranked with; None for what is not ours."""
    match parts:
        case ("pages", *_):
            return (level(LEVELS, "pages"), 0), ("pages",)
        case ("app", *_):
            return (len(LEVELS), 0), ("app",)
        case ("pensebete", "web", inner, *_):
            return (level(LEVELS, "web"), level(WEB_LEVELS, inner)), ("web", inner)
        case ("pensebete", "__main__", *_):
            return (len(LEVELS), 0), ("__main__",)
        case ("pensebete", folder, *_):
            return (level(LEVELS, folder), 0), (folder,)
    return None


def upward(files: Mapping[str, str]) -> list[Offence]:
    """Each import that does not go down."""
    found = []
    for place, source in files.items():
        own = rank(Path(place).with_suffix("").parts)
        for name in imported(source):
            other = rank(tuple(name.split(".")))
            if own and other and other[1] != own[1] and other[0] >= own[0]:
                found.append((place, name))
    return found


def modules(files: Mapping[str, str]) -> dict[str, set[str]]:
    """Each module of ours, and those of ours that it imports."""
    names = {".".join(Path(place).with_suffix("").parts).removesuffix(".__init__"): place for place in files}

    def module_of(name: str) -> str | None:
        return name if name in names else parent if (parent := name.rpartition(".")[0]) in names else None

    return {
        name: {module for one in imported(files[place]) if (module := module_of(one)) and module != name}
        for name, place in names.items()
    }


def circles(graph: Mapping[str, set[str]]) -> list[str]:
    """The modules from which imports lead back to where they began."""
    left = {name: set(others) for name, others in graph.items()}
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    return sorted(left)


def test_every_python_file_of_the_program_is_inspected():
    elsewhere = {"tests", "tools", "bench", "devtools", "docs"}
    there = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if not any(part.startswith(".") or part == "node_modules" for part in path.relative_to(ROOT).parts)
        and path.relative_to(ROOT).parts[0] not in elsewhere
    }
    assert set(SOURCES) == there
    assert len(SOURCES) > 190
    assert sum(len(imported(source)) for source in SOURCES.values()) > 1500


def test_every_folder_has_a_rank():
    ranked = {name for names in LEVELS for name in names}
    web = {name for names in WEB_LEVELS for name in names}
    there = {Path(place).parts[1] for place in SOURCES if place.startswith("pensebete/") and place.count("/") > 1}
    inside = {Path(place).parts[2] for place in SOURCES if place.startswith("pensebete/web/") and place.count("/") > 2}
    assert there <= ranked
    assert inside == web


def test_no_more_than_the_entry_points_lie_flat():
    flat = {place for place in SOURCES if place.startswith("pensebete/") and place.count("/") == 1}
    assert flat == {"pensebete/__init__.py", "pensebete/__main__.py"}
    assert {place for place in SOURCES if place.startswith("pensebete/web/") and place.count("/") == 2} == {
        "pensebete/web/__init__.py",
        "pensebete/web/router.py",
    }


def test_imports_run_downward_only():
    assert upward(SOURCES) == []


def test_no_import_leads_back_to_where_it_began():
    graph = modules(SOURCES)
    assert sum(map(len, graph.values())) > 700
    assert circles(graph) == []


FOLDERS = sorted({Path(place).parent.as_posix() for place in SOURCES if place.count("/") > 1})


def not_below(folder: str) -> Iterator[str]:
    """What a file of that folder may not import: something of each place beside it or above."""
    own = rank((*Path(folder).parts, "planted"))
    assert own
    places = [f"pensebete.{name}" for names in LEVELS[:-1] for name in names if name != "web"]
    places += [f"pensebete.web.{name}" for names in WEB_LEVELS for name in names]
    for place in (*places, "pages"):
        other = rank((*place.split("."), "planted"))
        assert other
        if other[1] != own[1] and other[0] >= own[0]:
            yield f"{place}.planted"


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_upward_import_planted_in_a_folder_is_found(folder):
    planted = f"{folder}/planted.py"
    for name in not_below(folder):
        module = name.rpartition(".")[0]
        for text in (
            f"from {module} import planted\n",
            f"import {name}\n",
            f"def late():\n    from {module} import planted\n",
        ):
            assert upward({planted: text}) == [(planted, name)]
    assert list(not_below(folder))


def test_a_planted_circle_is_found():
    first, second = "pensebete/text/first.py", "pensebete/text/second.py"
    planted = {first: "import pensebete.text.second\n", second: "def late():\n    import pensebete.text.first\n"}
    assert circles(modules({**SOURCES, **planted})) == ["pensebete.text.first", "pensebete.text.second"]


def stands_in(place: str, rooms: tuple[str, ...]) -> bool:
    return any(place.startswith(room) if room.endswith("/") else place == room for room in rooms)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_stays_in_its_folder(library):
    users = [place for place, text in SOURCES.items() if any(name.split(".")[0] == library for name in imported(text))]
    assert users
    assert [place for place in users if not stands_in(place, LIBRARIES[library])] == []


def test_the_tags_of_the_pdf_know_fpdf_and_nothing_of_this_house():
    files = {place: text for place, text in SOURCES.items() if place.startswith("pensebete/pdf/tagging/")}
    known = {name for text in files.values() for name in imported(text) if name.startswith("pensebete")}
    assert len(files) > 3
    assert {name for name in known if not name.startswith("pensebete.pdf.tagging.")} == set()


@pytest.mark.parametrize("clock", ["today", "now", "utcnow"])
def test_the_core_is_told_the_time_and_never_asks(clock):
    folders = tuple(f"pensebete/{folder}/" for folder in TOLD_THE_TIME)
    files = {place: text for place, text in SOURCES.items() if place.startswith(folders)}
    assert len(files) > 90
    asking = [
        place
        for place, text in files.items()
        for node in nodes(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == clock
    ]
    assert asking == []


def test_only_one_folder_owns_the_session():
    owners = {
        Path(place).parent.as_posix()
        for place, text in SOURCES.items()
        for node in nodes(text)
        if isinstance(node, ast.Attribute) and node.attr == "session_state"
    }
    assert owners == {"pensebete/web/session"}


def test_the_unit_tests_start_no_browser_no_server_and_no_database():
    needy = ("playwright", "axe_playwright_python", "psycopg", "devtools", "streamlit.testing")
    needy += tuple(f"tests.{folder}" for folder in ("storage", "pages", "browser", "editor", "calendar"))
    files = [*(ROOT / "tests" / "unit").rglob("*.py"), *(ROOT / "tests").glob("*.py")]
    assert len(files) > 50
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in files
        for name in imported(path.read_text(encoding="utf-8"))
        if name.startswith(tuple(f"{one}." for one in needy)) or name in needy
    }
    assert found == set()
