from __future__ import annotations

from datetime import timedelta

import pytest

from pivotpoint.channels.imports.coming import MAPPED, is_coming
from pivotpoint.channels.models import ImportRun
from pivotpoint.lib import clock

pytestmark = pytest.mark.django_db
State = ImportRun.State


def _run(state: str = State.RUNNING, **more: object) -> ImportRun:
    return ImportRun.objects.create(
        **{"file_name": "a.csv", "path": "a.csv", "state": state, "total_rows": 5_000, **more}
    )


@pytest.mark.parametrize("state", [State.DRAFT, State.QUEUED, State.RUNNING])
def test_a_large_file_that_is_mapped_waits_or_is_taken_in_is_coming(state: str) -> None:
    assert not is_coming(5_000)
    _run(state)
    assert is_coming(5_000)
    assert not is_coming(5_001)


def test_what_is_in_already_is_not_coming() -> None:
    _run(done_rows=1)
    assert is_coming(4_999)
    assert not is_coming(5_000)


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_nothing_comes_of_an_import_that_has_ended(state: str) -> None:
    _run(state)
    assert not is_coming(1)


def test_a_trial_brings_nothing() -> None:
    _run(dry_run=True)
    assert not is_coming(1)


def test_a_file_whose_number_of_rows_nobody_knows_is_not_waited_for() -> None:
    _run(total_rows=None)
    assert not is_coming(1)


def test_a_draft_that_nobody_goes_on_with_is_not_waited_for() -> None:
    run = _run(State.DRAFT)
    ImportRun.objects.filter(pk=run.pk).update(created_at=clock.now() - MAPPED - timedelta(seconds=1))
    assert not is_coming(1)
