"""Encoders: which one makes the vectors of themes, others that are known, a static one from our own messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import orjson
from django.core.exceptions import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from pivotpoint.config.cli import fail
from pivotpoint.config.cli.start import start_up_to_date

if TYPE_CHECKING:
    from pivotpoint.listening.models import EncoderVersion

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def command() -> None:
    """Which encoder makes the vectors of themes; others; one of your own."""


@command.command(name="list")
@JSON
def list_(as_json: bool) -> None:
    """Show the encoders that are known here, and which one is live."""
    start_up_to_date()
    from pivotpoint.listening.encoders.live import shipped
    from pivotpoint.listening.models import EncoderVersion

    live = EncoderVersion.objects.live() or shipped()
    shipped()
    rows = [_plain(row, live) for row in EncoderVersion.objects.order_by("made_at", "pk")]
    if as_json:
        click.echo(orjson.dumps(rows).decode())
        return
    for row in rows:
        click.echo(_said(row))


@command.command()
@click.argument("name")
@JSON
def use(name: str, as_json: bool) -> None:
    """Begin to read the history anew with the encoder NAME, or with a model by its name or folder.

    Nothing changes until the run is accepted: with `pivotpoint reread --accept`, or in Settings, Reading.
    """
    start_up_to_date()
    from pivotpoint.listening.rereads import runs

    try:
        run = runs.use(name, by=None)
    except ValidationError as refusal:
        fail(" ".join(refusal.messages))
    assert run.encoder is not None  # noqa: S101 `use` names one
    if as_json:
        said = {"run": run.pk, "state": run.state, "encoder": run.encoder.name, "messages": run.total}
        click.echo(orjson.dumps(said).decode())
    else:
        click.echo(f"Run {run.pk} reads {run.total:,} messages anew, with the encoder {run.encoder.name}.")
        click.echo("The worker does it; `pivotpoint reread` does it now. Then look, and accept or cancel it.")


@command.command()
@click.argument("model")
@click.option(
    "--messages", type=click.IntRange(1), default=20_000, show_default=True, help="The latest ones."
)
@click.option("--name", default="", help="What to call it; the model's name and -static if not given.")
@JSON
def distil(model: str, messages: int, name: str, as_json: bool) -> None:
    """Make a fast static encoder from MODEL (a name or a folder), fitted to our own messages."""
    start_up_to_date()
    from pivotpoint.listening.encoders.distil import make

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(f"Loading {model}", total=None)

            def told(what: str, done: int, total: int) -> None:
                bar.update(task, description=what, completed=done, total=total)

            row = make(model, name, messages=messages, told=told, by=None)
    except ValidationError as refusal:
        fail(" ".join(refusal.messages))
    plain = _plain(row, None)
    if as_json:
        click.echo(orjson.dumps(plain).decode())
    else:
        click.echo(_said(plain))
        click.echo(f"`pivotpoint encoder use {row.name}` reads with it.")


def _plain(row: EncoderVersion, live: EncoderVersion | None) -> dict[str, Any]:
    return {
        "name": row.name,
        "kind": row.kind,
        "dimensions": row.dimensions,
        "live": live is not None and row.pk == live.pk,
        "place": row.place,
        "provenance": row.provenance,
    }


def _said(row: dict[str, Any]) -> str:
    line = f"{'*' if row['live'] else ' '} {row['name']:<40} {row['kind']:<10} {row['dimensions']:>5}"
    if row["kind"] == "model":
        return f"{line}  {row['place']}"
    if not row["provenance"]:
        return line
    made, like = row["provenance"], row["provenance"]["likeness"]
    return (
        f"{line}  from {made['model']} and {made['messages']:,} messages; its likenesses follow the model's by "
        f"{like['correlation']:.2f}, the shipped encoder's by {like['shipped_correlation']:.2f}"
    )
