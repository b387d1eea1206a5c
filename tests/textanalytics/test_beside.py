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

from textanalytics.beside import ReaderBeside, prepare
from textanalytics.reading import Context, Correction, Reader

TEXTS = ["I was charged twice!", "Wo bleibt mein Paket?", "", "the blue lamp hums", "Thank you, lovely"] * 3
OWNER = """
import os, sys, time
from textanalytics.beside import ReaderBeside
from textanalytics.reading import Reader
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
