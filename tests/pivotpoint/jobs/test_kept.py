from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pivotpoint import __file__ as package
from pivotpoint.jobs import kept
from pivotpoint.jobs.models import Figure
from pivotpoint.lib import clock

SOURCE = Path(package).parent
DECLARED = re.compile(r'^@(?:kept\.)?figure\("([\w.]+)"', re.MULTILINE)


def test_the_worker_counts_every_figure_that_a_page_keeps(tmp_path: Path) -> None:
    """In a process that loads no pages, as the worker is one."""
    names = {name for file in SOURCE.rglob("*.py") for name in DECLARED.findall(file.read_text())}
    code = "import django; django.setup(); from pivotpoint.jobs import kept; print(*kept._counts)"
    environment = os.environ | {
        "PYTHONPATH": str(SOURCE.parent),
        "DJANGO_SETTINGS_MODULE": "pivotpoint.config.settings",
        "PIVOTPOINT_DATA": str(tmp_path),
    }
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
    assert len(names) >= 3
    assert set(done.stdout.decode().split()) == names


@pytest.mark.django_db
def test_a_figure_that_was_dear_once_is_soon_counted_again(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    values = iter([1, 2])
    monkeypatch.setattr(kept, "_counts", {"t.figure": lambda _: next(values)})
    monkeypatch.setattr(kept, "_shown", [])
    monkeypatch.setattr(kept, "DEAR_MS", -1)
    assert kept.look("t.figure").value == 1
    with clock.at(now + timedelta(seconds=kept.LEAST_SECONDS - 1)):
        assert (kept.refresh(), kept.look("t.figure").value) == (0, 1)
    with clock.at(now + timedelta(seconds=kept.LEAST_SECONDS)):
        assert (kept.refresh(), kept.look("t.figure").value) == (1, 2)
    assert Figure.objects.count() == 1
