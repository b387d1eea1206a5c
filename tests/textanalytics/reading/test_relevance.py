from __future__ import annotations

import pytest

from textanalytics.base import REASONS
from textanalytics.reading.reading import Context, Correction, Reader

READER = Reader()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("https://example.org/a", "too short"),
        ("@acme", "too short"),
        ("?!", "too short"),
        ("ok thanks", "small talk"),
        ("hi", "small talk"),
        ("ok danke", "small talk"),
        ("Use code SAVE20 at checkout, shop now https://example.org", "advertisement"),
        ("Jetzt bestellen und 20 Prozent sparen https://example.org", "advertisement"),
        ("Weather: temperature 12.4 C, humidity 76%, wind 3 km/h", "automated"),
        ("Police arrested a man at the station, officials said https://example.org", "news"),
    ],
)
def test_what_is_not_about_us_and_why(text: str, reason: str) -> None:
    read = READER.read([text])
    assert reason in REASONS
    assert (bool(read.about_us[0]), read.reason[0]) == (False, reason)
    assert not read.actionable[0]


@pytest.mark.parametrize(
    "text",
    [
        "ok thanks but my bag is still missing",
        "your discount code does not work at checkout",
        "I saw your job advert but the form does not load",
        "the police had to come because your driver shouted at me",
        "😡😡😡",
        "still broken",
        "refund?",
    ],
)
def test_in_doubt_it_is_about_us(text: str) -> None:
    read = READER.read([text])
    assert (bool(read.about_us[0]), read.reason[0]) == (True, "")


def test_our_name_is_shown_as_evidence_and_keeps_news_about_us() -> None:
    text = "Minister praises Nordlicht Bahn, officials said https://example.org"
    read = Reader(Context(names=("Nordlicht Bahn",))).read([text])
    assert read.about_us[0]
    assert [text[a:b] for a, b in read.evidence[0]["about_us"]] == ["Nordlicht Bahn"]


def test_a_rival_alone_is_not_about_us() -> None:
    reader = Reader(Context(names=("Nordlicht",), rivals=("Südwind",)))
    texts = ["Südwind lost my suitcase", "Südwind is better than Nordlicht", "you are worse than Südwind"]
    read = reader.read(texts)
    assert read.reason == ["rival", "", ""]


def test_what_is_said_of_the_trade_is_taught() -> None:
    said = "All the railways are the same, none of them ever runs on time"
    taught = Reader().learn([Correction(said, "reason", "trade")])
    read = taught.read([said, "My card was charged twice"])
    assert (read.reason, read.about_us.tolist()) == (["trade", ""], [False, True])
    near = taught.read(["All the railways are the same, none of them ever runs on time!!"])
    assert near.reason == ["trade"]


def test_what_is_like_several_taught_ones_is_about_the_trade_too() -> None:
    said = [
        f"Railways {such} never run on time, whatever the {part}"
        for such in ("abroad", "everywhere")
        for part in ("season", "country", "company")
    ]
    like = "Railways in general never run on time, whatever the weather"
    taught = Reader().learn([Correction(one, "reason", "trade") for one in said])
    assert taught.read([like]).reason == ["trade"]
    both = taught.learn([Correction(one + " you pick", "about_us", True) for one in said])
    assert both.read([like]).reason == [""]


def test_names_with_odd_letters_are_taken_literally() -> None:
    reader = Reader(Context(names=("C++ (Shop)", "", "@")))
    assert reader.read(["the C++ (Shop) closed"]).evidence[0]["about_us"] == [(4, 14)]


def test_an_offer_with_a_link_is_an_advertisement_also_when_it_says_we() -> None:
    offers = [
        "Earn 200 a day at your kitchen table, no training needed. Register at https://quick.example",
        "We are hiring a gardener in Ghent https://work.example/7 #job",
        "Mit unserem Kanal schnell Geld verdienen, jetzt anmelden https://schnell.example",
    ]
    assert not Reader().read(offers).about_us.any()


def test_a_customer_with_a_link_is_heard() -> None:
    said = [
        "My mower will not start any more, here is a picture https://pictures.example/9",
        "Your advert says 20 euros, the till says 30 https://pictures.example/10",
    ]
    assert Reader().read(said).about_us.all()


def test_a_colleagues_note_of_a_call_is_about_us_however_it_reads() -> None:
    notes = [
        "inb call. verified DPA. cust states parcel marked delivered but not rcvd. raised w/ depot. f/up 48h",
        "cx says price increase announced in newsletter, wants to discuss, cb 14:00",
    ]
    assert Reader().read(notes).about_us.all()


def test_who_speaks_to_a_rival_does_not_speak_to_us() -> None:
    reader = Reader(Context(names=("Nordlicht",), rivals=("Südwind",)))
    read = reader.read(
        [
            "@Südwind your trains are so much better",
            "you are worse than @Südwind",
            "@Südwind your trains are better than those of Nordlicht",
        ]
    )
    assert read.reason == ["rival", "", ""]


@pytest.mark.parametrize(
    "text",
    ["No free towel.", "best free editor for photos", "websites that list gold prices"],
)
def test_a_short_remark_without_link_or_telling_word_is_about_us(text: str) -> None:
    assert READER.read([text]).about_us[0]


LEAVERS = [
    "I will cancel my contract and move to Südwind",
    "Leaving for Südwind. Bye.",
    "That's it, I'm switching to Südwind",
    "Ich wechsle zu Südwind, mir reicht es",
    "Me cambio a Südwind, estoy harta",
]


@pytest.mark.parametrize("text", LEAVERS)
def test_who_leaves_us_for_a_rival_is_our_customer(text: str) -> None:
    read = Reader(Context(names=("Nordlicht",), rivals=("Südwind",))).read([text])
    assert (read.reason, read.intent) == ([""], ["churn threat"])
    assert read.actionable[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("My parcel was lost again, Südwind delivers on time", ""),
        ("I waited three weeks and nobody answered. Südwind would have called back.", ""),
        ("Südwind lost my parcel again, I am so angry", "rival"),
        ("I ordered at Südwind, my parcel was lost again", "rival"),
        ("Thousands are switching to Südwind, their trains are late anyway", "rival"),
        ("People move to Südwind and regret it", "rival"),
        ("Südwind's app is horrible", "rival"),
    ],
)
def test_whose_customer_complains_tells_whom_it_is_about(text: str, reason: str) -> None:
    assert Reader(Context(names=("Nordlicht",), rivals=("Südwind",))).read([text]).reason == [reason]
