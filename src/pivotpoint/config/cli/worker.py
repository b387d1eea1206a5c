"""The worker: reads, gathers, hands over, tells."""

from __future__ import annotations

import json
import os
import signal
import threading

import click

from pivotpoint.config.cli.start import start


@click.command()
@click.option("--parent", type=int, hidden=True, help="Stop when this process is gone.")
@click.option("--until-quiet", is_flag=True, help="Work off what is due, then stop.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: what was done, or that it runs.")
def command(parent: int | None, until_quiet: bool, as_json: bool) -> None:
    """Process what is due, again and again, until stopped."""
    start(migrate=parent is None)
    from pivotpoint.jobs import beat

    if until_quiet:
        return _settle(as_json)
    if as_json:
        click.echo(json.dumps({"pid": os.getpid(), "sweeps": list(beat.declared)}))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if parent:
        threading.Thread(target=_follow, args=(parent, stop), daemon=True).start()
    beat.work(stop)
    return None


def _settle(as_json: bool) -> None:
    from pivotpoint.config.cli.settle import sentence, settle, summary

    rows = settle(quiet=as_json)
    said = summary()
    click.echo(json.dumps({"rows": rows, **said}) if as_json else sentence(said))


def _follow(parent: int, stop: threading.Event) -> None:
    """A web server that was killed must not leave its worker behind."""
    while not stop.wait(1.0):
        if os.getppid() != parent:
            stop.set()
