"""Whether the few texts of a small theme say the same."""

from __future__ import annotations

import numpy as np
import pytest

from tests.textanalytics.naming.loose import SAID, texts_of
from textanalytics.base import IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging import agreeing
from textanalytics.naming.belonging.agreeing import Agreeing, of_one_mind
from textanalytics.naming.choosing.candidates import doubted
from textanalytics.naming.saying.titling import Title

SAME = ("my oven door fell off its hinges", "the oven door broke off at the hinges")
ONE_WORD = ("my order of candles came cold", "in order to sleep I count sheep")
NAMED = (
    "chorizo is gone from the menu of every stall",
    "my cat stole the chorizo at dawn",
    "does chorizo need a licence in Norway",
)


@pytest.fixture(autouse=True)
def enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreeing, "AMONG", len(SAID))


def stands(
    *few: str, languages: tuple[str, ...] = (), moods: tuple[int, ...] = (), mixed: bool = False
) -> tuple[list[int], dict[int, Title]]:
    """The labels of a theme of these texts beside others, which stay; and the titles that are left."""
    asker, numbers, told = asking(*few, languages=languages, moods=moods)
    titles = {label: Title(f"Title {label}", ("word",)) for label in range(len(SAID))}
    titles[len(SAID)] = Title("Few", ("word",), mixed=mixed)
    found, kept = of_one_mind(numbers, titles, asker, german=False)
    assert found[: -len(few)].tolist() == numbers[: -len(few)].tolist()
    assert told == len(numbers)
    return found[-len(few) :].tolist(), kept


def asking(
    *few: str, languages: tuple[str, ...] = (), moods: tuple[int, ...] = ()
) -> tuple[Agreeing, IntArray, int]:
    texts = [*texts_of(*SAID), *few]
    labels = [place for place, name in enumerate(SAID) for _ in SAID[name]] + [len(SAID)] * len(few)
    numbers, others = np.array(labels), len(texts) - len(few)
    spoken = ["en"] * others + list(languages or ["en"] * len(few))
    felt = np.array([0] * others + list(moods or [0] * len(few)))
    corpus = read_texts(texts, numbers, spoken)
    return Agreeing(corpus, numbers, default().encode(texts), spoken, felt), numbers, len(texts)


def test_two_who_say_the_same_stay_together() -> None:
    assert stands(*SAME)[0] == [len(SAID)] * 2


def test_two_who_share_a_word_are_two_voices_with_titles_of_their_own() -> None:
    labels, kept = stands(*ONE_WORD)
    assert labels == [len(SAID) + 1, len(SAID) + 2]
    assert sorted(kept) == list(range(len(SAID)))


def test_who_praises_does_not_say_what_another_blames() -> None:
    assert len(set(stands(*SAME, moods=(1, -1))[0])) == 2


def test_what_a_language_says_everywhere_is_not_shared() -> None:
    few = ("que hay de la cuenta", "de la tienda que mi madre quiere")
    assert len(set(stands(*few)[0])) == 1
    assert len(set(stands(*few, languages=("es", "es"))[0])) == 2
    assert len(set(stands(few[0], few[0] + "!", languages=("es", "es"))[0])) == 1, "but copies are"


def test_a_language_that_the_encoder_hardly_knows_makes_no_copies() -> None:
    few = ("ありがとうございます。 今、電話で主人が対応", "ありがとうございます。 接続がすぐに切れて")
    vectors = default().encode(few)
    assert vectors[0] @ vectors[1] >= agreeing.COPY
    assert len(set(stands(*few, languages=("ja", "ja"))[0])) == 2


def test_who_says_it_with_nobody_leaves_and_the_others_stay() -> None:
    labels, _ = stands(*SAME, "grandmother likes porridge")
    assert labels[0] == labels[1] != labels[2]


def test_who_says_it_with_nobody_stays_by_a_word_of_theirs() -> None:
    labels, kept = stands(*SAME, "my oven door broke at the hinges", "hinges like porridge")
    assert labels == [len(SAID)] * 4
    assert not kept[len(SAID)].unsure


def test_several_who_share_a_word_of_their_own_stay_and_are_unsure() -> None:
    labels, kept = stands(*NAMED)
    assert labels == [len(SAID)] * 3
    assert kept[len(SAID)].unsure


def test_nobody_is_asked_where_there_are_few_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreeing, "AMONG", 1_000)
    assert stands(*ONE_WORD)[0] == [len(SAID)] * 2
    assert not is_unsure(*ONE_WORD)


def test_mixed_themes_are_left_as_they_are() -> None:
    assert stands(*ONE_WORD, mixed=True)[0] == [len(SAID)] * 2


@pytest.mark.parametrize(("few", "expected"), [(SAME, False), (ONE_WORD, True), (NAMED, True)])
def test_what_a_few_do_not_agree_in_is_unsure(few: tuple[str, ...], expected: bool) -> None:
    assert is_unsure(*few) == expected


def is_unsure(*few: str) -> bool:
    _, numbers, _ = asking(*few)
    texts = [*texts_of(*SAID), *few]
    corpus = read_texts(texts, numbers, ["en"] * len(texts))
    titles = {len(SAID): Title("Few", ("word",))}
    return doubted(titles, corpus, numbers, vectors=default().encode(texts), encoder=default())[
        len(SAID)
    ].unsure
