"""Events go out to an address: signed, each once, repeated until taken, given up in sight of everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.accounts.models import Token
from pivotpoint.enterprise.feeds.open import close_feed, new_secret, open_feed, replay
from pivotpoint.enterprise.feeds.send import queue, send
from pivotpoint.enterprise.handoffs.deliver import LEASE, TRIES
from pivotpoint.enterprise.models import Feed, FeedDelivery
from pivotpoint.insights.alerts.judge import judge
from pivotpoint.insights.models import Alert, AlertVerdict
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from tests.receiver import Receiver
from tests.switchyard import make_insight

RAISED, JUDGED = "insights.alert_raised", "insights.alert_judged"


@pytest.fixture
def feed(receiver: Receiver, maren: Any, now: Any) -> Feed:
    feed, receiver.secret = open_feed("Ops", receiver.url, [RAISED, JUDGED], by=maren)
    return feed


@pytest.fixture
def alert(installation: Any, now: Any) -> Alert:
    return Alert.objects.create(
        insight=make_insight(3, 4),
        onset=now,
        hours=6,
        people=11,
        expected=1.5,
        chance=0.0001,
        false_share=0.01,
        themes=40,
        severity="high",
        function="product",
        rose_at=now,
    )


def rises(alert: Alert) -> Event:
    event = record(RAISED, alert.insight, alert=alert.pk, people=alert.people)
    queue(event)
    return event


def test_an_alert_arrives_signed_once_with_its_figures(feed: Feed, receiver: Receiver, alert: Alert) -> None:
    event = rises(alert)
    queue(event)
    assert (send(), send()) == (1, 0)
    said = receiver.taken[f"feed-{feed.pk}-{event.pk}"]
    assert (said["type"], said["schema"]) == (RAISED, "pivotpoint.event/1")
    assert (said["alert"]["people"], said["alert"]["expected"]) == (11, 1.5)
    assert (said["alert"]["function"], said["insight"]["function"]) == ("product", "finance")
    title = alert.insight.theme.title
    assert said["alert"]["summary"].startswith(f"“{title}”: 11 people within 6 hours, usually about 2. ")
    assert said["insight"]["title"] == alert.insight.theme.title
    assert said["insight"]["url"].endswith(f"/insights/{alert.insight_id}/")
    row = FeedDelivery.objects.get()
    assert (row.state, row.status, row.tries) == ("sent", "200", 1)


def test_the_journal_itself_brings_events_to_the_feed(
    feed: Feed, receiver: Receiver, alert: Alert, maren: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        judge(alert, AlertVerdict.Value.REAL, by=maren)
    assert send() == 1
    (said,) = receiver.taken.values()
    assert (said["type"], said["verdict"], said["actor"]["name"]) == (JUDGED, "real", "Maren Oduya")


def test_what_nobody_chose_and_what_was_before_stays_here(
    receiver: Receiver, alert: Alert, maren: Any, now: Any
) -> None:
    before = record(JUDGED, alert.insight, alert=alert.pk, value="real")
    with clock.at(now + timedelta(seconds=5)):
        open_feed("", receiver.url, [RAISED], by=maren)
        queue(before)
        queue(record(JUDGED, alert.insight, alert=alert.pk, value=""))
    assert not FeedDelivery.objects.exists()


def test_it_is_tried_again_under_the_same_key(feed: Feed, receiver: Receiver, alert: Alert, now: Any) -> None:
    receiver.behave = lambda _: "fail" if sum(receiver.arrived.values()) < 3 else "ok"
    rises(alert)
    for hour in range(4):
        with clock.at(now + timedelta(hours=hour)):
            send()
    assert list(receiver.arrived.values()) == [4]
    assert FeedDelivery.objects.get().state == "sent"


def test_what_no_repetition_changes_is_given_up_and_can_be_replayed(
    feed: Feed, receiver: Receiver, alert: Alert, maren: Any
) -> None:
    receiver.behave = lambda _: "refuse"
    rises(alert)
    send()
    row = FeedDelivery.objects.get()
    assert (row.state, row.status, row.error) == ("dead", "422", "It answered 422.")
    receiver.behave = lambda _: "ok"
    assert (replay(feed, by=maren), send(), replay(feed, by=maren)) == (1, 1, 0)
    assert FeedDelivery.objects.get().state == "sent"


def test_after_all_tries_it_is_given_up(feed: Feed, receiver: Receiver, alert: Alert, now: Any) -> None:
    receiver.behave = lambda _: "fail"
    rises(alert)
    FeedDelivery.objects.update(tries=TRIES - 1)
    send()
    assert FeedDelivery.objects.get().state == "dead"


def test_what_a_killed_worker_claimed_goes_out_after_the_lease(
    feed: Feed, receiver: Receiver, alert: Alert, now: Any
) -> None:
    rises(alert)
    FeedDelivery.objects.update(state="sending", claimed_at=now)
    assert send() == 0
    with clock.at(now + LEASE + timedelta(seconds=1)):
        assert send() == 1


def test_a_closed_feed_sends_nothing_more(feed: Feed, receiver: Receiver, alert: Alert, maren: Any) -> None:
    rises(alert)
    close_feed(feed, by=maren)
    close_feed(feed, by=maren)
    rises(alert)
    assert (send(), FeedDelivery.objects.count()) == (0, 1)
    assert Event.objects.filter(name="enterprise.feed_closed").count() == 1


def test_both_secrets_sign_for_a_day(
    feed: Feed, receiver: Receiver, alert: Alert, maren: Any, now: Any
) -> None:
    old, new = receiver.secret, new_secret(feed, by=maren)
    for secret in (old, new):
        receiver.secret = secret
        rises(alert)
        send()
    assert len(receiver.taken) == 2
    assert len(Feed.objects.get(pk=feed.pk).secrets()) == 2
    with clock.at(now + timedelta(days=2)):
        assert Feed.objects.get(pk=feed.pk).secrets() == [new]


def test_a_changed_secret_key_is_said_and_loses_nothing(
    feed: Feed, receiver: Receiver, alert: Alert, settings: Any, maren: Any
) -> None:
    rises(alert)
    settings.SECRET_KEY = "another one"
    send()
    assert "SECRET_KEY" in FeedDelivery.objects.get().error
    receiver.secret = new_secret(Feed.objects.get(pk=feed.pk), by=maren)
    replay(feed, by=maren)
    assert (send(), FeedDelivery.objects.get().state) == (1, "sent")


@pytest.mark.parametrize(
    ("url", "events"), [("erp.example", [RAISED]), ("https://a.example", []), ("https://a.example", ["x.y"])]
)
def test_what_cannot_be_a_feed_is_said(maren: Any, url: str, events: list[str]) -> None:
    with pytest.raises(ValidationError):
        open_feed("", url, events, by=maren)


def test_only_who_may_change_the_switchyard_opens_one(samir: Any) -> None:
    with pytest.raises(PermissionDenied):
        open_feed("", "https://a.example", [RAISED], by=samir)


def test_the_whole_life_of_a_feed_over_the_api(
    client: Any, receiver: Receiver, alert: Alert, maren: Any, now: Any
) -> None:
    bearer = {"Authorization": f"Bearer {Token.issue(maren, 't', ['pivot.change'])[1]}"}

    def call(method: str, path: str, body: Any = None) -> Any:
        return getattr(client, method)(
            f"/api/v1/{path}", body, content_type="application/json", headers=bearer
        )

    assert RAISED in call("get", "feeds/events").json()
    made = call("post", "feeds", {"url": receiver.url, "events": [RAISED]})
    assert made.status_code == 201
    receiver.secret, pk = made.json()["secret"], made.json()["id"]
    assert "secret" not in call("get", "feeds").json()[0]
    assert call("post", f"feeds/{pk}/check").json() == {"ok": True, "wrong": ""}
    assert receiver.taken.popitem()[1] == {"type": "ping"}
    rises(alert)
    send()
    (row,) = call("get", f"feeds/{pk}/deliveries").json()["items"]
    assert (row["event"], row["state"]) == (RAISED, "sent")
    assert call("post", f"feeds/{pk}/replay").json() == {"replayed": 0}
    assert call("post", f"feeds/{pk}/secret").json()["secret"] != receiver.secret
    assert call("delete", f"feeds/{pk}").json()["closed_at"]
    assert call("post", f"feeds/{pk}/check").status_code == 422
    assert call("get", "feeds/99/deliveries").status_code == 404
