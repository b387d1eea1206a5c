"""The reader's own judgements beside people's: the mood, whether it is a complaint, whether it is about us."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from textanalytics.base import MOODS, Encoder
from textanalytics.evaluate.classes import Labelled, teach
from textanalytics.evaluate.scores import accuracy, macro_f1
from textanalytics.evaluate.tables import BadInput
from textanalytics.evaluate.themes import Figures
from textanalytics.reading.reading import Example, Reader

YES, NO = "yes", "no"
DRAWS = 10
MOOD_WORDS = {
    **dict.fromkeys(("negative", "neg", "-1", "negativ", "n"), "negative"),
    **dict.fromkeys(("neutral", "neu", "0", "none", "neutro", "mixed"), "neutral"),
    **dict.fromkeys(("positive", "pos", "1", "positiv", "p"), "positive"),
}
ANSWERS = {
    **dict.fromkeys(("1", "true", "yes", "y", "t", "ja", "complaint", "relevant"), YES),
    **dict.fromkeys(("0", "false", "no", "n", "f", "nein", "not complaint", "irrelevant"), NO),
}
WORDS = {"sentiment": MOOD_WORDS, "complaint": ANSWERS, "relevance": ANSWERS}


def labels(kind: str, written: Sequence[str]) -> list[str]:
    """People's labels in the reader's words; BadInput names the first that means nothing."""
    known = WORDS[kind]
    found = [known.get(label.strip().casefold()) for label in written]
    for label, meaning in zip(written, found, strict=True):
        if meaning is None:
            wanted = ", ".join(MOODS) if kind == "sentiment" else "yes or no (1 or 0, true or false)"
            raise BadInput(f"The label {label!r} is not a {kind}: it must be {wanted}.")
    return [meaning for meaning in found if meaning is not None]


def judge(kind: str, texts: Sequence[str]) -> list[str]:
    """What the reader says untaught, in the words of `labels`."""
    read = Reader().read(texts)
    if kind == "sentiment":
        return list(read.mood)
    hits = read.about_us.tolist() if kind == "relevance" else [want == "complaint" for want in read.intent]
    return [YES if hit else NO for hit in hits]


def measure(kind: str, test: Labelled, train: Labelled | None, encoder: Encoder, *, seed: int) -> Figures:
    """Untaught without `train`; else taught by its examples, upon what the reader knows."""
    texts, true = test
    taught = teach(train, encoder, none=None, seed=seed) if train else None
    began = time.perf_counter()
    if taught is None:
        said = judge(kind, texts)
    else:
        odds = taught.certainty.probabilities(taught.opinions(texts))
        said = [taught.classes[i] for i in odds.argmax(axis=1).tolist()]
    seconds = time.perf_counter() - began
    most = max(sorted(set(true)), key=list(true).count)
    return {
        "trained_on": len(train[0]) if train else 0,
        "messages": len(texts),
        "macro_f1": round(macro_f1(true, said), 4),
        "accuracy": round(accuracy(true, said), 4),
        "majority_macro_f1": round(macro_f1(true, [most] * len(true)), 4),
        "messages_per_second": round(len(texts) / seconds),
    }


def told(test: Labelled, train: Labelled, count: int, *, seed: int) -> Figures:
    """What the reader says of `test` after so many sentences of either kind, the mean over DRAWS; and of what it had
    about us before, the share that it lost and that it rightly set aside."""
    if count < 1:
        raise BadInput("--examples must be 1 or more.")
    texts, true = test[0], np.array(test[1])
    before = np.array(judge("relevance", texts)) == YES
    rows = []
    for draw in range(DRAWS):
        reader = Reader(examples=_sentences(train, count, seed + draw))
        after = reader.read(texts).about_us
        said = [YES if hit else NO for hit in after.tolist()]
        gone = [float((~after)[before & (true == answer)].mean()) for answer in (YES, NO)]
        rows.append((macro_f1(test[1], said), accuracy(test[1], said), *gone, reader.examples.tell_apart))
    names = ("macro_f1", "accuracy", "lost_of_ours", "set_aside_of_others", "told_apart")
    means = np.mean(np.array(rows, np.float64), axis=0).round(4).tolist()
    untaught = macro_f1(test[1], [YES if hit else NO for hit in before.tolist()])
    return {
        "examples": count,
        "messages": len(texts),
        "untaught_macro_f1": round(untaught, 4),
        **dict(zip(names, means, strict=True)),
    }


def _sentences(train: Labelled, count: int, seed: int) -> list[Example]:
    """So many of each answer; BadInput when there are too few."""
    chance, found = np.random.default_rng(seed), []
    for answer, about in ((YES, "us"), (NO, "noise")):
        rows = [text for text, label in zip(*train, strict=True) if label == answer]
        if len(rows) < count:
            raise BadInput(f"There are {len(rows)} rows labelled {answer}; --examples needs {count}.")
        found += [Example(rows[i], about) for i in chance.permutation(len(rows))[:count].tolist()]
    return found


def some(train: Labelled, size: int | None, seed: int) -> Labelled:
    """So many examples (all for None), drawn by the seed."""
    if size is not None and size < 1:
        raise BadInput("--corrections must be 1 or more.")
    order = np.random.default_rng(seed).permutation(len(train[0]))[:size].tolist()
    return [train[0][i] for i in order], [train[1][i] for i in order]
