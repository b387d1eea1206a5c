"""The messages of a table: one for each usable row that meets the conditions, and whose it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
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
from pivotpoint.insights.ladder.ladder import Ledger, together
from textanalytics.grammar.addressed import spellings, usual
from textanalytics.speakers.turns import quoted

Condition = tuple[str, str]
"""Column and value, compared by `same_value`."""


@dataclass
class Tally:
    """Where the rows of one house are before anybody has read a text."""

    ledger: Ledger = field(default_factory=Ledger)
    reject_reasons: Counter[str] = field(default_factory=Counter)

    def refuse(self, row: Reject) -> None:
        self.ledger.rejected += 1
        self.reject_reasons[re.sub(r"[\d,]+ (?=fields?|cells|characters)", "", row.reason)] += 1


@dataclass
class Heard:
    """Messages as columns of equal length. `authors` holds "" where nobody is named, `times` None where unread."""

    texts: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    times: list[datetime | None] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    houses: list[str] = field(default_factory=list)
    """Whose each message is, as the column `by` says; "" where it says nothing."""
    by: str = ""
    authors_known: bool = False
    times_known: bool = False
    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    """Of the rows of each house; "" has those that nobody could read."""

    @property
    def ledger(self) -> Ledger:
        """Of all rows: the tallies together."""
        return together(tally.ledger for tally in self.tallies.values())

    @property
    def reject_reasons(self) -> Counter[str]:
        return sum((tally.reject_reasons for tally in self.tallies.values()), Counter[str]())

    @property
    def notes(self) -> list[str]:
        """What is to be known of authors and times, one phrase each."""
        unread = sum(time is None for time in self.times) if self.times_known else 0
        said = (
            [f"{unread:,} {'message has' if unread == 1 else 'messages have'} no readable time"]
            if unread
            else []
        )
        if not self.authors_known:
            said.append("no author column: each message counts as its own person")
        return said

    @property
    def names(self) -> Counter[str]:
        """The houses with their messages."""
        return Counter(house for house in self.houses if house)

    def forget_houses(self) -> None:
        """For a column that turns out not to say whose a message is."""
        self.by, self.houses = "", [""] * len(self.houses)
        self.tallies = defaultdict(Tally, {"": _one(list(self.tallies.values()))})

    def of(self, houses: Collection[str], own: Sequence[int]) -> Heard:
        """What was heard of these houses, whose messages are these, as if the file held nothing else."""
        return replace(
            self,
            texts=[self.texts[place] for place in own],
            authors=[self.authors[place] for place in own],
            times=[self.times[place] for place in own],
            channels=[self.channels[place] for place in own],
            houses=[self.houses[place] for place in own],
            tallies=defaultdict(Tally, {house: self.tallies[house] for house in houses}),
        )


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
    heard = Heard(
        by=columns.by or "",
        authors_known=bool(columns.author or columns.email),
        times_known=bool(columns.time),
    )
    tests = conditions(where, table.columns)
    seen: set[str] = set()
    take = _Taker(table, columns)
    for number, row in enumerate(table.rows(), start=1):
        if number % 1000 == 0:
            step(number)
        tally = heard.tallies[take.house(row)]
        tally.ledger.rows += 1
        if isinstance(row, Reject):
            tally.refuse(row)
            reject(row)
        elif not all(same_value(row.values.get(column, ""), value) for column, value in tests):
            tally.ledger.set_aside += 1
        elif not take.text(row):
            refused = Reject(row.number, "no text", "\t".join(row.values.values())[:2000])
            tally.refuse(refused)
            reject(refused)
        elif columns.id and (key := row.values.get(columns.id, "").strip()) and key in seen:
            tally.ledger.duplicates += 1
        else:
            if columns.id and key:
                seen.add(key)
            take.into(heard, row)
    _check(heard.ledger, table, where)
    _spell_alike(heard)
    return heard


def _spell_alike(heard: Heard) -> None:
    """Houses as most rows write them: "Acme" and "ACME" are one."""
    spelt = spellings([house] for house in heard.houses)
    forms = {
        house: usual(spelt[house.lower()]) if house.lower() in spelt else house for house in heard.tallies
    }
    heard.houses = [forms[house] for house in heard.houses]
    tallies: defaultdict[str, list[Tally]] = defaultdict(list)
    for house, tally in heard.tallies.items():
        tallies[forms[house]].append(tally)
    heard.tallies = defaultdict(Tally, {house: _one(some) for house, some in tallies.items()})


def _one(tallies: Sequence[Tally]) -> Tally:
    reasons = sum((tally.reject_reasons for tally in tallies), Counter[str]())
    return Tally(together(tally.ledger for tally in tallies), reasons)


class _Taker:
    def __init__(self, table: Table, columns: Columns) -> None:
        self._columns = columns
        self._day_first = True
        if columns.time:
            self._day_first = day_comes_first(row.values.get(columns.time, "") for row in table.sample())

    def house(self, row: Row | Reject) -> str:
        """Whose it is; a number needs the name of its column to say that."""
        if isinstance(row, Reject) or not self._columns.by:
            return ""
        said = " ".join(unescape(row.values.get(self._columns.by, "")).split())
        return f"{self._columns.by} {said}" if said.isdecimal() else said

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
        heard.houses.append(self.house(row))


def _check(ledger: Ledger, table: Table, where: Sequence[str]) -> None:
    if ledger.rows > ledger.rejected + ledger.set_aside + ledger.duplicates:
        return
    if ledger.set_aside:
        raise BadTable(f"No row of {table.path.name} matches {' and '.join(where)}.")
    if not ledger.rows:
        raise BadTable(f"{table.path.name} holds no message: no row follows the names of its columns.")
    formulas = " Formulas have results once a spreadsheet program saved the file." * (table.format == "XLSX")
    raise BadTable(
        f"{table.path.name} holds no message: it has {ledger.rows:,} rows and none has text.{formulas}"
    )
