"""See bench/crisis_week/__init__.py."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench.crisis_week.figures import KEPT, Assumed, Machine, measured_in
from bench.crisis_week.sizing import needed
from bench.crisis_week.table import table, write

GUIDE = Path(__file__).parents[2] / "docs" / "operations.md"
ENTERPRISES = (1_000, 100_000, 1_000_000)
SEED = 23


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crisis_week", allow_abbrev=False)
    parser.add_argument("--figures", type=Path, help="what was measured: bench/results/processes.json")
    parser.add_argument("--enterprises", type=int, action="append", help="may be given several times")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--machine", help="CORES,GIB,USD_AN_HOUR,USD_A_GB_MONTH")
    parser.add_argument("--write", action="store_true", help="put the table into docs/operations.md")
    call = parser.parse_args(arguments)
    try:
        measured = measured_in(call.figures or (KEPT if KEPT.exists() else None))
        machine = Machine(*map(float, call.machine.split(","))) if call.machine else Machine()
    except (OSError, ValueError, TypeError) as error:
        parser.error(str(error))
    found = [needed(n, measured, Assumed(), machine, call.seed) for n in call.enterprises or ENTERPRISES]
    if call.write:
        write(GUIDE, found)
        if call.figures:
            KEPT.write_text(json.dumps(asdict(measured), indent=2) + "\n", encoding="utf-8")
    print(table(found, "en"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
