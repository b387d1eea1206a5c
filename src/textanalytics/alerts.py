"""Which rising themes are worth waking somebody for: those that are no chance among so many themes; faults, not
praise, and not one sentence that everybody repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from textanalytics.text import tokens

Chances = npt.NDArray[np.float64]

FALSE_SHARE = 0.1
"""Of the alerts of one look, so large a share may be chance, on the mean."""

LEAST_NEGATIVE = 0.5
RUN = 4
"""So many words in a row, the same in most messages, are a quotation: a slogan, a joke or a campaign."""

LEAST_REPEATED, REPEATED = 5, 0.5


def why_quiet(texts: Sequence[str], negative: Sequence[bool]) -> str:
    """Why nobody is woken for what these messages (one a person) bring: "praise", "repeats", or "" to wake.

    >>> why_quiet(["great idea", "love it", "so good"], [False, False, False])
    'praise'
    >>> why_quiet(["app is down", "cannot log in"], [True, True])
    ''
    """
    if not texts or sum(negative) < LEAST_NEGATIVE * len(texts):
        return "praise"
    return "repeats" if repeated_share(texts) > REPEATED and len(texts) >= LEAST_REPEATED else ""


def repeated_share(texts: Sequence[str]) -> float:
    """The share of the texts that hold the run of words which most of them hold."""
    held: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        words = [word for word, _, _ in tokens(text)]
        held.update({tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)})
    return max(held.values(), default=0) / max(len(texts), 1)


def false_share(chances: Chances, tested: int) -> Chances:
    """(n,): if everything as unlikely or less is an alert, the expected share of chance among these alerts.

    Benjamini and Hochberg 1995. `tested` counts every theme that was looked at; those not in `chances` have a chance of
    1. A look at a thousand themes thereby asks more of each than a look at ten.

    >>> false_share(np.array([0.001, 0.02]), 100).tolist()
    [0.1, 1.0]
    """
    order = np.argsort(chances, kind="stable")
    shares = np.minimum(1.0, chances[order] * max(tested, len(chances)) / np.arange(1, len(chances) + 1))
    found = np.empty(len(chances))
    found[order] = np.minimum.accumulate(shares[::-1])[::-1]
    return found
