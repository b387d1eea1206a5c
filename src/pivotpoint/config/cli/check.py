"""Is everything as it should be?"""

from __future__ import annotations

import json
import sys

import click

from pivotpoint.config.cli.start import due, start


@click.command()
@click.option("--strict", is_flag=True, help="Exit code 1 for remarks as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: `ok, faults, remarks`.")
def command(strict: bool, as_json: bool) -> None:
    """Check settings, database, sweeps, the mailbox of replies and every destination.

    A fault keeps the product from its work, and the exit code is 1. A remark names a connected system that a person
    has to see to; what is for it waits, and Today says so.
    """
    start()
    faults, remarks = [*_django(), *_database()], []
    if not faults:
        faults, remarks = [*_sweeps(), *_mailbox()], _destinations()
    if as_json:
        click.echo(json.dumps({"ok": not faults, "faults": faults, "remarks": remarks}))
    else:
        lines = [*faults, *(f"Remark: {sentence}" for sentence in remarks)]
        click.echo("\n".join(lines) or "Everything is as it should be.")
    sys.exit(1 if faults or (strict and remarks) else 0)


def _django() -> list[str]:
    from django.core.checks import ERROR, run_checks

    return [f"{issue.id}: {issue.msg}" for issue in run_checks() if issue.level >= ERROR]


def _database() -> list[str]:
    count = due()
    return [f"{count} migrations are not applied; `pivotpoint serve` applies them."] if count else []


def _sweeps() -> list[str]:
    from pivotpoint.jobs.models import SweepRun

    return [f"The sweep {row.name} failed: {row.error}" for row in SweepRun.objects.exclude(error="")]


def _destinations() -> list[str]:
    from pivotpoint.enterprise.systems.check import destinations

    return destinations()


def _mailbox() -> list[str]:
    from pivotpoint.enterprise.replies.read import wrong

    return [sentence for sentence in [wrong()] if sentence]
