"""Own classes from a few sentences each: several at once, none where nothing fits, with the words that decided."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.textanalytics.speech import speak
from textanalytics.taught.several.fit import doubts
from textanalytics.taught.several.lessons import Label, Lesson, truth
from textanalytics.taught.several.tagger import ABSTAINS, MOST, Tagger, tag_each

LABELS = [
    Label(
        "late",
        "The delivery comes too late.",
        (
            "Where is my parcel, it should have come on Monday",
            "Still waiting for the delivery after two weeks",
            "The courier is days late again",
            "My order has not arrived yet",
        ),
    ),
    Label(
        "charged",
        "Something is wrong with what was charged.",
        (
            "I was charged twice for one order",
            "The invoice shows a wrong amount",
            "You took the money from my card two times",
            "There is a fee on my bill that nobody explained",
        ),
    ),
    Label(
        "app",
        "The app does not work.",
        (
            "The app crashes whenever I open it",
            "I cannot log in on my phone any more",
            "Since the update the screen stays white",
            "The app freezes at the checkout",
        ),
    ),
]
SPLIT = [
    *LABELS,
    Label("crash", "It closes by itself.", ("The app crashes at once", "It closes by itself"), "app"),
]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.teach(LABELS)


def names(tagger: Tagger, text: str) -> list[str]:
    return [tag.name for tag in tagger.tag([text])[0]]


def test_a_message_that_says_two_things_has_two_classes(tagger: Tagger) -> None:
    both = "My parcel is late and you charged me twice for the order"
    assert set(names(tagger, both)) == {"charged", "late"}
    assert names(tagger, "the app crashes when I open it") == ["app"]


def test_it_abstains_where_nothing_fits(tagger: Tagger) -> None:
    strangers = ["Happy birthday to your dog", "What a lovely sunny day", "", "😀", "ok"]
    assert tagger.tag(strangers) == [[] for _ in strangers]


def test_the_words_that_decided_are_in_the_text(tagger: Tagger) -> None:
    text = "😀 hello, you charged me twice"
    tag = tagger.tag([text])[0][0]
    shown = [text[start:end] for start, end in tag.evidence]
    assert tag.name == "charged"
    assert any("charged" in words or "twice" in words for words in shown)


def test_a_text_does_not_depend_on_its_batch(tagger: Tagger) -> None:
    texts = [text for label in LABELS for text in label.examples] + ["", "Happy birthday"]
    assert [tagger.tag([text])[0] for text in texts] == tagger.tag(texts)


def test_kept_and_loaded_it_says_the_same(tagger: Tagger, tmp_path: Path) -> None:
    tagger.save(tmp_path / "tagger.npz")
    again = Tagger.load(tmp_path / "tagger.npz")
    texts = [text for label in LABELS for text in label.examples]
    assert again.version == tagger.version == Tagger.teach(LABELS).version
    assert np.array_equal(again.odds(texts), tagger.odds(texts))


def test_a_verdict_teaches(tagger: Tagger) -> None:
    text = "The lift van never showed up at our door"
    taught = Tagger.teach(LABELS, [Lesson(text, "late")])
    denied = Tagger.teach(LABELS, [Lesson("my parcel is late", "late", belongs=False)])
    late = [label.name for label in LABELS].index("late")
    assert taught.odds([text])[0, late] > tagger.odds([text])[0, late]
    assert denied.odds(["my parcel is late"])[0, late] < tagger.odds(["my parcel is late"])[0, late]
    assert taught.version != tagger.version


def test_what_is_given_a_class_is_given_what_that_is_part_of() -> None:
    deep = [
        *SPLIT,
        Label("checkout crash", "", ("It crashes as I pay", "The basket closes when I pay"), "crash"),
    ]
    tagger = Tagger.teach(deep)
    texts = [
        "It crashes at once as I pay",
        "It closes by itself",
        "My parcel has not arrived",
        "I was charged twice",
    ]
    for text, tags in zip(texts, tagger.tag(texts), strict=True):
        given = {tag.name: tag for tag in tags if tag.given}
        if "checkout crash" in given:
            assert given["crash"].confidence >= given["checkout crash"].confidence, text
        if "crash" in given:
            assert given["app"].confidence >= given["crash"].confidence, text
            assert given["app"].evidence, text
    assert {"checkout crash", "crash", "app"} == set(names(tagger, texts[0]))
    assert names(tagger, texts[2]) == ["late"]
    every = tagger.odds(texts)
    place = {name: i for i, name in enumerate(tagger.names)}
    assert (every[:, place["app"]] >= every[:, place["crash"]]).all()
    assert (every[:, place["crash"]] >= every[:, place["checkout crash"]]).all()


def test_a_saved_tagger_knows_what_is_part_of_what(tmp_path: Path) -> None:
    tagger = Tagger.teach(SPLIT)
    tagger.save(tmp_path / "tagger.npz")
    again = Tagger.load(tmp_path / "tagger.npz")
    assert again.tag(["It closes by itself"]) == tagger.tag(["It closes by itself"])
    assert again.version == tagger.version != Tagger(tagger.names, tagger.weights).version


def test_parents_in_a_circle_or_unknown_do_no_harm() -> None:
    odd = [
        Label("a", "", ("The parcel is late",), "b"),
        Label("b", "", ("I was charged twice",), "a"),
        Label("c", "", ("The app crashes",), "gone"),
    ]
    tagger = Tagger.teach(odd)
    assert set(names(tagger, "The parcel is late")) <= {"a", "b"}
    assert tagger.odds(["The app crashes"]).shape == (1, 3)


def test_what_belongs_to_a_class_belongs_to_its_parent() -> None:
    lessons = [Lesson("it closes", "crash"), Lesson("it is slow", "app"), Lesson("so so", "late", False)]
    table = truth(SPLIT, lessons, ["it closes", "it is slow", "so so"])
    by = {label.name: number for number, label in enumerate(SPLIT)}
    assert [table[0, by[name]] for name in ("crash", "app", "late")] == [1, 1, 0]
    assert [table[1, by[name]] for name in ("crash", "app", "late")] == [-1, 1, 0]
    assert [table[2, by[name]] for name in ("crash", "app", "late")] == [-1, -1, 0]


def test_a_class_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="empty needs an example"):
        Tagger.teach([*LABELS, Label("empty")])


def test_never_more_than_most(tagger: Tagger) -> None:
    found = tagger.tag(["parcel charged app"], at_least=0.0)[0]
    assert len(found) == MOST
    assert [tag.confidence for tag in found] == sorted((tag.confidence for tag in found), reverse=True)


DESCRIBED = [Label(label.name, label.description) for label in LABELS]
SAID = [
    f"{what} {when}"
    for what in (
        "Where is my parcel",
        "The delivery man was kind",
        "I want to change my address",
        "How do I pay",
        "My card was charged",
        "The shop was closed",
        "Do you sell lamps",
        "The app looks nice",
        "Thanks for the biscuits",
        "Can I bring my dog",
        "I forgot my password",
        "The shoes are too small",
    )
    for when in ("", "today", "please", "again", "since Monday", "in May", "at noon", "for my sister") * 3
]
USUAL = [f"{text} {number}" for number, text in enumerate(SAID)]
"""With numbers, so that no two are the same."""


def given(tagger: Tagger, number: int) -> float:
    return float((tagger.odds(USUAL)[:, number] >= ABSTAINS).mean())


def test_a_class_with_a_description_alone_is_given_to_few_of_the_usual_messages() -> None:
    wide, narrow = Tagger.teach(DESCRIBED), Tagger.teach(DESCRIBED, usual=USUAL)
    assert max(given(wide, i) for i in range(3)) > 4 / 80
    assert all(given(narrow, i) <= 1 / 80 + 1 / len(USUAL) for i in range(3))
    assert names(narrow, "The delivery comes too late") == ["late"]


FEW = [
    Label("crash", "", ("It closes by itself", "The app crashes when I open it", "It crashed again")),
    Label("ads", "", ("There is too much advertising", "Ads before every video", "I hate the ads")),
]


def test_three_sentences_make_a_class_that_is_rare_beside_what_people_say() -> None:
    usual = [f"{text} of your app when I open it" for text in USUAL]
    wide, narrow = Tagger.teach(FEW), Tagger.teach(FEW, usual=usual)
    assert (wide.odds(usual)[:, 0] >= ABSTAINS).mean() > 0.1
    assert (narrow.odds(usual)[:, 0] >= ABSTAINS).mean() < 0.01
    assert names(narrow, "since yesterday it crashes again") == ["crash"]


def test_people_make_a_class_as_common_as_they_say_it_is() -> None:
    """A third of the usual messages about parcels they called late: many of the others are late then."""
    parcels = [text for text in USUAL if text.startswith("Where is my parcel")]
    told = [Lesson(text, "late") for text in parcels[::3]]
    rest = [text for text in parcels if text not in parcels[::3]]
    few = Label("late", "", ("The courier is late", "Two weeks without a delivery", "It comes too late"))
    before = Tagger.teach([few, LABELS[1]], usual=USUAL)
    after = Tagger.teach([few, LABELS[1]], told, usual=USUAL)
    assert (before.odds(rest)[:, 0] >= ABSTAINS).mean() < 0.1
    assert (after.odds(rest)[:, 0] >= ABSTAINS).mean() > 0.4


def test_too_few_usual_messages_say_nothing() -> None:
    few = Tagger.teach(DESCRIBED, usual=USUAL[:50] * 9)
    assert few.version == Tagger.teach(DESCRIBED).version


def test_a_narrow_class_is_never_widened() -> None:
    strangers = [f"Happy birthday to your dog number {number}" for number in range(300)]
    wide, same = Tagger.teach(DESCRIBED), Tagger.teach(DESCRIBED, usual=strangers)
    assert (same.weights.bias <= wide.weights.bias).all()


def test_taggers_that_look_together_say_what_each_says_alone(tagger: Tagger) -> None:
    texts = [text for label in LABELS for text in label.examples] + [
        "",
        "Happy birthday",
        "charged, and late",
    ]
    other = Tagger.teach(FEW)
    assert tag_each([tagger, other], texts) == [tagger.tag(texts), other.tag(texts)]
    assert tag_each([], texts) == []


def test_of_thousands_of_sentences_a_text_does_not_depend_on_its_batch_either() -> None:
    said, labels = speak(1500, seed=4)
    wide = Tagger.teach([Label(name, "", _of(said, labels, name)) for name in sorted(set(labels))])
    assert len(wide.weights.exemplars) > 500
    together = wide.odds(said[:97])
    assert all(np.array_equal(wide.odds([text])[0], own) for text, own in zip(said, together, strict=False))


def test_how_wide_a_class_is_is_learnt_where_many_sentences_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said, labels = speak(2000, seed=6)
    names_ = sorted(set(labels))[:3]
    taught = [Label(name, "", _of(said[:900], labels[:900], name)[:30]) for name in names_]
    usual, asked, true = said[900:1400], said[1400:], labels[1400:]

    def f1(one: Tagger) -> float:
        given = one.odds(asked) >= ABSTAINS
        own = np.array([[label == name for name in names_] for label in true])
        return float(2 * (given & own).sum() / (given.sum() + own.sum()))

    learnt = f1(Tagger.teach(taught, usual=usual))
    monkeypatch.setattr("textanalytics.taught.several.fit.LEAST_HELD_OUT", 1_000)
    assert learnt > max(f1(Tagger.teach(taught, usual=usual)), 0.9)


def _of(texts: Sequence[str], labels: Sequence[str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text, own in zip(texts, labels, strict=True) if own == name))


def test_with_few_sentences_it_is_less_sure_than_it_looks(tagger: Tagger) -> None:
    (tag,) = tagger.tag(["I was charged twice"])[0]
    odds = float(tagger.odds(["I was charged twice"]).max())
    assert tag.given
    assert tag.confidence < odds
    sure = tagger.sure(np.array([[0.5, 0.5, 0.5]], np.float32))
    assert sure.tolist() == [pytest.approx([1 / (1 + np.e)] * 3, abs=1e-6)]


def test_the_more_sentences_the_surer() -> None:
    doubt = doubts(np.array([[1, 1, 1]] * 5 + [[0, 1, 1]] * 60 + [[0, 0, 1]] * 200))
    assert doubt[0] == 1
    assert 0 < doubt[1] < 1
    assert doubt[2] == 0


def test_the_next_likely_is_not_given(tagger: Tagger) -> None:
    likely = tagger.tag(["I was charged twice"], at_least=0.0)[0]
    assert [tag.given for tag in likely] == [True, False, False]


def test_many_may_ask_one_tagger_at_once() -> None:
    """Eight people try a class at the same moment: what each is told depends on no other, and nothing fails."""
    kept = Tagger.teach(
        [Label("a", "refund", ("no refund yet",), ""), Label("b", "crash", ("it crashes",), "")]
    )
    texts = [f"refund {n} {' '.join(f'w{n}x{i}' for i in range(300))}" for n in range(96)]
    ask = lambda text: kept.tag([text], at_least=0.0)  # noqa: E731
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, texts))
    alone = Tagger(kept.names, kept.weights)
    assert found == [alone.tag([text], at_least=0.0) for text in texts]


def test_two_matters_in_one_message_have_a_class_each(tagger: Tagger) -> None:
    """Each is found in its own part, and what decided stands where it is in the whole."""
    late, charged = "My order has still not arrived", "I was charged two times for it"
    for text in (
        f"{late} and {charged[0].lower()}{charged[1:]}",
        f"{late}. {charged}!",
        f"{late}, but also: {charged}",
    ):
        given = {tag.name: tag for tag in tagger.tag([text])[0]}
        assert set(given) == {"late", "charged"}, text
        for name, word in (("late", "arrived"), ("charged", "charged")):
            assert any(word in text[start:end] for start, end in given[name].evidence), text


def test_the_parts_of_one_text_are_nobody_elses(tagger: Tagger) -> None:
    texts = [
        "The app crashes. I was charged twice",
        "hello",
        "Where is my parcel, and why does nobody answer?",
        "",
        "The app freezes",
    ]
    together = tagger.tag(texts, at_least=0.0)
    assert together == [tagger.tag([text], at_least=0.0)[0] for text in texts]
    assert np.array_equal(tagger.odds(texts), np.vstack([tagger.odds([text]) for text in texts]))


def test_what_was_denied_of_a_message_is_denied_of_its_parts() -> None:
    text = "My delivery is late again. My neighbour asks where the parcel is every day"
    assert "late" in names(Tagger.teach(LABELS), text)
    denied = Tagger.teach(LABELS, [Lesson(text, "late", belongs=False)])
    assert "late" not in names(denied, text)
    back = Tagger.teach(LABELS, [Lesson(text, "late", belongs=False), Lesson(text, "late")])
    assert "late" in names(back, text)
