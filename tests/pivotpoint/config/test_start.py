"""A second start does nothing that the first has done."""

from __future__ import annotations

import runpy
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core import management
from django.db.migrations.recorder import MigrationRecorder

from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Message
from pivotpoint.config.cli import demo, main
from pivotpoint.config.cli import start as starting
from pivotpoint.lib import clock, garbage

pytestmark = pytest.mark.django_db


@pytest.fixture
def migrated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    called: list[str] = []
    monkeypatch.setattr(management, "call_command", lambda name, **_: called.append(name))
    monkeypatch.setattr(garbage, "look_seldom", lambda: None)
    return called


def test_migrations_run_only_while_some_are_due(migrated: list[str]) -> None:
    starting.start(migrate=True)
    assert (migrated, starting.due()) == ([], 0)
    newest = MigrationRecorder.Migration.objects.filter(app="customers").latest("name")
    newest.delete()
    starting.start(migrate=True)
    assert migrated == ["migrate"]


def test_a_story_that_is_there_is_written_again_only_to_tell_of_it(
    installation: Any, migrated: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    type(installation).objects.update(demo_played_at=clock.now())
    monkeypatch.setattr(demo, "_keep_letters", lambda: None)
    wrote: list[int] = []
    from pivotpoint.desk.demo import script

    write = script.write
    monkeypatch.setattr(script, "write", lambda *given: (wrote.append(1), write(*given))[1])
    run = lambda *words: CliRunner().invoke(main, ["demo", "--no-serve", *words], catch_exceptions=False)  # noqa: E731
    assert (run().exit_code, wrote) == (0, [])
    assert '"played": false' in run("--json", "--messages", "200").stdout
    assert run("--truth", str(tmp_path / "truth.json"), "--messages", "200").exit_code == 0
    assert len(wrote) == 2


def test_no_story_is_played_among_messages_of_ones_own(
    hanne: Any, feed: Any, migrated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "_keep_letters", lambda: None)
    monkeypatch.setattr(demo, "_play", lambda *_, **__: pytest.fail("It was played."))
    receive(feed, [Inbound(external_id="1", text="Where is my refund?")])
    run = CliRunner().invoke(main, ["demo", "--no-serve"], catch_exceptions=False)
    assert (run.exit_code, "PIVOTPOINT_DATA" in run.stderr) == (2, True)
    assert Message.objects.count() == 1


def test_a_port_that_is_taken_is_said_before_the_story_is_played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "start", lambda **_: pytest.fail("It began."))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = CliRunner().invoke(main, ["demo", "--port", str(port)], catch_exceptions=False)
    assert (run.exit_code, f"Port {port}" in run.stderr) == (2, True)


def test_a_process_that_shares_the_work_does_not_run_the_command_again() -> None:
    """`multiprocessing` runs the file that was started once more in each process that it spawns, under this name."""
    command = Path(sys.executable).with_name("pivotpoint")
    found = runpy.run_path(str(command), run_name="__mp_main__")  # If it ran, SystemExit would end this test.
    assert found["main"] is main
