"""The rows that were not taken, as a file to mend and import again."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from pivotpoint.channels.models import ImportRun
from pivotpoint.channels.tables import no_formula


class _Echo:
    """What csv needs to write a row as text instead of into a file."""

    def write(self, line: str) -> str:
        return line


def as_csv(run: ImportRun) -> Iterator[str]:
    """Lines of CSV: row, reason, what it held. Cells that a spreadsheet would run are quoted with an apostrophe."""
    writer = csv.writer(_Echo())  # type: ignore[arg-type]
    yield writer.writerow(["row", "reason", "raw"])  # type: ignore[misc]
    rows = run.rejects.order_by("row_number").values_list("row_number", "reason", "raw")
    for number, reason, raw in rows.iterator(chunk_size=2000):
        yield writer.writerow([number, reason, no_formula(raw)])  # type: ignore[misc]
