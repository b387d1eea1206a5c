from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from tests.textanalytics.speech import speak
from textanalytics.base import IntArray
from textanalytics.encoders import default
from textanalytics.grouping.aside import Here
from textanalytics.themes import ThemeIndex


def put(index: ThemeIndex, texts: list[str]) -> IntArray:
    return index.add(default().encode(texts), texts)


def grown(count: int, *, cap: int = 16_000, seed: int = 0) -> tuple[ThemeIndex, IntArray, list[str]]:
    index = ThemeIndex(cap=cap)
    texts, matters = speak(count, seed=seed)
    return index, put(index, texts), matters


def kept(before: IntArray, after: IntArray) -> float:
    return float(np.mean(before == after))


def everything(index: ThemeIndex) -> str:
    return repr((index.rows(), index.state()))


def test_themes_follow_the_matters() -> None:
    index, ids, matters = grown(1600)
    index.consolidate()
    themes = index.themes_of(ids)
    assert adjusted_rand_score(matters, themes) > 0.7
    assert np.mean(themes < 0) == 0


def test_the_same_text_keeps_its_micro_and_theme() -> None:
    index, ids, _ = grown(1200)
    index.consolidate()
    again, _ = speak(1200)
    assert put(index, again).tolist() == ids.tolist()
    assert put(index, [f"  {text.upper()} " for text in again]).tolist() == ids.tolist()


def test_ids_are_dense_and_for_life() -> None:
    index, ids, _ = grown(800)
    assert sorted(set(ids.tolist())) == list(range(len(index)))
    more = put(index, speak(800, seed=1)[0])
    assert more.max() == len(index) - 1
    assert index.resolve(ids).tolist() == ids.tolist()


def test_the_same_calls_give_the_same_bytes() -> None:
    def run() -> str:
        index, _, _ = grown(1500, cap=200)
        index.consolidate()
        put(index, speak(500, seed=3)[0])
        index.consolidate()
        return everything(index)

    assert run() == run()


def test_folding_keeps_ids_and_counts() -> None:
    index, ids, _ = grown(3000, cap=60)
    stands = index.resolve(ids)
    assert len(set(stands.tolist())) <= 60 < len(index)
    assert index.resolve(stands).tolist() == stands.tolist()
    rows = index.rows()
    assert sum(row.count for row in rows) == 3000
    assert {row.id for row in rows if row.folded_into < 0} >= set(stands.tolist())
    tally = Counter(stands.tolist())
    assert all(row.count == tally[row.id] for row in rows if row.folded_into < 0)


def test_folded_micros_tell_that_they_moved() -> None:
    index, ids, _ = grown(700, cap=5000)
    index.consolidate()
    before = index.themes_of(np.arange(len(index)))
    index._micros.cap = 100
    index._micros.fold()
    moved = set(np.flatnonzero(index.themes_of(np.arange(len(before))) != before).tolist())
    result = index.consolidate()
    changed = set(np.flatnonzero(result.themes != before).tolist())
    assert changed == set(result.moved.tolist())
    assert moved <= changed | set(np.flatnonzero(result.themes == before).tolist())


def test_rows_carry_on_as_the_original_would() -> None:
    index, ids, _ = grown(2000, cap=300)
    index.consolidate()
    index.hold(ids[:3], index.new_theme())
    rows, state = index.rows(), json.loads(json.dumps(index.state()))
    other = ThemeIndex.from_rows(reversed(rows), state)
    assert everything(other) == everything(index)
    news = speak(1500, seed=5)[0]
    assert put(other, news).tolist() == put(index, news).tolist()
    one, two = index.consolidate(), other.consolidate()
    assert one.themes.tolist() == two.themes.tolist()
    assert everything(other) == everything(index)


def test_rows_that_are_not_whole_are_refused() -> None:
    index, _, _ = grown(50)
    with pytest.raises(ValueError, match="without a gap"):
        ThemeIndex.from_rows(index.rows()[1:], index.state())
    with pytest.raises(ValueError, match="schema 9"):
        ThemeIndex.from_rows(index.rows(), {**index.state(), "schema": 9})


def test_changed_names_exactly_the_rows_that_differ() -> None:
    index, _, _ = grown(600)
    index.consolidate()
    index.changed()
    before = index.rows()
    put(index, speak(60, seed=7)[0])
    run = index.consolidate()
    changed = set(index.changed().tolist()) | set(run.moved.tolist())
    differ = {row.id for row in index.rows() if row.id >= len(before) or row != before[row.id]}
    assert differ <= changed
    assert len(changed) < len(index)
    assert index.changed().tolist() == []


def test_growth_keeps_themes() -> None:
    texts, _ = speak(3200, seed=11)
    index = ThemeIndex()
    first = put(index, texts[:1600])
    index.consolidate()
    before = index.themes_of(first)
    put(index, texts[1600:])
    index.consolidate()
    assert kept(before, index.themes_of(first)) >= 0.95


def test_growth_from_few_to_many_keeps_themes_at_each_step() -> None:
    texts, matters = speak(2000, seed=7)
    index, ids = ThemeIndex(), np.zeros(0, np.int64)
    for start, end in zip((0, 125, 250, 500, 1000), (125, 250, 500, 1000, 2000), strict=True):
        before = index.themes_of(ids)
        ids = np.concatenate([ids, put(index, texts[start:end])])
        index.consolidate()
        assert start == 0 or kept(before, index.themes_of(ids[:start])) >= 0.95
    assert adjusted_rand_score(matters, index.themes_of(ids)) > 0.3


def test_a_guess_gives_way_but_what_a_run_settled_does_not() -> None:
    index, _, _ = grown(400)
    assert index.state()["settled"] == 0
    index.consolidate()
    settled = index.state()["settled"]
    assert settled == len(index)
    put(index, speak(400, seed=9)[0])
    assert index.state()["settled"] == settled < len(index)


def test_guesses_are_still_guesses_after_they_were_kept() -> None:
    index, _, _ = grown(800)
    index.consolidate()
    put(index, speak(800, seed=3)[0])
    rows, state = index.rows(), json.loads(json.dumps(index.state()))
    other = ThemeIndex.from_rows(rows, state)
    assert other.consolidate().themes.tolist() == index.consolidate().themes.tolist()
    old = {name: value for name, value in state.items() if name != "settled"}
    assert ThemeIndex.from_rows(rows, old).state()["settled"] == len(rows)


def test_a_guess_that_a_person_holds_stays() -> None:
    index, _, _ = grown(400)
    index.consolidate()
    news = np.unique(put(index, speak(200, seed=9)[0]))[-3:]
    theme = index.new_theme()
    index.hold(news, theme)
    index.consolidate()
    assert set(index.themes_of(news).tolist()) == {theme}


def test_a_second_run_moves_nothing() -> None:
    index, _, _ = grown(1600)
    index.consolidate()
    again = index.consolidate()
    assert len(again.moved) / len(index) < 0.02


def test_moved_aliases_and_parents_say_what_happened() -> None:
    texts, _ = speak(2000, seed=2)
    index = ThemeIndex()
    known: set[int] = set()
    before = np.zeros(0, np.int64)
    for start in range(0, 2000, 400):
        put(index, texts[start : start + 400])
        told = index.themes_of(np.arange(len(index)))
        result = index.consolidate()
        assert result.moved.tolist() == np.flatnonzero(result.themes != told).tolist()
        now = set(result.themes.tolist())
        assert all(gone not in now and taken in now for gone, taken in result.aliases.items())
        assert all(new not in known and new in now for new in result.parents)
        known |= now
        before = result.themes
    assert index.themes_of(np.arange(len(index))).tolist() == before.tolist()


@pytest.mark.parametrize("count", [40, 1600])
def test_what_a_person_decided_stays(count: int) -> None:
    index, ids, _ = grown(count)
    index.consolidate()
    mine = np.unique(ids)[::9]
    theme = index.new_theme()
    index.hold(mine, theme)
    for seed in range(1, 4):
        put(index, speak(count // 2, seed=seed)[0])
        index.consolidate()
        assert set(index.themes_of(mine).tolist()) == {theme}
    index.release(mine)
    index.consolidate()
    assert not any(row.held for row in index.rows())


def test_what_a_person_decided_survives_a_fold() -> None:
    index, ids, _ = grown(1500, cap=5000)
    index.consolidate()
    mine = np.unique(ids)[::40]
    theme = index.new_theme()
    index.hold(mine, theme)
    index._micros.cap = 80
    put(index, speak(1500, seed=4)[0])
    index.consolidate()
    assert set(index.themes_of(mine).tolist()) == {theme}


def test_what_a_person_takes_out_does_not_take_the_rest_along() -> None:
    index, ids, _ = grown(1600)
    index.consolidate()
    themes = index.themes_of(ids)
    theme = Counter(themes.tolist()).most_common(1)[0][0]
    members = np.unique(ids[themes == theme])
    index.hold(members[:2], index.new_theme())
    index.consolidate()
    assert kept(np.full(len(members) - 2, theme), index.themes_of(members[2:])) > 0.8


def test_a_merge_by_a_person_stays_merged() -> None:
    index, ids, matters = grown(1600)
    index.consolidate()
    themes = index.themes_of(ids)
    one, two = (
        Counter(themes[np.array(matters) == name].tolist()).most_common(1)[0][0] for name in ("wifi", "size")
    )
    both = np.unique(ids[np.isin(themes, [one, two])])
    index.hold(both, one)
    put(index, speak(800, seed=8)[0])
    index.consolidate()
    assert set(index.themes_of(both).tolist()) == {one}
    assert two not in index.themes_of(np.arange(len(index)))


def test_erasure_takes_out_sums_counts_and_words() -> None:
    index, _, _ = grown(300)
    secret = ["my name is Zebediah Quux and the app crashes", "Zebediah Quux again, app crashes"]
    before = {row.id: row for row in index.rows()}
    ids = put(index, secret)
    index.forget(ids, default().encode(secret), secret)
    after = index.rows()
    assert "Zebediah" not in repr(after)
    assert sum(row.count for row in after) == 300
    for row in after:
        was = np.frombuffer(before[row.id].total, np.float32) if row.id in before else np.zeros(256)
        assert np.frombuffer(row.total, np.float32) == pytest.approx(was, abs=1e-4)
        assert row.seen == (before[row.id].seen if row.id in before else b"")
    index.consolidate()


def test_an_emptied_micro_stays_out_of_the_way() -> None:
    index = ThemeIndex()
    ids = put(index, ["the app crashes"])
    index.forget(ids, default().encode(["the app crashes"]), ["the app crashes"])
    index.consolidate()
    assert index.samples(0) == []
    assert put(index, ["the coffee was cold"]).tolist() == [1]


def test_neighbours_and_samples_of_a_theme() -> None:
    index, ids, matters = grown(1600)
    index.consolidate()
    themes = index.themes_of(ids)
    theme = Counter(themes[np.array(matters) == "train"].tolist()).most_common(1)[0][0]
    said = index.samples(theme, limit=20)
    assert len(said) == 20
    assert sum("train" in text for text in said) >= 18
    near = index.similar(theme, k=3)
    assert len(near) == 3
    assert theme not in dict(near)
    assert [cosine for _, cosine in near] == sorted((cosine for _, cosine in near), reverse=True)
    assert np.linalg.norm(index.centroid(theme)) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(index.centroid(10_000)) == 0


def test_each_micro_has_its_say_before_any_says_more() -> None:
    index = ThemeIndex()
    put(index, ["the app crashes", "the coffee was cold", "The app crashes!", "the app crashes."])
    assert list(index.texts()) == [
        "the app crashes",
        "the coffee was cold",
        "The app crashes!",
        "the app crashes.",
    ]


def test_nothing_in_nothing_out() -> None:
    index = ThemeIndex()
    assert put(index, []).tolist() == []
    assert index.consolidate().themes.tolist() == []
    assert index.rows() == []
    assert len(ThemeIndex.from_rows([], index.state())) == 0


def test_texts_without_a_known_word_do_no_harm() -> None:
    index = ThemeIndex()
    ids = put(index, ["", "\U00010900", "the app crashes", "", "…"])
    index.consolidate()
    assert ids[0] == ids[3]
    assert index.themes_of(ids)[2] not in index.themes_of(ids[[0, 1, 3, 4]])


def test_it_makes_no_difference_who_does_half_of_the_work() -> None:
    asked = []

    @contextmanager
    def somebody(work: Callable[..., Any], *arguments: Any) -> Iterator[Callable[[Here], Any]]:
        asked.append(work.__name__)
        found = work(default(), *arguments)
        yield lambda _: found

    alone, shared = grown(1600)[0], grown(1600)[0]
    alone.consolidate()
    shared.consolidate(somebody)
    assert asked == ["parts_and_moods"]
    assert everything(alone) == everything(shared)
