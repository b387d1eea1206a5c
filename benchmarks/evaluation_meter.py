"""One measurement at a time, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

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
