"""An empty database takes the short way; one of an earlier landing arrives at the same tables, from wherever it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from pivotpoint import __file__ as package
from tests.pivotpoint.upgrade import old_landing
from tests.pivotpoint.upgrade.schema import schema

SOURCE = Path(package).parents[1]
Name = tuple[str, str]


@pytest.fixture
def another_database(tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The address of an empty database beside the tests' own."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.sqlite3'}"
        return
    has, name = connection.settings_dict, f"{connection.settings_dict['NAME']}_old"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield f"postgres://{has['USER']}:{has['PASSWORD']}@{has['HOST']}:{has['PORT']}/{name}"
        cursor.execute(f'DROP DATABASE "{name}"')


def run(program: str, database: str, folder: Path) -> dict[str, Any]:
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(SOURCE), str(Path(__file__).parents[3])]),
        "DJANGO_SETTINGS_MODULE": "pivotpoint.config.settings",
        "PIVOTPOINT_DATA": str(folder),
        "DATABASE_URL": database,
    }
    done = subprocess.run([sys.executable, "-m", program], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.django_db
def test_a_database_of_an_earlier_landing_gets_the_tables_of_a_fresh_one(
    another_database: str, tmp_path: Path
) -> None:
    old = run(old_landing.__name__, another_database, tmp_path)
    assert len(old["before"]) == 29
    fresh = schema()
    assert len(fresh) > 800
    assert set(old["schema"]) ^ set(fresh) == set()
    assert old["schema"] == fresh


def disk() -> dict[Name, Any]:
    return MigrationLoader(None).disk_migrations


def replaced() -> set[Name]:
    return {name for migration in disk().values() for name in migration.replaces}


@pytest.mark.django_db
def test_an_empty_database_runs_no_file_that_is_replaced() -> None:
    MigrationRecorder.Migration.objects.all().delete()
    steps = planned()
    assert set(steps).isdisjoint(replaced())
    assert {app for app, name in steps if "squashed" in name} == {app for app, _ in replaced()}


def planned() -> list[Name]:
    """What Django would do with a database that says it has what is recorded."""
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, _ in plan]


@pytest.mark.django_db
def test_wherever_an_upgrade_was_broken_off_each_file_runs_once() -> None:
    files = disk()
    whole = MigrationLoader(None, replace_migrations=False).graph
    old = [name for name in one_way(whole) if not files[name].replaces]
    assert replaced() <= set(old)
    MigrationRecorder.Migration.objects.all().delete()
    recorder = MigrationRecorder(connection)
    for count, name in enumerate(old, start=1):
        recorder.record_applied(*name)
        left = [one for step in planned() for one in (files[step].replaces or [step])]
        assert sorted(left) == sorted(old[count:]), f"after {name}"


def one_way(graph: Any) -> list[Name]:
    """All files in an order in which they may run."""
    steps: dict[Name, None] = {}
    for leaf in graph.leaf_nodes():
        steps.update(dict.fromkeys(graph.forwards_plan(leaf)))
    return list(steps)
