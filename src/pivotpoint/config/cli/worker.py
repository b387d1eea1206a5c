"""The worker: reads, gathers, hands over, tells."""

from __future__ import annotations

import os
import signal
import threading

import click

from pivotpoint.config.cli.start import start


@click.command()
@click.option("--parent", type=int, hidden=True, help="Stop when this process is gone.")
@click.option("--until-quiet", is_flag=True, help="Work off what is due, then stop.")
def command(parent: int | None, until_quiet: bool) -> None:
    """Work off what is due, again and again, until stopped."""
    start(migrate=parent is None)
    from pivotpoint.jobs import beat

    if until_quiet:
        beat.settle()
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if parent:
        threading.Thread(target=_follow, args=(parent, stop), daemon=True).start()
    beat.work(stop)


def _follow(parent: int, stop: threading.Event) -> None:
    """A web server that was killed must not leave its worker behind."""
    while not stop.wait(1.0):
        if os.getppid() != parent:
            stop.set()
