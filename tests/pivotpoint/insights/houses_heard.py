"""What two houses of one file hear: a bank and a hotel, or two trains of one line."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from itertools import product
from pathlib import Path

from pivotpoint.channels.tables import open_table
from pivotpoint.channels.tables.columns import guess_columns
from pivotpoint.insights.ladder import Heard, hear

BANK = [
    f"{start} {thing} {end}"
    for start, thing, end in product(
        ("please explain", "I do not understand", "why was I charged for", "can you cancel", "I want to change"),
        ("the overdraft", "my mortgage payment", "the transfer to my savings account", "the fee on my credit card",
         "a direct debit", "the loan interest", "my cash withdrawal"),
        ("", "today", "from last month", "before Friday", "once more", "in euros", "online", "by phone", "at the branch"),
    )
]  # fmt: skip
HOTEL = [
    f"{start} {thing} {end}"
    for start, thing, end in product(
        ("please book", "can we have", "is there", "I would like", "could you prepare"),
        ("a double room with a view", "breakfast in the restaurant", "a table by the swimming pool",
         "an extra bed and towels", "a massage in the spa", "parking for our car", "a late check out"),
        ("", "tonight", "for two adults", "on Sunday", "for our holiday", "for my wife", "at nine", "please", "again"),
    )
]  # fmt: skip
"""315 messages each."""


def heard_of(folder: Path, rows: Iterable[Iterable[str]], header: str = "brand,text") -> Heard:
    path = folder / "feedback.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header.split(","), *rows])
    table = open_table(path)
    columns, _ = guess_columns(table, table.sample())
    columns.by = header.split(",", maxsplit=1)[0]
    return hear(table, columns)
