"""What is installed is what was pinned, byte for byte, and everything is pinned."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest
from packaging.utils import canonicalize_name

from tests.builders import ROOT
from tests.unit.test_imports import SOURCES, imported
from tools import renew_pins
from tools.pins import APP, SUPPLY, TESTS, asked_of, installed, needs, pins_of
from tools.renew_pins import Change, changes, compile_command

FILES = {file.stem: file.read_text("utf-8") for file in (APP, TESTS, SUPPLY)}
ASKED = {name: (ROOT / f"{name}.in").read_text("utf-8") for name in FILES}
PINNED = {name: pins_of(text) for name, text in FILES.items()}


@pytest.mark.parametrize("name", FILES)
def test_all_that_is_asked_for_is_pinned_within_what_is_asked(name):
    asked = asked_of(ASKED[name])
    assert asked.keys() <= PINNED[name].keys()
    assert [one for one, wanted in asked.items() if not wanted.specifier.contains(PINNED[name][one].version)] == []


@pytest.mark.parametrize("name", FILES)
def test_each_pin_has_the_hashes_of_its_archives(name):
    assert len(PINNED[name]) > 20
    assert [pin.name for pin in PINNED[name].values() if not pin.hashes] == []


@pytest.mark.parametrize("name", FILES)
def test_each_thing_asked_for_has_its_reason_above(name):
    lines = ASKED[name].splitlines()
    bare = [after for before, after in zip(["", *lines], lines, strict=False) if not before.startswith("# ")]
    assert [line for line in bare if line and not line.startswith(("#", "-"))] == []


def test_the_tests_run_on_the_versions_that_are_served():
    app, tests = PINNED["requirements"], PINNED["requirements-test"]
    assert {name: (tests[name].version, tests[name].hashes) for name in app} == {
        name: (pin.version, pin.hashes) for name, pin in app.items()
    }


@pytest.mark.parametrize("name", ["requirements", "requirements-test"])
def test_what_each_pinned_package_needs_here_is_pinned_and_installed_as_pinned(name):
    pins, asked = PINNED[name], asked_of(ASKED["requirements"])
    here = {one: pin for one, pin in pins.items() if pin.applies}
    assert {one: there.version if (there := installed(one)) else None for one in here} == {
        one: pin.version for one, pin in here.items()
    }
    for one in here:
        for other, wanted in needs(one, frozenset(asked[one].extras) if one in asked else frozenset()).items():
            assert other in pins, f"{one} needs {other}"
            assert wanted.specifier.contains(pins[other].version, prereleases=True)


def test_what_the_program_imports_it_asks_for_itself():
    """A package that came with another one may leave with it."""
    of_module = packages_distributions()
    ours = {"pensebete", "pages", "app"}
    modules = {name.split(".")[0] for text in SOURCES.values() for name in imported(text)} - ours
    from_outside = {
        canonicalize_name(of_module[name][0]): name for name in modules - sys.stdlib_module_names - {"google"}
    }
    assert len(from_outside) > 12
    assert set(from_outside) - asked_of(ASKED["requirements"]).keys() == set()


@pytest.mark.parametrize("name", FILES)
def test_no_file_says_from_where_packages_come(name):
    for text in (FILES[name], ASKED[name]):
        assert re.findall(r"://|--(?:extra-)?index|--find-links|--trusted-host|^-[if]\b|@ ", text, re.MULTILINE) == []


@pytest.mark.parametrize(
    "line",
    ["numpy>=2", "numpy==2.*", "numpy", "numpy==2.4.6\nnumpy==2.5.5 ; python_version >= '3.12'", "numpy==1,==2"],
)
def test_what_is_not_one_version_is_no_pin(line):
    with pytest.raises(ValueError):  # noqa: PT011
        pins_of(line)


def test_make_installs_by_hash_alone():
    said = subprocess.run(
        ["make", "--dry-run", "--always-make", "test", "audit"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    installs = [line for line in said.splitlines() if "pip install" in line]
    assert len(installs) == 3
    assert [line for line in installs if "--require-hashes" not in line] == []


def test_packages_of_node_are_locked_by_hash():
    locks = [*ROOT.glob("*/*/package-lock.json"), *ROOT.glob("*/peers/*/package-lock.json")]
    assert len(locks) > 3
    for lock in locks:
        packages = json.loads(lock.read_text("utf-8"))["packages"]
        others = [one for place, one in packages.items() if place]
        assert [one for one in others if not one.get("integrity", "").startswith("sha512-")] == []
        assert [one for one in others if "resolved" in one] == []  # the address of a registry
    assert "npm ci" in (ROOT / "tools" / "install-node-packages").read_text("utf-8")


def test_a_renewal_says_what_changes_and_shouts_a_licence():
    before = {"same": ("1", "MIT"), "newer": ("1", "MIT"), "other": ("1", "MIT"), "gone": ("1", "MIT")}
    after = {"same": ("1", "MIT"), "newer": ("2", "MIT"), "other": ("2", "AGPL-3.0-only"), "came": ("3", "MIT")}
    assert [str(one) for one in changes(before, after)] == [
        "came: new, 3 — LICENCE MIT",
        "gone: 1 → gone",
        "newer: 1 → 2",
        "other: 1 → 2 — LICENCE AGPL-3.0-only, was MIT",
    ]
    assert changes(before, before) == []
    assert str(Change("same", "1", "1", "MIT", "GPL-3.0")) == "same: 1 → 1 — LICENCE GPL-3.0, was MIT"


def test_a_renewal_waits_some_days_but_for_what_is_named():
    every = compile_command("requirements.in", "requirements.txt", [])
    one = compile_command("requirements.in", "requirements.txt", ["certifi"])
    assert every[every.index("--exclude-newer") + 1] == renew_pins.NOT_YOUNGER_THAN
    assert "--upgrade" in every
    assert one[one.index("--upgrade-package") + 1] == "certifi"
    assert "--exclude-newer" not in one
    for command in (every, one):
        assert {"--universal", "--generate-hashes", "--no-emit-index-url"} <= set(command)


def test_the_index_of_pip_serves_a_renewal(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple")
    assert renew_pins._index() == {"UV_DEFAULT_INDEX": "https://index.example/simple"}
    monkeypatch.delenv("PIP_INDEX_URL")
    assert renew_pins._index() == {}
