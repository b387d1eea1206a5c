"""Themes of one failing of what all speak of: in reviews of an app for videos "Video won't play", "App not working" and "Tap to retry" are one outage.

What fails is asked of all texts at once, and not theme by theme: a few texts more or less make other themes of an outage, and the same failing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from textanalytics.base import BoolArray, Encoder, IntArray
from textanalytics.grammar.corpus import Corpus, everywhere
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.negation import denial, denied
from textanalytics.naming.belonging.twins import ESTABLISHED, open_words
from textanalytics.naming.saying.claims import SAME_SENSE
from textanalytics.naming.saying.things import things
from textanalytics.naming.saying.ways import says_not

FAILING = 0.05
"""Share of all texts that deny a deed ("play", "load", "work"), from which on it is what fails. Where there is an outage, four verbs come to .08 to
.16 and the next word to .02; in other sets the most denied verb comes to .035."""

TOGETHER, SEVERAL = 0.75, 3
"""How often a text denies two deeds, for how often it would by chance, from which on they fail together: "play", "watch" and "load" each with "work" come to
1.03 to 1.08, "log in" and "download" with "work" to .5 and .3. And texts that have to deny both."""

SAYING, CALLED = 0.5, 0.35
"""Share of a theme's texts that say that it fails, from which on the theme tells of it; and where its title says so as well."""


def one_failing(
    titles: Mapping[int, str], labels: IntArray, corpus: Corpus, encoder: Encoder
) -> list[tuple[int, int]]:
    """(label, the largest that is called by what fails) for each other theme that tells of the same failing, and whose title names no thing of its own
    ("Doesn't work on my iPad") and denies nothing else ("Can't log in").

    Only of a product of which a quarter of all texts speak; elsewhere what does not work is not one thing. English only.
    """
    if corpus.is_german or not any(map(says_not, titles.values())):
        return []
    named, common = things(corpus), everywhere(corpus)
    if not any(named[stem] for stem in common):
        return []
    themed = np.flatnonzero(labels >= 0).tolist()
    denials = {text: _denied(corpus, text) for text in themed}
    failing = _failing(list(denials.values()), named)
    if not failing:
        return []
    telling = [text for text in themed if not failing.isdisjoint(denials[text])]
    sizes = np.bincount(labels[themed], minlength=1)
    share = np.bincount(labels[telling], minlength=len(sizes)) / np.maximum(sizes, 1)
    own = _own_things(corpus, named, common, encoder)
    verbs = {stem_of(corpus.words.names[stem], "en") for stem in failing}
    called, others = [], []
    for label in sorted(titles, key=lambda label: (-sizes[label], label)):
        words, denies = open_words(titles[label]), says_not(titles[label])
        if sizes[label] < ESTABLISHED or not own.isdisjoint(words):
            continue
        if denies and not verbs.isdisjoint(words) and share[label] >= CALLED:
            called.append(label)
        elif not denies and share[label] >= SAYING:
            others.append(label)
    return [(label, called[0]) for label in called[1:] + others if called]


def _failing(denials: Sequence[frozenset[int]], named: BoolArray) -> frozenset[int]:
    """Of the deeds that many of the texts deny the one that most do, and those that fail with it."""
    counts = Counter(stem for stems in denials for stem in stems if not named[stem])
    many = [stem for stem, count in counts.most_common() if count >= max(FAILING * len(denials), ESTABLISHED)]
    if not many:
        return frozenset()
    held = np.array([[stem in stems for stem in many] for stems in denials], np.int64)
    chance = np.outer(held.sum(0), held.sum(0)) / len(denials)
    linked = held.T @ held >= np.maximum(TOGETHER * chance, SEVERAL)
    found = np.arange(len(many)) < 1
    for _ in many:
        found = np.asarray((linked & found).any(axis=1))
    return frozenset(stem for stem, one in zip(many, found.tolist(), strict=True) if one)


def _denied(corpus: Corpus, text: int) -> frozenset[int]:
    """What a text says not to be."""
    read, start = corpus.texts[text], corpus.words.starts[text]
    if not any(denied(read)):
        return frozenset()
    stems = corpus.words.stem[start : start + len(read.lower)].tolist()
    return frozenset(stem for place, stem in enumerate(stems) if stem >= 0 and denial(read, place))


def _own_things(corpus: Corpus, named: BoolArray, common: frozenset[int], encoder: Encoder) -> frozenset[str]:
    """The stems of things, but for those of which all speak and other words for these: "vids"."""
    names = np.array(corpus.words.names)
    near = encoder.encode(names.tolist()) @ encoder.encode(names[sorted(common)].tolist()).T
    own = named & (near.max(axis=1) < SAME_SENSE)
    things, others = ({stem_of(name, "en") for name in names[some].tolist()} for some in (own, ~own))
    return frozenset(things - others)
