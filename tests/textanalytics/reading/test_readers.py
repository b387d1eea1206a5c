"""Several processes read what one would read, in the order of the texts, whatever becomes of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

import numpy as np
import pytest

from textanalytics.reading import readers
from textanalytics.reading.process import Prepared, prepare
from textanalytics.reading.readers import Readers
from textanalytics.reading.reading import Context, Correction, Reader
from textanalytics.reading.readings import Readings

TEXTS = [
    f"{start} {number} {end}"
    for number in range(12)
    for start, end in (
        ("I was charged", "times and want my money back"),
        ("Wo bleibt mein Paket", "seit Montag warte ich"),
        ("thank you, lovely", ":)"),
        ("qué pasa con mi pedido", "?"),
        ("RT @acme nur ab", "€ die Wohnung"),
    )
]
READER = Reader(Context(names=("Acme",)), corrections=[Correction("the lamp hums", "mood", "negative")])


def same(parts: Sequence[Readings], whole: Readings) -> bool:
    """To the byte, not only as they are rounded."""
    rows = [part.row(i) for part in parts for i in range(len(part))]
    sure = {key: np.concatenate([part.confidence[key] for part in parts]) for key in whole.confidence}
    return rows == [whole.row(i) for i in range(len(whole))] and all(
        sure[key].tobytes() == values.tobytes() for key, values in whole.confidence.items()
    )


def whole(found: Sequence[Prepared]) -> bool:
    here = prepare(READER, TEXTS)
    vectors = np.concatenate([part.vectors for part in found])
    cleaned = [text for part in found for text in part.cleaned]
    return (
        same([part.readings for part in found], here.readings)
        and cleaned == here.cleaned
        and vectors.tobytes() == here.vectors.tobytes()
    )


@pytest.mark.parametrize("size", [1, 7, len(TEXTS)])
def test_a_reading_has_the_same_bytes_in_any_batch(size: int) -> None:
    fresh = Reader(READER.context, corrections=READER.memory.corrections)
    parts = [fresh.read(TEXTS[start : start + size]) for start in range(0, len(TEXTS), size)]
    assert same(parts, READER.read(TEXTS))


def test_two_processes_read_as_one_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "BATCH", 7)
    with Readers(READER, processes=2) as crew:
        crew.wait()
        assert crew.started == 2
        assert whole(list(crew.prepare(TEXTS)))
        next(crew.prepare(TEXTS))
        assert crew.started == 2, "who stops half-way leaves them free"
        os.kill(crew._beside[0]._process.pid or 0, signal.SIGKILL)
        assert whole(list(crew.prepare(TEXTS)))
        assert crew.started == 1, "the batch of the one that was killed was read here"


def test_texts_are_read_here_while_nobody_has_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "BATCH", 7)
    with Readers(READER, processes=1) as alone:
        assert alone.started == 0
        assert whole(list(alone.prepare(TEXTS)))
        assert list(alone.prepare([])) == []
