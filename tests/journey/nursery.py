"""Processes of an installation that a test may kill: Django is loaded once, each is forked from there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

CODE = """
import os, sys, django
django.setup()
from datetime import timedelta
from threading import Event
from django.db import connection
from pivotpoint.channels.imports import sweep
from pivotpoint.config.cli.serve import web
from pivotpoint.jobs import beat
from pivotpoint.lib import clock
from textanalytics import encoders
encoders.default()
sweep.AT_ONCE = 250

def settle():
    with clock.at(clock.now() + timedelta(hours=8)):
        beat.settle()

def before_statement(number, name):
    # So much later each time that what the one before had claimed is given back.
    left = number
    def count(execute, *args):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), 9)
        return execute(*args)
    later = clock.now() + timedelta(minutes=10 * number)
    with connection.execute_wrapper(count), clock.at(later):
        beat.declared[name].sweep()

roles = {
    "web": lambda port: web("127.0.0.1", int(port), 8),
    "worker": lambda: beat.work(Event()),
    "settle": settle,
    "before": lambda number, name: before_statement(int(number), name),
}
for line in sys.stdin:
    role, *arguments = line.split()
    if role == "end":
        print(os.waitstatus_to_exitcode(os.waitpid(int(arguments[0]), 0)[1]), flush=True)
        continue
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        try:
            roles[role](*arguments)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print(child, flush=True)
"""
"""Forks one child for each line it reads. `settle` lives an hour later: old claims are free, waits are over.

An import of a few thousand rows has as many commits as a large one, so that there is something to kill between.
"""


class Nursery:
    """`begin` a web server or a worker, `kill` it with SIGKILL and all that it started, `end` waits for it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.log = (folder / "log").open("ab")
        self.process: Any = subprocess.Popen(
            [sys.executable, "-c", CODE],
            env=os.environ
            | {
                "DATABASE_URL": address(),
                "PIVOTPOINT_DATA": str(folder),
                "SECRET_KEY": settings.SECRET_KEY,
                "OUTGOING_PRIVATE_HOSTS": "127.0.0.1",
                "DJANGO_SETTINGS_MODULE": "pivotpoint.config.settings",
                "PYTHONPATH": os.pathsep.join(sys.path),
            }
            | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            bufsize=1,
        )
        self.alive: list[int] = []

    def _ask(self, line: str) -> int:
        self.process.stdin.write(f"{line}\n")
        return int(self.process.stdout.readline())

    def begin(self, role: str) -> int:
        child = self._ask(role)
        self.alive.append(child)
        return child

    def kill(self, child: int) -> None:
        os.killpg(child, signal.SIGKILL)
        assert self.end(child) == -signal.SIGKILL

    def end(self, child: int) -> int:
        """How it ended."""
        self.alive.remove(child)
        return self._ask(f"end {child}")

    def run(self, role: str) -> int:
        return self.end(self.begin(role))

    def close(self) -> None:
        for child in list(self.alive):
            self.kill(child)
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()
        self.log.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
        except OSError:
            time.sleep(0.02)
    raise AssertionError("The server did not start.")


def address() -> str:
    """DATABASE_URL of the database that this test writes into."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    login = f"{quote(said['USER'])}:{quote(said['PASSWORD'])}@" if said["USER"] else ""
    if said["HOST"].startswith("/"):
        return f"postgres://{login}/{said['NAME']}?host={quote(said['HOST'])}"
    return f"postgres://{login}{said['HOST'] or 'localhost'}:{said['PORT'] or 5432}/{said['NAME']}"
