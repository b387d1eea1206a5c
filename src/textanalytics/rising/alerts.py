"""Which rising themes are worth waking somebody for: those that are no chance among so many themes; faults, not
praise, and not one sentence that everybody repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from textanalytics.text import tokens
from textanalytics.trends import LEAST_PEOPLE

Chances = npt.NDArray[np.float64]

FALSE_SHARE = 0.1
"""Of the alerts of one look, so large a share may be chance, on the mean."""

PART_OF_THEMES, PART_OF_WORDS, PART_OF_PAIRS = 0.5, 0.6, 0.6
"""Themes, words, and words that stand together are each judged by themselves: so much of that share may be among each, for a
whole one each would wake somebody for three times as much chance. Measured on planted events: less for words loses some."""

LEAST_NEGATIVE = 0.5
WORSE = 0.01
"""Chance of as much blame, if there were no more than usual."""

RUN = 4
"""So many words in a row, the same in most messages, are a quotation: a slogan, a joke or a campaign."""

LEAST_REPEATED, REPEATED = 5, 0.5


def why_quiet(texts: Sequence[str], negative: Sequence[bool], before: tuple[int, int] = (0, 0)) -> str:
    """Why nobody is woken for what these messages (one a person) bring: "praise", "repeats", or "" to wake.

    `before` is how many messages of the same theme were negative, and how many there were, before it rose: where a
    praised theme is clearly blamed more than it was, somebody is woken though most still praise it.

    >>> why_quiet(["great idea", "love it", "so good"], [False, False, False])
    'praise'
    >>> why_quiet(["app is down", "cannot log in"], [True, True])
    ''
    """
    bad = sum(negative)
    if not texts or (bad < LEAST_NEGATIVE * len(texts) and not worse(bad, len(texts), before)):
        return "praise"
    return "repeats" if repeated_share(texts) > REPEATED and len(texts) >= LEAST_REPEATED else ""


def worse(bad: int, people: int, before: tuple[int, int]) -> bool:
    """Whether `bad` of so many people would be no chance if as large a share of them blamed as `before`.

    >>> worse(4, 12, (5, 100)), worse(4, 12, (30, 100)), worse(4, 12, (0, 0))
    (True, False, False)
    """
    from scipy.special import betainc  # Loaded here: see sparse.py.

    usual = (before[0] + 1) / (before[1] + 2)  # Laplace: of what was never heard, half is blame.
    return bad >= LEAST_PEOPLE and float(betainc(bad, people - bad + 1, usual)) < WORSE


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
