"""A history is read anew, as far as one says."""

from __future__ import annotations

from pivotpoint.listening.models import Reread
from pivotpoint.listening.rereads import runs


def step(run: Reread, until: str) -> Reread:
    for _ in range(50):
        run.refresh_from_db()
        if run.state == until:
            return run
        runs.advance()
    raise AssertionError(f"still {run.state}")
