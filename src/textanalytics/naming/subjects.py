"""English titles that name what people speak of, and nothing that they say of it: "Email", not "Email trouble"."""

from __future__ import annotations

from textanalytics.naming.listing import APART


def names_only(title: str) -> bool:
    """Whether it is a single word, or several side by side.

    >>> names_only("Email"), names_only("Fridge · cook"), names_only("Email trouble")
    (True, True, False)
    """
    return not any(" " in name for name in title.split(APART))
