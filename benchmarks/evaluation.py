"""Every figure of docs/reference/evaluation.md in one run: ours, and the anchors' on the same rows.

    python -m benchmarks.evaluation [FOLDER] [--write PAGE] [--model FOLDER] [--notes FILE]

FOLDER holds the data sets ($PIVOTPOINT_SHARED_DATA, else ../shared/data). Each figure has a process of its own, one
after the other. `--model`, the folder of all-MiniLM-L6-v2, adds BERTopic, which must be installed then. `--notes`
keeps what was measured in a file; what is in it already is not measured again.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.evaluation_meter import HERE, Meter
from benchmarks.evaluation_sets import Sets
from benchmarks.evaluation_tables import (
    Table,
    felt,
    grown,
    judged,
    planted,
    risen,
    stable,
    taught,
    themed,
    timed,
    titled,
)

START, END = "<!-- figures: made by `make evaluate` -->", "<!-- end of figures -->"


def tables(meter: Meter, sets: Sets) -> list[Table]:
    every = (taught, judged, felt, risen, planted, themed, titled, stable, grown, timed)
    return [measure(meter, sets) for measure in every]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--write", type=Path, metavar="PAGE")
    parser.add_argument("--model", type=Path, metavar="FOLDER")
    parser.add_argument("--notes", type=Path, metavar="FILE")
    args = parser.parse_args()
    folder = args.folder or Path(os.environ.get("PIVOTPOINT_SHARED_DATA") or HERE.parent / "shared" / "data")
    if not folder.is_dir():
        parser.error(f"There are no data sets in {folder}.")
    with tempfile.TemporaryDirectory() as work:
        found = tables(Meter(args.notes, args.model), Sets(folder.resolve(), Path(work)))
    day = datetime.now(UTC).date().isoformat()
    text = "\n\n".join([f"Measured on {day}.", *(str(table) for table in found)])
    print(text)
    if args.write:
        page = args.write.read_text(encoding="utf-8")
        before, _, rest = page.partition(START)
        after = rest.partition(END)[2]
        args.write.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
