"""The messages of a table: one for each usable row that meets the conditions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from pivotpoint.channels.tables import (
    BadTable,
    Columns,
    Reject,
    Row,
    Table,
    day_comes_first,
    match_column,
    parse_time,
    same_value,
)
from pivotpoint.insights.ladder.ladder import Ledger
from textanalytics.speakers.turns import quoted

Condition = tuple[str, str]
"""Column and value, compared by `same_value`."""


@dataclass
class Heard:
    """Messages as columns of equal length. `authors` holds "" where nobody is named, `times` None where unread."""

    texts: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    times: list[datetime | None] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    authors_known: bool = False
    ledger: Ledger = field(default_factory=Ledger)
    reject_reasons: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def conditions(wanted: Sequence[str], columns: Sequence[str]) -> list[Condition]:
    """`COL=VALUE` for each; raises `BadTable` with one sentence when a column is unknown."""
    found = []
    for text in wanted:
        column, equals, value = text.partition("=")
        if not equals:
            raise BadTable(f"--where needs COLUMN=VALUE, not {text!r}.")
        found.append((match_column(column.strip(), columns), value))
    return found


def hear(
    table: Table,
    columns: Columns,
    *,
    where: Sequence[str] = (),
    reject: Callable[[Reject], None] = lambda _: None,
    step: Callable[[int], None] = lambda _: None,
) -> Heard:
    """Reads the whole table. `reject` gets each row that cannot be used, `step` the rows read so far."""
    if columns.text is None:
        raise BadTable(f"No column of {table.path.name} holds text; name one with --text.")
    heard = Heard(authors_known=bool(columns.author or columns.email))
    tests = conditions(where, table.columns)
    seen: set[str] = set()
    take = _Taker(table, columns)
    for row in table.rows():
        heard.ledger.rows += 1
        if heard.ledger.rows % 1000 == 0:
            step(heard.ledger.rows)
        if isinstance(row, Reject):
            _refuse(heard, row, reject)
        elif not all(same_value(row.values.get(column, ""), value) for column, value in tests):
            heard.ledger.set_aside += 1
        elif not take.text(row):
            _refuse(heard, Reject(row.number, "no text", "\t".join(row.values.values())[:2000]), reject)
        elif columns.id and (key := row.values.get(columns.id, "").strip()) and key in seen:
            heard.ledger.duplicates += 1
        else:
            if columns.id and key:
                seen.add(key)
            take.into(heard, row)
    _check(heard, table, where)
    if columns.time and (unread := sum(time is None for time in heard.times)):
        heard.notes.append(f"{unread:,} {'message has' if unread == 1 else 'messages have'} no readable time")
    if not heard.authors_known:
        heard.notes.append("no author column: each message counts as its own person")
    return heard


class _Taker:
    def __init__(self, table: Table, columns: Columns) -> None:
        self._columns = columns
        self._day_first = True
        if columns.time:
            self._day_first = day_comes_first(row.values.get(columns.time, "") for row in table.sample())

    def text(self, row: Row) -> str:
        body = unescape(row.values.get(self._columns.text or "", "")).strip()
        subject = unescape(row.values.get(self._columns.subject or "", "")).strip()
        if not subject or subject.casefold() in body.casefold():
            return body
        return f"{subject.rstrip(' .')}. {body}" if body else subject

    def into(self, heard: Heard, row: Row) -> None:
        columns, values = self._columns, row.values
        author = values.get(columns.author or "", "").strip() or values.get(columns.email or "", "").strip()
        time = parse_time(values.get(columns.time, ""), day_first=self._day_first) if columns.time else None
        heard.texts.append(quoted(self.text(row))[0])
        heard.authors.append(re.sub(r"\s+", " ", author).lower())
        heard.times.append(time)
        heard.channels.append(values.get(columns.channel or "", "").strip())


def _refuse(heard: Heard, row: Reject, reject: Callable[[Reject], None]) -> None:
    heard.ledger.rejected += 1
    heard.reject_reasons[re.sub(r"[\d,]+ (?=fields?|cells|characters)", "", row.reason)] += 1
    reject(row)


def _check(heard: Heard, table: Table, where: Sequence[str]) -> None:
    if heard.texts:
        return
    if heard.ledger.set_aside:
        raise BadTable(f"No row of {table.path.name} matches {' and '.join(where)}.")
    if not heard.ledger.rows:
        raise BadTable(f"{table.path.name} holds no message: no row follows the names of its columns.")
    formulas = " Formulas have results once a spreadsheet program saved the file." * (table.format == "XLSX")
    raise BadTable(
        f"{table.path.name} holds no message: it has {heard.ledger.rows:,} rows and none has text.{formulas}"
    )
