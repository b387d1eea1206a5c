"""Every figure of docs/reference/evaluation.md in one run: ours, and the anchors' on the same rows.

    python -m benchmarks.evaluation [FOLDER] [--write PAGE] [--model FOLDER] [--notes FILE]

FOLDER holds the data sets ($PIVOTPOINT_SHARED_DATA, else ../shared/data). Each figure has a process of its own, one
after the other. `--model`, the folder of all-MiniLM-L6-v2, adds BERTopic, which must be installed then. `--notes`
keeps what was measured in a file; what is in it already is not measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.evaluation_sets import Sets
from benchmarks.evaluation_tables import Table, grown, judged, planted, risen, stable, taught, themed, timed

START, END = "<!-- figures: made by `make evaluate` -->", "<!-- end of figures -->"
HERE = Path(__file__).resolve().parents[1]


class Meter:
    """Runs one measurement at a time and remembers what came out."""

    def __init__(self, notes: Path | None, model: Path | None) -> None:
        self.notes, self.model = notes, model
        self.kept: dict[str, Any] = json.loads(notes.read_text()) if notes and notes.exists() else {}

    def ours(self, name: str, *arguments: object) -> dict[str, Any]:
        return self.run(name, "textanalytics", "evaluate", *arguments, "--json")

    def anchor(self, name: str, *arguments: object) -> dict[str, Any]:
        return self.run(name, "benchmarks.anchors", *arguments)

    def run(self, name: str, *command: object) -> dict[str, Any]:
        if name not in self.kept:
            print(f"{name} …", file=sys.stderr, flush=True)
            done = subprocess.run(
                ["nice", sys.executable, "-m", *map(str, command)],
                cwd=HERE,
                stdout=subprocess.PIPE,
                text=True,
            )
            if done.returncode:
                sys.exit(f"{name} could not be measured.")
            self.kept[name] = json.loads(done.stdout.strip().splitlines()[-1])
            if self.notes:
                self.notes.write_text(json.dumps(self.kept, indent=1))
        found: dict[str, Any] = self.kept[name]
        return found


def tables(meter: Meter, sets: Sets) -> list[Table]:
    return [
        measure(meter, sets) for measure in (taught, judged, risen, planted, themed, stable, grown, timed)
    ]


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
