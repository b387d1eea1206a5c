"""Feedback that nobody wrote: forty matters in varied words, seeded, for measuring at any size.

The customers of a fictional home furnisher. Every row is a function of (seed, row number), so any slice of a million
rows can be made without the others.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

START = datetime(2026, 8, 19, tzinfo=UTC)
DAYS = 90
FIELDS = ("id", "author", "email", "time", "text")

THINGS = (
    "sofa;armchair;bed frame;mattress;bookcase;desk;wardrobe;dining table;lamp;rug;mirror;cupboard;bench;stool;"
    "shelf;side table;curtain;cot;drawer unit;garden chair;parasol;bunk bed;coat rack;sideboard"
).split(";")
PLACES = "Bergen;Ghent;Leeds;Porto;Turku;Graz;Nantes;Malmö;Cork;Basel;Utrecht;Aarhus;Essen;Brno".split(";")
WAITS = (
    "two days;three days;a week;ten days;two weeks;a month;six weeks;since Monday;since March;for ages".split(
        ";"
    )
)
OPENERS = (
    ";Hello,;Hi there,;Just to let you know:;Honestly,;Third time I write:;Good morning.;Sorry to say,;Hey,;"
    "I am a customer since years.;Not happy:;Quick one:;To whom it concerns:"
).split(";")
CLOSERS = (
    ";Please look into it.;What now?;This is not acceptable.;I expect an answer.;Thanks.;Very disappointed.;"
    "I would like to hear from you.;My neighbour has the same problem.;It was better last year.;"
    "Otherwise I like your shop.;Can somebody call me?;I keep waiting.;Order {n}."
).split(";")
MATTERS = """
refund for the {thing} has not arrived after {wait} | still waiting {wait} for my money back for the {thing} | where is the refund for my returned {thing}
I was charged twice for the {thing} | my card was debited two times for one {thing} | double charge on my card, order {n}
the invoice for the {thing} shows the wrong amount | wrong total on invoice {n} | you billed me more for the {thing} than the price on the site
the instalment plan asks for the full price of the {thing} | paying in instalments does not work for the {thing} | checkout refuses instalments
the gift card is refused at checkout | gift card with balance {n} not accepted | cannot pay the {thing} with my gift card
delivery of the {thing} is {wait} late | my {thing} was due {wait} ago and has not arrived | the courier never came with the {thing}
the {thing} was delivered to the wrong address in {place} | driver left my {thing} at a neighbour I do not know | my {thing} went to {place} by mistake
tracking for order {n} has not changed for {wait} | the tracking page shows nothing for my {thing} | no tracking number for the {thing}
the {thing} says in stock but the shop in {place} has none | drove to {place} for a {thing} that was not there | your stock figures for {place} are wrong
screws for the {thing} are missing from the box | a bag of parts was missing with my {thing} | hinge missing in the parcel of the {thing}
the {thing} arrived with a scratch | deep dent in the new {thing} | the {thing} was damaged in transport
the leg of the {thing} broke after {wait} | my {thing} collapsed while sitting on it | the {thing} cracked after {wait}
bolts strip in the {thing} | the thread of the bolt in the {thing} is worn at once | bolt of the {thing} turns without holding
the {thing} smells of chemicals after {wait} | strong smell from the new {thing} | the {thing} stinks of glue
assembly instructions of the {thing} are wrong on page {n} | step {n} of the manual for the {thing} makes no sense | the manual of the {thing} shows another model
the app crashes when I open the planner | planner freezes as soon as I add a {thing} | the app closes when I plan a {thing}
I cannot log in to my account | the password link never arrives | login fails with the right password
the site does not save my address in {place} | address form rejects my street in {place} | postcode of {place} is not accepted
the filter for {thing} shows other things | searching for {thing} finds nothing useful | search results for {thing} are useless
the newsletter comes three times a day | I unsubscribed from the newsletter and still get it | too many e-mails about the {thing}
the voucher ended before the order shipped | voucher code {n} says expired | discount code for the {thing} does not work
the advert promised another price for the {thing} | the price of the {thing} in the ad was lower | misleading advert for the {thing}
on hold for {wait} and nobody answered | waited forty minutes on the phone about the {thing} | the hotline hangs up after waiting
your agent was rude when I asked about the {thing} | unfriendly answer from the service in {place} | the person on the phone laughed at me
nobody answers my e-mail about the {thing} | no reply to my complaint for {wait} | my ticket {n} is closed without an answer
the chat robot does not understand me | the chatbot sends me in circles about the {thing} | I want a person, not the robot
the return label for the {thing} never arrived | cannot print the return label | the return code for the {thing} is invalid
nobody came to collect the old {thing} | the pick-up of the {thing} was missed twice | collection in {place} did not happen
do you deliver the {thing} to {place} | is delivery to {place} possible | when will you deliver in {place}
could you take the old {thing} away too | please offer a take-back of old {thing} | a service for disposing of the old {thing} would help
when is the {thing} back in stock | how long until the {thing} is available again in {place} | will the {thing} come back
could you make the {thing} in a darker colour | please offer the {thing} in green | I wish the {thing} came in a smaller size
can I get a quote for {n} {thing}s for our office | we want to buy {n} {thing}s for a hotel in {place} | offer for {n} {thing}s please
can I change the contract for the service plan | how do I cancel my service plan | the service plan renewed without asking me
the shop in {place} opens later than the site says | wrong opening hours for {place} | stood before a closed shop in {place}
no parking at the shop in {place} | the car park in {place} is always full | parking in {place} costs more than a {thing}
the lamp flickers and buzzes | the dimmer of the lamp stopped working after {wait} | my lamp gets far too hot
the mattress sags after {wait} | there is a hollow in my mattress | the mattress lost its shape
I love the new {thing} | the {thing} is beautiful and was easy to build | great service in {place}, thank you for the {thing}
the delivery team in {place} was friendly and quick | thanks to the driver who carried the {thing} upstairs | perfect delivery of the {thing}
"""
KINDS = [[" ".join(t.split()) for t in line.split("|")] for line in MATTERS.strip().splitlines()]


def rows(count: int, *, seed: int = 1, start: int = 0) -> Iterator[tuple[str, str, str, str, str]]:
    """`count` rows as FIELDS, from row `start` on. A third as many people as rows; some matters are frequent."""
    for number in range(start, start + count):
        yield row(number, seed)


def row(number: int, seed: int) -> tuple[str, str, str, str, str]:
    draw = random.Random(seed * 1_000_003 + number)
    kind = KINDS[min(int(draw.expovariate(2.5 / len(KINDS))), len(KINDS) - 1)]
    parts = [
        draw.choice(OPENERS),
        draw.choice(kind),
        ". " if draw.random() < 0.5 else " ",
        draw.choice(CLOSERS),
    ]
    text = " ".join("".join((parts[0], " ", parts[1], parts[2], parts[3])).split())
    text = text.format(
        thing=draw.choice(THINGS), place=draw.choice(PLACES), wait=draw.choice(WAITS), n=draw.randint(2, 9999)
    )
    person = draw.randrange(max(number, 30) // 3 + 10)
    at = START + timedelta(seconds=draw.randrange(DAYS * 86_400))
    return (
        f"r{number}",
        f"person{person}",
        f"person{person}@home.example",
        at.isoformat(),
        text[:1].upper() + text[1:],
    )
