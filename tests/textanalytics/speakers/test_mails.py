"""What a mail holds beside its writer's words."""

from __future__ import annotations

import time

import pytest

from textanalytics.speakers.mails import own_words
from textanalytics.speakers.turns import customers_words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "My kettle still leaks, when do I get the new lid?\n\nOn Tue, 3 Mar 2026 at 10:12, Larkfield Support <help@larkfield.example> wrote:\n> Dear Anna,\n> we have sent you a new lid. Please tell us if it does not arrive.\n> Kind regards",
            "My kettle still leaks, when do I get the new lid?",
        ),
        (
            "Die Rechnung ist immer noch falsch.\n\nAm 03.03.2026 um 10:12 schrieb Kundenservice <service@firma.example>:\n> Sehr geehrte Frau Berg,\n> die Rechnung wurde korrigiert.",
            "Die Rechnung ist immer noch falsch.",
        ),
        (
            "I want my money back now.\n\nFrom: Support <support@acme.example>\nSent: Tuesday, March 3, 2026 10:12 AM\nTo: Anna Berg\nSubject: RE: Order 20177\n\nDear Anna, your refund was approved last week.",
            "I want my money back now.",
        ),
        (
            "Ich warte noch auf mein Geld.\n\nVon: Service <service@acme.example>\nGesendet: Dienstag, 3. März 2026 10:12\nAn: Anna Berg\nBetreff: AW: Bestellung 20177\n\nIhre Erstattung wurde bewilligt.",
            "Ich warte noch auf mein Geld.",
        ),
        (
            "The app crashes when I scan a code.\n\n-- \nAnna Berg\nHead of Facility Management\nBerg Gmbh, Lange Straße 12, 18055 Rostock\nTel. +49 381 123456",
            "The app crashes when I scan a code.",
        ),
        ("The lid is broken again\n\nSent from my iPhone", "The lid is broken again"),
        (
            "Dear team,\n\nthe handle broke off\n\nBest wishes\nTessa Leclerc",
            "Dear team, the handle broke off",
        ),
        ("Can I skip a month?\n\nThanks, Jean-Luc", "Can I skip a month?"),
        ("Can I skip a month?\n\nMany thanks\nTessa O'Neill", "Can I skip a month?"),
        ("No refund for three months.\n\nFarid", "No refund for three months."),
        ("Der Henkel ist ab\n\nLG Anna", "Der Henkel ist ab"),
        ("Wie lange gilt die Garantie?\n\nDanke, Jörg", "Wie lange gilt die Garantie?"),
        ("Der Henkel ist ab\n\nViele Grüße, Øyvind", "Der Henkel ist ab"),
        ("The lid leaks.\n\nBest wishes", "The lid leaks."),
        ("Der Deckel ist wieder kaputt\n\nVon meinem iPhone gesendet", "Der Deckel ist wieder kaputt"),
        (
            "Thanks, but the new lid does not fit either.\n\n> We have sent you a new lid on Monday.\n> Best, Tom\n\nPlease send the right one.",
            "Thanks, but the new lid does not fit either. Please send the right one.",
        ),
        (
            "Still no answer!\n\n-----Original Message-----\nFrom: help@acme.example\nDear customer, we received your request.",
            "Still no answer!",
        ),
    ],
)
def test_what_is_quoted_signed_or_advertised_is_not_read(text: str, left: str) -> None:
    own = own_words(text)
    assert len(own) == len(text)
    assert " ".join(own.split()) == left
    assert customers_words(text) == own


@pytest.mark.parametrize(
    "text",
    [
        "Cust called re late parcel, ord 20177. Adv 3 days. Cust unhappy, wants refund. CB 14:00.",
        "---------- Forwarded message ---------\nFrom: Anna Berg <anna@mail.example>\nDate: Tue, Mar 3, 2026\nSubject: broken lid\nTo: sales@acme.example\n\nThe lid of my kettle broke after a day.",
        "Reason: late delivery\nAction: voucher sent\nCustomer said: never again with this carrier",
        "hi pls can u tel me wen my parcel cums its 2 wks l8 thx",
        'I called and she said: "we cannot help". Your ad says: free returns!',
        "On Monday I wrote:\nnobody answers",
        "> My kettle leaks\n> since Monday",
        "Best regards\nAnna",
        "Kind regards,\nAnna\nPS: the lid that you sent is too small, too, when do I get the right one?",
        "My kettle leaks.\n\nThanks for nothing",
        "I have two of them.\n\nThanks",
        "It broke after a week.\n\nBest kettle I ever had",
        "My Kestrel leaks at the tray.\n\nKestrel",
        "I bought a television.\n\nLG TV",
        "The lid came off.\n\nNever Again",
        "The old one held for years.\nThomas repaired it twice",
        "Anna\n\nBerg",
        "From: Rostock\nTo: Hamburg\nthe train was late",
        "",
    ],
)
def test_what_the_writer_wrote_stays(text: str) -> None:
    assert own_words(text) == text


def test_nothing_grows_with_the_square_of_the_length() -> None:
    for line in (
        "on aaaa bbbb cccc",
        "> x",
        "From: a",
        "-- ",
        "Regards,",
        "am " + "a " * 50,
        "Thanks",
        "Anna Berg",
        "\n",
    ):
        began = time.process_time()
        own_words(f"{line}\n" * 3_000)
        assert time.process_time() - began < 1, line
