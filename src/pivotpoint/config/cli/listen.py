"""`pivotpoint listen FILE`: the ladder of a file, without a server and without Django."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from time import perf_counter

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from pivotpoint.channels.tables import (
    BadTable,
    Columns,
    RejectFile,
    Table,
    guess_columns,
    match_column,
    open_table,
)
from pivotpoint.insights.ladder import Ladder, climb, hear
from pivotpoint.insights.ladder.as_json import as_json
from pivotpoint.insights.ladder.as_text import show
from pivotpoint.insights.ladder.masked import masked
from pivotpoint.insights.ladder.words import count

CHOSEN = ("text", "author", "time", "channel", "id")


@click.command(name="listen", short_help="Read a file of feedback and print the ladder. Needs no server.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--text", metavar="COL", help="Column with the words. Guessed if not given; so are the next four."
)
@click.option("--author", metavar="COL", help="Column that tells people apart.")
@click.option("--time", metavar="COL", help="Column with the time.")
@click.option("--channel", metavar="COL", help="Column with the channel.")
@click.option(
    "--id", metavar="COL", help="Column with the id of a message: the same id twice is one message."
)
@click.option(
    "--where", metavar="COL=VALUE", multiple=True, help="Only rows with this value; may be repeated."
)
@click.option("--encoding", metavar="NAME", help="Encoding of a text file, if it is not found by itself.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="REPORT", help="Write one page that stands alone."
)
@click.option("--rejects", type=click.Path(path_type=Path), metavar="PATH", help="Default: FILE.rejects.csv.")
@click.option(
    "--unmasked",
    is_flag=True,
    help="Show the numbers of telephones, cards, accounts and orders, the addresses and passwords that people wrote, and names of whom they complain.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Print every theme with its quotes, not only what many say."
)
def command(
    file: Path,
    where: tuple[str, ...],
    encoding: str | None,
    json_: bool,
    html: Path | None,
    rejects: Path | None,
    unmasked: bool,
    everything: bool,
    **chosen: str | None,
) -> None:
    """Read any CSV, JSONL or XLSX of feedback and print what different people say that means the same."""
    try:
        if json_ and html:
            raise BadTable("--json and --html are two forms of one answer; choose one.")
        ladder = _listen(file, where, encoding, rejects or Path(f"{file}.rejects.csv"), chosen)
        ladder = ladder if unmasked else masked(ladder)
        _deliver(ladder, json_=json_, html=html, everything=everything)
    except BadTable as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    except BrokenPipeError:  # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        click.echo(f"{error.filename or file} cannot be read or written: {error.strerror}.", err=True)
        sys.exit(2)


def _listen(
    file: Path, where: tuple[str, ...], encoding: str | None, rejects: Path, chosen: dict[str, str | None]
) -> Ladder:
    started = perf_counter()
    table = open_table(file, encoding=encoding)
    columns, notes = choose_columns(table, chosen)
    with _progress(Console(stderr=True, highlight=False)) as step, RejectFile(rejects) as refused:
        heard = hear(
            table, columns, where=where, reject=refused.add, step=lambda rows: step("Opening", rows, 0)
        )
        if refused.count:
            rows = "row is" if refused.count == 1 else "rows are"
            notes.append(f"{refused.count:,} {rows} rejected, with the reasons, in {refused.path}")
        ladder = climb(heard, source=file.name, notes=notes, step=step)
    ladder.seconds = perf_counter() - started
    return ladder


def choose_columns(table: Table, chosen: dict[str, str | None]) -> tuple[Columns, list[str]]:
    """What was named wins over what is guessed; both are said. `none` means that there is no such column."""
    columns, _ = guess_columns(table, table.sample())
    named = {}
    for part in CHOSEN:
        if (name := chosen.get(part)) is not None:
            named[part] = name
            setattr(columns, part, None if name.casefold() == "none" else match_column(name, table.columns))
    used = [
        (field.name, getattr(columns, field.name))
        for field in fields(Columns)
        if field.name in (*CHOSEN, "subject", "email") and getattr(columns, field.name)
    ]
    told = [f"{part} from {name}" for part, name in used if part in named]
    guessed = [f"{part} from {name}" for part, name in used if part not in named]
    notes = [f"columns named: {', '.join(told)}"] if told else []
    notes += [f"columns guessed: {', '.join(guessed)}"] if guessed else []
    return columns, notes + table.notes


def _deliver(ladder: Ladder, *, json_: bool, html: Path | None, everything: bool) -> None:
    if json_:
        click.echo(orjson.dumps(as_json(ladder), option=orjson.OPT_INDENT_2))
    elif html:
        from pivotpoint.insights.ladder.as_page import (
            as_page,  # Brings Django's templates, for this form only.
        )

        html.write_text(as_page(ladder), encoding="utf-8")
        trends, messages = count(len(ladder.shelf("trend")), "trend"), count(ladder.messages, "message")
        click.echo(f"{html} is written: {trends} from {messages}.")
    else:
        console = Console(highlight=False, width=None if sys.stdout.isatty() else 80)
        show(ladder, console, everything=everything)


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr; silent when nobody watches."""
    bar = Progress(
        TextColumn("{task.description:<14}"),
        BarColumn(),
        TextColumn("{task.completed:,} of {task.total:,}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("Opening", total=1)
        yield lambda what, done, total: bar.update(
            task, description=what, completed=done, total=max(total, done, 1)
        )
