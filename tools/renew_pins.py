"""Pins anew, and says what changes: `make renew-pins`, or `make renew-pins PACKAGE=name` for one package and no other.

What is asked for is in requirements*.in; uv finds the versions, for Python 3.11 and newer and every kind of machine at
once, with the hashes of their archives. Which index it asks is a setting of whoever runs it, and never in a file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

from packaging.utils import canonicalize_name

from tools.licences import PAGE, UnreadLicenceError, licence_of
from tools.pins import APP, ROOT, SUPPLY, TESTS, Pin, installed, pins_of

# A package that was taken over is mostly found out within days. One that is asked for by its name, for a fault that was
# made known say, is taken at once.
NOT_YOUNGER_THAN = "7 days"
FILES = (APP, TESTS, SUPPLY)  # in this order: the tests take the app's own versions
_UV = ROOT / ".venv-supply" / "bin" / "uv"
_PYTHON = ROOT / ".venv" / "bin" / "python"
_COMPILE = ("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes")
# One version of each package, for every Python.
_COMPILE += ("--fork-strategy", "fewest", "--no-emit-index-url", "--custom-compile-command", "make renew-pins")

Known = dict[str, tuple[str, str]]  # package -> version, licence


@dataclass(frozen=True)
class Change:
    name: str
    before: str
    after: str
    licence_before: str
    licence_after: str

    def __str__(self) -> str:
        said = f"{self.name}: {self.before or 'new,'} {'→ ' if self.before else ''}{self.after or 'gone'}"
        if self.after and self.licence_before != self.licence_after:
            was = f", was {self.licence_before}" if self.licence_before else ""
            said += f" — LICENCE {self.licence_after}{was}"
        return said


def changes(before: Known, after: Known) -> list[Change]:
    none = ("", "")
    return [
        Change(name, old[0], new[0], old[1], new[1])
        for name in sorted(before | after)
        if (old := before.get(name, none)) != (new := after.get(name, none))
    ]


def compile_command(source: str, target: str, packages: list[str]) -> list[str]:
    """How uv is called: with names, for those alone; without, for all, but for what is too young."""
    if packages:
        wanted = [word for name in packages for word in ("--upgrade-package", name)]
    else:
        wanted = ["--upgrade", "--exclude-newer", NOT_YOUNGER_THAN]
    return [str(_UV), *_COMPILE, *wanted, source, "--output-file", target]


def known() -> Known:
    """What is pinned, with the licence of what is installed of it."""
    pins: dict[str, Pin] = {}
    for file in (TESTS, APP):
        pins |= pins_of(file.read_text("utf-8"))
    return {name: (pin.version, _licence(name)) for name, pin in pins.items()}


def _licence(name: str) -> str:
    there = installed(name)
    try:
        return licence_of(name, there) if there else ""
    except UnreadLicenceError:
        return "to be read"


def _index() -> dict[str, str]:
    """pip's own setting of the index serves uv too."""
    index = os.environ.get("PIP_INDEX_URL")
    return {"UV_DEFAULT_INDEX": index} if index else {}


def main() -> None:
    packages = [canonicalize_name(name) for name in sys.argv[1:]]
    before = known()
    for file in FILES:
        name = file.relative_to(ROOT).as_posix()
        command = compile_command(f"{name.removesuffix('.txt')}.in", name, packages)
        subprocess.run(command, cwd=ROOT, check=True, env={**_index(), **os.environ})
    subprocess.run(["make", ".venv/installed-to-test"], cwd=ROOT, check=True)
    installed.cache_clear()
    found = changes(before, known())
    print(*found or ["Nothing changes: all is as new as it may be."], sep="\n")
    subprocess.run([str(_PYTHON), "-m", "tools.licences"], cwd=ROOT, check=True)
    if found:
        print(f"Look at each one's notes, at {PAGE.relative_to(ROOT)} and at `git diff`; then: make test")


if __name__ == "__main__":
    main()
