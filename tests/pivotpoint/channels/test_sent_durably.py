"""Law 5: a worker that is killed while e-mail goes out loses nothing, and a repetition carries the same name."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from pivotpoint import __file__ as package
from tests.smtp_server import MailServer

pytestmark = pytest.mark.crash

LETTERS, KILLS, SEED = 150, 2, 20_261_117
PREPARE = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from pivotpoint.channels.models import Channel
from pivotpoint.channels import outbox
from pivotpoint.customers.handles import Handle
from pivotpoint.customers.identify import identify
from pivotpoint.customers.models import Customer
mail = Channel.objects.create(name="E-mail", kind="email", goal="Answer.")
identify([Handle("email", f"u{{n}}@home.example") for n in range({LETTERS})])
for person in Customer.objects.all():
    outbox.post(mail, person, purpose="reply", subject="Re", text="Hello", key=f"k{{person.pk}}")
"""
WORKER = """
import django; django.setup()
import time
from datetime import timedelta
from pivotpoint.channels import sending
sending.CLAIM_HOLDS = timedelta(seconds=1)
while True:
    sending.send_due() or time.sleep(0.05)
"""


def test_killed_while_sending(tmp_path: Path) -> None:
    mail_server = MailServer()
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(package).parents[1]),
        "DJANGO_SETTINGS_MODULE": "pivotpoint.config.settings",
        "PIVOTPOINT_DATA": str(tmp_path),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail_server.port),
    }
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
    chance = random.Random(SEED)
    for nth in range(1, KILLS + 2):
        worker = subprocess.Popen([sys.executable, "-c", WORKER], env=environment)
        try:
            _wait(tmp_path, mail_server, LETTERS * nth // (KILLS + 1))
            time.sleep(chance.uniform(0, 0.02))
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    mail_server.stop()

    times = Counter(message["To"] for message in mail_server.messages)
    names = {message["Message-ID"] for message in mail_server.messages}
    assert len(times) == len(names) == LETTERS
    assert sum(times.values()) <= LETTERS + KILLS


def _sent(folder: Path) -> int:
    with sqlite3.connect(folder / "pivotpoint.sqlite3") as database:
        return int(
            database.execute("SELECT count(*) FROM channels_delivery WHERE state = 'sent'").fetchone()[0]
        )


def _wait(folder: Path, mail_server: MailServer, enough: int) -> None:
    """Until so many have arrived; the last round, until the database knows that all have."""
    until = time.monotonic() + 60
    while len(mail_server.raw) < enough or (enough == LETTERS and _sent(folder) < LETTERS):
        assert time.monotonic() < until, f"{len(mail_server.raw)} letters, not {enough}"
        time.sleep(0.005)
