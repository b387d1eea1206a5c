"""A reader in a process of its own reads the same, and never outlives its owner."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from textanalytics.base import Encoder
from textanalytics.entities import EntityFinder
from textanalytics.mentions.gazetteer import Name
from textanalytics.reading.process import ReaderBeside, Task, Wish, prepare
from textanalytics.reading.reading import Context, Correction, Reader
from textanalytics.reading.written import written

TEXTS = ["I was charged twice!", "Wo bleibt mein Paket?", "", "the blue lamp hums", "Thank you, lovely"] * 3
OWNER = """
import os, sys, time
from textanalytics.reading.process import ReaderBeside
from textanalytics.reading.reading import Reader
if __name__ == "__main__":
    other = ReaderBeside(Reader())
    while not other.is_free():
        time.sleep(0.05)
    print(other._process.pid, flush=True)
    time.sleep(120)
"""


def _free(other: ReaderBeside) -> ReaderBeside:
    for _ in range(600):
        if other.is_free():
            return other
        time.sleep(0.1)
    raise AssertionError("It did not start.")


def test_it_reads_as_the_reader_it_was_made_of() -> None:
    taught = Reader(Context(names=("Acme",))).learn([Correction("the blue lamp hums", "mood", "negative")])
    other = _free(ReaderBeside(taught))
    try:
        other.begin(TEXTS)
        there, here = other.finish(), prepare(taught, TEXTS)
    finally:
        other.close()
    assert [there.readings.row(i) for i in range(len(TEXTS))] == [
        here.readings.row(i) for i in range(len(TEXTS))
    ]
    assert there.readings.mood[3] == "negative"
    assert there.cleaned == here.cleaned
    assert np.array_equal(there.vectors, here.vectors)


UNTOLD = "ĉu vi povas helpi min kun la liverado de mia tablo"
"""Its little words tell no language that we know by them."""


def test_what_is_dear_to_read_is_left_to_the_owner_while_it_is_rare() -> None:
    other = _free(ReaderBeside(Reader(), wish=Wish(warm=TEXTS[:1], hasty=True)))
    many = [*TEXTS * 20, UNTOLD]
    here = Reader().read(many)
    try:
        other.begin(many)
        rare = other.finish()
        other.begin([UNTOLD, *TEXTS])
        often = other.finish()
        other.begin(many)
        again = other.finish()
    finally:
        other.close()
    assert (rare.passed, often.passed, again.passed) == ([300], [], []), "loaded as soon as it is worth it"
    rare.readings.put([300], Reader().read([UNTOLD]))
    for i in range(len(many)):
        assert rare.readings.row(i) == again.readings.row(i) == here.row(i)
    assert often.readings.row(0) == here.row(300)


def test_it_finds_the_names_that_it_was_given() -> None:
    names = (Name("product", "Blue Lamp"),)
    other = _free(ReaderBeside(Reader(), wish=Wish(names=names)))
    texts = ["my blue lamps hum, order A-20177", "thank you"]
    try:
        other.begin(texts)
        found = other.finish()
    finally:
        other.close()
    finder = EntityFinder(names)
    assert [one.value for one in found.named[0]] == ["Blue Lamp", "A-20177"]
    assert (found.named, found.finder) == (finder.find(texts), finder.version)


def test_it_writes_down_what_is_shown_of_its_readings() -> None:
    other = _free(ReaderBeside(Reader(), wish=Wish(written=True)))
    try:
        other.begin(TEXTS)
        found = other.finish()
    finally:
        other.close()
    assert found.written == written(Reader().read(TEXTS))
    assert found.written.evidence[0] != "{}"
    assert found.readings.evidence == [], "they do not travel twice"


MEMORY: list[str] = []


def remember(_: Encoder, word: str) -> list[str]:
    if not word:
        raise ValueError("no word")
    MEMORY.append(word)
    return MEMORY


def test_it_does_behind_a_question_what_nobody_waits_for() -> None:
    other = _free(ReaderBeside(Reader()))
    try:
        other.ask(Task(remember, ("asked",)), then=Task(remember, ("behind it",)))
        assert not other.is_free()
        assert other.answer() == ["asked"]
        other.wait()
        other.tell(Task(remember, ("told",)))
        other.wait()
        other.tell(Task(remember, ("",)))
        _free(other).ask(Task(remember, ("asked again",)))
        assert other.answer() == ["asked", "behind it", "told", "asked again"]
    finally:
        other.close()
    assert MEMORY == [], "all of it was done there"


def test_a_batch_that_cannot_be_read_is_the_owners_to_meet() -> None:
    other = _free(ReaderBeside(Reader()))
    try:
        other.begin([None])  # type: ignore[list-item]
        with pytest.raises(OSError, match="The other reader failed"):
            other.finish()
        other.begin(["still there"])
        assert len(other.finish().readings) == 1
    finally:
        other.close()


def test_it_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "owner.py"
    script.write_text(OWNER, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        other = int(owner.stdout.readline())
        os.kill(owner.pid, signal.SIGKILL)
    for _ in range(200):
        if not _runs(other):
            return
        time.sleep(0.1)
    raise AssertionError("The other reader has outlived its owner.")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
