"""A file gathered by searching for a word: where the word stands tells what a text is about."""

from __future__ import annotations

from pivotpoint.insights.ladder.searched import FEWEST, judge_by, searched_word
from textanalytics.reading.reading import Reader

FILLING = ("The garden", "A new garden", "In my garden", "This garden")
LONG = "The town hall opens at nine and closes at four, and on the first floor there are pictures of the old harbour. "


def test_the_word_that_most_texts_hold_is_found() -> None:
    texts = [f"{FILLING[n % 4]} number {n}" for n in range(FEWEST)]
    assert searched_word(texts) == "garden"
    assert searched_word(texts[:-1]) == ""
    assert searched_word([*texts, *(f"nothing of it {n}" for n in range(FEWEST))]) == ""


def test_in_passing_and_spoken_by_nobody_is_elsewhere() -> None:
    texts = [LONG + "Behind it is a garden.", LONG + "I hate that your garden is shut.", "garden: " + LONG]
    readings = Reader().read(texts)
    judge_by("garden", texts, readings)
    assert readings.reason[0] == "elsewhere"
    assert not readings.about_us[0]
    assert readings.about_us[1]
    assert readings.about_us[2]


def test_without_a_word_nothing_changes() -> None:
    texts = [LONG]
    one, two = Reader().read(texts), Reader().read(texts)
    judge_by("", texts, two)
    assert one.reason == two.reason


def test_headlines_are_news_even_when_they_name_the_word_first() -> None:
    texts = [
        "Minister opens garden, a spokesman said on Tuesday, shares rise https://news.example/1",
        "The garden gate is broken and nobody answers, terrible https://pictures.example/2",
    ]
    readings = Reader().read(texts)
    judge_by("garden", texts, readings)
    assert readings.reason[0] == "news"
    assert not readings.about_us[0]
    assert readings.about_us[1], "who complains is never put aside for the shape of the words"


def test_what_is_passed_on_word_for_word_is_automated() -> None:
    texts = [f"RT @someone: Garden of the year, garden of all hearts {n}" for n in range(3)]
    readings = Reader().read(texts)
    judge_by("garden", texts, readings)
    assert readings.reason == ["automated"] * 3


def test_a_complaint_that_is_passed_on_is_no_machine() -> None:
    texts = [
        "RT @someone: The garden gate is broken and nobody answers, what a terrible shame https://g.example/1"
    ] * 3
    readings = Reader().read(texts)
    judge_by("garden", texts, readings)
    assert readings.reason == [""] * 3


def test_who_answers_somebody_has_written_no_article() -> None:
    article = "Garden " + LONG * 3
    readings = Reader().read([article, f"Re: Town {article}"])
    judge_by("garden", [article, f"Re: Town {article}"], readings)
    assert readings.reason == ["news", ""]


def searched(*others: str) -> list[str]:
    """Many customers of a parcel service, and a few more texts that came with the search."""
    said = (
        "Wo bleibt mein Paket",
        "Das Paket ist zerdrückt",
        "Mein Paket liegt beim Nachbarn",
        "Paket verloren",
    )
    return [*(f"{said[n % 4]}, sagt Kundin {n}" for n in range(60)), *others]


def reasons(*others: str) -> list[str]:
    texts = searched(*others)
    readings = Reader().read(texts)
    judge_by("paket", texts, readings)
    return readings.reason[60:]


def test_neither_the_word_nor_anything_of_its_trade_is_elsewhere() -> None:
    assert reasons("Ich suche eine Wohnung mit Garten, wer kann mir helfen?") == ["elsewhere"]


def test_what_means_the_same_is_of_the_trade() -> None:
    assert reasons("Wann kommt denn meine Sendung?", "Die Zustellung war toll!") == ["", ""]


def test_a_compound_of_a_word_that_means_the_same_is_of_the_trade() -> None:
    assert reasons("Die Sendungsverfolgung zeigt seit Montag nichts Neues an.", "Wo ist meine Sendung?") == [
        "",
        "",
    ]


def test_who_complains_of_what_happened_to_them_is_about_us() -> None:
    assert reasons("Ich stehe seit einer Stunde in der Schlange, eine Frechheit!") == [""]


def test_where_many_say_neither_nobody_searched_for_it() -> None:
    assert set(reasons(*(f"Ich suche eine Wohnung mit Garten, Nummer {n}" for n in range(30)))) == {""}


def test_who_lures_with_a_price_or_lets_rooms_advertises_whoever_is_spoken_to() -> None:
    far = "Ein schöner Ort am Wasser, mit Blick auf die Inseln und die alten Häuser, und am Abend sitzt ihr dort im Garten. "
    assert reasons(
        f"Ab ans Meer, ihr seid schon für 99 € dabei! {far}Danach liegt für euch ein Paket bereit",
        f"{far}Die Wohnung hat einen Balkon, und die Post mit deinem Paket ist um die Ecke",
    ) == ["advertisement", "advertisement"]
    assert reasons(
        "Das Paket an euch kostet schon ab 9 €",
        f"{far}Ihr wollt ab 9 € von mir, und das Paket ist weg, eine Frechheit, ich bin stinksauer",
    ) == ["", ""]
