"""What all texts are about, whatever they say of it: reviews speak of "this laptop", "this computer" and "this machine", and of "the screen"."""

from __future__ import annotations

from collections import Counter

from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.keywords import stem_of
from textanalytics.naming.saying.empty import GENERAL
from textanalytics.naming.saying.things import things

POINTED, THIS, OFTEN = 0.05, 0.15, 8
"""Share of the texts that say "this" of a thing which have to say it of this one; share of those that speak of it; and how many at least."""


def whole(corpus: Corpus) -> frozenset[str]:
    """Those things, by their English stems."""
    named, words = things(corpus), corpus.words
    pointed: Counter[int] = Counter()
    for number, text in enumerate(corpus.texts):
        start = words.starts[number]
        behind = (place + 1 for place, word in enumerate(text.lower[:-1]) if word == "this")
        said = {int(words.stem[start + place]) for place in behind}
        pointed.update(
            stem for stem in said if stem >= 0 and named[stem] and words.names[stem] not in GENERAL
        )
    held = Counter(stem for own in corpus.held for stem in own if stem in pointed)
    least = max(POINTED * pointed.total(), OFTEN)
    return frozenset(
        stem_of(words.names[stem], "en")
        for stem, count in pointed.items()
        if count >= max(least, THIS * held[stem])
    )
