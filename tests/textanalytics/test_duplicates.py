from __future__ import annotations

from textanalytics.duplicates import MOST, SeenTexts, fingerprint


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
