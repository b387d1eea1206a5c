"""What is committed is on disk; what can be repeated need not be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from pivotpoint.config.database import database
from pivotpoint.lib.disk import may_be_repeated

NORMAL, FULL = 1, 2


def level() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return int(cursor.fetchone()[0])


@pytest.fixture
def forced(transactional_db: None) -> Iterator[None]:
    """As in an installation; the tests' own database forces nothing."""
    before = _force(FULL)
    yield
    _force(before)


def _force(wanted: int) -> int:
    if connection.vendor != "sqlite":
        return FULL
    before = level()
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={wanted}")
    return before


def test_an_installation_on_sqlite_forces_each_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert "PRAGMA synchronous=FULL;" in database(tmp_path)["OPTIONS"]["init_command"]


def test_what_may_be_repeated_does_not_wait_for_the_disk(forced: None) -> None:
    with may_be_repeated():
        assert connection.vendor != "sqlite" or level() == NORMAL
    assert connection.vendor != "sqlite" or level() == FULL


def test_work_inside_of_such_work_ends_without_forcing_what_follows(forced: None) -> None:
    """A sweep that may be repeated runs while the demo story is played: the story's commits must stay cheap."""
    with may_be_repeated():
        with may_be_repeated():
            pass
        assert connection.vendor != "sqlite" or level() == NORMAL
    assert connection.vendor != "sqlite" or level() == FULL


@pytest.mark.django_db
def test_inside_a_transaction_nothing_changes() -> None:
    with transaction.atomic(), may_be_repeated():
        assert connection.in_atomic_block
