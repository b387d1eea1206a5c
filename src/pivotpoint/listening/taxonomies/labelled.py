"""Teach a taxonomy from texts that were labelled elsewhere; each label is a class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand
from pivotpoint.channels.tables import BadTable, Row, guess_columns, match_column, open_table
from pivotpoint.listening.models import Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies.taxonomies import LONGEST, MOST_EXAMPLES, live_classes, save_class

MOST_ROWS = 200_000
BELOW, AND = ">", "|"
"""In a label: "Delivery > Late" is a class and its parent, "Late | Damaged" are two."""
LABELS = ("label", "class", "category", "topic", "intent", "reason", "tag")


@dataclass(frozen=True, slots=True)
class Taken:
    """`left` are sentences beyond those that one class takes."""

    rows: int
    classes: int
    sentences: int
    left: int

    def __str__(self) -> str:
        more = f" {self.left:,} more were left out: {MOST_EXAMPLES} a class are enough." if self.left else ""
        return f"Sentences: {self.sentences:,}, from {self.rows:,} rows; classes: {self.classes}.{more}"


@transaction.atomic
def take(taxonomy: Taxonomy, rows: Iterable[tuple[str, str]], *, by: Any) -> Taken:
    """(text, label) rows. A class of that name learns them as well; others are made. The same rows again change nothing."""
    demand(by, "reading.manage")
    said: dict[tuple[str, ...], list[str]] = {}
    number = 0
    for text, label in rows:
        if not text.strip() or not (paths := _paths(label)):
            continue
        number += 1
        if number > MOST_ROWS:
            raise ValidationError(f"{MOST_ROWS:,} rows are enough; this file has more.")
        for path in paths:
            said.setdefault(path, []).append(" ".join(text.split())[:LONGEST])
    if not said:
        raise ValidationError("No row has both a text and a label.")
    known = {one.name.casefold(): one for one in live_classes(taxonomy)}
    sentences = left = 0
    for path in sorted(said, key=lambda path: (len(path), path)):
        _stands(known, path)
        distinct = list(dict.fromkeys(said[path]))
        kept = _teach(taxonomy, known, path, distinct, by)
        sentences, left = sentences + kept, left + len(distinct) - kept
    return Taken(number, len(said), sentences, left)


def take_file(taxonomy: Taxonomy, path: Path, *, text: str = "", label: str = "", by: Any) -> Taken:
    """The same from a table; columns that are not named are guessed. ValidationError says what is wrong with it."""
    demand(by, "reading.manage")
    try:
        table = open_table(path)
        words = match_column(text, table.columns) if text else guess_columns(table, table.sample())[0].text
        column = match_column(label, table.columns) if label else _guessed(table.columns)
    except BadTable as fault:
        raise ValidationError(str(fault)) from None
    if not words or not column:
        missing = "text" if not words else "label"
        raise ValidationError(f"Say which column holds the {missing}; there are {', '.join(table.columns)}.")
    rows = (row for row in table.rows() if isinstance(row, Row))
    return take(taxonomy, ((row.values.get(words, ""), row.values.get(column, "")) for row in rows), by=by)


def _guessed(columns: Sequence[str]) -> str:
    plain = {name.casefold(): name for name in columns}
    return next((plain[name] for name in LABELS if name in plain), "")


def _paths(label: str) -> list[tuple[str, ...]]:
    """The classes of a label, each after its parents."""
    several = ([part.strip()[:80] for part in one.split(BELOW)] for one in label.split(AND))
    return [path for names in several if (path := tuple(filter(None, names)))]


def _stands(known: dict[str, TaxonomyClass], path: Sequence[str]) -> None:
    """A taxonomy has each name once: "Delivery > Late" and "Billing > Late" would teach one class two matters."""
    for above, name in pairwise(path):
        one = known.get(name.casefold())
        if one and one.parent and one.parent.name.casefold() != above.casefold():
            raise ValidationError(
                f"{one.name} stands below {one.parent.name}; it cannot stand below {above}, too."
            )


def _teach(
    taxonomy: Taxonomy, known: dict[str, TaxonomyClass], path: Sequence[str], texts: list[str], by: Any
) -> int:
    """How many of the sentences the class keeps, with those that it had."""
    parent = None
    for name in path[:-1]:
        parent = known.get(name.casefold()) or _made(taxonomy, known, name, parent, by)
    one = known.get(path[-1].casefold()) or TaxonomyClass(taxonomy=taxonomy, name=path[-1], parent=parent)
    had = list(one.examples)
    new = [text for text in texts if text not in had]
    room = max(MOST_EXAMPLES - len(had), 0)
    if chosen := _spread(new, room):
        known[path[-1].casefold()] = save_class(
            taxonomy,
            one.name,
            description=one.description,
            examples=[*had, *chosen],
            parent=one.parent,
            one=one if one.pk else None,
            by=by,
        )
    return len(texts) - len(new) + len(chosen)


def _made(
    taxonomy: Taxonomy, known: dict[str, TaxonomyClass], name: str, parent: TaxonomyClass | None, by: Any
) -> TaxonomyClass:
    """A parent that has no sentences of its own is described by its name."""
    made = save_class(taxonomy, name, description=name, parent=parent, by=by)
    known[name.casefold()] = made
    return made


def _spread(texts: list[str], most: int) -> list[str]:
    """So many of them, from all parts of the file."""
    if len(texts) <= most:
        return texts
    return [texts[i * len(texts) // most] for i in range(most)]
