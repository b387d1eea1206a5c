"""The switchyard as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pivotpoint.config.cli import fail
from pivotpoint.config.cli.start import start_up_to_date

if TYPE_CHECKING:
    from pivotpoint.pivot.file import Line


@click.group()
def command() -> None:
    """Write the switchyard to a file, or take one in."""


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def export(file: Path | None, as_json: bool) -> None:
    """Write all open pivots to FILE as YAML, or print them."""
    start_up_to_date()
    from pivotpoint.pivot.file import write

    text = write()
    if file is not None:
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            fail(f"{file} cannot be written: {error.strerror}.")
    if as_json:
        click.echo(json.dumps({"file": str(file) if file else None, "switchyard": text}))
    elif file is None:
        click.echo(text, nl=False)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@click.option("--prune", is_flag=True, help="Close the pivots that are not in the file.")
@click.option("--seen", is_flag=True, help="Open gates although their pivots have not worked well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_(file: Path, dry_run: bool, prune: bool, seen: bool, as_json: bool) -> None:
    """Make the switchyard what FILE says: all of it or nothing. The same file again changes nothing."""
    start_up_to_date()
    from django.core.exceptions import ValidationError

    from pivotpoint.enterprise.connectors import kinds
    from pivotpoint.pivot.changing import Proposed
    from pivotpoint.pivot.file import compare, take_in
    from pivotpoint.pivot.opening import Unseen

    text, waits = _text(file), ""
    try:
        lines = compare(text, prune=prune, kinds=kinds())
        if not dry_run:
            take_in(text, by=None, name=file.name, prune=prune, kinds=kinds(), seen=seen)
    except Unseen as unseen:
        fail(f"{file}: {unseen} With --seen it opens all the same.")
    except ValidationError as refusal:
        fail(f"{file}: {' '.join(refusal.messages)}")
    except Proposed as proposed:
        waits = str(proposed)
    if as_json:
        changes = [line.as_dict() for line in lines]
        click.echo(json.dumps({"dry_run": dry_run, "proposed": bool(waits), "changes": changes}))
    else:
        click.echo(_words(lines, dry_run or bool(waits)))
        click.echo(waits, nl=bool(waits))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        fail(f"{file} is not UTF-8 text.")
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")
    raise AssertionError  # fail has ended the process


CALLED = {"calendar": "Calendar {}", "rota": "Rota of {}", "standing answer": "Standing answer {}"}


def _words(lines: list[Line], would: bool) -> str:
    """Each pivot with its differences; or that there is none."""
    if not lines:
        return "The switchyard is as the file says."
    said = []
    for line in lines:
        verb = {"new": "is new", "changed": "is changed", "closed": "is closed"}[line.does]
        name = CALLED.get(line.of, "{}").format(line.pivot)
        said.append(f"{name} {verb.replace('is', 'would be', 1) if would else verb}.")
        said += [f"  {each}" for each in line.differences]
        said += [f"  Its gate opens, and it has not worked well: {line.warning}"] if line.warning else []
    return "\n".join(said)
