"""Python looks for garbage less often: by default it does so after every 700 new objects, and a batch makes thousands.

What is loaded stays loaded and is not looked at again. Most garbage goes at once, when nothing refers to it any more;
this is only about what refers to itself.
"""

from __future__ import annotations

import gc

NEW, ROUNDS = 50_000, 20
"""Objects from which on the youngest are looked at, and rounds from which on the next older ones are."""


def look_seldom() -> None:
    """For this process, once everything is loaded."""
    gc.freeze()
    gc.set_threshold(NEW, ROUNDS, ROUNDS)
