from __future__ import annotations

from collections import Counter

from textanalytics.rising.waves import TOLD, one_matter, share_messages, telling

STORM = [
    {"flight", "cancelled", "hold"},
    {"flight", "cancelled", "rebook"},
    {"flight", "hold", "hours"},
    {"flight", "cancelled", "hold"},
]
QUIET = [{"flight", "seat"}, {"flight", "bag"}, {"flight", "crew"}, {"flight", "meal"}] * 10


def lately() -> Counter[str]:
    return Counter(word for words in (*STORM, *QUIET) for word in words)


def test_the_words_that_set_a_rise_apart_come_strongest_first() -> None:
    told = telling(STORM, lately(), len(STORM) + len(QUIET))
    assert told == ("cancelled", "hold")


def test_what_everybody_always_says_and_what_one_says_tells_nothing() -> None:
    told = telling(STORM, lately(), len(STORM) + len(QUIET))
    assert not {"flight", "rebook", "hours"} & set(told)
    assert telling([], {}, 0) == ()


def test_at_most_so_many_words_in_an_order_that_is_always_the_same() -> None:
    said = [set("abcdefgh")] * 3
    counts = Counter("abcdefgh" * 3)
    assert telling(said, counts, 90) == telling([set("hgfedcba")] * 3, counts, 90) == tuple("abcd")
    assert len(telling(said, counts, 90)) == TOLD


def test_two_words_in_common_are_one_matter_and_one_is_none() -> None:
    assert one_matter(["cancelled", "hold", "rebook"], ["hold", "cancelled"])
    assert not one_matter(["flight", "delay"], ["flight", "weather"])
    assert not one_matter(["update"], ["update"])
    assert not one_matter(["a", "b", "c", "d", "e"], ["a", "b", "x", "y", "z"])
    assert not one_matter([], [])


def test_a_tenth_of_the_fewer_messages_in_common_is_one_matter() -> None:
    assert share_messages(set(range(20)), set(range(18, 100)))
    assert not share_messages(set(range(20)), set(range(19, 100)))
    assert not share_messages(set(), {1})
