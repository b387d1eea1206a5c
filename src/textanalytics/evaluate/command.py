"""The command line of `evaluate`: figures as lines, or with --json as one JSON object."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from textanalytics.base import Encoder
from textanalytics.evaluate import (
    aspects,
    classes,
    copies,
    emerging,
    events,
    judgements,
    matters,
    planted,
    reading,
    several,
    stability,
    themes,
    titles,
)
from textanalytics.evaluate.tables import BadInput, Table, read_table
from textanalytics.evaluate.themes import Figures

BAD_INPUT = 2


def main(arguments: Sequence[str]) -> int:
    """The exit code; 2 with one sentence on standard error when the input cannot be used."""
    options = parser().parse_args(arguments)
    try:
        figures = options.measure(options)
    except BadInput as error:
        print(error, file=sys.stderr)  # noqa: T201
        return BAD_INPUT
    if options.json:
        print(json.dumps(figures))  # noqa: T201
    else:
        for name, value in figures.items():
            print(f"{name.replace('_', ' '):26} {'–' if value is None else value}")  # noqa: T201
    return 0


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the options in one sentence, without the list of all options."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{message[:1].upper()}{message[1:].rstrip('.')}.\n")


def parser() -> argparse.ArgumentParser:
    top = Parser(prog="python -m textanalytics", description="The listening engine, on its own.")
    evaluate = top.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "evaluate", help="figures of one analyser on a labelled table"
    )
    kinds = evaluate.add_subparsers(required=True, metavar="ANALYSER")
    one = _analyser(kinds, "themes", _themes, "how alike themes and labels are")
    one.add_argument("--label", required=True, metavar="COL")
    one.add_argument("--detail", type=_positive, default=1.5, help="3 gives sub-themes, 1 broad ones")
    one.add_argument("--copies", type=_count, metavar="N", help="so many altered copies of the rows instead")
    one = _analyser(kinds, "stability", _stability, "whether messages keep their theme as more come in")
    one.add_argument("--detail", type=_positive, default=1.5)
    one.add_argument(
        "--start", type=_share, default=0.1, metavar="SHARE", help="share that is there at first"
    )
    one.add_argument("--steps", type=_count, default=9, metavar="N", help="equal steps from there to all")
    one = _analyser(kinds, "titles", _titles, "whether titles fit their themes and differ from one another")
    one.add_argument("--detail", type=_positive, default=3.0)
    _classify(kinds)
    for kind, column in (("sentiment", "sentiment"), ("complaint", "complaint"), ("relevance", "relevance")):
        one = _analyser(kinds, kind, _judgement, f"the reader's {kind} beside people's")
        one.add_argument("--label", default=column, metavar="COL")
        one.add_argument("--train", type=Path, metavar="FILE", help="teach it with this table first")
        one.add_argument("--corrections", type=_count, metavar="N", help="teach it so many rows of that only")
        if kind == "relevance":
            one.add_argument(
                "--examples", type=_count, metavar="N", help="tell it so many sentences of each kind"
            )
        one.set_defaults(kind=kind)
    one = _analyser(kinds, "emerging", _emerging, "known events found, their delay, and false alarms")
    one.add_argument("--time", required=True, metavar="COL")
    one.add_argument("--author", metavar="COL", help="without it every message is a person")
    one.add_argument("--events", type=Path, metavar="FILE", help="table of known events")
    one.add_argument(
        "--repeat",
        type=_count,
        default=0,
        metavar="N",
        help="so many runs, each without one message in twenty",
    )
    one.add_argument("--detail", type=_positive, default=3.0)
    one = _analyser(
        kinds, "planted", _planted, "labels planted as events: found, their delay, and false alarms"
    )
    one.add_argument("--label", required=True, metavar="COL")
    one.add_argument("--a-day", type=_count, default=40, metavar="N", help="people on an ordinary day")
    one.add_argument("--detail", type=_positive, default=3.0)
    one = _analyser(kinds, "aspects", _aspects, "the feeling about each thing named, beside people's")
    one.add_argument("--label", default="aspect_terms", metavar="COL", help="food:positive|wait:negative")
    one = _analyser(kinds, "matters", _matters, "whether both of two matters in one message are heard")
    one.add_argument("--label", required=True, metavar="COL")
    one.add_argument("--detail", type=_positive, default=1.5)
    one = _analyser(kinds, "reading", _reading, "messages read a second, beside VADER")
    one.add_argument("--processes", type=_count, metavar="N", help="one a processor if not given")
    return top


def _analyser(
    kinds: argparse._SubParsersAction, name: str, measure: object, says: str
) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = kinds.add_parser(name, help=says, description=says)
    one.add_argument("file", type=Path, metavar="FILE")
    _shared(one)
    one.set_defaults(measure=measure)
    return one


def _shared(one: argparse.ArgumentParser) -> None:
    one.add_argument("--text", default="text", metavar="COL")
    one.add_argument("--where", default="", metavar="COL=VALUE", help="only these rows")
    one.add_argument("--sample", type=_count, metavar="N", help="so many rows, drawn by the seed")
    one.add_argument("--seed", type=_seed, default=0, metavar="S")
    one.add_argument("--encoder", default="", metavar="NAME", help="another encoder than the shipped one")
    one.add_argument("--json", action="store_true")


def _classify(kinds: argparse._SubParsersAction) -> None:
    one = kinds.add_parser("classify", help="classes taught by one table, asked about another")
    one.add_argument("--train", type=Path, required=True, metavar="FILE")
    one.add_argument("--test", type=Path, required=True, metavar="FILE")
    one.add_argument("--label", required=True, metavar="COL")
    one.add_argument(
        "--shots", type=_count, metavar="K", help="so many examples a class, mean of three draws"
    )
    one.add_argument("--none", metavar="LABEL", help="the label of what belongs to no class")
    one.add_argument(
        "--several",
        action="store_true",
        help="as a taxonomy is taught: a text has any number of classes (a|b), beside a thousand rows that nobody sorted",
    )
    one.add_argument(
        "--only", type=_count, metavar="N", help="with --several: so many classes, drawn by the seed"
    )
    one.add_argument(
        "--named", action="store_true", help="with --several: taught by the classes' names alone"
    )
    _shared(one)
    one.set_defaults(measure=_taught)


def _themes(options: argparse.Namespace) -> Figures:
    table = _table(options.file, options, options.text, options.label)
    texts, labels = table.column(options.text), table.column(options.label)
    if options.copies:
        texts, labels = copies.altered(texts, labels, options.copies, options.seed)
    return themes.measure(texts, labels, _encoder(options), detail=options.detail)


def _stability(options: argparse.Namespace) -> Figures:
    texts = _table(options.file, options, options.text).column(options.text)
    if len(texts) < 10 * options.steps:
        raise BadInput(f"{options.steps} steps need {10 * options.steps} texts; there are {len(texts)}.")
    return stability.measure(
        texts, _encoder(options), detail=options.detail, start=options.start, steps=options.steps
    )


def _titles(options: argparse.Namespace) -> Figures:
    texts = _table(options.file, options, options.text).column(options.text)
    return titles.measure(texts, _encoder(options), detail=options.detail)


def _taught(options: argparse.Namespace) -> Figures:
    train, test = (
        _table(path, options, options.text, options.label) for path in (options.train, options.test)
    )
    if options.none and options.none not in test.column(options.label):
        raise BadInput(f"No row of {options.test.name} has the label {options.none!r} that --none names.")
    taught, asked = ((one.column(options.text), one.column(options.label)) for one in (train, test))
    if options.several:
        if options.encoder:
            raise BadInput("--several is measured with the shipped encoder.")
        shots = 0 if options.named else options.shots
        return several.measure(taught, asked, several.Asked(shots, options.only, options.none, options.seed))
    if options.only or options.named:
        raise BadInput("--only and --named need --several.")
    return classes.measure(
        taught,
        asked,
        _encoder(options),
        shots=options.shots,
        none=options.none,
        seed=options.seed,
    )


def _judgement(options: argparse.Namespace) -> Figures:
    def labelled(path: Path) -> classes.Labelled:
        table = _table(path, options, options.text, options.label)
        return table.column(options.text), judgements.labels(options.kind, table.column(options.label))

    for name in ("corrections", "examples"):
        if getattr(options, name, None) and not options.train:
            raise BadInput(f"--{name} needs --train.")
    train = labelled(options.train) if options.train else None
    if train and getattr(options, "examples", None):
        return judgements.told(labelled(options.file), train, options.examples, seed=options.seed)
    if train:
        train = judgements.some(train, options.corrections, options.seed)
    return judgements.measure(
        options.kind, labelled(options.file), train, _encoder(options), seed=options.seed
    )


def _emerging(options: argparse.Namespace) -> Figures:
    columns = emerging.Columns(options.text, options.time, options.author or "")
    table = _table(options.file, options, *filter(None, (columns.text, columns.time, columns.author)))
    known = events.read(options.events, options.file.name) if options.events else []
    return emerging.measure(
        table,
        columns,
        known,
        _encoder(options),
        detail=options.detail,
        repeat=options.repeat,
        seed=options.seed,
    )


def _planted(options: argparse.Namespace) -> Figures:
    table = _table(options.file, options, options.text, options.label)
    asked = planted.Asked(options.text, options.label, options.a_day, options.detail, options.seed)
    return planted.measure(table, asked, _encoder(options))


def _aspects(options: argparse.Namespace) -> Figures:
    table = _table(options.file, options, options.text, options.label)
    return aspects.measure(table.column(options.text), table.column(options.label))


def _matters(options: argparse.Namespace) -> Figures:
    table = _table(options.file, options, options.text, options.label)
    return matters.measure(
        table.column(options.text),
        table.column(options.label),
        _encoder(options),
        detail=options.detail,
        seed=options.seed,
    )


def _reading(options: argparse.Namespace) -> Figures:
    table = _table(options.file, options, options.text)
    return reading.measure(table.column(options.text), options.processes)


def _table(path: Path, options: argparse.Namespace, *needed: str) -> Table:
    """Rows that hold something in the columns needed, in an order that depends on the seed alone."""
    return read_table(path).where(options.where).filled(*needed).sample(options.sample, options.seed)


def _encoder(options: argparse.Namespace) -> Encoder:
    from textanalytics import encoders

    try:
        return encoders.named(options.encoder)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0.")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 on.")
    return int(text)


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0.")
    return value


def _share(text: str) -> float:
    value = _positive(text)
    if value >= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share below 1.")
    return value
