"""The systems that hand-offs go to."""

from __future__ import annotations

import json
import sys

import click

from pivotpoint.config.cli.start import start_up_to_date


@click.group()
def command() -> None:
    """Try the connections to other systems."""


@command.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(as_json: bool) -> None:
    """Try every destination and the mailbox of replies; one sentence for each that is wrong, then exit code 1."""
    start_up_to_date()
    from pivotpoint.enterprise.systems.check import check, live

    tried, faults = live().count(), check()
    if as_json:
        click.echo(json.dumps({"ok": not faults, "tried": tried, "faults": faults}))
    else:
        click.echo("\n".join(faults) or f"Every connection works; {tried} tried.")
    sys.exit(1 if faults else 0)
