"""What PostgreSQL did for each statement, those of its own checks included: the plan of that very execution."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection
from psycopg.errors import Diagnostic
from sqlalchemy import event

from pensebete.storage.engine import Store, open_store
from pensebete.storage.tables import metadata

# Each has at least a row for each dossier, or for many of them.
GROWING = frozenset(name for name, table in metadata.tables.items() if "dossier_id" in table.c) | {"dossiers"}
# How many there are is asked by a purge and by a copy, once a night; nobody waits for it.
COUNTED = "SELECT count(*) AS count_1 \nFROM dossiers"
# Rows that may be read in vain, to find what was asked for.
_IN_VAIN = 1_000
_SETTINGS = {
    "log_min_duration": "0",
    "log_analyze": "on",
    "log_buffers": "on",
    "log_timing": "off",
    "log_format": "json",
    "log_nested_statements": "on",
    "log_level": "notice",
}


@dataclass(frozen=True)
class Plan:
    """Of one execution of one statement."""

    statement: str
    root: Mapping[str, Any]

    @property
    def indexes(self) -> set[str]:
        return {node["Index Name"] for node in _nodes(self.root) if "Index Name" in node}

    @property
    def rows(self) -> int:
        """That were handed over."""
        return int(self.root.get("Actual Rows", 0))

    @property
    def faults(self) -> list[str]:
        """What would take longer with each dossier that is added."""
        found: list[str] = []
        if self.statement == COUNTED:
            return found
        for node in _nodes(self.root):
            table, loops = node.get("Relation Name"), node.get("Actual Loops", 1)
            if table not in GROWING:
                continue
            read = loops * node.get("Actual Rows", 0)
            in_vain = loops * (node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0))
            if node["Node Type"] == "Seq Scan":
                found.append(f"reads the whole of {table}")
            elif in_vain > _IN_VAIN:
                found.append(f"reads {in_vain:,.0f} rows of {table} in vain")
            elif "Index Cond" not in node and node["Node Type"].startswith("Index") and read > _IN_VAIN:
                found.append(f"reads the whole of {node['Index Name']}")
        return found


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


@dataclass
class Watched:
    """A store whose plans are told; `plans` are those since they were last taken."""

    store: Store
    plans: list[Plan] = field(default_factory=list)

    def take(self) -> list[Plan]:
        found, self.plans[:] = list(self.plans), []
        return found


@contextmanager
def watched(url: str, **settings: str) -> Iterator[Watched]:
    """The store at an address of PostgreSQL, whose account may load `auto_explain`; `settings` of its sessions."""
    with closing(open_store(url)) as store:
        found = Watched(store)

        def hear(said: Diagnostic) -> None:
            _, _, plan = (said.message_primary or "").partition("plan:\n")
            if plan:
                read = json.loads(plan)
                found.plans.append(Plan(read["Query Text"], read["Plan"]))

        @event.listens_for(store.engine, "connect")
        def _tell(connection: Connection[Any], _record: object) -> None:
            connection.execute("LOAD 'auto_explain'")
            for name, value in {**{f"auto_explain.{n}": v for n, v in _SETTINGS.items()}, **settings}.items():
                connection.execute(f"SET {name} = '{value}'".encode())
            connection.commit()
            connection.add_notice_handler(hear)

        yield found
