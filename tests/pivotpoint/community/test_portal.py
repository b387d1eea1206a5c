"""Tell us; you said, we did. Titles and figures, never somebody's words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from pivotpoint.channels.models import Channel, Message
from pivotpoint.community import guard
from pivotpoint.community.said import said
from pivotpoint.customers import consent
from pivotpoint.customers.models import Purpose
from pivotpoint.experiences import links
from pivotpoint.journal import record as journal
from pivotpoint.lib import clock
from pivotpoint.pivot import attach, loops
from pivotpoint.pivot.models import Loop
from tests.pivotpoint.experiences.conftest import WORDS, People, record
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db


def opened(client: Client, at: datetime) -> dict[str, str]:
    """What a form holds that was opened a minute ago."""
    with clock.at(at - timedelta(minutes=1)):
        page = client.get("/portal/").text
    return {"stamp": page.partition('name="stamp" value="')[2].partition('"')[0]}


def test_a_stranger_tells_us_and_gets_their_own_page(
    client: Client, portal: Channel, cast: Any, now: Any
) -> None:
    words = {"text": "The lamp hums.", "may_tell": "on", **opened(client, now)}
    answer = client.post("/portal/tell/", words, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith("/portal/follow/")
    assert "The lamp hums." in answer.text
    message = Message.objects.get()
    assert message.customer is not None
    assert message.conversation is not None
    assert "portal" in consent.allowed([message.customer_id], Purpose.NOTICE)[message.customer_id]


def test_with_an_address_they_are_who_they_were(
    client: Client, portal: Channel, cast: Any, hanne: Any
) -> None:
    client.post("/portal/tell/", {"text": "Still hums.", "email": "Hanne@Home.example"})
    assert Message.objects.get().customer == hanne


def test_nobody_is_taken_to_have_agreed(client: Client, portal: Channel, cast: Any) -> None:
    """A box that is ticked beforehand is no consent."""
    (box,) = re.findall(r'<input type="checkbox" name="may_tell"[^>]*>', client.get("/portal/").text)
    assert "checked" not in box


def test_who_is_not_asked_to_be_told_is_not(client: Client, portal: Channel, cast: Any) -> None:
    client.post("/portal/tell/", {"text": "The lamp hums."})
    message = Message.objects.get()
    assert not consent.allowed([message.customer_id], Purpose.NOTICE)[message.customer_id]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"text": " "}, "Write what happened."),
        ({"text": "Hums.", "email": "at home"}, "Enter a valid email address."),
    ],
)
def test_bad_input_gets_one_sentence(words: Any, sentence: str, client: Client, portal: Channel) -> None:
    answer = client.post("/portal/tell/", words)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Message.objects.exists()


def test_a_machine_is_kept_apart_not_dropped(client: Client, portal: Channel, cast: Any) -> None:
    client.post("/portal/tell/", {"text": "Buy now", "website": "http://spam.example"})
    assert Message.objects.get().quarantined


def test_without_an_open_portal_it_says_so(client: Client, installation: Any) -> None:
    assert "takes no messages" in client.get("/portal/").text
    assert client.post("/portal/tell/", {"text": "Hums."}).status_code == 404


def test_one_address_may_not_flood_it(client: Client, portal: Channel, cast: Any, now: Any) -> None:
    answers = [client.post("/portal/tell/", {"text": ""}).status_code for _ in range(guard.PER_MINUTE + 1)]
    assert answers[-2:] == [422, 429]


def test_a_change_stands_beside_what_was_said(client: Client, change: Any) -> None:
    page = client.get("/portal/").text
    assert "Charged twice for one order" in page
    assert "One charge per order." in page
    assert "3 people" in page
    assert WORDS not in page


def test_a_change_that_did_not_last_says_so_and_stands_there_once(change: Any, loop: Loop, ines: Any) -> None:
    loops.reopen(loop, "It came back.", by=ines)
    (row,) = said()
    assert (row.head, row.tag) == ("One charge per order.", "opened again")


def test_one_change_recorded_for_two_loops_is_one_row_of_different_people(
    change: Any, loop: Loop, people: People, teams: Any, joris: Any, ines: Any, maren: Any, now: Any
) -> None:
    other = type(loop.pivot).objects.create(name="Payments → Supply", team=teams["supply"], owner=joris)
    record(loops.open_loop(people.insight, other, by=maren), ines, now)
    (row,) = said()
    assert (row.title, row.people) == ("Charged twice for one order", 3)


def test_who_said_something_that_goes_along_is_counted_as_well(
    client: Client, change: Any, loop: Loop, maren: Any, ines: Any
) -> None:
    loops.reopen(loop, "It came back.", by=ines)
    row = attach.attach(make_insight(77, 4, title="Charged again"), loop, by=maren)
    (told,) = said()
    assert (told.people, told.title, told.also) == (7, "Charged again", "Charged twice for one order")
    change.public = False
    change.save()
    (under_way,) = said()
    assert (under_way.people, under_way.title) == (7, "Charged twice for one order")
    attach.detach(row, by=maren)
    assert said()[0].people == 3


def test_declined_says_why_and_under_way_says_with_whom(client: Client, loop: Loop, ines: Any) -> None:
    (row,) = said()
    assert (row.tag, row.text) == (
        "under way",
        "Handed to Finance. They have not said yet what they will do.",
    )
    loops.decline(loop, "Banks book it back within two days.", by=ines)
    from pivotpoint.experiences import notices

    notices.draft(loop, None)
    assert "Banks book it back within two days." in client.get("/portal/").text


def test_a_reason_for_us_is_not_on_the_portal_nor_on_anybodys_own_page(
    client: Client, loop: Loop, people: People, ines: Any
) -> None:
    loops.decline(loop, "The fee is set by law.", by=ines, inside="Known complainers.")
    journal.sweep()
    message = Message.objects.filter(direction="in").exclude(customer=None).order_by("pk").first()
    assert message is not None
    for page in ("/portal/", f"/portal/follow/{links.token(message)}/"):
        shown = client.get(page).text
        assert "The fee is set by law." in shown
        assert "Known complainers" not in shown


def test_what_one_person_alone_said_is_not_shown(
    people: People, pivot: Any, maren: Any, ines: Any, now: Any
) -> None:
    people.join()
    record(loops.open_loop(people.insight, pivot, by=maren), ines, now)
    assert said() == []


def test_what_is_not_public_is_not_shown(loop: Loop, ines: Any, now: Any) -> None:
    record(loop, ines, now, public=False)
    assert said() == []


def test_the_page_takes_the_same_few_statements_for_more_people(
    client: Client, change: Any, people: People, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        client.get("/portal/")
    for _ in range(20):
        people.join()
    with django_assert_max_num_queries(20):
        client.get("/portal/")


def test_colleagues_are_told_that_the_portal_is_closed_and_customers_are_not(
    client: Client, maren: Any, samir: Any, now: Any
) -> None:
    hint = "Only colleagues read this"
    assert hint not in client.get("/portal/").text
    client.force_login(samir)
    shown = client.get("/portal/").text
    assert hint in shown and "Whoever manages channels can open it." in shown
    client.force_login(maren)
    assert "/settings/channels/new/portal/" in client.get("/portal/").text
    assert "The portal is closed" in client.get("/settings/channels/").text
    assert '>Portal <span class="n">closed</span></a>' in client.get("/").text


def test_an_open_portal_says_nothing_of_it(client: Client, portal: Channel, maren: Any, now: Any) -> None:
    client.force_login(maren)
    for page in ("/", "/portal/", "/settings/channels/"):
        shown = client.get(page).text
        assert "closed</span>" not in shown and "portal is closed" not in shown
