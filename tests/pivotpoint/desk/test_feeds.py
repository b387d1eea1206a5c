"""Settings, Systems: a feed is opened, tried, looked after and closed on its pages."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.enterprise.feeds.send import queue, send
from pivotpoint.enterprise.models import Feed, FeedDelivery
from pivotpoint.journal.record import record
from tests.receiver import Receiver, receiving

RAISED = "insights.alert_raised"


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with receiving("whsec_AAAA") as receiver:
        settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
        yield receiver


@pytest.fixture
def feed(lead: Client, receiver: Receiver) -> Feed:
    said = {"name": "Ops", "url": receiver.url, "events": [RAISED]}
    shown = lead.post(reverse("desk:feed_new"), said)
    made = Feed.objects.get()
    receiver.secret = made.secret
    assert shown["Cache-Control"] == "no-store"
    assert made.secret in shown.content.decode()
    return made


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_secret_is_shown_once_and_the_feed_is_listed(
    lead: Client, feed: Feed, receiver: Receiver
) -> None:
    for address in (reverse("desk:systems"), reverse("desk:feed", args=[feed.pk])):
        shown = said(lead.get(address))
        assert receiver.url in shown
        assert feed.secret not in shown
    assert feed.events == [RAISED]


def test_what_cannot_be_a_feed_is_said(lead: Client) -> None:
    shown = said(lead.post(reverse("desk:feed_new"), {"url": "https://a.example"}, follow=True))
    assert "Choose of these events" in shown
    assert not Feed.objects.exists()


def test_the_test_button_says_whether_it_answers(lead: Client, feed: Feed, receiver: Receiver) -> None:
    address = reverse("desk:feed_check", args=[feed.pk])
    assert "Ops answers." in said(lead.post(address, follow=True))
    assert receiver.wait_for("ping", 1) == {"type": "ping"}
    receiver.behave = lambda _: "refuse"
    assert "Ops: It answered 422." in said(lead.post(address, follow=True))


def test_what_stopped_is_shown_and_goes_out_again(
    lead: Client, feed: Feed, receiver: Receiver, yard: SimpleNamespace
) -> None:
    receiver.behave = lambda _: "refuse"
    queue(record(RAISED, yard.trend))
    send()
    assert "1 stopped after all tries" in said(lead.get(reverse("desk:systems")))
    assert "It answered 422." in said(lead.get(reverse("desk:feed", args=[feed.pk])))
    receiver.behave = lambda _: "ok"
    lead.post(reverse("desk:feed_replay", args=[feed.pk]))
    send()
    assert FeedDelivery.objects.get().state == "sent"
    assert "all arrived" in said(lead.get(reverse("desk:feed", args=[feed.pk])))


def test_another_secret_and_the_end(lead: Client, feed: Feed, receiver: Receiver) -> None:
    shown = said(lead.post(reverse("desk:feed_secret", args=[feed.pk])))
    renewed = Feed.objects.get()
    assert renewed.secret != feed.secret
    assert renewed.secret in shown
    assert len(renewed.secrets()) == 2
    shown = said(lead.post(reverse("desk:feed_close", args=[feed.pk]), follow=True))
    assert "Nothing more goes out to Ops." in shown
    assert "No feed yet." in shown
    assert lead.get(reverse("desk:feed", args=[feed.pk])).status_code == 404
