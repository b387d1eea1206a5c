"""Reads any table of feedback, row by row, in bounded memory: CSV, JSONL, XLSX. No Django here.

`open_table` checks the file and raises `BadTable` with one sentence; `Table.rows` then yields a `Row`, or a
`Reject` for a row that cannot be used, and never stops half-way.
"""

from pivotpoint.channels.tables.columns import (
    Columns,
    few_again_and_again,
    guess_columns,
    match_column,
    same_value,
)
from pivotpoint.channels.tables.moments import day_comes_first, parse_time
from pivotpoint.channels.tables.opening import open_table
from pivotpoint.channels.tables.rejects import RejectFile, no_formula
from pivotpoint.channels.tables.table import BadTable, Reject, Row, Table

__all__ = [
    "BadTable",
    "Columns",
    "Reject",
    "RejectFile",
    "Row",
    "Table",
    "day_comes_first",
    "few_again_and_again",
    "guess_columns",
    "match_column",
    "no_formula",
    "open_table",
    "parse_time",
    "same_value",
]
