"""The first visitor after a start waits no longer than the next one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError

from pivotpoint.config import warm
from pivotpoint.insights.evidence import aspects

LOADED = """
import sys
from pivotpoint.config import wsgi
print("pivotpoint.desk.inbox" in sys.modules, "pivotpoint.config.api" in sys.modules)
"""


def test_the_web_server_has_all_pages_before_the_first_is_asked_for(tmp_path: Path) -> None:
    """Also where there is no database yet."""
    environment = {**os.environ, "PIVOTPOINT_DATA": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", LOADED], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True"]


@pytest.mark.django_db
def test_the_reader_is_there_before_the_first_conversation_is_opened(
    installation: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aspects, "_analysers", {})
    aspects.load_reader()
    (analyser,) = aspects._analysers.values()
    assert len(analyser.vocabulary.words) > 5


def test_a_database_that_is_away_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def away() -> None:
        asked.append(1)
        raise OperationalError

    monkeypatch.setattr(warm, "load_reader", away)
    thread = warm.load_reader_aside()
    thread.join()
    assert asked == [1]
