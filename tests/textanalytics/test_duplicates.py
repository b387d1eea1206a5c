from __future__ import annotations

import pytest

from textanalytics.duplicates import MOST, SeenTexts, copy_mark, fewer, fingerprint


def test_case_and_blanks_do_not_matter_but_words_do() -> None:
    assert fingerprint("The  App\ncrashes ") == fingerprint("the app crashes")
    assert fingerprint("the app crashes") != fingerprint("the app crashed")
    assert fingerprint("\ud800 half a pair") != fingerprint("half a pair")


def test_a_text_is_found_where_it_first_went() -> None:
    seen = SeenTexts()
    seen.remember(11, 4)
    seen.remember(11, 9)
    assert seen.find([11, 12]).tolist() == [4, -1]
    seen.forget(11)
    seen.forget(11)
    assert seen.find([11]).tolist() == [-1]
    assert seen.pack(4) == b""


def test_packed_texts_come_back() -> None:
    seen, other = SeenTexts(), SeenTexts()
    for mark in (2**64 - 1, 0, 7):
        seen.remember(mark, 3)
    other.unpack(3, seen.pack(3))
    assert other.find([2**64 - 1, 0, 7, 8]).tolist() == [3, 3, 3, -1]
    assert other.pack(3) == seen.pack(3)


def test_one_micro_remembers_only_so_many() -> None:
    seen = SeenTexts()
    for mark in range(MOST + 5):
        seen.remember(mark, 0)
    assert len(seen.pack(0)) == 8 * MOST
    assert seen.find([MOST + 1]).tolist() == [-1]


CAMPAIGN = "Dear {name},\nStop the price rise now. We pay more every year for less and less service. Bring back the {n} night train!\nKind regards, {name}"


def test_copies_share_a_mark_whoever_signs_them() -> None:
    one = copy_mark(CAMPAIGN.format(name="Anna", n=1))
    assert one == copy_mark(CAMPAIGN.format(name="Bert Sol", n=22).upper())
    assert 0 < one < 2**63
    assert one != copy_mark(CAMPAIGN.replace("night", "slow"))


@pytest.mark.parametrize(
    "text",
    [
        "thanks",
        "Still waiting for my refund",
        "I was charged twice for the same order on my card.",
        "thanks " * 11,
        "Hi. Hello. Thanks a lot. Bye now. See you then. So long. All the best. Kind regards. Anna.",
    ],
)
def test_what_many_say_by_themselves_is_no_copy(text: str) -> None:
    assert copy_mark(text) == 0


def test_who_sent_nothing_but_a_copied_text_counts_with_the_others_who_did() -> None:
    assert fewer([1, 2, 3, 4], [7, 7, 7, 0]) == (3, 1)
    assert fewer([1, 2, 2, 3], [7, 7, 0, 8]) == (
        1,
        1,
    )  # Two wrote their own words as well; nobody else sent 8.
    assert fewer([1, 2, 3, 4], [7, 7, 8, 8]) == (4, 2)
    assert fewer([1, 1], [7, 7]) == (0, 0)
    assert fewer([], []) == (0, 0)
