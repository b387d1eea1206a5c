"""Run Python's cyclic garbage collector less often: by default it runs after 700 new objects, and a batch makes thousands.

Objects that exist at the call are never scanned again. Reference counting still frees most objects at once; the
collector is needed only for cycles.
"""

from __future__ import annotations

import gc

NEW, ROUNDS = 50_000, 20
"""Objects from which on the youngest are looked at, and rounds from which on the next older ones are."""


def look_seldom() -> None:
    """Call it once in a process, when everything is loaded."""
    gc.freeze()
    gc.set_threshold(NEW, ROUNDS, ROUNDS)
