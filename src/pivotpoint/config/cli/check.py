"""Is everything as it should be?"""

from __future__ import annotations

import json
import sys

import click

from pivotpoint.config.cli.start import start


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Check settings, database, sweeps and every destination; exit code 1 when something is wrong."""
    start()
    faults = [*_django(), *_database(), *_sweeps(), *_destinations()]
    if as_json:
        click.echo(json.dumps({"ok": not faults, "faults": faults}))
    else:
        click.echo("\n".join(faults) or "Everything is as it should be.")
    sys.exit(1 if faults else 0)


def _django() -> list[str]:
    from django.core.checks import ERROR, run_checks

    return [f"{issue.id}: {issue.msg}" for issue in run_checks() if issue.level >= ERROR]


def _database() -> list[str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{len(due)} migrations are not applied; `pivotpoint serve` applies them."] if due else []


def _sweeps() -> list[str]:
    from django.db import connection

    from pivotpoint.jobs.models import SweepRun

    if SweepRun._meta.db_table not in connection.introspection.table_names():
        return []
    return [f"The sweep {row.name} failed: {row.error}" for row in SweepRun.objects.exclude(error="")]


def _destinations() -> list[str]:
    from pivotpoint.enterprise.check import check

    return [sentence for sentence in check() if sentence]
