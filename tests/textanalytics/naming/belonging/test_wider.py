"""The second level: themes about one thing, and the word that says which."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.encoders import default
from textanalytics.naming.belonging.wider import Wider

INVOICES = [
    [
        "I need a copy of the invoice for my order",
        "Send me a copy of my invoice",
        "Copy of the invoice again",
    ],
    [
        "The invoice shows the wrong VAT number",
        "VAT number on the invoice is missing",
        "No VAT on my invoice",
    ],
]
PARCELS = [
    ["My parcel arrived damaged", "The parcel was damaged and wet", "Damaged parcel, torn open"],
    ["My parcel never arrived", "The parcel is still missing", "Parcel lost for two weeks"],
]
ALONE = [["The barista course was great fun", "Loved the barista course", "When is the next barista course?"]]


def grouped(themes: list[list[str]]) -> tuple[Wider, np.ndarray]:
    units = np.stack([default().encode(texts).sum(0) for texts in themes])
    units /= np.maximum(np.linalg.norm(units, axis=1, keepdims=True), 1e-9)
    return Wider(themes), units


def found(themes: list[list[str]], **more: np.ndarray) -> tuple[Wider, list[int]]:
    wider, units = grouped(themes)
    return wider, wider.groups(units, np.full(len(themes), 3), **more).tolist()


def test_themes_about_one_thing_are_put_together_and_named_by_it() -> None:
    wider, groups = found(INVOICES + PARCELS + ALONE)
    assert groups[0] == groups[1] >= 0
    assert groups[2] == groups[3] >= 0
    assert groups[0] != groups[2]
    assert groups[4] == -1
    assert wider.title(np.array([0, 1])).startswith("Invoice")
    assert wider.title(np.array([2, 3])).startswith("Parcel")


def test_a_title_that_is_taken_gets_a_further_word() -> None:
    wider, _ = found(INVOICES + PARCELS + ALONE)
    first = wider.title(np.array([0, 1]))
    second = wider.title(np.array([0, 1]), [first])
    assert second.startswith(f"{first} · ")
    assert wider.title(np.array([2, 4]), [first]) == ""


def test_what_shares_no_telling_word_has_no_name_and_is_no_group() -> None:
    wider, groups = found([INVOICES[0], PARCELS[0]])
    assert groups == [-1, -1]
    assert wider.title(np.array([0, 1])) == ""


def test_what_belongs_to_nothing_is_left_out() -> None:
    apart = np.array([True, False, False, False, False])
    _, groups = found(INVOICES + PARCELS + ALONE, apart=apart)
    assert groups[:2] == [-1, -1]
    assert groups[2] == groups[3] >= 0


def test_the_same_call_gives_the_same_answer() -> None:
    first, second = (found(INVOICES + PARCELS + ALONE)[1] for _ in range(2))
    assert first == second


def test_nothing_and_one_theme_have_no_second_level() -> None:
    assert found(ALONE)[1] == [-1]
    assert Wider([]).groups(np.zeros((0, 256), np.float32), np.zeros(0, np.int64)).tolist() == []
    assert found([*INVOICES, []])[1][2] == -1


def test_praise_is_no_name() -> None:
    lovely = [[text.replace("parcel", "lovely lamp") for text in texts] for texts in PARCELS]
    wider, _ = found(INVOICES + lovely)
    assert "ovely" not in wider.title(np.array([2, 3]))
    only = [
        ["A lovely lamp", "What a lovely lamp", "Lovely lamp"],
        ["A lovely chair", "Lovely chair", "Lovely, this chair"],
    ]
    assert found(INVOICES + only)[0].title(np.array([2, 3])) == ""


def test_a_name_is_a_thing_and_not_what_happens() -> None:
    lamps = [
        ["My lamp doesn't work", "The lamp still doesn't work", "A new lamp and it won't work"],
        ["The lamp won't work outside", "My lamp can't work in rain", "Lamp should work outside"],
    ]
    assert found([*lamps, *ALONE])[0].title(np.array([0, 1])) == "Lamp"


def test_where_no_thing_is_shared_two_titles_stand_for_all() -> None:
    works = [
        ["The lamp doesn't work", "My lamp won't work", "Lamp didn't work"],
        ["The door doesn't work", "A door that won't work", "Door didn't work"],
    ]
    names = ["Lamp doesn't work · bulb", "Why did the door not open?"]
    title = found([*works, *ALONE])[0].title(np.array([0, 1]), (), names)
    assert title == "Lamp doesn't work · Why did the door not open"


def test_a_name_is_written_as_people_write_it() -> None:
    lamps = [
        ["Meine Lampe flackert", "Die Lampe flackert nachts", "Unsere Lampe flackert im Flur"],
        ["Die Lampe kam kaputt an", "Lampe war kaputt", "Nur eine kaputte Lampe im Paket"],
    ]
    wider = Wider(lamps, [["de"] * 3] * 2)
    assert wider.title(np.array([0, 1])) == "Lampe"


def test_a_group_that_is_nearly_one_theme_tells_nothing() -> None:
    wider, units = grouped(INVOICES + PARCELS + ALONE)
    assert wider.groups(units, np.array([30, 8, 30, 30, 30]))[0] >= 0
    groups = wider.groups(units, np.array([30, 3, 30, 30, 30])).tolist()
    assert groups[:2] == [-1, -1]
    assert groups[2] == groups[3] >= 0


def test_two_words_stand_as_people_mostly_say_them() -> None:
    rates = [
        [
            "What is the exchange rate?",
            "The exchange rate for euros",
            "Exchange rate today",
            "the rate of exchange",
        ],
        ["The exchange rate was wrong", "Wrong exchange rate again", "An exchange rate that is wrong"],
    ]
    assert Wider([*rates, *PARCELS, *ALONE]).title(np.array([0, 1])) == "Exchange rate"


def titled(themes: list[list[str]], titles: list[str]) -> list[int]:
    wider, units = grouped(themes)
    return wider.groups(units, np.full(len(themes), 3), titles=titles).tolist()


def test_where_titles_are_known_each_says_what_they_share_or_is_much_like_the_others() -> None:
    others = ["Arrived damaged", "Still missing", "Barista course"]
    both = titled(INVOICES + PARCELS + ALONE, ["Copy of my invoice", "Invoices without VAT", *others])
    assert both[0] == both[1] >= 0
    one = titled(INVOICES + PARCELS + ALONE, ["Copy of my invoice", "Without VAT", *others])
    assert one[:2] == [-1, -1]
    assert one[2] == one[3] >= 0, "Parcels are much alike, whatever their titles say."


def test_two_words_of_a_title_are_one_with_a_hyphen() -> None:
    forms = [[text.replace("invoice", "sign-up") for text in texts] for texts in INVOICES]
    others = ["Arrived damaged", "Still missing", "Barista course"]
    groups = titled(forms + PARCELS + ALONE, ["Copy of my sign-up", "Sign up without VAT", *others])
    assert groups[0] == groups[1] >= 0
    assert titled(forms + PARCELS + ALONE, ["Copy of my sign-up", "Up without VAT", *others])[:2] == [-1, -1]


DUE = ["When is the invoice due", "The invoice is due in May", "Due date of the invoice"]
ACCOUNTANT = [
    "My accountant wants the invoice",
    "Invoice number for my accountant",
    "The accountant paid the bill",
]
RADIO = [
    ["The radio is broken again", "My radio broke after a day", "Broken radio out of the box"],
    ["Another broken radio from you", "This radio is broken as well", "Radio came broken"],
]
LOVED = [["I love the radio in my kitchen", "Such a lovely radio", "The radio is a joy"]]
BESIDE = [
    ["The clock on the radio runs late", "Clock is late again", "Late clock, every night"],
    ["The plug of the radio sparks", "A plug that sparks", "Sparks from the plug"],
    ["Which batteries fit the radio", "Do batteries come with it", "Batteries are empty"],
    ["Your shop closes too early", "The shop was closed on Monday", "When does the shop close"],
]


def test_who_speaks_of_the_thing_belongs_to_it_whatever_the_title_says() -> None:
    others = ["Parcel damaged", "Parcel lost", "Course", "Radio broke", "Another radio"]
    titles = ["Copy of my invoice", "Invoices without VAT", "Invoice is due", "My accountant", *others]
    groups = titled([*INVOICES, DUE, ACCOUNTANT, *PARCELS, *ALONE, *RADIO], titles)
    assert groups[0] == groups[1] == groups[2] == groups[3] >= 0
    silent = [text.replace("nvoice", "etter") for text in ACCOUNTANT]
    groups = titled([*INVOICES, DUE, silent, *PARCELS, *ALONE, *RADIO], titles)
    assert groups[0] == groups[1] == groups[2] >= 0
    assert groups[3] == -1


def test_of_what_all_speak_praise_has_nothing_in_common_with_blame() -> None:
    themes = [*RADIO, *LOVED, *BESIDE]
    titles = ["Radio broke", "Another radio", "Lovely radio", "Clock", "Plug", "Batteries", "Shop"]
    wider, units = grouped(themes)
    praised, counts = np.arange(len(themes)) == 2, np.full(len(themes), 3)
    together = wider.groups(units, counts, titles=titles)
    assert together[0] == together[1] == together[2] >= 0
    apart = wider.groups(units, counts, titles=titles, praised=praised)
    assert apart[0] == apart[1] >= 0
    assert apart[2] == -1


def test_of_what_a_quarter_speak_praise_is_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    themes, titles = [*RADIO, *LOVED, *ALONE], ["Radio broke", "Another radio", "Lovely radio", "Course"]
    monkeypatch.setattr(Wider, "_near", lambda *_: np.full((4, 4), 0.5) + np.eye(4) / 2)
    wider = Wider(themes)
    for shop, count in ((3, [-1, 0]), (60, [0, 0])):
        counts = np.array([3, 3, 3, shop])
        praised = np.arange(4) == 2
        groups = wider.groups(np.eye(4), counts, titles=titles, praised=praised)
        assert [groups[2], groups[1]] == count


def test_a_thing_of_which_all_speak_names_only_most_of_the_themes_that_say_it() -> None:
    first, others = ["Radio broke", "Another radio", "Lovely radio"], ["Clock", "Plug", "Batteries", "Shop"]
    themes = [*RADIO, *LOVED, *BESIDE]
    assert titled(themes, [*first, *others])[0] >= 0
    said = [f"{title} of the radio" for title in others]
    assert titled(themes, [*first, *said])[:3] == [-1, -1, -1]


def test_of_two_words_the_one_that_the_titles_say_names_them() -> None:
    taxed = [
        ["The invoice shows the tax", "My invoice without a tax", "An invoice and the tax"],
        ["Invoice, but no tax", "Where is tax in the invoice", "The invoice needs a tax"],
    ]
    wider, _ = found(taxed + PARCELS + ALONE)
    assert wider.title(np.array([0, 1])) == "Invoice tax"
    assert wider.title(np.array([0, 1]), (), ["Tax shown", "Without a tax"]) == "Tax"


def test_what_is_alike_and_never_speaks_of_the_thing_is_not_about_it() -> None:
    arrived = ["It arrived damaged, or is missing", "Arrived damaged and wet", "Damaged and missing"]
    titles = ["Parcel damaged", "Parcel lost", "Damaged or missing", "Copy", "VAT", "Course"]
    wider, units = grouped([*PARCELS, arrived, *INVOICES, *ALONE])
    units[:3] = units[0]
    groups = wider.groups(units, np.full(len(units), 3), titles=titles)
    assert groups[0] == groups[1] >= 0
    assert groups[2] == -1


SAID = ("strong tea", "shop is shut", "lamp hums", "he sang", "old bread", "cold soup")


@pytest.mark.parametrize(
    ("title", "likeness", "together"),
    [("Dispatch", 0.6, False), ("Dispatch", 0.8, True), ("Parcelling", 0.6, True)],
)
def test_who_hardly_speaks_of_the_thing_has_to_be_much_like_the_others(
    monkeypatch: pytest.MonkeyPatch, title: str, likeness: float, together: bool
) -> None:
    slow = [f"the dispatch takes {n} days" for n in range(20)] + [
        "my parcel takes ten days",
        "the parcel takes ages",
    ]
    others = [[f"{said} {n}" for n in range(24)] for said in SAID]
    wider = Wider([*PARCELS, slow, *others])
    near = np.eye(9)
    near[:2, :2] = 0.8
    near[2, :2] = near[:2, 2] = likeness
    monkeypatch.setattr(Wider, "_near", lambda *_: near)
    titles = ["Parcel damaged", "Parcel lost", title, *SAID]
    groups = wider.groups(np.eye(9), np.array([3, 3, 22, *[24] * 6]), titles=titles).tolist()
    assert groups[0] == groups[1] >= 0
    assert (groups[2] == groups[0]) is together


def test_those_that_are_left_are_asked_again_if_they_speak_of_one_thing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    themes = [*INVOICES, BESIDE[-1], *PARCELS, *ALONE]
    titles = ["Copy of my invoice", "Invoices without VAT", "Shop", "Parcel", "Lost", "Course"]
    near = np.eye(6)
    near[0, 2] = near[2, 0] = 0.54
    near[0, 1] = near[1, 0] = 0.52
    near[1, 2] = near[2, 1] = -1
    monkeypatch.setattr(Wider, "_near", lambda *_: near)
    assert titled(themes, titles)[:3] == [0, 0, -1]
    near[0, 1] = near[1, 0] = 0.45
    assert titled(themes, titles)[:3] == [-1, -1, -1]
