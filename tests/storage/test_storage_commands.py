"""`migrate` and `purge`, as a timer or a hand runs them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from pensebete.cli.main import main
from pensebete.cli.storage_commands import months_before
from pensebete.storage.dossiers import keep
from pensebete.storage.engine import open_store
from pensebete.storage.schema import check
from tests.builders import assess


@pytest.fixture(autouse=True)
def _settings(monkeypatch):
    monkeypatch.delenv("PENSEBETE_KEEP_MONTHS", raising=False)


@pytest.fixture
def ready(url, monkeypatch):
    """The address of the database in use, which has its tables."""
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", url)
    return url


def kept_on(url: str, *days: date) -> list[str]:
    with closing(open_store(url)) as store:
        moments = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in days]
        return [keep(store, assess(organisation="Coop"), "x", moment).dossier_id for moment in moments]


def test_migrate_makes_the_tables_and_can_be_run_again(new_url, monkeypatch, capsys):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", new_url)
    for _ in range(2):
        assert main(["migrate"]) == 0
        assert capsys.readouterr().out == "La base des dossiers est prête.\n"
    with closing(open_store(new_url)) as store:
        check(store)


def test_purge_removes_what_nobody_opened_for_twelve_months_and_says_what(ready, capsys):
    old, _ = kept_on(ready, date(2025, 3, 29), date(2025, 3, 30))
    assert main(["purge", "--today", "2026-03-30"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{old}, sans visite depuis le 2025-03-29",
        "1 dossier supprimé, sans visite depuis plus de 12 mois.",
    ]
    assert main(["purge", "--today", "2026-03-30", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "0 files deleted, not opened for more than 12 months.\n"


@pytest.mark.parametrize("how", ["option", "environment"])
def test_the_operator_chooses_after_how_many_months(ready, monkeypatch, capsys, how):
    kept_on(ready, date(2026, 1, 1), date(2026, 3, 1))
    if how == "environment":
        monkeypatch.setenv("PENSEBETE_KEEP_MONTHS", "2")
    main(["purge", "--today", "2026-03-30", "--lang", "en", *(["--months", "2"] if how == "option" else [])])
    assert capsys.readouterr().out.splitlines()[-1] == "1 file deleted, not opened for more than 2 months."


def test_less_than_a_month_is_refused(ready, capsys):
    kept_on(ready, date(2026, 3, 29))
    for months in ("0", "-1"):
        assert main(["purge", "--months", months]) == 2
        assert capsys.readouterr().err == "Le nombre de mois doit être d’au moins 1.\n"
    assert main(["purge", "--today", "2026-03-30"]) == 0


def test_a_number_of_months_that_is_none_is_wrong_use(monkeypatch, capsys):
    monkeypatch.setenv("PENSEBETE_KEEP_MONTHS", "soon")
    assert main(["purge"]) == 2
    assert capsys.readouterr().err == "«\u00a0soon\u00a0» n’est pas un nombre entier.\n"


def test_a_purge_before_the_tables_are_made_says_the_command_to_run(new_url, monkeypatch, capsys):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", new_url)
    assert main(["purge"]) == 2
    assert "python -m pensebete migrate" in capsys.readouterr().err


def test_an_address_that_names_no_database_is_a_sentence(monkeypatch, capsys):
    monkeypatch.setenv("PENSEBETE_DATABASE_URL", "mysql://u:pass-word@h/d")
    assert main(["migrate"]) == 2
    said = capsys.readouterr().err
    assert "PENSEBETE_DATABASE_URL" in said
    assert "pass-word" not in said


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 30), 12, date(2025, 3, 30)),
        (date(2026, 3, 30), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 1, 31), 100_000, date(1, 1, 31)),
    ],
)
def test_months_before_a_day(day, months, before):
    assert months_before(day, months) == before
