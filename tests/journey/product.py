"""The product as somebody runs it: `pivotpoint serve` on its own port, data folder, database and mail server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from pivotpoint import __file__ as package
from tests.smtp_server import MailServer

SECONDS = 180.0
"""Most that a start or a letter may take on a machine that has other work."""


class Product:
    """Web server and worker, and what they log; `letters` is what has arrived at the mail server."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.mail = folder, MailServer()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        self.environment = {
            **{key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SECRET_KEY")},
            **({"DATABASE_URL": database} if database else {}),
            "PYTHONPATH": str(Path(package).parents[1]),
            "PIVOTPOINT_DATA": str(folder / "data"),
            "SITE_URL": self.url,
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.mail.port),
            "OUTGOING_PRIVATE_HOSTS": "127.0.0.1",
        }
        self.log = (folder / "product.log").open("wb")
        command = [
            sys.executable,
            "-m",
            "pivotpoint.config.cli",
            "serve",
            "--port",
            self.url.rpartition(":")[2],
        ]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/portal/", timeout=5).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"The product did not start: {self.said()}")

    def stop(self) -> None:
        """As Ctrl+C does; by force when that takes too long."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
        self.log.close()
        self.mail.stop()

    def kill(self) -> None:
        """All of it, at once: somebody pulled the plug."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def said(self) -> str:
        """Its log."""
        return (self.folder / "product.log").read_text(errors="replace")[-4_000:]

    def letters(self, to: str) -> list[EmailMessage]:
        return [letter for letter in self.mail.messages if letter["To"] == to]

    def letter(self, to: str) -> EmailMessage:
        """The first letter to this address, when it has arrived."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            if found := self.letters(to):
                return found[0]
            time.sleep(0.05)
        raise AssertionError(f"No letter to {to} arrived: {self.said()}")


@contextmanager
def running(folder: Path) -> Iterator[Product]:
    """An empty installation that answers; gone afterwards."""
    with _own_database() as database:
        product = Product(folder, database)
        try:
            product.wait()
            yield product
        finally:
            product.stop()


@contextmanager
def _own_database() -> Iterator[str]:
    """On PostgreSQL a new database beside the one of the other tests; otherwise none: SQLite in the data folder."""
    beside = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not beside.scheme.startswith("postgres"):
        yield ""
        return
    import psycopg

    name = f"walk_{uuid4().hex}"
    with psycopg.connect(urlunsplit(beside), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield urlunsplit(beside._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
