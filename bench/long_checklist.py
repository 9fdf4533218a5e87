"""A checklist as long as one likes: the items of checklist.yaml again and again, under other ids."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from pensebete.checklist.loading import load

LONG = 500


class _AsWritten(yaml.CSafeLoader):
    """Every scalar is text, as the program reads them."""


_AsWritten.yaml_implicit_resolvers = {}


def write_long_checklist(source: Path, target: Path, items: int = LONG) -> None:
    """Write `source` to `target` with `items` items. ValueError where the program would refuse the outcome."""
    content = yaml.load(source.read_bytes(), Loader=_AsWritten)
    originals = [item for domain in content["domains"] for item in domain["items"]]
    for domain in content["domains"]:
        domain["items"] = list(domain["items"])
    homes = {item["id"]: domain for domain in content["domains"] for item in domain["items"]}
    for n in range(items - len(originals)):
        copied = n // len(originals) + 2
        item = originals[n % len(originals)]
        homes[item["id"]]["items"].append(_again(item, copied))
    target.write_text(yaml.dump(content, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper), "utf-8")
    made = load(target)
    if len(made.items) != items:
        raise ValueError(f"{len(made.items)} items were made, not {items}")


def _again(item: dict[str, Any], copied: int) -> dict[str, Any]:
    again = deepcopy(item)
    again["id"] = f"{item['id']}-{copied}"
    again["ref"] = f"{item['ref']}.{copied}"
    if "belongs_with" in item:
        again["belongs_with"] = f"{item['belongs_with']}-{copied}"
    return again
