"""Which words may stand side by side in a title."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import read_texts
from textanalytics.grammar.keywords import weigh
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.listing import Listing

PRINTERS = [
    "my printer recently jammed #hgtxq",
    "the printer has recently lost its ink #hgtxq",
    "I recently bought a printer, no paper #hgtxq",
    "no paper in the printer again #hgtxq",
]
OTHERS = [f"the waiter was {how}" for how in ("rude", "slow", "late", "kind")]


def test_no_tag_and_no_manner_is_listed() -> None:
    texts = [*PRINTERS, *OTHERS]
    labels = np.repeat([0, 1], 4)
    corpus = read_texts(texts, labels)
    starts, stem = corpus.words.starts.tolist(), corpus.words.stem.tolist()
    backing = Backing(corpus.texts[:4], [stem[starts[i] : starts[i + 1]] for i in range(4)], range(4))
    listed = Listing(corpus).words(weigh(corpus.words, labels)[0], backing)
    names = {corpus.words.names[stem] for stem in listed}
    assert "printer" in names
    assert names.isdisjoint(("recently", "hgtxq"))
