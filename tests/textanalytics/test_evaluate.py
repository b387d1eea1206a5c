from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.textanalytics.speech import speak
from textanalytics.base import IntArray
from textanalytics.evaluate import scores
from textanalytics.evaluate.command import main
from textanalytics.evaluate.emerging import thinned
from textanalytics.evaluate.replay import Stream, alarm_of
from textanalytics.grammar.corpus import Corpus
from textanalytics.naming.choosing.titles import Title, name_all

STUCK = (
    "the lift is broken again",
    "your lift does not move",
    "the lift in our building is out of order",
    "broken lift since this morning",
    "nobody repairs the lift",
    "my mother is stuck in your lift",
    "the lift stopped working",
    "the lift is still broken",
)


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return str(path)


@pytest.fixture(scope="module")
def matters(tmp_path_factory: pytest.TempPathFactory) -> str:
    texts, labels = speak(400, seed=3)
    rows = list(zip(texts, labels, strict=True))
    return write(tmp_path_factory.mktemp("matters") / "matters.csv", ["text", "matter"], rows)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, float]:
    assert main(["evaluate", *arguments, "--json"]) == 0
    found: dict[str, float] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentence that is said; the exit code is 2, whoever finds the fault."""
    try:
        code: object = main(["evaluate", *arguments])
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
    out, said = capsys.readouterr()
    assert out == "" and said.count("\n") == 1 and said.rstrip().endswith(".")
    return said


def test_themes_are_measured_beside_labels(matters: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "themes", matters, "--label", "matter")
    assert {"v_measure", "v_measure_themed", "ari", "themes", "unthemed_share"} <= set(found)
    assert found["messages_per_second"] > 0 and found["peak_mb"] > 10
    assert found["v_measure"] > 0.8 and found["messages"] == 400


def test_shuffled_labels_agree_with_no_theme(
    matters: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, labels = speak(400, seed=3)
    wrong = np.random.default_rng(0).permutation(labels).tolist()
    file = write(tmp_path / "wrong.csv", ["text", "matter"], list(zip(texts, wrong, strict=True)))
    assert run(capsys, "themes", file, "--label", "matter")["ari"] < 0.05


def test_a_sample_is_drawn_by_the_seed(matters: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("themes", matters, "--label", "matter", "--sample", "150")
    first, again, other = (run(capsys, *arguments, "--seed", seed) for seed in ("1", "1", "2"))
    for name in ("v_measure", "ari", "themes"):
        assert first[name] == again[name]
    assert first["messages"] == other["messages"] == 150


def test_stability_says_how_many_kept_their_theme(matters: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "stability", matters, "--steps", "4")
    assert 0.5 < found["kept_first_tenth"] <= 1 and 0.8 < found["kept_per_step"] <= 1


def test_titles_are_measured_against_what_stands_under_them(
    matters: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(capsys, "titles", matters)
    assert found["titles_read"] == found["themes"] > 1
    assert found["coverage"] > 0.5
    assert found["distinct_share"] > 0.6
    assert 0 <= found["fragment_share"] < 0.5


def test_messages_of_mixed_themes_are_told(
    matters: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "titles", matters)["mixed_share"] == 0
    sizes: list[float] = []

    def first_is_mixed(corpus: Corpus, labels: IntArray, **asked: Any) -> dict[int, Title]:
        named = name_all(corpus, labels, **asked)
        first = min(named)
        sizes.append(float((labels == first).sum() / (labels >= 0).sum()))
        return {**named, first: replace(named[first], mixed=True)}

    monkeypatch.setattr("textanalytics.evaluate.titles.name_all", first_is_mixed)
    assert run(capsys, "titles", matters)["mixed_share"] == pytest.approx(sizes[0], abs=1e-4)
    assert sizes[0] > 0


def test_classes_are_taught_and_asked(matters: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--train", matters, "--test", matters, "--label", "matter")
    found = run(capsys, "classify", *options, "--shots", "3")
    assert found["accuracy"] > 0.9 and found["macro_f1"] > 0.9
    assert found["auroc_none"] is None and found["calibration_error"] < 0.4


def test_what_belongs_to_no_class_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts, labels = speak(600, seed=5)
    names = sorted(set(labels))
    known = [["none" if label in names[:2] else label] for label in labels]
    rows = [[text, *label] for text, label in zip(texts, known, strict=True)]
    train = write(tmp_path / "a.csv", ["text", "matter"], [row for row in rows[:400] if row[1] != "none"])
    test = write(tmp_path / "b.csv", ["text", "matter"], rows[400:])
    found = run(capsys, "classify", "--train", train, "--test", test, "--label", "matter", "--none", "none")
    assert found["auroc_none"] > 0.9


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("sentiment", [["I love it, thank you", "positive"], ["this is awful", "NEG"], ["where is it", "0"]]),
        ("complaint", [["you charged me twice, give it back", "yes"], ["what time do you open", "no"]]),
        ("relevance", [["my parcel from you is late", "True"], ["ok lol", "False"]]),
    ],
)
def test_the_readers_judgements_are_measured(
    kind: str, rows: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "said.csv", ["text", kind], rows)
    assert run(capsys, kind, file)["macro_f1"] == 1.0


def test_a_judgement_is_taught_by_another_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = [[f"the {thing} hums at night", "no"] for thing in "lamp fridge pump fan heater".split()]
    said += [[f"the {thing} was painted blue", "yes"] for thing in "lamp fridge pump fan heater".split()]
    file = write(tmp_path / "said.csv", ["text", "complaint"], said * 4)
    assert run(capsys, "complaint", file)["macro_f1"] < 0.9
    assert run(capsys, "complaint", file, "--train", file)["macro_f1"] == 1.0


def test_relevance_is_told_by_a_few_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        [f"my {thing} from you is {how}", "1"]
        for thing in ("parcel", "lamp", "chair", "table")
        for how in ("late", "here", "lost")
    ]
    rows += [
        [f"the {game} {when} was long", "0"]
        for game in ("match", "goal", "final", "league")
        for when in ("today", "tonight", "there")
    ]
    file = write(tmp_path / "said.csv", ["text", "relevance"], rows)
    found = run(capsys, "relevance", file, "--train", file, "--examples", "4")
    assert found["macro_f1"] > found["untaught_macro_f1"]
    assert found["lost_of_ours"] < found["set_aside_of_others"]
    assert found["told_apart"] == 1
    assert "--examples needs 13" in refused(capsys, "relevance", file, "--train", file, "--examples", "13")
    assert "--examples needs --train" in refused(capsys, "relevance", file, "--examples", "3")


def test_known_events_are_found_and_praise_wakes_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = np.random.default_rng(1)
    rows = []
    for day in range(1, 29):
        texts, _ = speak(12, seed=day)
        texts += list(STUCK) * (day == 20)
        texts += [f"I love the new colours, {chance.integers(99)} stars"] * (8 if day == 24 else 0)
        rows += [[text, f"2026-02-{day:02}T10:00:00Z", f"p{day}-{i}"] for i, text in enumerate(texts)]
    file = write(tmp_path / "stream.csv", ["text", "time", "author"], rows)
    known = [
        ["stream.csv", "lift", "yes", "2026-02-19", "2026-02-22", "", "", r"\blift\b"],
        ["stream.csv", "colours", "no", "2026-02-24", "2026-02-25", "", "", "colours"],
        ["other.csv", "elsewhere", "yes", "2026-02-24", "2026-02-25", "", "", "x"],
    ]
    header = ["file", "event", "is_issue", "start", "end", "column", "value", "pattern"]
    events = write(tmp_path / "events.csv", header, known)
    found = run(capsys, "emerging", file, "--time", "time", "--author", "author", "--events", events)
    assert (found["found"], found["of"], found["mean_delay_days"]) == (2, 2, 0.0)
    assert (found["issues_paged"], found["praise_paged"]) == (1, 0)
    assert found["false_alarm_days_per_week"] < 5
    again = ("--repeat", "3", "--seed", "4")
    found = run(capsys, "emerging", file, "--time", "time", "--author", "author", "--events", events, *again)
    assert (found["runs"], found["found_in_nine_of_ten_runs"]) == (3, 2)
    assert found["runs_that_found lift"] == found["runs_that_found colours"] == 3
    assert (found["found"], found["issues_paged"], found["praise_paged"]) == (2, 1, 0)
    assert found["false_alarm_days_per_week"] <= found["worst_false_alarm_days_per_week"]


def test_a_run_leaves_one_message_in_twenty_out_and_keeps_the_days() -> None:
    texts = [f"message {i}" for i in range(2000)]
    day, one = np.repeat(np.arange(20), 100), np.zeros(2000, np.int64)
    words = [np.array([i]) for i in range(2000)]
    whole = Stream(texts, words, day, np.arange(2000), one < 0, one, np.arange(2000) % 3 == 0, 0)
    left = thinned(whole, 3)
    assert 1850 <= len(left.texts) <= 1950
    assert (np.diff(left.day) >= 0).all()
    assert left.texts != sorted(left.texts, key=texts.index)
    assert all(
        text == f"message {i}" == f"message {word[0]}"
        for text, i, word in zip(left.texts, left.author, left.words, strict=True)
    )
    assert (day[left.author] == left.day).all()
    assert (left.crisis == (left.author % 3 == 0)).all()
    assert left.texts == thinned(whole, 3).texts != thinned(whole, 4).texts


def test_a_replay_wakes_for_danger_among_praise_and_hears_each_person_by_it() -> None:
    texts = [f"lovely kettle {n}" for n in range(8)]
    none = np.zeros(8, np.int64)
    calm = Stream(
        texts, [none] * 8, none, np.array([0, 1, 2, 3, 4, 5, 0, 1]), none > 0, none + 1, none > 0, 0
    )
    hurt = replace(calm, crisis=np.arange(8) >= 6)
    messages, themes = np.arange(8), np.zeros(8, np.int64)
    assert alarm_of(calm, 0, messages, themes).quiet == "praise"
    woken = alarm_of(hurt, 0, messages, themes)
    assert (woken.quiet, woken.messages.tolist()) == ("", [2, 3, 4, 5, 6, 7])


def test_planted_events_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts, labels = speak(2400, seed=7)
    file = write(tmp_path / "said.csv", ["text", "matter"], list(zip(texts, labels, strict=True)))
    found = run(capsys, "planted", file, "--label", "matter", "--a-day", "10")
    assert found["of"] == 12
    assert found["found_of_10_a_day"] == 4
    assert found["mean_delay_of_10_a_day"] <= 1
    assert found["false_alarm_days_per_week"] < 5


def test_both_of_two_matters_are_heard_and_one_stays_one(
    matters: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(capsys, "matters", matters, "--label", "matter")
    assert found["pairs"] >= 20
    assert found["both_found"] >= 0.7
    assert found["both_found"] + found["one_found"] <= 1
    assert found["second_claimed_of_single"] <= 0.05
    assert {"third_claimed", "second_claimed_of_one", "messages_per_processor_second"} <= set(found)


def test_too_few_messages_make_no_pairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(f"my parcel {i} is late", "late") for i in range(50)]
    few = write(tmp_path / "few.csv", ["text", "matter"], rows)
    assert "100 rows of two labels" in refused(capsys, "matters", few, "--label", "matter")


def test_reading_is_timed(matters: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "reading", matters, "--processes", "1")
    assert found["messages_per_second"] > 0
    assert found["processes"] == 1
    ratio = found["messages_per_processor_second"] / found["vader_per_processor_second"]
    assert found["times_vader"] == pytest.approx(ratio, abs=0.02)


def test_without_json_each_figure_has_a_line(matters: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "reading", matters, "--sample", "20", "--processes", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[0].split() == ["messages", "20"]


class TestBadInput:
    def test_a_file_that_is_not_there(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert "nothing.csv cannot be read" in refused(capsys, "reading", "nothing.csv")

    def test_an_unknown_column(self, matters: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert "no column 'mattter'; it has text, matter" in refused(
            capsys, "themes", matters, "--label", "mattter"
        )

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "is empty"),
            (b"text,label\n", "no rows"),
            (b"text,label\na\n", "Line 2"),
            (b"text,text\na,b\n", "twice"),
            (b"text,label\n\xff\xfe,b\n", "UTF-8"),
            (b'text,label\n"a,b\n', "not a table"),
            (b"text,label\n ,b\n", "with something in text"),
        ],
    )
    def test_a_file_that_is_no_table(
        self, content: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "bad.csv").write_bytes(content)
        assert says in refused(capsys, "themes", str(tmp_path / "bad.csv"), "--label", "label")

    def test_labels_that_mean_nothing(self, matters: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert "is not a sentiment" in refused(capsys, "sentiment", matters, "--label", "matter")

    def test_one_class_teaches_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = write(tmp_path / "one.csv", ["text", "label"], [["a b", "x"], ["c d", "x"]])
        said = refused(capsys, "classify", "--train", file, "--test", file, "--label", "label")
        assert "two classes" in said

    def test_a_label_of_none_that_no_row_has(self, matters: str, capsys: pytest.CaptureFixture[str]) -> None:
        said = ["--train", matters, "--test", matters, "--label", "matter", "--none", "nothing"]
        assert "the label 'nothing' that --none names" in refused(capsys, "classify", *said)

    def test_titles_of_no_theme(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = write(tmp_path / "one.csv", ["text"], [["a b"]])
        assert "No theme was found in 1 texts" in refused(capsys, "titles", file)

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["--sample", "0"], "'0' is not a whole number above 0"),
            (["--sample", "many"], "'many' is not a whole number above 0"),
            (["--seed", "-1"], "'-1' is not a whole number from 0 on"),
            (["--seed", "x"], "'x' is not a whole number from 0 on"),
            (["--encoder", "no such model"], "encoder 'no such model'"),
            (["--where", "matter"], "--where needs COLUMN=VALUE"),
            (["--where", "matter=nothing"], "no row where matter is 'nothing'"),
            (["--detail", "-1"], "'-1' is not a number above 0"),
        ],
    )
    def test_options_that_make_no_sense(
        self, arguments: list[str], says: str, matters: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert says in refused(capsys, "themes", matters, "--label", "matter", *arguments)

    def test_no_analyser(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert "ANALYSER" in refused(capsys).upper()

    def test_times_that_are_none(self, matters: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert "not a time" in refused(capsys, "emerging", matters, "--time", "matter")


class TestScores:
    def test_calibration_error_is_the_gap(self) -> None:
        sure = np.full(100, 0.8)
        assert scores.calibration_error(sure, np.arange(100) < 80) == pytest.approx(0)
        assert scores.calibration_error(sure, np.arange(100) < 30) == pytest.approx(0.5)

    def test_auroc_counts_ties_half(self) -> None:
        assert scores.auroc(np.array([1, 2, 3, 4]), np.array([False, False, True, True])) == 1
        assert scores.auroc(np.ones(4), np.array([False, False, True, True])) == 0.5
        assert scores.auroc(np.ones(2), np.array([True, True])) is None

    def test_macro_f1_and_accuracy_agree_with_scikit_learn(self) -> None:
        from sklearn.metrics import accuracy_score, f1_score

        chance = np.random.default_rng(2)
        true, said = (chance.integers(0, 4, 200).astype(str).tolist() for _ in range(2))
        assert scores.macro_f1(true, said) == pytest.approx(f1_score(true, said, average="macro"))
        assert scores.accuracy(true, said) == pytest.approx(accuracy_score(true, said))


def test_classes_are_taught_as_a_taxonomy_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fifth of the texts says two things; some say nothing of any class."""
    texts, labels = speak(900, seed=8)
    names = sorted(set(labels))
    rows = [[text, "none" if label == names[0] else label] for text, label in zip(texts, labels, strict=True)]
    both = [[f"{a[0]}. {b[0]}", f"{a[1]}|{b[1]}"] for a, b in zip(rows[:80], rows[80:160], strict=True)]
    train = write(tmp_path / "a.csv", ["text", "matter"], rows[160:600])
    test = write(tmp_path / "b.csv", ["text", "matter"], [*both, *rows[600:]])
    options = ("--train", train, "--test", test, "--label", "matter", "--none", "none", "--several")
    found = run(capsys, "classify", *options, "--shots", "5")
    assert found["precision"] > 0.8 and found["recall"] > 0.4 and found["auroc_none"] > 0.8
    assert found["first"] > 0.8 and found["trained_on"] == 5 * (len(names) - 1)
    assert run(capsys, "classify", *options, "--shots", "5", "--only", "2")["classes"] == 2
    named = run(capsys, "classify", *options, "--named")
    assert named["trained_on"] == 0 and 0 <= named["f1"] < found["f1"]


def test_options_of_a_taxonomy_need_it(matters: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(
        capsys, "classify", "--train", matters, "--test", matters, "--label", "matter", "--only", "2"
    )
    assert "need --several" in said
