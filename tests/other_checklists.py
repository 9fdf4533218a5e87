"""Checklists that have nothing in common with the one that ships, and some of any size."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from pensebete.checklist.loading import load
from pensebete.checklist.model import Checklist
from tests.builders import SHIPPED

FOLDER = Path(__file__).parent / "fixtures" / "checklists"
FLOOD, CYBER = FOLDER / "flood.yaml", FOLDER / "cyber.yaml"


class _AsWritten(yaml.CSafeLoader):
    """Every scalar is text, as the program reads them."""


_AsWritten.yaml_implicit_resolvers = {}


def write_with_contact(path: Path, phone: str = "", email: str = "") -> Path:
    """Write the checklist that ships, its contact with the ways that are given."""
    text = SHIPPED.read_text(encoding="utf-8")
    for way, given in (("phone", phone), ("email", email)):
        before, commented, after = text.partition(f"  # {way}: ")
        assert commented
        if given:
            text = f'{before}  {way}: "{given}"\n{after.partition(chr(10))[2]}'
    path.write_text(text, encoding="utf-8")
    return path


def write_sized(path: Path, domains: int, items: int) -> Checklist:
    """Write that checklist of the flood with so many domains and items in all, each a copy of one of its own."""
    content = yaml.load(FLOOD.read_bytes(), Loader=_AsWritten)
    originals = [item for domain in content["domains"] for item in domain["items"] if "belongs_with" not in item]
    shares = [items * (d + 1) // domains - items * d // domains for d in range(domains)]
    content["domains"] = [
        {
            "id": f"domain-{d}",
            "title": {"fr": f"Domaine {d + 1}"},
            "items": [
                {**originals[n % len(originals)], "id": f"item-{d}-{n}", "ref": f"{d + 1}.{n + 1}"}
                for n in range(share)
            ],
        }
        for d, share in enumerate(shares)
    ]
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")  # JSON is YAML too
    checklist = load(path)
    assert (len(checklist.domains), len(checklist.items)) == (domains, items)
    return checklist
