"""Files to import, and a data folder of each test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pivotpoint.channels.imports import run as verbs
from pivotpoint.channels.imports import sweep
from pivotpoint.channels.models import ImportRun

REVIEWS = (
    "review_id,customer,mail,when,stars,comment\n"
    "1,hanne,hanne@home.example,2026-11-01T10:00:00Z,1,The sofa arrived with a scratch.\n"
    "2,tomek,tomek@home.example,2026-11-02T10:00:00Z,2,My refund has not arrived.\n"
    "3,oona,oona@home.example,2026-11-03T10:00:00Z,5,Lovely lamp and quick delivery.\n"
)
PARTS = {"id": "review_id", "author": "customer", "email": "mail", "time": "when", "text": "comment"}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr(sweep, "_open", None)


@pytest.fixture
def upload(maren: Any, feed: Any) -> Callable[..., ImportRun]:
    """A file, mapped and ready to start."""

    def made(text: str = REVIEWS, name: str = "reviews.csv", **more: Any) -> ImportRun:
        run, _ = verbs.create([text.encode()], name, by=maren)
        parts = more.pop("parts", PARTS)
        return verbs.set_up(run, by=maren, channel=more.pop("channel", feed), parts=parts, **more)

    return made


@pytest.fixture
def take_in(maren: Any) -> Callable[..., ImportRun]:
    """Start it and work it off."""

    def taken(run: ImportRun, **more: Any) -> ImportRun:
        verbs.start(run, by=maren, **more)
        while sweep.work_off():
            pass
        run.refresh_from_db()
        return run

    return taken
