"""Every command has --json, and says in a sentence what it needs."""

from __future__ import annotations

import json
from typing import Any

import click
import pytest
from click.testing import CliRunner
from django.db import connection

from pivotpoint import __version__
from pivotpoint.config.cli import COMMANDS, main
from pivotpoint.jobs.models import SweepRun
from pivotpoint.listening.models import Reread
from pivotpoint.pivot.models import Destination
from tests.switchyard import make_pivot

pytestmark = pytest.mark.django_db


def parts(command: click.Command | None) -> list[click.Command]:
    """A command, or those of a group."""
    assert command is not None
    return list(command.commands.values()) if isinstance(command, click.Group) else [command]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_json(name: str) -> None:
    for command in parts(main.get_command(click.Context(main), name)):
        assert "--json" in {option for param in command.params for option in param.opts}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The database is there already."""
    for name in ("start", "check", "worker"):
        monkeypatch.setattr(f"pivotpoint.config.cli.{name}.start", lambda **_: None)
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)


def test_the_worker_says_what_it_did(run: Any) -> None:
    result = run("worker", "--until-quiet", "--json")
    said = json.loads(result.stdout)
    assert (said["themes"], said["balances"], said["received"]) == ({}, True, 0)


def test_the_ledger_as_json(run: Any) -> None:
    result = run("ledger", "--json")
    assert (result.exit_code, json.loads(result.stdout)["balances"]) == (0, True)


def test_all_is_well(run: Any) -> None:
    assert json.loads(run("check", "--json").stdout) == {"ok": True, "faults": [], "remarks": []}


def test_each_connection_that_fails_is_named_in_a_sentence(run: Any, teams: Any, ines: Any) -> None:
    pivot = make_pivot(teams["finance"], ines, destinations=1)
    well = run("enterprise", "check")
    assert (well.exit_code, well.stdout) == (0, "Every connection works; 1 tried.\n")
    Destination.objects.create(pivot=pivot, name="post", kind="email", config={"to": "nobody"})
    wrong = run("enterprise", "check", "--json")
    assert wrong.exit_code == 1
    sentence = "Refunds → post: “nobody” is no e-mail address."
    assert json.loads(wrong.stdout) == {"ok": False, "tried": 2, "faults": [sentence]}
    remarked = run("check", "--json")
    assert json.loads(remarked.stdout) == {"ok": True, "faults": [], "remarks": [sentence]}
    assert (remarked.exit_code, run("check", "--strict").exit_code) == (0, 1)
    assert run("check").stdout == f"Remark: {sentence}\n"


def test_what_keeps_the_product_from_its_work_is_a_fault(run: Any) -> None:
    SweepRun.objects.create(name="read", error="no room left on the disk")
    result = run("check", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["faults"] == ["The sweep read failed: no room left on the disk"]


def test_the_command_knows_its_version(run: Any) -> None:
    assert run("--version").stdout == f"pivotpoint, version {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_without_a_database(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pivotpoint.config.cli.start.start", lambda **_: pytest.fail("The database was opened.")
    )
    group = main.get_command(click.Context(main), name)
    inner = [[name, one] for one in group.commands] if isinstance(group, click.Group) else []
    for words in ([name], *inner):
        said = CliRunner().invoke(main, [*words, "--help"], catch_exceptions=False)
        assert (said.exit_code, said.stdout.split()[0]) == (0, "Usage:")


def test_an_empty_database_is_said_in_a_sentence(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("start", "check"):
        monkeypatch.setattr(f"pivotpoint.config.cli.{name}.due", lambda: 48)
    assert run("ledger").stderr == "The database is not up to date; `pivotpoint serve` makes it so.\n"
    assert json.loads(run("check", "--json").stdout)["faults"] == [
        "48 migrations are not applied; `pivotpoint serve` applies them."
    ]


def test_a_history_is_read_anew_and_switched_over(run: Any, hanne: Any, form: Any) -> None:
    from pivotpoint.channels.models import Message
    from pivotpoint.jobs.models import SweepDay
    from pivotpoint.lib import clock
    from pivotpoint.listening.reading.read import read_unread

    Message.objects.create(
        channel=form, external_id="1", customer=hanne, text="My parcel is late.", said_at=clock.now()
    )
    read_unread()
    first = json.loads(run("reread", "--processes", "1", "--json").stdout)
    assert (first["state"], first["read"], first["report"]["changed"]) == ("read", 1, 0)
    assert SweepDay.objects.get(name="listening.reread").rows == 1
    again = run("reread", "--processes", "1", "--accept", "--json")
    assert (again.exit_code, json.loads(again.stdout)["state"]) == (0, "accepted")
    assert json.loads(again.stdout)["run"] == first["run"]
    wrong = run("reread", "--version", "nothing")
    assert (wrong.exit_code, wrong.stderr) == (
        2,
        "There is no reader nothing; Settings, Reading shows them.\n",
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--scheduler", "tcp://127.0.0.1:1"), "--scheduler is for --engine dask."),
        (("--engine", "dask"), "Give the cluster's address: --scheduler tcp://HOST:8786."),
        (
            ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--processes", "2"),
            "The cluster's workers say how many read at once; leave --processes out.",
        ),
    ],
)
def test_an_engine_that_is_half_described_is_refused(run: Any, words: tuple[str, ...], sentence: str) -> None:
    """With SQLite, whatever else is said, a cluster is out of the question."""
    if connection.vendor != "postgresql" and "dask" in words:
        sentence = "A cluster reads from PostgreSQL (DATABASE_URL); with SQLite use `pivotpoint reread` on this machine."
    refused = run("reread", *words)
    assert (refused.exit_code, refused.stderr) == (2, f"{sentence}\n")
    assert not Reread.objects.exists()
