"""Whose words are read of a transcript."""

from __future__ import annotations

import pytest

from textanalytics.duplicates import copy_mark
from textanalytics.entities import EntityFinder
from textanalytics.mentions.gazetteer import Name
from textanalytics.reading.reading import Reader
from textanalytics.speakers.turns import customers_words, quoted
from textanalytics.text import clean

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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Conversation with Anna Berg\nStarted on March 3, 2026 at 10:12 AM\n\n10:12 AM | Anna Berg: The export hangs at 90%\n10:15 AM | Sam from Acme: Thanks for reaching out! Which browser do you use?\n10:16 AM | Anna Berg: Firefox, latest\n10:20 AM | Sam from Acme: We will look into it",
            "Conversation with Anna Berg Started on March 3, 2026 at 10:12 AM The export hangs at 90% Firefox, latest",
        ),
        (
            "Customer\nMar 3, 2026, 10:12\nThe kettle leaks since yesterday.\n\nAgent\nMar 3, 2026, 10:30\nHave you tried to descale it?\n\nCustomer\nMar 3, 2026, 11:02\nYes, twice.",
            "Mar 3, 2026, 10:12 The kettle leaks since yesterday. Mar 3, 2026, 11:02 Yes, twice.",
        ),
        (
            "(10:12:01 AM) Visitor 4711: my discount code fails\n(10:12:44 AM) Paula: Hi, I'm sorry about that. How can I help?\n(10:13:20 AM) Visitor 4711: code SAVE10 says expired",
            "my discount code fails code SAVE10 says expired",
        ),
        (
            "12/03/2026, 10:15 - Max: Paket ist immer noch nicht da\n12/03/2026, 10:17 - Kundenservice Nord: Hallo Max, wie lautet die Bestellnummer?\n12/03/2026, 10:18 - Max: 20177",
            "Paket ist immer noch nicht da 20177",
        ),
        (
            "[12.03.26, 10:15:01] Max Muster: Der Wasserkocher tropft\n[12.03.26, 10:17:22] Larkfield Support: Das tut uns leid. Seit wann?\n[12.03.26, 10:18:03] Max Muster: Seit gestern",
            "Der Wasserkocher tropft Seit gestern",
        ),
        (
            "Kunde: Mein Vertrag wurde nicht gekündigt.\nMitarbeiter: Ich schaue gern nach, wie ist die Nummer?\nKunde: 4711",
            "Mein Vertrag wurde nicht gekündigt. 4711",
        ),
        (
            "Customer: where is my order? Agent: Let me check that. Customer: it is two weeks late",
            "where is my order? it is two weeks late",
        ),
        (
            "A: Thank you for calling Acme, how can I help?\nC: My card was charged twice.\nA: I see the charge.\nC: I want it back.",
            "My card was charged twice. I want it back.",
        ),
        (
            "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Agent>Hello, what can I do for you?\n\n00:00:05.000 --> 00:00:09.000\n<v Customer>The seat was broken on my flight",
            "WEBVTT 00:00:01.000 --> 00:00:04.000 The seat was broken on my flight",
        ),
        (
            "Agente: Buenos días, ¿en qué puedo ayudarle?\nCliente: Me cobraron dos veces.\nAgente: Lo reviso ahora.\nCliente: Quiero mi dinero",
            "Me cobraron dos veces. Quiero mi dinero",
        ),
        (
            "Bot: Hi! I am Lark, your assistant. What is it about?\nYou: the lid broke\nBot: Did you mean: returns?\nYou: no, I want a new lid",
            "the lid broke no, I want a new lid",
        ),
        (
            "anna.berg  10:12 AM\nthe login page loops\nsupport-tom  10:14 AM\ncan you clear your cookies?\nanna.berg  10:15 AM\ndid that, still loops",
            "the login page loops did that, still loops",
        ),
    ],
)
def test_chats_as_programs_export_them(text: str, left: str) -> None:
    assert " ".join(customers_words(text).split()) == left
