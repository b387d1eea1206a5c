"""English titles that name what people speak of, and nothing that they say of it: "Email", not "Email trouble"."""

from __future__ import annotations

from textanalytics.naming.listing import APART
from textanalytics.sentiment import COLUMNS, strengths


def names_only(title: str) -> bool:
    """Whether it is a single word that does not judge, or such words side by side.

    >>> names_only("Email"), names_only("Fridge · cook"), names_only("Email trouble"), names_only("Error")
    (True, True, False, False)
    """
    words = title.lower().split(APART)
    return not any(" " in word for word in words) and not strengths(words)[:, COLUMNS["en"]].any()
