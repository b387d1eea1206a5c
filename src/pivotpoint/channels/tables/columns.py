"""Guess which column holds what, from its name first and then from its content, and say what was guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from statistics import mean

from pivotpoint.channels.tables.moments import day_comes_first, parse_time
from pivotpoint.channels.tables.names import NAMES, plain
from pivotpoint.channels.tables.table import BadTable, Row, Table

BIRTH = re.compile(r"birth|born|dob|geburt|geboren|nacim|naiss")
"""A day on which nobody said anything to us."""

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d{1,15})?")

MOST_HOUSES, AGAIN, LONGEST_HOUSE = 60, 3, 60
"""Names that may stand in a column of whose each message is, how often each of them on average, and their letters."""


@dataclass
class Columns:
    """The name of the column for each part of a message, or None."""

    text: str | None = None
    author: str | None = None
    time: str | None = None
    channel: str | None = None
    id: str | None = None
    subject: str | None = None
    email: str | None = None
    name: str | None = None
    rating: str | None = None
    conversation: str | None = None
    in_reply_to: str | None = None
    by: str | None = None
    """Whom or what a message is about: a brand, a branch, a product."""


def guess_columns(table: Table, sample: Sequence[Row]) -> tuple[Columns, list[str]]:
    """The columns, and one phrase for each guess; a name counts unless the content contradicts it."""
    cells = {
        name: [value for row in sample if (value := row.values.get(name, "").strip())]
        for name in table.columns
    }
    columns = Columns()
    said: list[str] = []
    taken: set[str] = set()
    for part in (field.name for field in fields(Columns)):
        name = _by_name(part, table.columns, cells, taken)
        if name is None and part == "text":
            name = _longest_text(cells)
        if name is None and part in SURE:
            name = _the_only(SURE[part], cells, taken)
        if name is not None:
            setattr(columns, part, name)
            taken.add(name)
            said.append(f"{part.replace('_', ' ')} from {name}")
    return columns, said


def match_column(wanted: str, columns: Sequence[str]) -> str:
    """The column that was named, whatever its case. Raises `BadTable` with near names when there is none."""
    exact = {name.casefold(): name for name in reversed(columns)}
    found = wanted if wanted in columns else exact.get(wanted.casefold().strip())
    if found is not None:
        return found
    near = get_close_matches(wanted.casefold(), list(exact), n=3, cutoff=0.6)
    names = [exact[name] for name in near] or list(columns[:12])
    hint = "did you mean" if near else "the columns are"
    raise BadTable(f"There is no column {wanted!r}; {hint} {', '.join(names)}{'?' if near else '.'}")


def same_value(cell: str, wanted: str) -> bool:
    """Whatever the case and the outer blanks; numbers are compared as numbers: 1 is 1.0."""
    cell, wanted = cell.strip().casefold(), wanted.strip().casefold()
    if cell == wanted or not (NUMBER.fullmatch(cell) and NUMBER.fullmatch(wanted)):
        return cell == wanted
    return float(cell) == float(wanted)


def few_again_and_again(different: int, values: int) -> bool:
    """Whether so many different ones of so many values may say whose each message is."""
    return different <= max(1, min(MOST_HOUSES, values // AGAIN))


def _by_name(part: str, columns: list[str], cells: dict[str, list[str]], taken: set[str]) -> str | None:
    by_name = {plain(name): name for name in reversed(columns)}
    fits = FITS.get(part, bool)
    for known in NAMES[part].split():
        name = by_name.get(known)
        if (
            name is not None
            and name not in taken
            and (fits(cells[name]) or (part == "text" and not cells[name]))
        ):
            return name
    return None


def _the_only(fits: Callable[[list[str]], bool], cells: dict[str, list[str]], taken: set[str]) -> str | None:
    """A column of dates or of addresses is one whatever it is called; of two, a person says which."""
    free = {name: values for name, values in cells.items() if name not in taken}
    found = [name for name, values in free.items() if fits(values) and not BIRTH.search(plain(name))]
    return found[0] if len(found) == 1 else None


def _longest_text(cells: dict[str, list[str]]) -> str | None:
    """A column of sentences: the longest average among those that mostly hold several words."""
    lengths = {name: mean(map(len, values)) for name, values in cells.items() if _is_prose(values)}
    return max(lengths, key=lambda name: lengths[name]) if lengths else None


def _is_prose(values: list[str]) -> bool:
    return bool(values) and mean(len(value.split()) for value in values) >= 3


def _is_text(values: list[str]) -> bool:
    return bool(values) and mean(any(letter.isalpha() for letter in value) for value in values) >= 0.5


def _is_time(values: list[str]) -> bool:
    day_first = day_comes_first(values)
    return (
        bool(values) and mean(parse_time(value, day_first=day_first) is not None for value in values) >= 0.8
    )


def _is_key(values: list[str]) -> bool:
    return bool(values) and len(set(values)) >= 0.9 * len(values) and mean(map(len, values)) <= 80


def _is_label(values: list[str]) -> bool:
    return bool(values) and mean(len(value.split()) for value in values) <= 4


def _is_house(values: list[str]) -> bool:
    """A few short names again and again; it may be one, where a file is in their order."""
    few = few_again_and_again(len(set(values)), len(values))
    return few and _is_text(values) and mean(map(len, values)) <= LONGEST_HOUSE


def _is_email(values: list[str]) -> bool:
    return bool(values) and mean("@" in value for value in values) >= 0.8


def _is_written_time(values: list[str]) -> bool:
    """Not digits alone: a nine-digit number is an id more often than a second."""
    return _is_time(values) and not any(value.isdigit() for value in values)


def _is_address(values: list[str]) -> bool:
    return bool(values) and mean(ADDRESS.fullmatch(value) is not None for value in values) >= 0.8


def _is_number(values: list[str]) -> bool:
    return (
        bool(values) and mean(re.fullmatch(r"-?\d+([.,]\d+)?", value) is not None for value in values) >= 0.8
    )


FITS: dict[str, Callable[[list[str]], bool]] = {
    "text": _is_text,
    "author": _is_label,
    "time": _is_time,
    "channel": _is_label,
    "id": _is_key,
    "email": _is_email,
    "name": _is_label,
    "rating": _is_number,
    "by": _is_house,
}

SURE = {"time": _is_written_time, "email": _is_address}
"""Parts that what stands in a column tells without its name."""
