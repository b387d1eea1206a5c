"""What a link opens: one person's own way. A GET changes nothing; a POST gives the verdict."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pivotpoint.channels.follow import token_for
from pivotpoint.channels.models import Channel, Conversation, Message
from pivotpoint.customers import consent
from pivotpoint.customers.erase import erase
from pivotpoint.customers.models import Purpose
from pivotpoint.experiences import links
from pivotpoint.experiences.models import Notice, Verdict
from pivotpoint.journal.models import Event
from pivotpoint.pivot import attach, loops
from pivotpoint.pivot.models import Loop
from tests.pivotpoint.experiences.conftest import WORDS, People
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(change: Any, sent: Any) -> Notice:
    sent()
    return Notice.objects.earliest("pk")


def page(client: Client, token: str) -> str:
    answer = client.get(f"/portal/follow/{token}/")
    assert answer.status_code == 200
    return answer.text


def test_from_my_words_to_the_change(client: Client, notice: Notice) -> None:
    text = page(client, links.token(notice))
    stations = [
        WORDS,
        "number",
        "Handed to Finance.",
        "Changed: One charge per order",
        "We wrote to you.",
        "Did it help?",
    ]
    places = [text.index(station) for station in stations if station != "number"]
    assert places == sorted(places)
    assert "By now you are 3." in text


def test_whose_words_go_along_with_a_loop_sees_its_way_and_what_they_said(
    client: Client, loop: Loop, ines: Any, now: Any
) -> None:
    other = make_insight(77, 2, title="Charged again")
    message = Message.objects.filter(membership__cluster__theme=77).earliest("pk")
    assert "Handed to Finance." not in page(client, token_for(message))
    attach.attach(other, loop, by=ines)
    text = page(client, token_for(message))
    assert "Handed to Finance." in text
    assert "By now you are 2." in text
    notice = Notice.objects.create(loop=loop, customer=message.customer, text="We have changed it.")
    own = page(client, links.token(notice))
    assert message.text[:30] in own
    assert "Charged again" in own


def test_what_happened_before_i_spoke_is_one_station(
    client: Client, notice: Notice, people: People, now: Any
) -> None:
    late = people.join(at=now + timedelta(days=1))
    text = page(client, token_for(Message.objects.get(customer=late)))
    assert "Handed to Finance." not in text
    assert (
        text.index(WORDS) < text.index("Changed: One charge per order") < text.index("So it stood already.")
    )


def test_a_message_s_own_link_shows_the_same_way(client: Client, notice: Notice) -> None:
    message = Message.objects.filter(customer=notice.customer).earliest("pk")
    text = page(client, token_for(message))
    assert "Did it help?" in text
    assert links.token(notice) in text


def test_nobody_else_s_name_or_words_show(client: Client, notice: Notice) -> None:
    Message.objects.exclude(customer=notice.customer).update(text="My account number is 4711.")
    text = page(client, links.token(notice))
    assert "4711" not in text
    assert "Person 2" not in text
    assert "Halloran" not in text


@pytest.mark.parametrize("token", ["x", "n1", "n1.forged", "eyJhIjoxfQ:1abc:zzz"])
def test_a_wrong_token_is_a_plain_sentence(client: Client, notice: Notice, token: str) -> None:
    answer = client.get(f"/portal/follow/{token}/")
    assert answer.status_code == 404
    assert "This link is not complete" in answer.text


def test_looking_changes_nothing(client: Client, notice: Notice) -> None:
    before = Event.objects.count()
    for _ in range(2):
        client.get(f"/portal/verdict/{links.token(notice)}/")
        client.get(f"/portal/follow/{links.token(notice)}/")
        client.head(f"/portal/verdict/{links.token(notice)}/")
    assert not Verdict.objects.exists()
    assert Event.objects.count() == before


def test_a_verdict_is_given_by_a_button(client: Client, notice: Notice) -> None:
    answer = client.post(
        f"/portal/verdict/{links.token(notice)}/", {"answer": "partly", "comment": "Late."}, follow=True
    )
    verdict = Verdict.objects.get()
    assert (verdict.notice, verdict.answer, verdict.comment) == (notice, "partly", "Late.")
    assert "You said: <b>it helped in part</b>" in answer.text


def test_an_unknown_verdict_is_refused(client: Client, notice: Notice) -> None:
    answer = client.post(f"/portal/verdict/{links.token(notice)}/", {"answer": "great"})
    assert answer.status_code == 422
    assert "Choose one of the three answers." in answer.text


def test_what_was_declined_cannot_be_judged(client: Client, loop: Loop, ines: Any) -> None:
    from pivotpoint.experiences import notices

    loops.decline(loop, "Not now.", by=ines)
    notices.draft(loop, None)
    token = links.token(Notice.objects.earliest("pk"))
    assert client.get(f"/portal/verdict/{token}/").status_code == 404
    assert "Not now." in page(client, token)


def test_i_can_withdraw_and_give_my_consent(client: Client, notice: Notice) -> None:
    token, person = links.token(notice), notice.customer_id
    client.post(f"/portal/follow/{token}/consent/", {"tell": "no"})
    assert not consent.allowed([person], Purpose.NOTICE)[person]
    assert "We do not write to you" in page(client, token)
    client.post(f"/portal/follow/{token}/consent/", {"tell": "yes"})
    assert consent.allowed([person], Purpose.NOTICE)[person]


def test_asking_to_be_forgotten_gives_somebody_a_due_date(
    client: Client, notice: Notice, portal: Channel, cast: Any
) -> None:
    for _ in range(2):
        answer = client.post(f"/portal/follow/{links.token(notice)}/forget/", follow=True)
    conversation = Conversation.objects.get(customer=notice.customer)
    assert conversation.owner is not None
    assert Event.objects.filter(name="community.erasure_asked").count() == 1
    assert f"{conversation.due_at:%B}" in answer.text


def test_after_erasure_the_link_opens_nothing(client: Client, notice: Notice, ada: Any) -> None:
    message = Message.objects.filter(customer=notice.customer).earliest("pk")
    tokens = [links.token(notice), token_for(message)]
    from pivotpoint.journal import record as journal

    erase(notice.customer, by=ada)
    journal.sweep()
    assert [client.get(f"/portal/follow/{token}/").status_code for token in tokens] == [404, 404]


@pytest.mark.parametrize("name", ["consent", "forget"])
def test_what_changes_something_takes_no_get(client: Client, notice: Notice, name: str) -> None:
    assert client.get(f"/portal/follow/{links.token(notice)}/{name}/").status_code == 405


def test_the_page_takes_the_same_few_statements_for_more_people(
    client: Client, notice: Notice, people: People, django_assert_max_num_queries: Any
) -> None:
    token = links.token(notice)
    with django_assert_max_num_queries(22):
        page(client, token)
    for _ in range(20):
        people.join()
    with django_assert_max_num_queries(22):
        page(client, token)
