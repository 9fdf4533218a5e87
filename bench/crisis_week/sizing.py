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
    length = int((week.begin + week.active).max()) + _BUSIEST + 1
    answers = each_second(answers_of(week, seed), length)
    opened = each_second(iter([week.begin]), length)
    answer_ms = (1 - people.saved) * measured.app_ms_an_answer + people.saved * measured.saved_app_ms_an_answer
    # The busiest for the app, which opens pages too: one costs as much as many answers.
    work = _a_minute(answers) * answer_ms + _a_minute(opened) * measured.page_ms
    start = int(work.argmax())
    app_cores = float(work[start]) / 1e3
    # One answers at a time, and other requests stand between them: what it bore when measured, not what a core could.
    bears = measured.users_a_process / measured.seconds_between_answers * measured.app_ms_an_answer / 1e3 * people.used
    # One may go, and the others have its pages too.
    by_pages = math.ceil(open_at_most / measured.pages_a_process) + 1
    processes = max(_MIN_PROCESSES, math.ceil(app_cores / bears), by_pages)
    each = measured.memory_process_mb + measured.children_mb
    memory = (processes * each * 1e6 + open_at_most * measured.memory_session_kb * 1e3) / 2**30
    busiest = float(_a_minute(answers).max())
    saves = busiest * people.saved
    # Each enterprise that saves has one dossier; its log goes to the copies.
    dossiers = enterprises * people.come * people.saved
    proxy_cores = busiest * measured.proxy_ms_an_answer / 1e3
    database_cores = max(1, math.ceil(saves * measured.database_ms_an_answer / 1e3 / _OF_A_CORE))
    database_gb = (dossiers * measured.dossier_kb + int(answers.sum()) * people.saved * measured.log_kb_a_save) / 1e6
    machines = _machines(processes, proxy_cores, memory, database_cores, machine)
    return Needed(
        enterprises,
        week.visits,
        week.visits / (_WEEK_HOURS * 60),
        int(np.bincount((week.begin // 60).astype(np.int64)).max()),
        open_at_most,
        int(answers.sum()),
        busiest,
        processes,
        _wait_of_one(week, start, processes, measured, answer_ms, seed),
        app_cores,
        proxy_cores,
        memory,
        saves,
        database_cores,
        database_gb,
        machines,
        machines * machine.usd_an_hour * _WEEK_HOURS + max(20, 3 * database_gb) * machine.usd_a_gb_month / 4.35,
    )


def _a_minute(each: np.ndarray) -> np.ndarray:
    """How many a second, on the mean of the minute that begins with each."""
    sums = np.concatenate([[0], np.cumsum(each)])
    return np.asarray((sums[_BUSIEST:] - sums[:-_BUSIEST]) / _BUSIEST)


def _machines(processes: int, proxy: float, memory: float, database: float, machine: Machine) -> int:
    """A core for each process, which answers on one at a time; the proxy beside them; the database on its own."""
    app = max(math.ceil((processes + proxy) / machine.cores), math.ceil(memory / (machine.gib * 0.8)))
    gib = max(_GIB_OF_DATABASE, database)
    return app + max(math.ceil(database / machine.cores), math.ceil(gib / machine.gib))


def _wait_of_one(week: Week, start: int, processes: int, measured: Measured, answer_ms: float, seed: int) -> float:
    """In how much time 95 of 100 answers of one process come in the busiest minute, in milliseconds: the wait and the
    work. A visit's answers are all with its process; here each is with one by chance, which is the same among many."""
    chance = np.random.default_rng([seed, 2])

    def mine(moments: np.ndarray) -> np.ndarray:
        near = moments[(moments >= start - 300) & (moments < start + _BUSIEST)]
        return np.asarray(near[chance.integers(processes, size=len(near)) == 0])

    answered = np.concatenate([mine(some) for some in answers_of(week, seed)])
    begun = mine(week.begin)
    moments = np.concatenate([answered, begun])
    work = np.concatenate([np.full(len(answered), answer_ms), np.full(len(begun), measured.page_ms)]) / 1e3
    order = np.argsort(moments)
    took = waits(moments[order], work[order]) + work[order]
    counted = took[(moments[order] >= start) & (order < len(answered))]
    return float(np.percentile(counted, 95)) * 1e3 if len(counted) else 0.0
