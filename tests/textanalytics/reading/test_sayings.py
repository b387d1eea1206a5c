"""Turns of phrase are read for what they mean."""

from __future__ import annotations

import re

import pytest

from textanalytics.lexicons import sections
from textanalytics.reading.reading import Reader
from textanalytics.reading.sayings import FILE, in_plain_words, sayings

READER = Reader()


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Couldn't be happier", "positive"),
        ("I can’t recommend this shop enough", "positive"),
        ("Cant wait to try the beans", "positive"),
        ("I can't wait any longer for my refund", "negative"),
        ("Can't fault it", "positive"),
        ("I cannot complain on your website, the form is broken", "negative"),
        ("Never had a problem with them", "positive"),
        ("Never had an issue until today", "negative"),
        ("It leaves a lot to be desired", "negative"),
        ("Your support is anything but helpful", "negative"),
        ("Could be better", "negative"),
        ("Nothing to improve", "positive"),
        ("Nichts als Ärger", "negative"),
        ("Could not be more disappointed", "negative"),
        ("Kann mich nicht beschweren", "positive"),
        ("Alles andere als zufrieden", "negative"),
        ("Lässt sehr zu wünschen übrig", "negative"),
        ("No me puedo quejar", "positive"),
        ("El servicio deja mucho que desear", "negative"),
        ("La qualité laisse à désirer", "negative"),
        ("One bite of the pie and I had died and gone to heaven", "positive"),
        ("The noodles are to die for", "positive"),
        ("You can't go wrong with their scarves", "positive"),
        ("It won't break the bank", "positive"),
        ("The lamp did not disappoint", "positive"),
        ("This shop never lets me down", "positive"),
        ("how's it hanging", "neutral"),
    ],
)
def test_a_turn_of_phrase_is_read_for_what_it_means(text: str, mood: str) -> None:
    assert READER.read([text]).mood == [mood]


@pytest.mark.parametrize(
    "text",
    [
        "Great job losing the keys to our cottage",
        "nice work breaking the login",
        "Thanks @AcmeAir for keeping us on hold all evening",
        "thank you so much for cancelling my booking",
        "thanks for the four hour wait",
        "Way to treat a loyal guest",
        "love waiting two hours for a table",
        "gotta love being lied to by your staff",
        "Awesome, another outage",
        "I love it when they ignore my letters",
        "Third call today. #epicfail",
        "This is awesome. #sarcasm",
        "What a lovely start to the week #irony",
        "Called twice, got hung up on. Great service",
        "Amazing support, thanks to you we lost two customers",
        "I used to love your bakery",
        "It used to be the best bakery in town",
        "Yay for delays",
        "Great, now I have to buy a new one",
        "Lovely, oh wait, they don't",
        "Danke für die tägliche Verspätung",
        "Na toll, schon wieder ein Ausfall",
    ],
)
def test_who_is_bitter_complains(text: str) -> None:
    read = READER.read([text])
    assert (read.intent, read.mood) == (["complaint"], ["negative"])


@pytest.mark.parametrize(
    "text", ["So good that I will never order from you again", "Thanks to you we just lost a loyal customer"]
)
def test_who_is_bitter_and_leaves_still_says_so(text: str) -> None:
    read = READER.read([text])
    assert (read.intent, read.mood) == (["churn threat"], ["negative"])


@pytest.mark.parametrize(
    "text",
    [
        "thanks for waiting for us",
        "thanks for making me smile",
        "thanks for a no hassle move",
        "Thank you for finding my purse after I had lost it",
        "great job getting us home in spite of the storm",
        "love how quickly you answer",
        "I love it when you surprise us with cake",
        "Great, another good idea",
        "Thank you for refusing to give up",
        "She hung up the coat and smiled",
        "I lost my business card in your lovely shop",
        "It used to be terrible, now it is great",
        "Great, now it works!",
        "Great, now I can pay by phone",
        "oh wait, it is here, lovely",
        "I will never shop anywhere else again",
        "never have to queue again, love it",
        "it would be nice to see you again",
        "Danke für die schnelle Hilfe bei der Panne",
    ],
)
def test_who_is_kind_in_such_words_is_taken_at_them(text: str) -> None:
    words = re.findall(r"\w+", text.lower())
    assert in_plain_words(text, [word for word in words if word in sayings()]) is None


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("2 of 5 stars", "negative"),
        ("one star, it freezes", "negative"),
        ("I'd give zero stars if I could", "negative"),
        ("★☆☆☆☆ the lid came broken", "negative"),
        ("4 out of 5 stars", "positive"),
        ("I gave them five stars", "positive"),
        ("⭐️⭐️⭐️⭐️⭐️ thank you", "positive"),
        ("Einen Stern, weil der Akku leer war", "negative"),
        ("Von mir 5 Sterne", "positive"),
        ("We stayed at a 2 star hotel in Leeds", "neutral"),
        ("Wir waren in einem 4 Sterne Hotel", "neutral"),
        ("There is one star on the map", "neutral"),
        ("★ New grinders in stock ★", "neutral"),
        ("The two star chef cooked on Friday", "neutral"),
    ],
)
def test_stars_are_read_as_the_rating_that_they_are(text: str, mood: str) -> None:
    assert READER.read([text]).mood == [mood]


@pytest.mark.parametrize(
    "text",
    [
        "Would be 5 stars if it worked offline",
        "I'd give it 5 stars but the lid leaks",
        "Lost one star in the draw",
    ],
)
def test_a_rating_that_is_not_given_is_none(text: str) -> None:
    assert in_plain_words(text, ["star", "stars"]) is None


def test_who_uses_nothing_but_one_thing_does_not_blame_it() -> None:
    assert READER.read(["my daughter drinks nothing but the decaf now"]).mood != ["negative"]


def test_what_was_said_is_the_evidence_as_it_was_typed() -> None:
    text = "Honestly: I couldn’t be happier!"
    read = READER.read([text])
    assert [text[a:b] for a, b in read.evidence[0]["mood"]] == ["couldn’t be happier"]


def test_it_is_read_alike_alone_and_in_a_batch() -> None:
    texts = ["where is my parcel", "couldn't be happier with the grinder", "no complaints so far"]
    assert READER.read(texts).mood == [READER.read([text]).mood[0] for text in texts]


def test_every_saying_is_tried_where_it_is_said() -> None:
    """A word of each pattern calls it: else it would never be tried."""
    for _, line in sections(FILE):
        words, pattern, plain = re.split(" : | => ", line)
        assert any(word[:3] in pattern or word[-3:] in pattern for word in words.split()), line
        assert plain.strip(), line
    assert all(word == word.lower() for word in sayings())


def test_a_text_without_a_saying_stays() -> None:
    assert in_plain_words("a better one, please", ["better"]) is None


@pytest.mark.parametrize(
    ("note", "intent"),
    [
        (
            "Caller reports two debits of 24.90 for one subscription renewal. Promised to check with finance.",
            "complaint",
        ),
        ("Inb. call: customer reported no hot water, moved to another room", "complaint"),
        ("Cust. disputes the late fee, waived", "complaint"),
        ("Customer wants the invoice by post", "request"),
        ("Caller reports that everything works again, great service", "praise"),
    ],
)
def test_what_a_colleague_notes_of_a_customer_is_heard_as_the_customers(note: str, intent: str) -> None:
    read = Reader().read([note])
    assert read.intent == [intent]
    assert read.about_us[0]
    assert (read.mood[0] == "negative") == (intent == "complaint")
