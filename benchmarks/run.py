"""All figures in one run, as JSON: python -m benchmarks.run 10000 100000 1000000

Each size imports into a fresh SQLite database in its own process, so that peak memory is that size's own; the pages
are measured on what was imported. Run it on a quiet machine.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


def part(module: str, folder: str, *arguments: str) -> Any:
    """One measurement in a process of its own; its last line is JSON."""
    environment = {**os.environ, "PIVOTPOINT_DATA": folder, "PYTHONWARNINGS": "ignore"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o700)
        return {
            "messages": size,
            "import": part("benchmarks.import_rate", folder, str(size)),
            "pages": part("benchmarks.pages", folder),
        }


def switch() -> Any:
    """Deciding, replaying and handing over, on a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return part("benchmarks.switch", folder)


def more_queries(first: dict[str, Any], last: dict[str, Any]) -> dict[str, list[int]]:
    """Pages that ask the database more often in the last run than in the first; there should be none."""
    counts = {name: [page["queries"], last[name]["queries"]] for name, page in first.items() if name in last}
    return {name: asked for name, asked in counts.items() if asked[1] > asked[0]}


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [10_000]
    load = os.getloadavg()[0]
    print(f"Load before: {load:.1f}. Sizes: {sizes}", file=sys.stderr)
    runs = [measure(size) for size in sizes]
    rates = [run["import"]["messages_per_second"] for run in runs]
    print(
        json.dumps(
            {
                "python": platform.python_version(),
                "cpus": os.cpu_count(),
                "load_before": round(load, 2),
                "runs": runs,
                "switch": switch(),
                "last_rate_over_first": round(rates[-1] / rates[0], 3),
                "pages_with_more_queries": more_queries(runs[0]["pages"], runs[-1]["pages"]),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
