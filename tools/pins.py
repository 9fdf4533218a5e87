"""What requirements*.txt pin, and what is installed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
APP, TESTS, SUPPLY = (ROOT / f"requirements{of}.txt" for of in ("", "-test", "-supply"))

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """A package at one version, and the archives of it that may be installed."""

    name: str
    version: str
    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def applies(self) -> bool:
        """Whether it is needed here: on this machine, by this Python."""
        return self.requirement.marker is None or self.requirement.marker.evaluate()


def pins_of(text: str) -> dict[str, Pin]:
    """By name. Raises InvalidRequirement, or ValueError for what is not pinned to one version."""
    found: dict[str, Pin] = {}
    for line in _whole_lines(text):
        requirement = Requirement(line.partition("--hash")[0])
        (exactly,) = requirement.specifier
        if exactly.operator != "==" or exactly.version.endswith("*"):
            raise ValueError(f"not one version: {line}")
        name = canonicalize_name(requirement.name)
        if name in found:
            raise ValueError(f"two versions: {line}")
        found[name] = Pin(name, exactly.version, requirement, tuple(_HASH.findall(line)))
    return found


def asked_of(text: str) -> dict[str, Requirement]:
    """What a requirements*.in asks for by itself, by name."""
    lines = [line for line in _whole_lines(text) if not line.startswith("-")]
    return {canonicalize_name(one.name): one for one in map(Requirement, lines)}


def _whole_lines(text: str) -> Iterator[str]:
    """Those that go on are put together; comments are left out."""
    for line in text.replace("\\\n", " ").splitlines():
        bare = line.split("#")[0].strip()
        if bare:
            yield bare


@cache
def installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def needs(name: str, extras: frozenset[str] = frozenset()) -> dict[str, Requirement]:
    """What an installed package needs here in turn, by name."""
    found = {}
    there = installed(name)
    for line in (there.requires if there else None) or []:
        requirement = Requirement(line)
        wanted = requirement.marker is None or any(
            requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras)
        )
        if wanted:
            found[canonicalize_name(requirement.name)] = requirement
    return found
