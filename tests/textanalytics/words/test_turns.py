"""Whose words are read of a transcript."""

from __future__ import annotations

import pytest

from textanalytics.duplicates import copy_mark
from textanalytics.entities import EntityFinder
from textanalytics.mentions.gazetteer import Name
from textanalytics.reading.reading import Reader
from textanalytics.text import clean
from textanalytics.words.turns import customers_words, quoted

CALLS = {
    "roles": "Agent: Thank you for calling.\nCustomer: My kettle leaks.\nAgent: How terrible.",
    "one line": "Agent: Thank you for calling. Customer: My kettle leaks. Agent: How terrible.",
    "hours before": "[00:00:01] Agent: Hello\n[00:00:05] Caller: My kettle leaks.\n[00:00:09] Agent: How terrible.",
    "hours behind": "Agent (10:32 AM): Hello\nVisitor 1234567 (10:33 AM): My kettle leaks.",
    "seconds": "(12s) Anna: Thank you for contacting us.\n( 1m 30s ) John Smith: My kettle leaks.\n(2m) Anna: How terrible.",
    "messenger": "12/03/2026, 10:15 - Max Muster: My kettle leaks.\n12/03/2026, 10:16 - Acme support: How terrible.",
    "names and a role": "Anna (Agent): Hello\nPeter: My kettle leaks.\nAnna (Agent): How terrible.\nPeter:",
    "subtitles": "<v Agent>How terrible.</v>\n<v Customer>My kettle leaks.",
    "letters": "A: Hello\nC: My kettle leaks.\nA: How terrible.",
    "a line of its own": "Agent\nHow can I help?\nCustomer\nMy kettle leaks.\nAgent\nHow terrible.",
    "told by the greeting": "Speaker 1: How can I help you?\nSpeaker 2: My kettle\nSpeaker 1: How terrible.\nSpeaker 2: leaks.",
    "marked down": "**Agent:** How terrible.\n**Customer:** My kettle leaks.",
    "German": "Berater: Wie kann ich helfen?\nKundin: My kettle leaks.\nBerater: How terrible.",
    "Spanish": "Agente: Gracias por llamar.\nCliente: My kettle leaks.",
}
NO_CALLS = [
    "Service: slow\nStaff: rude\nFood: great",
    "Customer service: terrible!\nApp: good",
    "My agent: useless. Support: useless",
    "Pros: fast\nCons: agent: rude",
    "Dear team:\nmy bag is gone\nRegards: Max",
    "Agent: my bag is gone",
    "Anna: late\nMax: late\nAnna: late\nMax: late",
    "Agent: Hello\nAgent: still there?",
    "Agent: Hello\nCustomer:",
    "a > b\nc > d",
    "https://a.example: x\nhttps://b.example: y",
]


@pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))
def test_only_the_customer_is_read(call: str) -> None:
    said = customers_words(call)
    assert said.split() == ["My", "kettle", "leaks."]
    assert "terrible" not in said
    assert len(said) == len(call)
    assert clean(call).endswith("My kettle leaks.")


@pytest.mark.parametrize("text", NO_CALLS)
def test_where_nobody_can_tell_every_word_stays(text: str) -> None:
    assert customers_words(text) == text


def test_a_heading_of_a_note_is_no_speaker() -> None:
    note = "Customer: John Smith\nAgent: Anna\nReason: late delivery\nResolution: refund"
    assert "Reason: late delivery" in customers_words(note)


def test_a_transcript_is_read_as_its_customer_feels_and_shows_where() -> None:
    call = (
        "Agent: Wonderful, thank you so much for calling, what a great day!\n"
        "Customer: My kettle is broken and I want my money back.\n"
        "Agent: Perfect, wonderful, I love it, thank you so much!"
    )
    row = Reader().read([call]).row(0)
    assert (row["mood"], row["intent"], row["actionable"]) == ("negative", "complaint", True)
    begins, ends = call.index("My kettle"), call.index("\nAgent: Perfect")
    spans = [span for some in row["evidence"].values() for span in some]
    assert spans and all(begins <= start < end <= ends for start, end in spans)


def test_what_an_agent_offers_is_no_name_that_the_customer_said() -> None:
    call = "Agent: Would you like an Aroma Two?\nCustomer: No, my Aroma One leaks, order 400123."
    found = EntityFinder([Name("product", "Aroma One"), Name("product", "Aroma Two")]).find([call])[0]
    assert [one.value for one in found] == ["Aroma One", "400123"]
    assert [call[slice(*one.span)] for one in found] == ["Aroma One", "400123"]


def test_two_who_got_the_same_greeting_sent_no_copy() -> None:
    greeting = (
        "Agent: Thank you for calling Acme, this is Anna, how may I help you on this lovely day today?\n"
    )
    assert copy_mark(greeting + "Customer: my kettle leaks") == 0
    assert copy_mark(greeting) != 0


def test_a_quote_holds_the_customers_words_with_their_places() -> None:
    call = CALLS["roles"]
    text, spans = quoted(call, [(call.index("kettle"), call.index(" leaks")), (0, 5)])
    assert text == "My kettle leaks."
    assert [text[slice(*span)] for span in spans] == ["kettle"]
    assert quoted("late  again", [(0, 4)]) == ("late  again", [(0, 4)])


@pytest.mark.parametrize(
    "text",
    ["a: " * 20_000, "a.b-c d'e " * 4_000, "Aa Bb Cc Dd " * 3_000 + ":", "<v " * 10_000, "(1s " * 10_000],
)
def test_no_text_makes_it_slow(text: str) -> None:
    import time

    began = time.process_time()
    customers_words(text)
    assert time.process_time() - began < 1.5
