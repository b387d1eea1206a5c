"""`pivotpoint listen FILE`: the ladder of a file, without a server and without Django."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
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
from pivotpoint.insights.ladder import Each, Ladder, climb, climb_each, hear
from pivotpoint.insights.ladder.as_json import as_json, each_as_json
from pivotpoint.insights.ladder.as_text import show, show_each
from pivotpoint.insights.ladder.masked import masked
from pivotpoint.insights.ladder.parts import parts_of, settle
from pivotpoint.insights.ladder.words import count

CHOSEN = ("text", "author", "time", "channel", "id", "by")
CALLED = {"by": "whose"}
"""What a column is told to hold, where it is not what its option is called."""


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
    "--by",
    metavar="COL",
    help="Column that says whom or what a message is about: a brand, a branch, a product. Guessed if not given.",
)
@click.option(
    "--each",
    metavar="COL",
    help="Print one ladder for each value of this column; none: one of the whole file, whatever it holds.",
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
        found = _listen(file, where, encoding, rejects or Path(f"{file}.rejects.csv"), chosen)
        found = found if unmasked else _masked(found)
        _deliver(found, json_=json_, html=html, everything=everything)
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
) -> Ladder | Each:
    started = perf_counter()
    table = open_table(file, encoding=encoding)
    each = chosen.get("each")
    named = _with_each(chosen, each)
    columns, notes = choose_columns(table, named)
    with _progress(Console(stderr=True, highlight=False)) as step, RejectFile(rejects) as refused:
        heard = hear(
            table, columns, where=where, reject=refused.add, step=lambda rows: step("Opening", rows, 0)
        )
        if refused.count:
            rows = "row is" if refused.count == 1 else "rows are"
            notes.append(f"{refused.count:,} {rows} rejected, with the reasons, in {refused.path}")
        notes += settle(heard, is_guessed=named.get("by") is None)
        parts, why = parts_of(heard, each=None if each is None else not _is_none(each))
        notes += why
        if parts:
            return climb_each(parts, source=file.name, by=heard.by, notes=notes, step=step)
        ladder = climb(heard, source=file.name, notes=notes, step=step)
    ladder.seconds = perf_counter() - started
    return ladder


def _with_each(chosen: dict[str, str | None], each: str | None) -> dict[str, str | None]:
    """What `--each` names says whose a message is as well."""
    if each is None or _is_none(each):
        return chosen
    if (by := chosen.get("by")) is not None and not _is_none(by):
        raise BadTable("--each says whose a message is as well as --by does; choose one.")
    return {**chosen, "by": each}


def _is_none(name: str) -> bool:
    return name.casefold() == "none"


def choose_columns(table: Table, chosen: dict[str, str | None]) -> tuple[Columns, list[str]]:
    """What was named wins over what is guessed; both are said. `none` means that there is no such column."""
    columns, _ = guess_columns(table, table.sample())
    named = {}
    for part in CHOSEN:
        if (name := chosen.get(part)) is not None:
            named[part] = name
            setattr(columns, part, None if _is_none(name) else match_column(name, table.columns))
    used = [
        (field.name, getattr(columns, field.name))
        for field in fields(Columns)
        if field.name in (*CHOSEN, "subject", "email") and getattr(columns, field.name)
    ]
    told = [f"{CALLED.get(part, part)} from {name}" for part, name in used if part in named]
    guessed = [f"{CALLED.get(part, part)} from {name}" for part, name in used if part not in named]
    notes = [f"columns named: {', '.join(told)}"] if told else []
    notes += [f"columns guessed: {', '.join(guessed)}"] if guessed else []
    return columns, notes + table.notes


def _masked(found: Ladder | Each) -> Ladder | Each:
    if isinstance(found, Each):
        return replace(found, ladders=[masked(ladder) for ladder in found.ladders])
    return masked(found)


def _deliver(found: Ladder | Each, *, json_: bool, html: Path | None, everything: bool) -> None:
    if json_:
        data = each_as_json(found) if isinstance(found, Each) else as_json(found)
        click.echo(orjson.dumps(data, option=orjson.OPT_INDENT_2))
    elif html:
        _write_page(found, html)
    else:
        console = Console(highlight=False, width=None if sys.stdout.isatty() else 80)
        if isinstance(found, Each):
            show_each(found, console, everything=everything)
        else:
            show(found, console, everything=everything)


def _write_page(found: Ladder | Each, path: Path) -> None:
    from pivotpoint.insights.ladder.as_page import (  # Brings Django's templates, for this form only.
        as_page,
        each_as_page,
    )

    ladders = found.ladders if isinstance(found, Each) else [found]
    page = each_as_page(found) if isinstance(found, Each) else as_page(found)
    path.write_text(page, encoding="utf-8")
    trends = count(sum(len(ladder.shelf("trend")) for ladder in ladders), "trend")
    messages = count(sum(ladder.messages for ladder in ladders), "message")
    click.echo(f"{path} is written: {trends} from {messages}.")


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
