"""What the week takes: processes, cores, memory, database, price."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bench.crisis_week.figures import Assumed, Machine, Measured
from bench.crisis_week.simulation import Week, answers_of, at_once, each_second, simulate, waits

_WEEK_HOURS = 7 * 24
_MIN_PROCESSES = 2  # one may die
_BUSIEST = 60  # seconds over which the busiest stretch is looked for: a second alone is chance
_GIB_OF_DATABASE = 4  # at least
_OF_A_CORE = 0.5  # of a core of the database, so much is used: the rest is its log, its checkpoints, its copies


@dataclass(frozen=True)
class Needed:
    enterprises: int
    visits: int
    visits_a_minute: float
    visits_a_minute_at_most: int
    open_at_most: int
    answers: int
    answers_a_second: float  # in the busiest minute
    processes: int
    wait_p95_ms: float  # for a process, in the busiest minute, the measured time of an answer included
    app_cores: float
    proxy_cores: float
    memory_gib: float
    saves_a_second: float
    database_cores: float
    database_gb: float
    machines: int
    usd: float


def needed(enterprises: int, measured: Measured, people: Assumed, machine: Machine, seed: int) -> Needed:
    week = simulate(enterprises, people, seed)
    open_at_most = at_once(week.begin, week.begin + week.open)[0]
    length = int((week.begin + week.active).max()) + 2 if week.visits else 1
    answers = each_second(answers_of(week, seed), length)
    busiest, start = _busiest(answers)
    # One answers at a time, and other requests stand between them: what it bore when measured, not what a core could.
    bears = measured.users_a_process / measured.seconds_between_answers * people.used
    # One may go, and the others have its pages too.
    by_pages = math.ceil(open_at_most / measured.pages_a_process) + 1
    processes = max(_MIN_PROCESSES, math.ceil(busiest / bears), by_pages)
    memory = (processes * measured.process_mb * 1e6 + open_at_most * measured.session_kb * 1e3) / 2**30
    saves = busiest * people.saved
    # Each enterprise that saves has one dossier; its log goes to the copies.
    dossiers = enterprises * people.come * people.saved
    app_cores = busiest * measured.app_ms_an_answer / 1e3
    proxy_cores = busiest * measured.proxy_ms_an_answer / 1e3
    database_cores = max(1, math.ceil(saves * measured.database_ms_a_save / 1e3 / _OF_A_CORE))
    database_gb = (dossiers * measured.dossier_kb + answers.sum() * people.saved * measured.log_kb_a_save) * 1e3 / 1e9
    machines = _machines(processes, proxy_cores, memory, database_cores, machine)
    by_minute = np.bincount((week.begin // 60).astype(np.int64)) if week.visits else np.zeros(1, np.int64)
    return Needed(
        enterprises,
        week.visits,
        week.visits / (_WEEK_HOURS * 60),
        int(by_minute.max()),
        open_at_most,
        int(answers.sum()),
        busiest,
        processes,
        _wait_of_one(week, start, processes, measured, seed),
        app_cores,
        proxy_cores,
        memory,
        saves,
        database_cores,
        database_gb,
        machines,
        machines * machine.usd_an_hour * _WEEK_HOURS + max(20, 3 * database_gb) * machine.usd_a_gb_month / 4.35,
    )


def _busiest(answers: np.ndarray) -> tuple[float, int]:
    """Answers a second in the busiest minute, and the second in which that begins."""
    if len(answers) <= _BUSIEST:
        return float(answers.sum()) / _BUSIEST, 0
    sums = np.convolve(answers, np.ones(_BUSIEST, np.int64), "valid")
    return float(sums.max()) / _BUSIEST, int(sums.argmax())


def _machines(processes: int, proxy: float, memory: float, database: float, machine: Machine) -> int:
    """A core for each process, which answers on one at a time; the proxy beside them; the database on its own."""
    app = max(math.ceil((processes + proxy) / machine.cores), math.ceil(memory / (machine.gib * 0.8)))
    gib = max(_GIB_OF_DATABASE, database)
    return app + max(math.ceil(database / machine.cores), math.ceil(gib / machine.gib))


def _wait_of_one(week: Week, start: int, processes: int, measured: Measured, seed: int) -> float:
    """What 95 of 100 answers of one process wait at most around the busiest minute, in milliseconds."""
    chance = np.random.default_rng([seed, 2])
    mine = []
    for some in answers_of(week, seed):
        near = some[(some >= start - 300) & (some < start + _BUSIEST)]
        mine.append(near[chance.integers(processes, size=len(near)) == 0])
    arrivals = np.sort(np.concatenate(mine)) if mine else np.zeros(0)
    counted = waits(arrivals, measured.app_ms_an_answer / 1e3)[arrivals >= start]
    return float(np.percentile(counted, 95)) * 1e3 + measured.app_ms_an_answer if len(counted) else 0.0
