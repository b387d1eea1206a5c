"""What every analyser promises: the same again, nothing changed, whatever comes, and no pickle."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.textanalytics.battery import CASES, Case
from textanalytics.trends import expect, onsets, unusual

SAID = [
    "I was charged twice, I want my money back",
    "my card was charged two times for one order",
    "Der Zug fällt schon wieder aus 😡 und niemand sagt etwas",
    "Où est mon colis ? Il devait arriver lundi",
    "thank you so much, great service",
    "How do I reset my password?",
    "the app crashes whenever I log in",
    "ok thanks",
]
WITHOUT_SPACES = [
    "我的退款还没有到账，请尽快处理",
    "荷物がまだ届いていません。返金してください。",
    "สินค้ายังไม่มาถึงเลย",
    "환불이아직안왔어요",
]
HOSTILE = [
    "",
    " \t\n\u3000\u200b\ufeff",
    "\ud800 half a character \udfff",
    "\x00\x01\x07 bell \x1b[31mred",
    "a\u0301\u0302\u0303" * 200,
    "\u202eright to left\u202c مرحبا שלום",
    "👨‍👩‍👧‍👦" * 50,
    "<script>alert(1)</script> &lt;b&gt; &#x1F600; &bogus;",
    "{0.__class__} %s %n ${x} {{ 7*7 }} [CLS] [SEP] [UNK] <s>",
    "'; DROP TABLE messages; --",
    "!!!???...",
    "1234567890 3,141 12:30 €5.00 2026-11-28",
    "https://" + "a" * 3000 + ".example/?q=1 @someone #Tag",
    "x" * 20_000,
    "word " * 5_000,
    "NULL",
    "nan",
    "-",
]
EVERYTHING = [*SAID, *WITHOUT_SPACES, *HOSTILE]
each = pytest.mark.parametrize("case", CASES, ids=str)


def same(one: Any, other: Any) -> bool:
    """Equal, floats to a thousandth: sums over a batch may end in other last digits."""
    if isinstance(one, (float, np.floating)):
        return bool(abs(one - other) <= 1e-3)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)


def read(case: Case, texts: Sequence[str]) -> list[Any]:
    return case.read(case.made, texts)


@each
def test_a_fresh_one_says_the_same(case: Case) -> None:
    assert repr(case.read(case.make(), SAID)) == repr(case.read(case.make(), SAID))


@each
def test_the_same_one_says_the_same_again(case: Case) -> None:
    first = repr(read(case, SAID))
    read(case, EVERYTHING[::-1])
    assert repr(read(case, SAID)) == first


@each
def test_it_changes_nothing_that_it_is_given(case: Case) -> None:
    texts = list(EVERYTHING)
    read(case, texts)
    assert texts == EVERYTHING


@each
def test_a_tuple_is_as_good_as_a_list(case: Case) -> None:
    assert repr(read(case, tuple(SAID))) == repr(read(case, SAID))


@each
def test_nothing_gives_nothing(case: Case) -> None:
    assert read(case, []) == []


@each
def test_whatever_comes_has_one_row(case: Case) -> None:
    assert len(read(case, EVERYTHING)) == len(EVERYTHING)
    for text in (*HOSTILE, *WITHOUT_SPACES):
        assert len(read(case, [text])) == 1


@each
def test_a_text_a_hundred_times_as_long_takes_no_more_than_its_share(case: Case) -> None:
    """In processor seconds, with room for noise: nothing grows with the square of the length."""
    read(case, SAID)
    small, large = (_seconds(case, "late again " * count) for count in (300, 30_000))
    assert large < 3 * 100 * max(small, 0.002) + 5


def _seconds(case: Case, text: str) -> float:
    began = time.process_time()
    assert len(read(case, [text])) == 1
    return time.process_time() - began


@pytest.mark.parametrize("case", [case for case in CASES if case.alone], ids=str)
def test_neither_order_nor_company_makes_a_difference(case: Case) -> None:
    together = read(case, EVERYTHING)
    order = np.random.default_rng(3).permutation(len(EVERYTHING)).tolist()
    shuffled = read(case, [EVERYTHING[i] for i in order])
    for place, i in enumerate(order):
        assert same(shuffled[place], together[i]), EVERYTHING[i][:60]
    for text, row in zip(SAID + WITHOUT_SPACES, together, strict=False):
        assert same(read(case, [text])[0], row), text


@pytest.mark.parametrize("case", [case for case in CASES if case.save], ids=str)
def test_what_is_kept_says_the_same_and_is_no_pickle(case: Case, tmp_path: Path) -> None:
    assert case.save and case.load
    path = tmp_path / "kept.npz"
    case.save(case.made, path)
    assert same(case.read(case.load(path), EVERYTHING), read(case, EVERYTHING))
    with zipfile.ZipFile(path) as kept:
        assert all(name.endswith(".npy") for name in kept.namelist())
    with np.load(path, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_equal_texts_have_one_theme_in_whatever_order_they_come() -> None:
    """Law 8."""
    (themes,) = [case for case in CASES if case.name == "themes"]
    texts = [*SAID, *SAID, *WITHOUT_SPACES, *WITHOUT_SPACES]
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(texts)).tolist()
        found: dict[str, set[int]] = {}
        for i, theme in zip(order, read(themes, [texts[i] for i in order]), strict=True):
            found.setdefault(texts[i], set()).add(theme)
        assert all(len(of) == 1 for of in found.values())


def test_series_are_read_and_left_as_they_are() -> None:
    random = np.random.default_rng(0)
    people, everyone = random.poisson(2, (6, 60)), random.poisson(50, 60)
    before = people.copy(), everyone.copy()
    for analyse in (onsets, unusual):
        assert repr(analyse(people, everyone)) == repr(analyse(people, everyone))
    counts, crowd = people.astype(np.float64), everyone.astype(np.float64)
    assert repr(expect(counts, crowd)) == repr(expect(counts, crowd))
    assert np.array_equal(counts, people) and np.array_equal(crowd, everyone)
    assert np.array_equal(people, before[0]) and np.array_equal(everyone, before[1])
    none = np.zeros((2, 60), np.int64)
    assert onsets(none, none[0]) == [None, None]


ALONE = """
import sys
class Refuses:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("django", "pivotpoint", "ninja", "allauth", "httpx"):
            raise ImportError(f"{name} is not here")
sys.meta_path.insert(0, Refuses())
"""


def alone(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process in which neither Django nor the product can be imported."""
    path = os.pathsep.join(["src", "."])
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALONE + program, *arguments],
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )


def test_the_guard_refuses_django() -> None:
    assert "django is not here" in alone("import django").stderr


def test_every_module_loads_without_django() -> None:
    program = """
import importlib, pkgutil, textanalytics
for module in pkgutil.walk_packages(textanalytics.__path__, "textanalytics."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print("loaded" if "django" not in sys.modules and "pivotpoint" not in sys.modules else "not alone")
"""
    done = alone(program)
    assert (done.stdout, done.returncode) == ("loaded\n", 0), done.stderr


def test_the_command_runs_without_django(tmp_path: Path) -> None:
    table = tmp_path / "said.csv"
    table.write_text("text,label\n" + "".join(f'"{text}",{i % 3}\n' for i, text in enumerate(SAID * 3)))
    done = alone(
        "import runpy; sys.argv[0] = 'textanalytics'; runpy.run_module('textanalytics', run_name='__main__')",
        *("evaluate", "themes", str(table), "--label", "label", "--json"),
    )
    assert '"v_measure"' in done.stdout, done.stderr


def test_every_analyser_reads_without_django() -> None:
    program = f"""
from tests.textanalytics.battery import CASES
for case in CASES:
    assert len(case.read(case.make(), {SAID!r})) == {len(SAID)}, case.name
print(len(CASES))
"""
    done = alone(program)
    assert done.stdout == f"{len(CASES)}\n", done.stderr
