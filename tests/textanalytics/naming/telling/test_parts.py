"""What is said in the parts of a theme is told where most of them can be called by it."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.saying.titling import Title
from textanalytics.naming.telling.matters import Matter
from textanalytics.naming.telling.parts import Parts, in_parts

WHEN = (
    "yesterday",
    "this morning",
    "again",
    "in the shop",
    "at the hotel",
    "last week",
    "on my trip",
    "today",
)
ASKS = (
    "how do I",
    "how can I",
    "please help me",
    "I want to",
    "where do I",
    "can you",
    "I need to",
    "let me",
)
ENDS = ("", " please", " now", " today", ", thanks", " here")
CANCELLED = [f"my card payment was cancelled {when}" for when in WHEN] + [
    f"why was the card payment cancelled {when}" for when in WHEN
]
UNKNOWN = [f"I don't recognise a card payment {when}" for when in WHEN] + [
    f"there is a card payment I don't recognise {when}" for when in WHEN
]
CHARGED = [f"I was charged a fee for my card payment {when}" for when in WHEN] + [
    f"why are you charging a fee for a card payment {when}" for when in WHEN
]
THEME = CANCELLED + UNKNOWN + CHARGED


def told(texts: list[str], mixed: bool = False, language: str = "en") -> tuple[Matter, ...]:
    return parted(texts, Title("Card payment", (), mixed=mixed), language).said


def parted(texts: list[str], title: Title, language: str = "en", moods: list[str] | None = None) -> Parts:
    labels = np.zeros(len(texts), np.int64)
    corpus = read_texts(texts, labels, [language] * len(texts))
    encoder, titles = default(), {0: title}
    found = in_parts(corpus, labels, titles, vectors=encoder.encode(texts), encoder=encoder, moods=moods)
    return found.get(0, Parts(()))


def test_each_part_is_called_by_what_is_said_in_it_and_has_its_texts() -> None:
    found = {
        word: one for one in told(THEME) for word in ("cancel", "recogni", "fee") if word in one.said.lower()
    }
    assert set(found) == {"cancel", "recogni", "fee"}
    for word, texts in (("cancel", CANCELLED), ("recogni", UNKNOWN), ("fee", CHARGED)):
        own = {THEME[i] for i in found[word].texts}
        assert len(own & set(texts)) >= 0.9 * len(own)
    every = [i for one in told(THEME) for i in one.texts]
    assert len(every) == len(set(every))
    assert [len(one.texts) for one in told(THEME)] == sorted(
        (len(one.texts) for one in told(THEME)), reverse=True
    )


def test_parts_that_say_the_same_in_other_words_are_one() -> None:
    needs = [f"my car needs {what} {when}" for what in ("gas", "fuel") for when in WHEN]
    takes = [f"which {what} does my car take {when}" for what in ("gas", "fuel") for when in WHEN]
    tyres = [
        f"{what} {when}"
        for what in ("the tyres of my car are flat", "change the tyres of my car")
        for when in WHEN
    ]
    found = told(needs + takes + tyres)
    assert [len(one.texts) for one in found if "fuel" in one.said or "gas" in one.said] == [
        len(needs + takes)
    ]


def test_a_part_is_not_called_by_what_half_of_those_who_speak_of_it_deny() -> None:
    missing = [f"my refund is not showing on my statement {when}" for when in WHEN * 2]
    said = [one.said for one in told(missing + UNKNOWN + CHARGED)]
    assert said
    assert not [one for one in said if "statement" in one.lower() and "not" not in one.lower()]


def test_a_theme_in_which_all_say_one_thing_has_no_parts() -> None:
    assert told(["my card payment was cancelled"] * 60) == ()
    assert told([f"{ask} activate my card{end}" for ask in ASKS for end in ENDS]) == ()


def test_a_small_theme_a_mixed_one_and_a_german_one_are_not_looked_at() -> None:
    assert told(THEME[::2]) == () == told(THEME, mixed=True) == told(THEME, language="de")
    assert told(THEME)


SKIP = [f"skip this song {when}" for when in WHEN]
ADD = [f"{ask} add songs to my playlist{end}" for ask in ASKS for end in ENDS[:3]]
MUSIC = [f"{ask} play some music{end}" for ask in ASKS for end in ENDS[3:]]


def test_a_title_that_few_of_a_theme_say_gives_way_to_its_two_largest_parts() -> None:
    found = parted(SKIP + ADD + MUSIC, Title("Skip this song", ()))
    assert found.called == " / ".join(one.said for one in found.said[:2])
    assert "playlist" in found.called.lower() and "music" in found.called.lower()
    assert parted(SKIP + ADD + MUSIC, Title("Song · skip", ())).called == found.called


def test_a_title_that_many_say_or_that_judges_or_means_the_largest_part_stays() -> None:
    assert parted(THEME, Title("Card payment was cancelled", ())).called == ""
    assert parted(SKIP + ADD + MUSIC, Title("Horrible songs", ())).called == ""
    assert parted(SKIP + ADD + MUSIC, Title("Put onto my playlist", ())).called == ""


def test_the_name_of_a_thing_gives_way_to_what_half_say_of_it() -> None:
    twice = [text + end for text in CANCELLED + UNKNOWN for end in ("", " please")]
    found = parted(twice, Title("Card payment", ()))
    assert found.called == " / ".join(one.said for one in found.said[:2])
    assert "cancelled" in found.called and "recogni" in found.called


def test_what_only_says_what_all_parts_share_gives_way_to_the_two_largest() -> None:
    verbs = ("open", "get", "have")
    kids = [f"{a} {b} an account for my children{c}" for a in ASKS for b, c in zip(verbs, ENDS, strict=False)]
    age = [f"what is the age limit {when}" for when in WHEN * 2]
    age += [f"is there an age limit, I open an account {when}" for when in WHEN]
    found = parted(kids + age, Title("Open an account", ()))
    assert found.called == "Open an account: account for my children / age limit"
    assert parted(kids + age, Title("Can't open an account", ())).called != found.called


def test_of_what_is_only_called_trouble_fewer_have_to_say_one_of_the_two() -> None:
    twice = [
        f"{what} {when}"
        for what in ("my card payment shows twice", "one card payment twice")
        for when in WHEN
    ]
    slow = [
        f"{what} {when}" for what in ("a card payment takes a week", "slow card payment") for when in WHEN
    ]
    texts = [*THEME, *twice, *slow]
    trouble = Title("Card payment", (), troubled="Card payment trouble", blamed=True)
    assert " / " in parted(texts, trouble).called
    assert parted(texts, Title("Card payment", ())).called == ""


def test_a_title_has_the_other_matter_of_its_theme_beside_it() -> None:
    title = Title("Card payment was cancelled", ())
    others = [f"{ask} open an account for my son{end}" for ask in ASKS for end in ENDS[:3]]
    found = parted(CANCELLED + others, title)
    assert found.called.startswith(f"{title.title} / ")
    assert "open an account" in found.called.lower()


def test_no_part_of_a_theme_of_complaints_is_called_by_praise() -> None:
    was = [f"it was a great app, and now nothing works {when}" for when in WHEN * 2]
    crashes = [f"the app crashes on my phone {when}" for when in WHEN * 2]
    stuck = [f"the app gets stuck on the login screen {when}" for when in WHEN * 2]
    texts = was + crashes + stuck
    said = [one.said for one in parted(texts, Title("App", ()), moods=["negative"] * len(texts)).said]
    assert said and not [one for one in said if "great" in one.lower()]
    assert [one for one in parted(texts, Title("App", ())).said if "great" in one.said.lower()]


def test_a_part_that_says_what_the_title_says_is_marked() -> None:
    said = parted(THEME, Title("Card payment was cancelled", ())).said
    assert [one.said for one in said if one.titled] == [
        one.said for one in said if "cancel" in one.said.lower()
    ]
    assert len(said) == 3 and sum(one.titled for one in said) == 1
    assert not any(one.titled for one in told(THEME))
    beside = parted(THEME, Title("Card payment · cancelled", ())).said
    assert not any(one.titled for one in beside), "the word beside it will not be shown"


def test_what_only_says_more_of_the_same_is_one_part_unless_the_title_says_it() -> None:
    plain = [f"{ask} block my card{end}" for ask in ASKS for end in ENDS[:2]]
    more = [f"{ask} block my company card {when}" for ask in ASKS[:4] for when in WHEN[4:]]
    rest = [f"{ask} order a new account statement{end}" for ask in ASKS for end in ENDS[:2]]
    apart, together = (
        [one.said for one in parted(plain + more + rest, Title(title, ())).said]
        for title in ("Block my card", "Statement")
    )
    assert "Block my company card" in apart and "Block my card" in together
    assert len(together) == len(apart) - 1


def test_parts_that_say_one_thing_in_other_words_are_one_and_the_other_stands_beside_it() -> None:
    quick = [f"{ask} talk faster{end}" for ask in ASKS for end in ENDS[:3]]
    speed = [f"{ask} speed up the speech a bit{end}" for ask in ASKS for end in ENDS[:3]]
    slow = [f"{ask} slow down when you talk{end}" for ask in ASKS for end in ENDS[:2]]
    said = [one.said for one in parted(quick + speed + slow, Title("Speech", ())).said]
    assert len(said) == 2 and any("low" in one for one in said)


def test_what_is_cut_from_its_other_half_is_no_name_of_a_part() -> None:
    debit = [f"there is a debit in the app that I don't recognise {when}" for when in WHEN * 2]
    rest = CANCELLED + CHARGED
    said = [one.said.lower() for one in told(debit + rest)]
    assert not any(one.startswith("app that") for one in said)
    choose = [f"{ask} choose between a blue and a green card" for ask in ASKS * 2]
    said = [one.said.lower() for one in told(choose + rest)]
    assert not any("between" in one and "and" not in one.split() for one in said)
