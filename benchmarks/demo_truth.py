"""What the product finds of what the demo story planted, for several seeds: `python benchmarks/demo_truth.py [SEEDS] [MESSAGES]`.

Each seed is played into a database of its own, in a process of its own, without anybody bringing themes together.
Prints JSON: per seed the shares that tests/pivotpoint/desk/test_demo_truth.py has its thresholds from.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(int(sys.argv[2]), int(sys.argv[3]))))
        return
    seeds, messages = (int(word) for word in (*sys.argv[1:], "5", "3000")[:2])
    runs = [_apart(seed, messages) for seed in range(1, seeds + 1)]
    print(json.dumps({"messages": messages, "runs": runs}, indent=1))


def _apart(seed: int, messages: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PIVOTPOINT_DATA": folder, "MAIL_FOLDER": folder}
        words = [sys.executable, __file__, "--one", str(seed), str(messages)]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def one(seed: int, messages: int) -> dict[str, Any]:
    """Play one seed and compare."""
    from pivotpoint.config.cli.start import start

    start(migrate=True)
    from pivotpoint.desk.demo import script
    from pivotpoint.desk.demo.found import heard
    from pivotpoint.desk.demo.play import play
    from pivotpoint.desk.demo.truth import truth
    from pivotpoint.lib import clock

    story = script.write(seed, messages, clock.today())
    begun = time.process_time()
    play(story, tidy=False)
    seconds = time.process_time() - begun
    found = heard(truth(story))
    return {
        "seed": seed,
        "seconds_cpu": round(seconds, 1),
        "own_theme": _share(issue.own for issue in found.issues),
        "function_right": _share(issue.function_right for issue in found.issues),
        **dataclasses.asdict(found),
    }


def _share(flags: Any) -> float:
    given = list(flags)
    return round(sum(given) / len(given), 3)


if __name__ == "__main__":
    main()
