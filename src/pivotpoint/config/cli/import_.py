"""Put a file of feedback into a channel."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pivotpoint.config.cli import fail
from pivotpoint.config.cli.start import start

if TYPE_CHECKING:
    from pivotpoint.channels.models import Channel, ImportRun

PARTS = (
    "text",
    "id",
    "author",
    "name",
    "email",
    "time",
    "subject",
    "conversation",
    "segment",
    "organisation",
)


def columns(function: Any) -> Any:
    """One option for each part of a message: which column holds it."""
    for part in reversed(PARTS):
        function = click.option(f"--{part}", metavar="COL", help=f"Column of the {part}.")(function)
    return function


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--channel", "channel_name", required=True, metavar="NAME", help="The channel it belongs to.")
@columns
@click.option(
    "--where", multiple=True, metavar="COL=VALUE", help="Only rows where the column has this value."
)
@click.option(
    "--consent", metavar="SOURCE", default="", help="They may be told what changed: where they said so."
)
@click.option("--dry-run", is_flag=True, help="Count, write no message.")
@click.option("--goal", metavar="WHY", default="", help="Open the channel, for this, when it is not there.")
@click.option("--kind", default="review", show_default=True, help="The kind of a channel that is opened.")
@click.option("--settle", "settled", is_flag=True, help="Read and gather before it returns.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    file: Path,
    channel_name: str,
    where: tuple[str, ...],
    consent: str,
    dry_run: bool,
    goal: str,
    kind: str,
    settled: bool,
    as_json: bool,
    **parts: str | None,
) -> None:
    """Put FILE (CSV, JSONL, XLSX) into a channel. Columns are guessed when not told.

    The worker reads the messages; with --settle this command does, as `worker --until-quiet` would.
    """
    start(migrate=True)
    from django.core.exceptions import ValidationError

    try:
        channel = _channel(channel_name, goal, kind)
        run = _prepared(file, channel, parts, _conditions(where), consent, quiet=as_json)
        run = _taken_in(run, dry_run, quiet=as_json)
    except ValidationError as error:
        fail(" ".join(error.messages))
    if run.error:
        fail(run.error)
    said = _settled(quiet=as_json) if settled and not dry_run else {}
    _print(run, said, as_json)


def _conditions(where: tuple[str, ...]) -> dict[str, str]:
    pairs = [condition.partition("=") for condition in where]
    if any(not sign for _, sign, _ in pairs):
        fail("Write a condition as COL=VALUE.")
    return {name: value for name, _, value in pairs}


def _settled(*, quiet: bool) -> dict[str, Any]:
    from pivotpoint.config.cli.settle import settle, summary

    settle(quiet=quiet)
    return summary()


def _channel(name: str, goal: str, kind: str) -> Channel:
    """The open channel of this name; with a goal, a new one when there is none."""
    from pivotpoint.channels.models import Channel, Kind
    from pivotpoint.channels.opening import open_channel

    open_ones = Channel.objects.filter(closed_at=None)
    channel = open_ones.filter(name__iexact=name).first()
    if channel is None and goal:
        if kind not in Kind.values:
            fail(f"There is no kind {kind!r} of channel; choose one of {', '.join(Kind.values)}.")
        return open_channel(name, kind, goal, by=None)
    if channel is None:
        names = ", ".join(open_ones.values_list("name", flat=True)) or "none yet"
        fail(f"There is no open channel {name!r} (there are: {names}); with --goal WHY it is opened.")
    return channel  # type: ignore[return-value]


def _prepared(
    file: Path,
    channel: Channel,
    parts: dict[str, str | None],
    where: dict[str, str],
    consent: str,
    *,
    quiet: bool,
) -> ImportRun:
    from pivotpoint.channels.imports import run as verbs

    run, said = verbs.create(_chunks(file), file.name, by=None)
    told = {part: name for part, name in parts.items() if name}
    taken = set(told.values())
    guessed = {part: name for part, name in run.mapping.items() if name not in taken}
    if not quiet:
        click.echo(f"Guessed: {', '.join(said) or 'nothing'}.", err=True)
    return verbs.set_up(
        run, by=None, channel=channel, parts={**guessed, **told}, where=where, consent_source=consent
    )


def _chunks(file: Path) -> Iterator[bytes]:
    if file.is_dir():
        fail(f"{file} is a folder; name one file.")
    try:
        with file.open("rb") as opened:
            while chunk := opened.read(1 << 20):
                yield chunk
    except FileNotFoundError:
        fail(f"There is no file {file}.")
    except OSError as error:
        fail(f"{file} cannot be opened: {error.strerror}.")


def _taken_in(run: ImportRun, dry_run: bool, *, quiet: bool) -> ImportRun:
    """Work it off here; a worker that runs at the same time does no harm."""
    from pivotpoint.channels.imports import run as verbs
    from pivotpoint.channels.imports.sweep import work_off_slice

    run = verbs.start(run, by=None, dry_run=dry_run)
    with click.progressbar(
        length=run.total_rows or run.size,
        label=run.file_name,
        file=sys.stderr,
        hidden=quiet,
    ) as bar:
        while run.is_open:
            before = run.done_rows
            work_off_slice(run, seconds=0.5)
            run.refresh_from_db()
            bar.update(run.done_rows - before)
    return run


def _print(run: ImportRun, said: dict[str, Any], as_json: bool) -> None:
    counts = {
        "rows": run.done_rows,
        "accepted": run.accepted,
        "repeated": run.repeated,
        "rejected": run.rejected,
        "skipped": run.skipped,
    }
    if as_json:
        click.echo(
            json.dumps({"import": run.pk, "dry_run": run.dry_run, "state": run.state, **counts, **said})
        )
        return
    verb = "would be taken in" if run.dry_run else "taken in"
    click.echo(
        f"{run.accepted:,} of {run.done_rows:,} rows {verb}; {run.repeated:,} were there already, "
        f"{run.rejected:,} refused, {run.skipped:,} left out by the condition."
    )
    for reject in run.rejects.order_by("row_number")[:5]:
        click.echo(f"  Row {reject.row_number}: {reject.reason}", err=True)
    if said:
        from pivotpoint.config.cli.settle import sentence

        click.echo(sentence(said))
