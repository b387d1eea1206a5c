"""A title claims what many of a theme's texts say, in whatever words; the word that the fewest say decides."""

from __future__ import annotations

import numpy as np

from tests.textanalytics.naming.telling.test_several import ELSEWHERE as OTHERS
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus, read_texts
from textanalytics.grammar.keywords import weigh
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.choosing.putting import Putting, judges
from textanalytics.naming.choosing.titles import Title, name_all
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.claims import HELD, Claims
from textanalytics.naming.saying.finding import Finder
from textanalytics.naming.saying.listing import Listing
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.saying.theme import Theme

LOST = ["you lost my bag", "my luggage is lost", "lost luggage again", "they have lost our bag in Oslo"]
NOT_LOST = ["you have not lost my bag", "my luggage was never lost"]
BAG = ["is a bag of flour allowed", "a lovely bag"]
EMAIL = [
    "never got a confirmation email from you",
    "I never got my confirmation email",
    "my email address was spelt wrong",
    "how do I change the email address",
    "thanks for the kind email",
    "your email made my day",
    "too many emails every week",
    "stop the weekly emails please",
    "your email landed in the wrong folder",
    "who reads the email at your office",
    "I opened the email with the coupon",
    "the coupon in the email has expired",
    "email from a stranger with your logo",
    "got your email about the new shop",
]
ELSEWHERE = [*OTHERS, "the lamp flickers at night", "violin strings in winter"]


def corpus_of(texts: list[str]) -> tuple[Corpus, Claims, Backing]:
    """Of texts of one theme, beside those of eight others."""
    rows = [*texts, *ELSEWHERE]
    labels = np.array([0] * len(texts) + list(range(1, len(ELSEWHERE) + 1)))
    corpus = read_texts(rows, labels)
    starts, stem = corpus.words.starts.tolist(), corpus.words.stem.tolist()
    stems = [stem[starts[i] : starts[i + 1]] for i in range(len(texts))]
    claims = Claims(corpus, Meaning(default(), default().encode(rows), labels))
    return corpus, claims, Backing(corpus.texts[: len(texts)], stems, range(len(texts)))


def worded(texts: list[str], said: str) -> list[bool]:
    """Which texts say, in words of that sense, what stands in the first of them."""
    corpus, claims, backing = corpus_of(texts)
    words, wanted = corpus.texts[0].lower, said.split()
    start = next(i for i in range(len(words)) if words[i : i + len(wanted)] == wanted)
    return [bool(one) for one in claims.worded(0, Phrase(start, start + len(wanted), 1.0), backing)]


def title_of(texts: list[str]) -> Title:
    rows = [*texts, *ELSEWHERE]
    labels = np.array([0] * len(texts) + list(range(1, len(ELSEWHERE) + 1)))
    corpus = read_texts(rows, labels)
    return name_all(corpus, labels, vectors=default().encode(rows), encoder=default())[0]


def test_another_word_of_the_same_sense_says_it() -> None:
    assert worded([*LOST, *BAG], "lost my bag") == [True] * 4 + [False] * 2


def test_what_is_denied_is_not_said() -> None:
    assert worded([*LOST, *NOT_LOST], "lost my bag") == [True] * 4 + [False] * 2
    assert worded([*NOT_LOST, *LOST], "not lost my bag") == [True] * 2 + [False] * 4


def test_a_small_verb_is_part_of_what_is_claimed() -> None:
    rows = [
        "need a back button",
        "the back button is red",
        "who drew the back button",
        "we need a back button",
    ]
    assert worded(rows, "need a back button") == [True, False, False, True]


MUSEUM = [
    "why is the museum closed",
    "why is the museum closed today",
    "when does the museum open",
    "is the museum open on Sunday",
    "how long is the museum open",
    "does the museum open early",
]


def test_who_asks_why_takes_it_for_a_fact_that_more_have_to_state() -> None:
    asked = Phrase(0, 5, 1.0, asks=True)
    _, claims, backing = corpus_of(MUSEUM)
    assert claims.saying(0, asked, backing).mean() >= HELD
    assert not claims.held(0, asked, backing)
    _, claims, backing = corpus_of([*MUSEUM[:2], "they closed the museum, why", *MUSEUM[2:]])
    assert claims.held(0, asked, backing)


CHECK_OUT = ["when do we check out", "is late checkout free", "checking out at noon"]
CHECK_IN = ["when do we check in", "is early check-in free", "checking in at noon", "can we check in online"]


def saying(texts: list[str], said: str) -> list[bool]:
    """The same, in whatever words."""
    corpus, claims, backing = corpus_of(texts)
    words, wanted = corpus.texts[0].lower, said.split()
    start = words.index(wanted[0])
    return [bool(one) for one in claims.saying(0, Phrase(start, start + len(wanted), 1.0), backing)]


def test_which_way_a_verb_goes_is_part_of_it() -> None:
    assert saying([*CHECK_OUT, *CHECK_IN], "check out")[3:] == [False] * 4
    assert saying([*CHECK_IN, *CHECK_OUT], "check in")[4:] == [False] * 3
    assert worded([*CHECK_IN, *CHECK_OUT], "check in")[::2][:2] == [True] * 2


def test_what_few_claim_gives_way_to_the_thing() -> None:
    assert title_of(EMAIL).title == "Email"


def test_what_many_claim_is_the_title() -> None:
    rows = [
        f"{who} never got a confirmation email {when}" for who in ("I", "we", "she") for when in ("", "today")
    ]
    assert title_of([*rows, *EMAIL[2:4]]).title.endswith("got a confirmation email")


def test_no_word_is_listed_that_few_say() -> None:
    rows = [
        *(f"snow {what}" for what in ("on the runway", "in the fields", "over Bergen", "again", "all day")),
        *(f"{what} weather" for what in ("winter", "icy", "bad", "cold", "awful")),
        "sand in every pocket",
        "Boston at noon",
    ]
    title = title_of(rows).title.lower()
    assert "boston" not in title
    assert "snow" in title or "weather" in title


APP = [
    "the app drains the battery, awful",
    "I hate how the app looks in the dark",
    "app sends ten ads a day, terrible",
    "why does the app want my contacts, creepy",
    "app is in the wrong language, annoying",
    "the app forgot my coupons, sad",
    "horrible colours in this app",
    "app eats my storage, horrible",
    "the app shows the wrong shop, useless",
    "app took my evening, dreadful",
]


def called(texts: list[str], mood: str) -> Title:
    """How a theme is called whose texts, and all others, are in that mood."""
    rows = [*texts, *ELSEWHERE]
    labels = np.array([0] * len(texts) + list(range(1, len(ELSEWHERE) + 1)))
    corpus, moods = read_texts(rows, labels), [mood] * len(rows)
    return name_all(corpus, labels, moods=moods, vectors=default().encode(rows), encoder=default())[0]


def test_a_fault_that_many_name_stands_in_the_place_of_the_thing() -> None:
    """Where nearly all complain of a thing of all sorts."""
    texts = [*(f"your app doesn't work {when}" for when in ("on my tablet", "today", "since Monday")), *APP]
    assert called(texts, "negative").title == "App doesn't work"
    assert not called(texts, "negative").several
    assert called(texts, "neutral").title == "App"


def test_what_judges_may_stand_in_the_place_of_a_thing_and_a_fact_may_not() -> None:
    assert judges("Bad app", -1)
    assert judges("Can't log in", -1)
    assert judges("Great crew", 1)
    assert not judges("Great crew", -1)
    assert not judges("Cancelled my card", -1)
    assert not judges("Bad app", 0)


def test_praise_of_a_thing_that_another_theme_is_called_by_is_not_numbered() -> None:
    """Of several matters the thing is the title, unless it is taken."""
    texts = [f"what a great kettle {when}" for when in ("today", "again", "at last", "in May")]
    labels = np.zeros(len(texts), np.int64)
    corpus = read_texts(texts, labels)
    listing = Listing(corpus)
    finder = Finder(corpus, ["positive"] * len(texts), None, listing)
    members, backing = finder.backed(np.arange(len(texts)))
    theme = Theme(0, members, weigh(corpus.words, labels)[0], backing, "en", (), (), None)

    def put(taken: set[str]) -> str:
        return Putting(corpus, listing, finder, None, taken).alone(theme, "Kettle", several=True)

    assert put(set()) == "Kettle"
    assert put({"kettle"}) == "Great kettle"
