"""A title that judges holds who judges so."""

from __future__ import annotations

import numpy as np
import pytest

from tests.textanalytics.naming.loose import SAID, texts_of
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.saying.judging import Judging
from textanalytics.naming.saying.speaking import Speaking
from textanalytics.settling.marks import unit_rows

OTHERS = texts_of(*SAID, "Refund")


def asked(text: str, mood: int = 0, language: str = "en", *, always: str = "", felt: float = 0.0) -> Judging:
    """Who is asked for the last of all texts, in each of which stands what is `always` said."""
    texts = [*(f"{other} {always}" for other in OTHERS), text]
    corpus = read_texts(texts, np.zeros(len(texts), np.int64), ["en"] * len(OTHERS) + [language])
    middle = default().encode(texts).mean(0)
    meant = unit_rows(default().encode(corpus.words.names) - middle)
    moods, feelings = np.array([0] * len(OTHERS) + [mood]), np.array([0.0] * len(OTHERS) + [felt], np.float32)
    return Judging(corpus, moods, feelings, Speaking(corpus, meant))


def fits(
    title: str, text: str, mood: int, *, language: str = "en", always: str = "", felt: float = 0.0
) -> bool:
    judging = asked(text, mood, language, always=always, felt=felt)
    return judging.fits(len(OTHERS), judging.of(title))


@pytest.mark.parametrize(
    ("title", "mood"),
    [
        ("Great driver", 1),
        ("Love the driver", 1),
        ("Worst driver", -1),
        ("Driver", 0),
        ("Parcel was crushed", 0),
        ("Driver is not great", 0),
        ("Great · driver", 0),
        ("Good and bad drivers", 0),
        ("Better drivers", 0),
        ("Loyal driver", 0),
    ],
)
def test_a_title_judges_by_its_adjective_or_by_a_verb_of_feeling(title: str, mood: int) -> None:
    assert asked("the driver").of(title).mood == mood


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("what a wonderful driver", 1),
        ("what a wonderful driver", 0),
        ("late again, and yet such a wonderful driver, the best of all", 1),
        ("#greatdriver today", 1),
        ("could not be quicker, I love this driver", 1),
        ("an impeccable driver", 0),
        ("I would recommend this driver", 1),
    ],
)
def test_who_praises_the_thing_in_words_fits(text: str, mood: int) -> None:
    assert fits("Great driver", text, mood)


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("the driver came at noon, thanks", 1),
        ("what a wonderful driver", -1),
        ("the driver is not wonderful", 1),
        ("it would be wonderful if the driver rang", 1),
        ("I wish the driver was wonderful", 1),
        ("I used to love the driver", 1),
        ("where is the wonderful driver?", 1),
        ("a wonderful day in the sun, and the driver came at noon", 1),
        ("a rude driver, I told him. Well, the weather is wonderful, and the tea was the best", 1),
        ("I accept the driver, a loyal one", 1),
        ("the driver came with my reward, a gift", 1),
        ("a driver who shows up, pretty late", 1),
        ("what a lovely driver, he lost my parcel, broke the horrible gate and lied", 1),
    ],
)
def test_who_does_not_praise_the_thing_does_not_fit(text: str, mood: int) -> None:
    assert not fits("Great driver", text, mood)


PRAISED = "the driver came at noon with my box, my dog and my cat. Such wonderful people"


@pytest.mark.parametrize(
    ("text", "felt", "stays"),
    [
        (PRAISED, 0.6, True),
        (PRAISED, 0.5, False),
        ("my brother came at noon with my box, my dog and my cat. Such wonderful people", 0.6, False),
        (f"please, {PRAISED}", 0.6, False),
        (f"{PRAISED}. Is that so?", 0.6, False),
        ("the driver came at noon with my box, my dog and my cat. Thanks", 0.6, False),
    ],
)
def test_who_praises_something_beside_the_thing_fits_if_it_is_read_as_praise_for_certain(
    text: str, felt: float, stays: bool
) -> None:
    assert fits("Great driver", text, 1, felt=felt) == stays


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("what a horrible driver", 0),
        ("never had a worse driver", -1),
        ("the driver threw it over the fence", -1),
        ("a horrible driver, but you were wonderful on the phone", 0),
    ],
)
def test_who_blames_the_thing_or_tells_what_it_did_fits(text: str, mood: int) -> None:
    assert fits("Terrible driver", text, mood)


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("the driver threw it over the fence", 0),
        ("what a horrible driver", 1),
        ("the soup was cold", -1),
        ("the driver was wonderful. Then somebody stole the box", -1),
    ],
)
def test_who_does_not_blame_or_blames_something_else_does_not_fit(text: str, mood: int) -> None:
    assert not fits("Terrible driver", text, mood)


def test_what_is_said_strongly_needs_half_of_the_name() -> None:
    assert not fits("Terrible parcel driver", "the driver came at noon", -1)
    assert fits("Terrible parcel driver", "the driver came at noon, what a disgrace, horrible", -1)


def test_what_all_speak_of_goes_without_saying() -> None:
    said = "what wonderful people, I love them"
    assert not fits("Great shop", said, 1)
    assert fits("Great shop", said, 1, always="in your shop")
    assert fits("Terrible shop", "cold soup again", -1, always="in your shop")


def test_other_languages_are_not_asked() -> None:
    assert fits("Great driver", "der Fahrer warf es weg", -1, language="de")


def test_who_tells_has_not_said_it() -> None:
    judging = asked("the driver threw it over the fence", -1)
    assert not judging.says(len(OTHERS), judging.of("Terrible driver"))
    judging = asked("a horrible driver", -1)
    assert judging.says(len(OTHERS), judging.of("Terrible driver"))
