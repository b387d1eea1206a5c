"""Law 1: durable before acknowledged. The server is killed again and again while messages come in."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest

from pivotpoint import __file__ as package

pytestmark = pytest.mark.crash

MESSAGES, BATCH, KILLS, SEED = 5_000, 50, 3, 20_261_117
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from pivotpoint.accounts.models import Installation, Token, User
from pivotpoint.channels.models import Channel
from pivotpoint.lib import clock
Installation.objects.create(name="Fjordhus", set_up_at=clock.now())
ada = User.objects.create_user("ada@fjordhus.example", name="Ada", role="administrator")
Channel.objects.create(name="API", kind="api", goal="Hear other systems.", key="api")
print(Token.issue(ada, "test", ["message.write"])[1])
"""


class Server:
    """The web server as an installation runs it, on its own folder; `kill` is SIGKILL to all of it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(Path(package).parents[1]),
            "DJANGO_SETTINGS_MODULE": "pivotpoint.config.settings",
            "PIVOTPOINT_DATA": str(folder),
        }
        self.environment.pop("DATABASE_URL", None)
        self.log = (folder / "server.log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pivotpoint.config.cli", "serve", "--no-worker", "--port", str(self.port)],
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=0.2).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("The server did not start.")

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.kill()
    server.log.close()


class Client:
    """Posts each batch until it has a yes, and keeps every yes."""

    def __init__(self, port: int, token: str) -> None:
        self.url = f"http://127.0.0.1:{port}/api/v1/messages?channel=api"
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.acknowledged: dict[str, set[int]] = {}
        self.repeats, self.failures = 0, 0
        self.lock, self.give_up = Lock(), Event()

    def send(self, start: int) -> None:
        batch = [
            {"external_id": f"m{n}", "text": f"Words {n}", "handle": f"u{n % 700}"}
            for n in range(start, start + BATCH)
        ]
        request = urllib.request.Request(self.url, json.dumps(batch).encode(), self.headers)
        while not self.give_up.is_set():
            try:
                with urllib.request.urlopen(request, timeout=15) as answer:
                    assert answer.status == 202
                    results = json.loads(answer.read())["results"]
            except (urllib.error.URLError, OSError):
                with self.lock:
                    self.failures += 1
                time.sleep(0.1)
                continue
            with self.lock:
                self.repeats += sum(result["status"] == "repeated" for result in results)
                for result in results:
                    self.acknowledged.setdefault(result["external_id"], set()).add(result["id"])
            return


def kept(folder: Path) -> list[tuple[Any, ...]]:
    """What is in the database, read without the product."""
    with sqlite3.connect(folder / "pivotpoint.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute(
            "SELECT external_id, id, customer_id, conversation_id FROM channels_message"
        ).fetchall()


def test_what_was_acknowledged_is_there_once(server: Server, tmp_path: Path) -> None:
    client = Client(server.port, server.run(PREPARE))
    chance = random.Random(SEED)
    server.start()
    with ThreadPoolExecutor(4) as pool:
        sending = [pool.submit(client.send, start) for start in range(0, MESSAGES, BATCH)]
        try:
            for nth in range(1, KILLS + 1):
                _wait_for(client, MESSAGES * nth // (KILLS + 2))
                time.sleep(chance.uniform(0, 0.05))
                before = len(client.acknowledged)
                server.kill()
                assert before < MESSAGES
                server.start()
            for one in sending:
                one.result(timeout=60)
        finally:
            client.give_up.set()
    server.kill()

    rows = kept(tmp_path)
    assert client.failures >= KILLS
    assert len(client.acknowledged) == MESSAGES
    assert sorted(name for name, *_ in rows) == sorted(client.acknowledged)
    assert {name: {pk} for name, pk, *_ in rows} == client.acknowledged
    assert all(customer and conversation for _, _, customer, conversation in rows)
    assert len({customer for _, _, customer, _ in rows}) == 700


def _wait_for(client: Client, acknowledged: int) -> None:
    until = time.monotonic() + 60
    while len(client.acknowledged) < acknowledged:
        assert time.monotonic() < until, f"{len(client.acknowledged)} acknowledged, not {acknowledged}"
        time.sleep(0.005)
