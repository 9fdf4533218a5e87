"""Dossiers of a whole portfolio, for tests and the bench: the realistic ones, two of this version, and made ones."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.builders import ROOT

CASES = ROOT / "tests" / "fixtures" / "cases"
READ_ON = datetime(2026, 11, 26, 15, tzinfo=UTC)
_KINDS = ("Coop", "Ressourcerie", "Atelier", "CPE", "Café", "Radio", "Habitations", "Marché", "Théâtre", "Entraide")
_PLACES = ("du Fleuve", "des Érables", "de l’Anse", "Boréal", "du Moulin", "des Deux-Rives", "Saint-Roch", "Limoilou")
_TOWNS = ("Québec", "Lévis", "Beauport", "Saint-Raymond", "Portneuf", "Baie-Saint-Paul", "")
_NOTES = (
    "Résolution du conseil du 12 novembre, au dossier partagé.",
    "La comptable a le fichier; il est revu chaque vendredi.",
    "Rien n’est à faire avant le renouvellement.",
    "N/A",
    "Pas encore signé, on attend la deuxième signature.",
    "À faire.",
    "Waiting for their answer, due Nov 30.",
)
_STATUSES = ("done", "done", "done", "in_progress", "to_do", "unknown", "not_applicable")


def dossiers(number: int = 1000, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """So many dossiers, JSON, each with the name of its file; the same ones for the same seed."""
    cases = [(file.stem, json.loads(file.read_bytes())) for file in sorted(CASES.glob("*.json"))]
    ready = [*cases, *(_of_this_version(n, dict(cases)) for n in (1, 2))]
    for name, said in ready[:number]:
        yield f"{name}.json", _written(said)
    chance = random.Random(seed)
    for n in range(number - len(ready)):
        yield f"{n:04}.json", _written(_made(chance, chance.choice(cases)[1]))


def _of_this_version(n: int, cases: dict[str, dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """A dossier answered with 2026.2: who asks to be called, and who says nothing of it."""
    said = json.loads(json.dumps(cases["07-townships-food-hub" if n == 1 else "03-atelier-boreal"]))
    said |= {"id": str(UUID(int=n)), "organisation": f"Organisation {n}", "checklist": _ref("2026.2")}
    said["answers"]["cash-weeks"] = {"status": "in_progress", "answered_at": said["updated_at"]}
    if n == 1:
        said["contact"] = {"phone": "418 555-0142", "call_wanted": True, "when": "avant midi", "next_pay": "no"}
    return f"{12 + n}-organisation", said


def _made(chance: random.Random, like: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps(like))
    answered = READ_ON - timedelta(days=chance.randrange(200), minutes=chance.randrange(600))
    said |= {
        "id": str(UUID(int=chance.getrandbits(128), version=4)),
        "organisation": f"{chance.choice(_KINDS)} {chance.choice(_PLACES)}",
        "created_at": _moment(answered - timedelta(hours=1)),
        "updated_at": _moment(answered),
        "plan_started_on": answered.date().isoformat(),
        "language": "en" if chance.random() < 0.1 else "fr",
    }
    for n, answer in enumerate(said["answers"].values()):
        answer |= {"answered_at": _moment(answered + timedelta(seconds=n * chance.randrange(1, 90)))}
        if chance.random() < 0.5:
            answer |= {"status": chance.choice(_STATUSES), "reason": "Sans lien avec nos activités"}
        if chance.random() < 0.3:
            answer |= {"note": chance.choice(_NOTES)}
    if chance.random() < 0.5:
        said["contact"] = {
            "phone": f"418 555-{chance.randrange(10_000):04}",
            "municipality": chance.choice(_TOWNS),
            "call_wanted": chance.random() < 0.2,
            "next_pay": chance.choice(("yes", "yes", "no", "unknown")),
            "weeks_of_money": chance.randrange(1, 30),
        }
    return said


def _ref(version: str) -> dict[str, str]:
    return {"id": "covid-19", "version": version}


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _written(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
