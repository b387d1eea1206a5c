"""Law 5, attacked: a worker is killed at random moments while 200 hand-offs go out to a real receiver."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as configured
from django.db import connection

from pivotpoint.insights.models import Insight, Theme
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Destination, Handoff, Loop, Stage
from tests.receiver import Receiver, receiving
from tests.switchyard import make_pivot

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
SECRET = "whsec_c2VjcmV0IG9mIHRoZSB0ZXN0cyBhbmQgbm90aGluZyBlbHNl"
MANY, KILLS = 200, 5

NURSERY = """
import os, sys, time, django
django.setup()
from datetime import timedelta
from pivotpoint.enterprise import deliver
from pivotpoint.pivot.models import Handoff
deliver.LEASE = timedelta(seconds=2)
for _ in sys.stdin:
    worker = os.fork()
    if worker == 0:
        until = time.monotonic() + 60
        while Handoff.objects.exclude(state="sent").exists():
            if time.monotonic() > until:
                os._exit(1)
            deliver.deliver() or time.sleep(0.1)
        os._exit(0)
    print(worker, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]), flush=True)
"""
"""Starts a worker for each line it reads, says its process id and how it ended: loading Django once is enough."""


def make_handoffs(team: Any, owner: Any, url: str) -> set[str]:
    """As many loops, each with one hand-off that waits."""
    pivot = make_pivot(team, owner, destinations=0)
    erp = Destination.objects.create(
        pivot=pivot, name="ERP", kind="webhook", config={"url": url}, secret=SECRET
    )
    themes = Theme.objects.bulk_create(Theme(id=n, title=f"Theme {n}") for n in range(1, MANY + 1))
    insights = Insight.objects.bulk_create(Insight(theme=theme) for theme in themes)
    own = {"pivot": pivot, "team": team, "owner": owner, "due_at": clock.now(), "stage": Stage.HANDED_OVER}
    loops = Loop.objects.bulk_create(Loop(insight=insight, **own) for insight in insights)
    rows = Handoff.objects.bulk_create(
        Handoff(loop=loop, destination=erp, key=f"loop-{loop.pk}", payload={"loop": loop.pk})
        for loop in loops
    )
    return {row.key for row in rows}


def database_for_others(folder: Path) -> tuple[str, Callable[[str], list[Any]]]:
    """An address under which another process finds what this test has written, and a way to ask it afterwards."""
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(folder / "crash.sqlite3")
        connection.connection.backup(copy)
        return f"sqlite:///{folder / 'crash.sqlite3'}", lambda sql: copy.execute(sql).fetchall()
    said = connection.settings_dict

    def ask(sql: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    login = f"{quote(said['USER'])}:{quote(said['PASSWORD'])}@" if said["USER"] else ""
    options = f"?host={quote(said['HOST'])}" if said["HOST"].startswith("/") else ""
    host = "" if options else f"{said['HOST'] or 'localhost'}:{said['PORT'] or 5432}"
    return f"postgres://{login}{host}/{said['NAME']}{options}", ask


class Nursery:
    """Workers, one after the other; at most one lives."""

    def __init__(self, url: str, folder: Path) -> None:
        environment = os.environ | {
            "DATABASE_URL": url,
            "PIVOTPOINT_DATA": str(folder),
            "SECRET_KEY": configured.SECRET_KEY,
            "OUTGOING_PRIVATE_HOSTS": "127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "pivotpoint.config.settings",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        self.process: Any = subprocess.Popen([sys.executable, "-c", NURSERY], env=environment, **pipes)

    def begin(self) -> int:
        """The process id of a new worker."""
        self.process.stdin.write("go\n")
        return int(self.process.stdout.readline())

    def ended(self) -> int:
        """How the worker ended; waits for it."""
        return int(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def wait_for(receiver: Receiver, more: int) -> None:
    """Until so many more have arrived."""
    aim, until = sum(receiver.arrived.values()) + more, time.monotonic() + 30
    while sum(receiver.arrived.values()) < aim and time.monotonic() < until:
        time.sleep(0.003)


def test_nothing_is_lost_and_nothing_is_taken_twice(tmp_path: Path, teams: Any, ines: Any) -> None:
    dice, hung_up = random.Random(5), []

    def behave(key: str) -> str:
        if dice.random() < 0.02:
            hung_up.append(key)
            return "hang-up"
        return "ok"

    with receiving(SECRET, behave) as receiver:
        keys = make_handoffs(teams["finance"], ines, receiver.url)
        url, ask = database_for_others(tmp_path)
        nursery = Nursery(url, tmp_path)
        for _ in range(KILLS):
            worker = nursery.begin()
            wait_for(receiver, dice.randint(10, 40))
            time.sleep(dice.random() * 0.05)
            os.kill(worker, signal.SIGKILL)
            assert nursery.ended() == -signal.SIGKILL
        nursery.begin()
        assert nursery.ended() == 0
        nursery.close()
    assert set(receiver.taken) == keys
    assert ask("SELECT state, count(*) FROM pivot_handoff GROUP BY state") == [("sent", MANY)]
    again = sum(receiver.arrived.values()) - MANY
    assert again <= KILLS + len(hung_up), "something went out twice without need"
