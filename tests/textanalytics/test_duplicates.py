from __future__ import annotations

import pytest

from textanalytics.duplicates import MOST, Marks, SeenTexts, copy_mark, copy_marks, fewer, fingerprint


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


LONG = (
    "Dear {name}, I ask you to keep the {thing} on the coast line, because we all depend on it every single day,"
    " and {who} promised us in March that nothing would change. Regards, {name}"
)
FILLED = {"name": "Anna", "thing": "train", "who": "Peter Sommer"}


@pytest.mark.parametrize(
    ("field", "word"),
    [("name", "Bert Sol"), ("thing", "bus"), ("who", "Maria"), ("who", "Anna Maria Berg"), ("who", "you")],
)
def test_a_copy_with_one_word_or_name_exchanged_shares_a_mark(field: str, word: str) -> None:
    one, other = copy_marks(LONG.format(**FILLED)), copy_marks(LONG.format(**FILLED | {field: word}))
    assert set(one) & set(other)


def test_copies_that_differ_throughout_share_none() -> None:
    other = LONG.replace("keep", "save").replace("depend", "rely").replace("nothing", "little")
    assert not set(copy_marks(LONG.format(**FILLED))) & set(copy_marks(other.format(**FILLED)))


def test_a_short_text_with_another_word_is_another_text() -> None:
    one, other = (
        copy_marks(f"Where is my order that I {word} last week, can you tell me now please")
        for word in ("placed", "paid")
    )
    assert one[0] != other[0]
    assert one[1:] == other[1:] == (0, 0, 0)


def whole(*marks: int) -> list[Marks]:
    return [(mark, 0, 0, 0) for mark in marks]


def test_who_sent_nothing_but_a_copied_text_counts_with_the_others_who_did() -> None:
    assert fewer([1, 2, 3, 4], whole(7, 7, 7, 0)) == (3, 1)
    assert fewer([1, 2, 2, 3], whole(7, 7, 0, 8)) == (
        1,
        1,
    )  # Two wrote their own words as well; nobody else sent 8.
    assert fewer([1, 2, 3, 4], whole(7, 7, 8, 8)) == (4, 2)
    assert fewer([1, 1], whole(7, 7)) == (0, 0)
    assert fewer([], []) == (0, 0)
    assert (
        fewer([1, 2, 2], whole(7, 7, 0), {1: 1, 2: 2}) == fewer([1, 2], whole(7, 7), {1: 1, 2: 2}) == (1, 1)
    )


def test_changed_copies_are_one_text_also_where_only_a_third_one_binds_them() -> None:
    assert fewer([1, 2], [(1, 5, 6, 7), (2, 5, 8, 9)]) == (2, 1)
    assert fewer([1, 2, 3], [(1, 5, 6, 7), (2, 5, 8, 9), (3, 10, 8, 11)]) == (3, 1)
    assert fewer([1, 2, 3], [(1, 5, 6, 7), (2, 12, 8, 9), (3, 10, 13, 11)]) == (0, 0)


PASSED = "The new timetable is out now"


@pytest.mark.parametrize(
    "text",
    [
        f"RT @acme: {PASSED} https://t.example/1",
        f"lol RT @acme: {PASSED} https://t.example/2",
        f"“@acme: {PASSED} https://t.example/3” no, please",
        f"Nope. “@acme: {PASSED}”",
    ],
)
def test_what_is_passed_on_is_a_copy_however_short(text: str) -> None:
    mark = copy_mark(f"RT @acme: {PASSED}")
    assert mark
    assert copy_mark(text) == mark


def test_what_is_passed_on_is_a_copy_of_the_whole() -> None:
    long = "The line to the harbour is closed for works until the last Sunday in October"
    assert copy_marks(f"RT @acme: {long}") == copy_marks(long) != (0, 0, 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        PASSED,
        f"My bus is not in it, as ever. RT @acme: {PASSED}",
        f"“@acme: {PASSED}” and yet my bus never came",
        "RT @acme: so true",
    ],
)
def test_who_says_a_sentence_about_it_speaks_for_themselves(text: str) -> None:
    assert copy_mark(text) != copy_mark(f"RT @acme: {PASSED}")


def test_passers_on_count_as_one_text() -> None:
    marks = [copy_marks(f"{how} RT @acme: {PASSED}") for how in ("lol", "no", "please", "😂")]
    assert fewer([1, 2, 3, 4], marks) == (4, 1)


def test_a_headline_that_is_passed_on_with_a_link_is_a_copy_and_without_one_is_said_by_chance() -> None:
    head = "Acme ploughs a lone furrow in the north"
    linked = [copy_mark(f"@acme {head} https://news.example/{n}") for n in range(2)]
    assert linked[0] == linked[1] != 0
    assert copy_mark(head) == 0 == copy_mark("my lamp broke https://pictures.example/1")
