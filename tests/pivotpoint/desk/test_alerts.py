"""Alerts on pages: on Today, on the insight, in a list of their own; judged with one click that can be undone."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts.models import Token
from pivotpoint.accounts.permissions import PERMISSIONS
from pivotpoint.channels.models import Channel, Message
from pivotpoint.insights.alerts.judge import judge
from pivotpoint.insights.models import Alert, AlertVerdict, Theme, ThemeDay
from pivotpoint.lib import clock
from tests.rise import PAST, alerted, past, rise
from tests.switchyard import make_insight


@pytest.fixture
def lead(now: Any, cast: dict[str, Any], client: Client) -> Client:
    past()
    client.force_login(cast["maren"])
    return client


def page(client: Client, query: str = "") -> str:
    return client.get(reverse("desk:alerts") + query).content.decode()


def test_before_anything_rose_it_says_what_it_takes(lead: Client) -> None:
    assert "Nothing has risen yet" in page(lead)
    assert "Nothing has risen yet." in lead.get(reverse("desk:accuracy")).content.decode()


def test_an_alert_is_on_today_until_somebody_judges_it(lead: Client) -> None:
    alert = alerted(title="Login fails")
    today = lead.get(reverse("desk:today")).content.decode()
    assert "9 people within a day" in today
    response = lead.post(reverse("desk:alert_verdict", args=[alert.pk]), {"value": "real"}, follow=True)
    assert "It was real. That counts for the alerts." in response.content.decode()
    assert "9 people within a day" not in lead.get(reverse("desk:today")).content.decode()


def test_what_went_into_another_insight_says_so_and_leads_there(lead: Client) -> None:
    """Nobody is behind it any more; "0 people" would be no answer."""
    alert = alerted(title="Login fails")
    Theme.objects.filter(pk=alert.insight_id).update(merged_into=make_insight(2).theme, people=0, messages=0)
    listed = page(lead, "?state=all")
    assert "part of another insight now" in listed
    assert "<b>0</b>" not in listed
    there = lead.get(reverse("desk:insight", args=[alert.insight_id]))
    assert there.headers["Location"] == reverse("desk:insight", args=[2])


def test_its_own_words_and_a_quote_stand_before_the_insight(lead: Client) -> None:
    alert = alerted(title="Pause the newsletter")
    quoted = Message.objects.create(
        channel=Channel.objects.first(),
        external_id="q",
        text="I cannot unsubscribe from your newsletter",
        said_at=clock.now(),
    )
    Alert.objects.update(words="newsletter, unsubscribe", share=0.62, quoted=quoted)
    for seen in (page(lead), lead.get(reverse("desk:today")).content.decode()):
        places = [
            seen.index(words)
            for words in (
                "“newsletter, unsubscribe”",
                "“I cannot unsubscribe from your newsletter”",
                "Mostly in “Pause the newsletter” (62 %).",
            )
        ]
        assert places == sorted(places)
    assert (
        "“I cannot unsubscribe" in lead.get(reverse("desk:insight", args=[alert.insight_id])).content.decode()
    )
    Alert.objects.update(share=0.4)
    assert "Pause the newsletter" not in page(lead)
    Alert.objects.update(share=0.62)
    Theme.objects.filter(pk=alert.insight_id).update(title="Pause the subscription")
    assert "Pause the subscription" not in page(lead)
    Alert.objects.update(share=0.8)
    assert "Mostly in “Pause the subscription” (80 %)." in page(lead)


def test_what_is_not_about_its_insight_bears_its_own_function_and_no_place(
    lead: Client, cast: dict[str, Any]
) -> None:
    alert = alerted(title="Pause the newsletter", function_share=1.0)
    Alert.objects.update(words="gift, code", function="product")
    place = "no owner yet"
    for share, function, title in ((0.9, "finance", "Pause the newsletter"), (0.4, "product", "gift, code")):
        Alert.objects.update(share=share)
        assert f'data-fn="{function}"' in lead.get(reverse("desk:today")).content.decode()
        listed = page(lead)
        assert f'data-fn="{function}"' in listed
        assert (place in listed) == (share == 0.9)
        _, secret = Token.issue(cast["maren"], "all", PERMISSIONS)
        door = {"headers": {"authorization": f"Bearer {secret}"}}
        assert lead.get(f"/api/v1/alerts/{alert.pk}", **door).json()["title"] == title


def test_a_verdict_is_undone_from_the_list(lead: Client) -> None:
    alert = alerted()
    lead.post(reverse("desk:alert_verdict", args=[alert.pk]), {"value": "false"})
    verdict = AlertVerdict.objects.get()
    assert "False alarm" in page(lead, "?state=judged")
    lead.post(reverse("desk:alert_verdict_undo", args=[verdict.pk]))
    assert not AlertVerdict.objects.standing().exists()


def test_when_it_would_have_been_noticed_can_be_added(lead: Client, now: Any) -> None:
    alert = alerted()
    send = {"value": "real", "noticed_at": "2026-11-17T08:30"}
    lead.post(reverse("desk:alert_verdict", args=[alert.pk]), send)
    assert AlertVerdict.objects.standing().get().noticed_at == now - timedelta(minutes=30)
    wrong = lead.post(
        reverse("desk:alert_verdict", args=[alert.pk]), send | {"noticed_at": "soon"}, follow=True
    )
    assert "Give the day and the time" in wrong.content.decode()
    assert AlertVerdict.objects.count() == 1


def test_what_was_told_with_another_alert_leads_there(lead: Client) -> None:
    first = alerted(title="Login fails")
    Alert.objects.create(
        **{
            field: getattr(first, field)
            for field in ("onset", "hours", "people", "expected", "chance", "false_share")
        },
        insight=make_insight(2, 4, title="Password refused"),
        themes=2,
        severity="low",
        rose_at=first.rose_at,
        quiet="told",
        told_with=first,
    )
    said = page(lead, "?state=quiet")
    assert "People were told of the same matter with" in said
    assert f'“<a href="{reverse("desk:insight", args=[1])}">Login fails</a>”' in said
    assert "Nobody was told" not in said


def test_what_was_kept_quiet_says_why(lead: Client) -> None:
    alerted(negative=False)
    assert "Nothing rises now" in page(lead)
    assert "Nobody was told: no fault" in page(lead, "?state=quiet")


def test_the_insight_says_that_it_rises_and_can_be_pinned_and_muted(lead: Client) -> None:
    alert = alerted(title="Login fails")
    rise(2, 3, title="Other")
    address = reverse("desk:insight", args=[alert.insight_id])
    assert "It rises" in lead.get(address).content.decode()
    mark = reverse("desk:insight_mark", args=[2])
    lead.post(mark, {"kind": "pin"})
    listed = lead.get(reverse("desk:insights")).content.decode()
    assert listed.index("Other") < listed.index("Login fails")
    lead.post(mark, {"kind": "pin", "end": "1"})
    listed = lead.get(reverse("desk:insights")).content.decode()
    assert listed.index("Login fails") < listed.index("Other")
    assert "pinned or muted" in lead.post(mark, {"kind": "hide"}, follow=True).content.decode()


def test_the_accuracy_page_counts_what_people_said(lead: Client, cast: dict[str, Any]) -> None:
    judge(alerted(1), "real", by=cast["maren"])
    judge(alerted(2), "false", by=cast["maren"])
    found = lead.get(reverse("desk:accuracy"))
    assert (found.context["alerts"].precision.right, found.context["alerts"].judged) == (1, 2)
    assert "2 of 2 judged" in found.content.decode()


def test_the_page_asks_as_often_for_twenty_alerts_as_for_two(
    lead: Client, cast: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    ThemeDay.objects.filter(theme=PAST).update(people=900)
    for number in range(1, 21):
        alerted(number)
    judge(Alert.objects.earliest("pk"), "real", by=cast["maren"])
    with django_assert_max_num_queries(20):
        lead.get(reverse("desk:alerts"))


def test_the_api_does_the_same(lead: Client, cast: dict[str, Any]) -> None:
    alert = alerted()
    _, secret = Token.issue(cast["maren"], "all", PERMISSIONS)
    door: dict[str, Any] = {
        "headers": {"authorization": f"Bearer {secret}"},
        "content_type": "application/json",
    }
    (one,) = lead.get("/api/v1/alerts?state=rising", **door).json()["items"]
    assert (one["id"], one["people"], one["verdict"]) == (alert.pk, 9, None)
    made = lead.post(f"/api/v1/alerts/{alert.pk}/verdicts", {"value": "real"}, **door)
    assert made.status_code == 201
    assert lead.get(f"/api/v1/alerts/{alert.pk}", **door).json()["verdict"]["value"] == "real"
    assert lead.get("/api/v1/alert-accuracy", **door).json()["precision"]["share"] == 1.0
    undone = lead.delete(f"/api/v1/alert-verdicts/{made.json()['id']}", **door)
    assert undone.json()["undone_at"]
    assert lead.put(f"/api/v1/insights/{alert.insight_id}/marks/mute", **door).json()["kind"] == "mute"
    assert lead.delete(f"/api/v1/insights/{alert.insight_id}/marks/mute", **door).status_code == 204
    assert lead.get(f"/api/v1/insights/{alert.insight_id}/aspects", **door).json()["people"] == 9


def test_who_may_not_act_sees_no_button(
    now: Any, cast: dict[str, Any], client: Client, yard: SimpleNamespace
) -> None:
    past()
    alerted(20)
    client.force_login(cast["victor"])
    assert "False alarm" not in page(client)
    assert client.post(reverse("desk:alert_verdict", args=[1]), {"value": "real"}).status_code == 403
