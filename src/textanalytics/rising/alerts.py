"""Which rising themes are worth waking somebody for: those that are no chance among so many themes; faults, not
praise, and not one sentence that everybody repeats; and always danger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from textanalytics.base import SIGNALS
from textanalytics.text import tokens
from textanalytics.trends import LEAST_PEOPLE

Chances = npt.NDArray[np.float64]

FALSE_SHARE = 0.1
"""Of the alerts of one look, so large a share may be chance, on the mean."""

PART_OF_THEMES, PART_OF_WORDS, PART_OF_PAIRS = 0.5, 0.6, 0.6
"""Themes, words, and words that stand together are each judged by themselves: so much of that share may be among each, for a
whole one each would wake somebody for three times as much chance. Measured on planted events: less for words loses some."""

LEAST_NEGATIVE = 0.5
ASKING = 0.5
"""What somebody asks for without being upset is half a fault: where all ask ("where is my refund?") somebody is woken; where they chat
of it too (how to get a pass, when the doors open) nobody is."""

LEAST_PLEASED = 3
PLEASED = 2 / 3
"""People who sound pleased, and that part of those who sound upset: what the others ask for is no fault. Of the faults read by a
person, none had half as many pleased as upset."""

UPSETTING = ("complaint", *SIGNALS)
"""Whoever does this is not pleased, however they sound: moods of those who were hurt are misread."""

SEVERAL, OF_FEW = 2, 0.2
"""People, or that part of all, of whom a grave thing is believed."""

MOSTLY_PLEASED = 0.5
"""The part of the people from which on a rise without a fault is praise."""

WORSE = 0.01
"""Chance of as much blame, if there were no more than usual."""

RUN = 4
"""So many words in a row, the same in most messages, are a quotation: a slogan, a joke, or what a machine says."""

LEAST_REPEATED, REPEATED, NOTHING_ELSE = 5, 0.5, 0.5
"""Messages; the share of them; the part of a message's words that is quoted where it says little of its own. A fault is told
with the machine's words ("something went wrong") among one's own; a slogan is handed on as it is."""


def why_quiet(
    texts: Sequence[str],
    negative: Sequence[bool],
    before: tuple[int, int] = (0, 0),
    moods: tuple[int, int] = (0, 0),
    crises: int = 0,
) -> str:
    """Why nobody is woken for what these messages (one a person) bring: "praise", "no fault", "repeats", or "" to wake.

    `negative` says which are a fault: upset, or somebody can act on it. `before` is how many messages of the same theme
    were a fault, and how many there were, before it rose: where a praised theme is clearly blamed more than it was,
    somebody is woken though most still praise it. `moods` is how many are upset, and how many pleased (`feeling`): what is asked
    for while most are pleased (a free ticket, a new route) is a promotion. `crises` is how many were read as one: where they are
    believed, somebody is woken whatever the others say, and in whichever words.

    >>> why_quiet(["great idea", "love it", "so good"], [False, False, False], moods=(0, 3))
    'praise'
    >>> why_quiet(["I was there", "what a day", "the news is on"], [False, False, False])
    'no fault'
    >>> why_quiet(["app is down", "cannot log in"], [True, True])
    ''
    >>> why_quiet(["how do I get it?"] * 3 + ["love my pass"] * 3, [True] * 3 + [False] * 3, moods=(0, 3))
    'praise'
    """
    if is_believed(crises, len(texts)):
        return ""
    upset, pleased = moods
    bad = upset if pleases(upset, pleased) else sum(negative)
    blame = bad - (1 - ASKING) * max(bad - upset, 0)
    if blame < max(LEAST_NEGATIVE * len(texts), 0.5) and not worse(bad, len(texts), before):
        return "praise" if pleased >= max(MOSTLY_PLEASED * len(texts), 1) else "no fault"
    return "repeats" if repeated_share(texts) > REPEATED and len(texts) >= LEAST_REPEATED else ""


def feeling(mood: str, intent: str) -> int:
    """-1 for who is upset, 1 for who is pleased, 0 for neither.

    >>> feeling("positive", "praise"), feeling("positive", "crisis"), feeling("neutral", "question")
    (1, -1, 0)
    """
    if mood == "negative" or intent in UPSETTING:
        return -1
    return int(mood == "positive")


def is_believed(people: int, of: int) -> bool:
    """Whether a grave thing is believed that was read from the words of so many people: one message may be misread, several are
    not, nor one of few.

    >>> is_believed(1, 4), is_believed(1, 40), is_believed(2, 40)
    (True, False, True)
    """
    return people >= SEVERAL or 0 < people >= OF_FEW * of


def pleases(upset: int, pleased: int) -> bool:
    """Whether so many people sound pleased beside those who sound upset that what is asked for beside it is no fault.

    >>> pleases(2, 5), pleases(6, 4), pleases(7, 4), pleases(0, 2)
    (True, True, False, False)
    """
    return pleased >= LEAST_PLEASED and pleased >= PLEASED * upset


def worse(bad: int, people: int, before: tuple[int, int]) -> bool:
    """Whether `bad` of so many people would be no chance if as large a share of them blamed as `before`.

    >>> worse(4, 12, (5, 100)), worse(4, 12, (30, 100)), worse(4, 12, (0, 0))
    (True, False, False)
    """
    from scipy.special import betainc  # Loaded here: see sparse.py.

    usual = (before[0] + 1) / (before[1] + 2)  # Laplace: of what was never heard, half is blame.
    return bad >= LEAST_PEOPLE and float(betainc(bad, people - bad + 1, usual)) < WORSE


def repeated_share(texts: Sequence[str]) -> float:
    """The share of the texts that say little but the runs of words which most of them hold.

    >>> repeated_share([f"{face} our fleet is on fire" for face in ("lol", "what", "no")])
    1.0
    >>> repeated_share([f"since {day} it says something went wrong, {ask}" for day, ask in
    ...                 (("noon", "what do I do now"), ("today", "fix the player"), ("friday", "please mend your app"))])
    0.0
    """
    spoken = [[word for word, _, _ in tokens(text)] for text in texts]
    runs = [[tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)] for words in spoken]
    held = Counter(run for own in runs for run in set(own))
    shared = {run for run, count in held.items() if count > REPEATED * len(texts)}
    return sum(_quoted(own, shared) > NOTHING_ELSE for own in runs) / max(len(texts), 1)


def _quoted(runs: Sequence[tuple[str, ...]], shared: Collection[tuple[str, ...]]) -> float:
    """The part of a text's words that stand in a shared run."""
    places = {i + n for i, run in enumerate(runs) if run in shared for n in range(RUN)}
    return len(places) / max(len(runs) + RUN - 1, 1)


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
