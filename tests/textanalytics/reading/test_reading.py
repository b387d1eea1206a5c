from __future__ import annotations

import json
import os
import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textanalytics.base import FUNCTIONS, INTENTS, MOODS, REASONS
from textanalytics.evaluate import judgements
from textanalytics.evaluate.scores import macro_f1
from textanalytics.evaluate.tables import read_table
from textanalytics.reading.reading import Context, Correction, Reader
from textanalytics.reading.readings import KEYS, Readings

READER = Reader()
MESSAGES = [
    "I was charged twice, I want my money back",
    "Der Zug fällt schon wieder aus 😡 und niemand sagt etwas",
    "thank you so much, great service",
    "How do I reset my password?",
    "ok thanks",
    "",
]


def rows(read: Readings) -> str:
    return json.dumps([read.row(i) for i in range(len(read))])


def test_columns_are_of_equal_length_and_hold_known_words() -> None:
    read = READER.read(MESSAGES)
    assert {len(getattr(read, f.name)) for f in fields(read) if f.name != "confidence"} == {len(MESSAGES)}
    assert set(read.confidence) == set(KEYS)
    assert set(read.mood) <= set(MOODS) and set(read.intent) <= set(INTENTS)
    assert set(read.function) <= {"", *FUNCTIONS} and set(read.reason) <= {"", *REASONS}
    assert all(set(row) == set(KEYS) for row in read.evidence)
    assert np.abs(read.sentiment).max() <= 1


def test_nothing_to_read() -> None:
    assert len(READER.read([])) == 0


def test_evidence_stands_where_it_says_beside_emoji_and_accents() -> None:
    text = "😡😡 Ärger! Mir wurde der Betrag doppelt abgebucht 👨‍👩‍👧 und die Rückerstattung fehlt 🤬"
    row = READER.read([text]).evidence[0]
    shown = {text[start:end] for start, end in row["function"]}
    assert any("abgebucht" in words for words in shown)
    assert all(words == words.strip() and words for words in shown)


def test_the_word_that_turned_the_mood_is_shown() -> None:
    text = "honestly it does not look good"
    spans = READER.read([text]).evidence[0]["mood"]
    assert "not" in " ".join(text[a:b] for a, b in spans)


def test_reading_is_the_same_alone_in_a_batch_and_in_a_new_reader() -> None:
    together = READER.read(MESSAGES)
    alone = [READER.read([text]).row(0) for text in MESSAGES]
    assert [together.row(i)["mood"] for i in range(len(MESSAGES))] == [row["mood"] for row in alone]
    assert rows(Reader().read(MESSAGES)) == rows(together)
    for i, row in enumerate(alone):
        assert together.row(i)["evidence"] == row["evidence"]
        assert together.row(i)["sentiment"] == pytest.approx(row["sentiment"], abs=1e-3)


def test_a_vocabulary_that_starts_afresh_changes_nothing() -> None:
    reader = Reader()
    reader.vocabulary.limit = 5
    begun = reader.vocabulary.generation
    first = rows(reader.read(MESSAGES))
    assert rows(reader.read(MESSAGES)) == first == rows(READER.read(MESSAGES))
    assert reader.vocabulary.generation > begun


def test_input_is_not_changed() -> None:
    texts = list(MESSAGES)
    READER.read(texts)
    assert texts == MESSAGES


def test_a_million_letters_are_read_in_a_moment() -> None:
    began = time.process_time()
    read = READER.read(
        ["refund " * 150_000, "a" * 1_000_000, "https://" + "x" * 1_000_000, "😡" * 500_000, "? " * 500_000]
    )
    assert len(read) == 5
    assert all(end <= 20_000 for row in read.evidence for spans in row.values() for _, end in spans)
    assert time.process_time() - began < 5


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(), max_size=6))
def test_any_text_can_be_read(texts: list[str]) -> None:
    read = READER.read(texts)
    assert len(read) == len(texts)
    for text, row in zip(texts, read.evidence, strict=True):
        for spans in row.values():
            assert len(spans) <= 4
            assert all(0 <= start < end <= len(text) for start, end in spans)
    for column in read.confidence.values():
        assert np.isfinite(column).all() and (column >= 0).all() and (column <= 1).all()


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(categories=["Cs", "So", "Mn", "Lo", "Nd", "Cf"]), max_size=80))
def test_lone_surrogates_marks_and_symbols_can_be_read(text: str) -> None:
    assert len(READER.read([text])) == 1


class TestCorrections:
    said = "the blue lamp hums at night"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("intent", "praise"),
            ("function", "marketing"),
            ("mood", "positive"),
            ("language", "nl"),
            ("about_us", False),
            ("actionable", False),
            ("reason", "automated"),
            ("sentiment", 0.75),
        ],
    )
    def test_the_corrected_text_reads_as_corrected(self, field: str, value: str | bool | float) -> None:
        read = READER.learn([Correction(self.said, field, value)]).read([self.said, "my parcel is late"])
        assert getattr(read, field)[0] == value
        assert read.row(1) == READER.read(["my parcel is late"]).row(0)

    def test_a_near_copy_reads_as_corrected_too(self) -> None:
        reader = READER.learn([Correction(self.said, "function", "marketing")])
        assert reader.read(["The BLUE lamp hums at night!! https://example.org"]).function == ["marketing"]

    def test_the_reader_that_was_corrected_stays_as_it_was(self) -> None:
        before = READER.read([self.said]).row(0)
        READER.learn([Correction(self.said, "intent", "praise")])
        assert READER.read([self.said]).row(0) == before

    def test_a_handful_moves_similar_texts(self) -> None:
        taught = [
            Correction(f"lamp hums in the {room} at night", "function", "supply")
            for room in ("kitchen", "bedroom", "hall", "office")
        ]
        similar = "my new lamp hums in the bathroom"
        assert READER.read([similar]).function != ["supply"]
        assert READER.learn(taught).read([similar]).function == ["supply"]

    def test_a_handful_does_not_wreck_others(self) -> None:
        taught = [Correction(f"lamp hums in room {n}", "function", "supply") for n in range(8)]
        others = [
            *MESSAGES,
            "your app crashes at login",
            "I never got an invoice",
            "die App stürzt ständig ab",
        ]
        assert rows(READER.learn(taught).read(others)) == rows(READER.read(others))

    def test_the_latest_correction_of_a_text_counts(self) -> None:
        reader = READER.learn([Correction(self.said, "intent", "praise")])
        reader = reader.learn([Correction(self.said, "intent", "question")])
        assert reader.read([self.said]).intent == ["question"]
        assert len(reader.memory.corrections) == 1

    def test_what_follows_from_a_correction_is_set_as_well(self) -> None:
        positive = READER.learn([Correction(self.said, "mood", "positive")]).read([self.said])
        assert positive.sentiment[0] > 0
        elsewhere = READER.learn([Correction(self.said, "about_us", False)]).read([self.said])
        assert (elsewhere.reason[0], bool(elsewhere.actionable[0])) == ("elsewhere", False)
        ours = READER.learn([Correction("ok thanks", "about_us", True)]).read(["ok thanks"])
        assert (ours.reason[0], bool(ours.about_us[0])) == ("", True)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("intent", "angry"), ("colour", "red"), ("about_us", "no"), ("sentiment", 3.0), ("language", "")],
    )
    def test_a_correction_that_makes_no_sense_is_refused(self, field: str, value: str | float) -> None:
        with pytest.raises(ValueError, match=r"^.+\.$"):
            READER.learn([Correction(self.said, field, value)])

    def test_an_empty_text_can_be_corrected(self) -> None:
        assert READER.learn([Correction("", "intent", "praise")]).read(["", "x"]).intent[0] == "praise"


class TestSaved:
    def test_a_saved_reader_reads_the_same(self, tmp_path: Path) -> None:
        reader = Reader(Context(names=("Nordlicht",), rivals=("Südwind",)))
        reader = reader.learn([Correction("das blaue Ding brummt", "function", "supply")])
        reader.save(tmp_path / "reader.npz")
        again = Reader.load(tmp_path / "reader.npz")
        texts = [*MESSAGES, "das blaue Ding brummt", "Südwind lost my bag", "Nordlicht is late"]
        assert rows(again.read(texts)) == rows(reader.read(texts))
        assert again.version == reader.version
        assert again.context == reader.context

    def test_another_schema_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("textanalytics.reading.reading.SCHEMA", 999)
        READER.save(tmp_path / "reader.npz")
        monkeypatch.undo()
        with pytest.raises(ValueError, match="schema 999"):
            Reader.load(tmp_path / "reader.npz")

    def test_the_version_changes_with_what_was_learnt(self) -> None:
        assert Reader().version == READER.version
        assert READER.learn([Correction("x", "intent", "praise")]).version != READER.version
        assert Reader(Context(names=("Nordlicht",))).version != READER.version


@pytest.mark.real
def test_real_tweets_are_read_well_enough() -> None:
    """Floors well under the figures in docs/reference/reading.md, so that a real loss of quality fails."""
    here = Path(__file__).resolve().parents[4] / "shared" / "data"
    folder = Path(os.environ.get("PIVOTPOINT_SHARED_DATA", here))
    if not folder.is_dir():
        pytest.skip("the data sets are not here")
    for kind, name, floor in (
        ("sentiment", "airline_tweets_dev", 0.65),
        ("complaint", "complaints_dev", 0.68),
    ):
        table = read_table(folder / f"{name}.csv")
        true = judgements.labels(kind, table.column(kind))
        assert macro_f1(true, judgements.judge(kind, table.column("text"))) >= floor
