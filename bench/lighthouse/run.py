"""`make lighthouse`: what Lighthouse says of every page, each opened by its own address on a phone.

    python -m bench.lighthouse.run [--rounds 3]

Accessibility and best practices must be 100 everywhere, or it exits 1. Performance is told and not judged: it depends
on the machine, and one run differs from the next. The whole reports are left in bench/results/lighthouse/.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from devtools.browser import FLAGS, executable
from devtools.server import ROOT, serving

LIGHTHOUSE = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
REPORTS = ROOT / "bench" / "results" / "lighthouse"

PAGES = [
    *((name, "fr") for name in ("", "questionnaire", "check_answers", "results", "action_plan", "dossier", "workshop")),
    *((name, "en") for name in ("", "questionnaire")),
]
JUDGED = ("accessibility", "best-practices")
TOLD = "performance"

# No other host can be reached, whoever would ask for one.
ALONE = "--host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"
PATIENCE = 180  # seconds


@dataclass(frozen=True)
class Seen:
    """What one run of Lighthouse says of one page: its scores out of 100, and which audits failed."""

    scores: dict[str, int]
    failed: frozenset[str]
    failed_uncounted: frozenset[str]  # they have no weight in the score


def looked_at(address: str, path: str, report: Path) -> Seen:
    """Run Lighthouse on one page, as the phone it takes by default, and leave its report as JSON and as HTML."""
    subprocess.run(
        [
            LIGHTHOUSE,
            address + path,
            "--quiet",
            "--no-enable-error-reporting",  # otherwise it asks whether to tell its makers, or tells them
            f"--only-categories={','.join((*JUDGED, TOLD))}",
            "--output=json",
            "--output=html",
            f"--output-path={report}",
            f"--chrome-flags={' '.join(['--headless', *FLAGS, ALONE])}",
        ],
        env={**os.environ, "CHROME_PATH": executable()},
        check=True,
        timeout=PATIENCE,
    )
    told = json.loads(report.with_name(f"{report.name}.report.json").read_text("utf-8"))
    refuse_another_page(told, address)
    return seen(told)


def refuse_another_page(told: dict[str, Any], address: str) -> None:
    """Raise where Lighthouse judged something else than the page: the one shown while it loads, or another host's."""
    if told["audits"]["heading-order"]["scoreDisplayMode"] == "notApplicable":
        raise RuntimeError(f"{told['requestedUrl']}: looked at before it was there, for it has no heading")
    asked = [request["url"] for request in told["audits"]["network-requests"]["details"]["items"]]
    if strange := [url for url in asked if not url.startswith((f"{address}/", "data:", f"blob:{address}/"))]:
        raise RuntimeError(f"{told['requestedUrl']}: asked another host for {strange}")


def seen(told: dict[str, Any]) -> Seen:
    categories, audits = told["categories"], told["audits"]
    failed = [
        audit
        for category in JUDGED
        for audit in categories[category]["auditRefs"]
        if audits[audit["id"]]["score"] not in (None, 1)  # None: informs, or has nothing to look at
    ]
    return Seen(
        scores={name: round(100 * categories[name]["score"]) for name in (*JUDGED, TOLD)},
        failed=frozenset(audit["id"] for audit in failed if audit["weight"]),
        failed_uncounted=frozenset(audit["id"] for audit in failed if not audit["weight"]),
    )


def together(rounds: Sequence[Seen]) -> Seen:
    """The worst of what is judged, the median of what is told."""
    return Seen(
        scores={name: min(one.scores[name] for one in rounds) for name in JUDGED}
        | {TOLD: round(median(one.scores[TOLD] for one in rounds))},
        failed=frozenset().union(*(one.failed for one in rounds)),
        failed_uncounted=frozenset().union(*(one.failed_uncounted for one in rounds)),
    )


def table(lines: Iterable[tuple[str, Seen]]) -> str:
    head = [
        "| page | accessibility | best practices | performance | failed audits |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    return "\n".join(
        head
        + [
            f"| `{path}` | {' | '.join(str(one.scores[name]) for name in (*JUDGED, TOLD))} "
            f"| {', '.join([*sorted(one.failed), *(f'({audit})' for audit in sorted(one.failed_uncounted))])} |"
            for path, one in lines
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is looked at, the pages in turn")
    asked = parser.parse_args()
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    rounds: dict[str, list[Seen]] = {f"/{name}?lang={language}": [] for name, language in PAGES}
    with serving() as server:
        for n in range(1, asked.rounds + 1):
            for (name, language), (path, found) in zip(PAGES, rounds.items(), strict=True):
                found.append(looked_at(server.url, path, REPORTS / f"{name or 'start'}-{language}-{n}"))
                print(f"{n} of {asked.rounds}: {path} {found[-1].scores}", file=sys.stderr)
    lines = [(path, together(found)) for path, found in rounds.items()]
    print(table(lines))
    print("\nIn parentheses, an audit that costs nothing.")
    short = [path for path, one in lines if min(one.scores[name] for name in JUDGED) < 100]
    if short:
        print(f"\nUnder 100: {', '.join(short)}. See {REPORTS.relative_to(ROOT)}/.", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
