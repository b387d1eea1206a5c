"""Read the whole history anew, with a pool of processes or on a Dask cluster."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click
import orjson
from django.core.exceptions import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pivotpoint.config.cli import fail
from pivotpoint.config.cli.start import start_up_to_date

if TYPE_CHECKING:
    from pivotpoint.listening.models import Reread

    Engine = Callable[[Reread, Callable[[int], None]], None]


@click.command()
@click.option(
    "--version", metavar="VERSION", help="Version of the reader; the one that is live if not given."
)
@click.option(
    "--processes", type=click.IntRange(1, 256), help="How many read at once; one a core if not given."
)
@click.option(
    "--engine",
    type=click.Choice(["pool", "dask"]),
    default="pool",
    help="Processes of this machine, or the workers of a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Where the Dask cluster's scheduler listens.")
@click.option("--accept", is_flag=True, help="Switch over when everything is read, without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(version: str | None, engine: str, accept: bool, as_json: bool, **options: Any) -> None:
    """Read every message anew, beside its reading, and say what would move. A run that was begun goes on."""
    start_up_to_date()
    read = _engine(engine, **options)
    try:
        run = _read(version, read)
        if accept and run.state == run.State.READ:
            run = _accept(run)
    except ValidationError as refusal:
        fail(" ".join(refusal.messages))
    except _trouble() as trouble:
        fail(str(trouble))
    click.echo(orjson.dumps(_plain(run)).decode() if as_json else _said(run))
    sys.exit(0 if run.state in (run.State.READ, run.State.ACCEPTED) else 1)


def _engine(engine: str, *, processes: int | None, scheduler: str | None) -> Engine:
    """What reads a run to its end, and tells how many messages it has written."""
    from django.db import connection

    from pivotpoint.listening.rereads.chunks import read_with_pool
    from pivotpoint.listening.rereads.cluster import read_on_cluster

    if engine == "pool":
        if scheduler:
            fail("--scheduler is for --engine dask.")
        count = processes or os.cpu_count() or 1
        return lambda run, told: read_with_pool(run, count, told)
    if connection.vendor != "postgresql":
        fail(
            "A cluster reads from PostgreSQL (DATABASE_URL); with SQLite use `pivotpoint reread` on this machine."
        )
    if not scheduler:
        fail("Give the cluster's address: --scheduler tcp://HOST:8786.")
    if processes:
        fail("The cluster's workers say how many read at once; leave --processes out.")
    return lambda run, told: read_on_cluster(run, str(scheduler), told)


def _trouble() -> type[Exception]:
    from pivotpoint.listening.rereads.cluster import ClusterTrouble

    return ClusterTrouble


def _read(version: str | None, read: Engine) -> Reread:
    """The open run, or a new one, until it waits for a decision or somebody stopped it."""
    from pivotpoint.jobs.beat import add_work
    from pivotpoint.listening.models import ModelVersion, Reread
    from pivotpoint.listening.rereads import runs

    row = ModelVersion.objects.filter(version=version).first() if version else None
    if version and row is None:
        fail(f"There is no reader {version}; Settings, Reading shows them.")
    run = Reread.objects.open().first() or runs.start(row, by=None)
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=run.total, completed=run.done)
        if run.state == run.State.RUNNING:
            before, began = run.done, time.perf_counter()
            read(run, lambda count: bar.advance(task, count))
            run.refresh_from_db()
            add_work("listening.reread", run.done - before, time.perf_counter() - began)
    return runs.report_now(run)


def _accept(run: Reread) -> Reread:
    from pivotpoint.listening.rereads import runs

    runs.accept(run, by=None)
    while run.state == run.State.ACCEPTING:
        runs.advance()
        run.refresh_from_db()
    return run


def _plain(run: Reread) -> dict[str, object]:
    return {
        "run": run.pk,
        "state": run.state,
        "reader": run.reader,
        "encoder": run.encoder.name if run.encoder else "",
        "messages": run.total,
        "read": run.done,
        "report": run.report,
    }


def _said(run: Reread) -> str:
    report = run.report
    lines = [f"Run {run.pk}, reader {run.reader}: {run.get_state_display().lower()}."]
    if report:
        lines.append(f"{report['changed']:,} of {report['messages']:,} messages move.")
        lines += [f"  {name:<12}{row['changed']:>10,}" for name, row in report["judgements"].items()]
        lines.append(
            f"{len(report['themes'])} themes and {len(report['loops'])} open loops are touched most."
        )
    if report and (moved := report["encoder"]):
        was, will = moved["themes"]
        lines.append(
            f"Encoder {moved['from']} → {moved['to']}: {moved['messages']:,} messages of {moved['people']:,} "
            f"people go to another theme; {was:,} themes become {will:,}."
        )
    return "\n".join(lines)
