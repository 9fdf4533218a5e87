"""`migrate` and `purge`, as a timer or a hand runs them; a clock that is wrong deletes nothing."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from pensebete.cli.main import main
from pensebete.cli.storage_commands import months_before
from pensebete.storage.dossiers import keep
from pensebete.storage.drafts import list_drafts, share_draft
from pensebete.storage.engine import open_store, writing
from pensebete.storage.schema import check
from pensebete.storage.tables import dossiers
from tests.builders import assess
from tests.storage.visit import rows


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


def many_on(url: str, day: date, many: int) -> list[str]:
    return kept_on(url, *[day] * many)


def dossiers_of(url: str) -> set[str]:
    with closing(open_store(url)) as store:
        return {row.id for row in rows(store)["dossiers"]}


def test_a_dry_run_says_which_would_go_and_of_how_many_and_deletes_none(ready, capsys):
    old, older, _ = kept_on(ready, date(2025, 3, 2), date(2025, 3, 1), date(2026, 3, 30))
    assert main(["purge", "--today", "2026-03-30", "--dry-run", "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{older}, sans visite depuis le 2025-03-01".replace("sans visite depuis le", "not opened since"),
        f"{old}, not opened since 2025-03-02",
        "2 files of 3 would be deleted, not opened for more than 12 months.",
    ]
    assert len(dossiers_of(ready)) == 3


def test_drafts_whose_links_have_all_expired_go_too_and_a_dry_run_counts_them(ready, capsys):
    with closing(open_store(ready)) as store:
        for days in (3, 14):
            share_draft(store, "id: x", "read", "", days, datetime(2026, 3, 20, 12, tzinfo=UTC))
        kept_on(ready, date(2026, 3, 30))
        call = ["purge", "--today", "2026-03-30", "--lang", "en"]
        assert main([*call, "--dry-run"]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "1 shared draft that expired would be deleted."
        assert main(call) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "1 shared draft that expired, deleted."
        assert len(list_drafts(store, datetime(2026, 3, 20, 12, tzinfo=UTC))) == 1
        assert main(call) == 0
        assert "draft" not in capsys.readouterr().out


def test_a_clock_in_2099_deletes_nothing_and_cron_is_told(ready, capsys):
    kept_on(ready, date(2026, 3, 1), date(2026, 3, 2))
    before = dossiers_of(ready)
    assert main(["purge", "--today", "2099-03-30"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "2 dossiers sur 2" in said.err
    assert "--force" in said.err
    assert dossiers_of(ready) == before
    # One dossier opened under that clock does not make the others forgotten.
    with closing(open_store(ready)) as store, writing(store) as connection:
        newest = max(before)
        wrong = datetime(2099, 3, 30, tzinfo=UTC)
        connection.execute(dossiers.update().where(dossiers.c.id == newest).values(updated_at=wrong))
    many_on(ready, date(2026, 3, 3), 4)
    assert main(["purge", "--today", "2099-03-30"]) == 2
    assert len(dossiers_of(ready)) == 6


@pytest.mark.parametrize(("old", "new", "goes"), [(2, 8, True), (3, 7, False), (2, 1, True), (1, 0, False)])
def test_a_fifth_of_the_dossiers_at_most_goes_at_once_and_never_all(ready, old, new, goes, capsys):
    many_on(ready, date(2025, 1, 1), old)
    many_on(ready, date(2026, 3, 1), new)
    assert main(["purge", "--today", "2026-03-30"]) == (0 if goes else 2)
    assert len(dossiers_of(ready)) == (new if goes else old + new)
    main(["purge", "--today", "2026-03-30", "--dry-run"])
    assert ("--force" in capsys.readouterr().out.splitlines()[-1]) is not goes


def test_whoever_means_it_forces_it_and_the_share_is_a_setting(ready, monkeypatch, capsys):
    many_on(ready, date(2025, 1, 1), 4)
    many_on(ready, date(2026, 3, 1), 4)
    assert main(["purge", "--today", "2026-03-30"]) == 2
    monkeypatch.setenv("PENSEBETE_PURGE_SHARE", "50")
    assert main(["purge", "--today", "2026-03-30"]) == 0
    assert len(dossiers_of(ready)) == 4
    assert main(["purge", "--today", "2099-03-30", "--force"]) == 0
    assert dossiers_of(ready) == set()


def test_dossiers_dated_after_today_are_told_and_stay(ready, capsys):
    kept_on(ready, date(2026, 3, 29), date(2031, 1, 5))
    for call in (["--dry-run"], []):
        assert main(["purge", "--today", "2026-03-30", "--lang", "en", *call]) == 0
        said = capsys.readouterr().err
        assert said.startswith("1 file bears a date to come, 2031-01-05")
    assert len(dossiers_of(ready)) == 2


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
