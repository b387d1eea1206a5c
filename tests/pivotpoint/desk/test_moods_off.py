"""Where moods are switched off, no door tells one: API, hand-offs, filters, severity, rules."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts import organisation
from pivotpoint.accounts.models import Installation, Token
from pivotpoint.channels.models import Message
from pivotpoint.enterprise.feeds.body import body
from pivotpoint.insights.alerts import letters
from pivotpoint.insights.events import ALERTED
from pivotpoint.insights.models import Alert, AlertLetter, Insight, Membership, Theme
from pivotpoint.journal.record import record, sweep
from pivotpoint.lib import clock
from pivotpoint.listening.correcting import correct
from pivotpoint.pivot import edit, loops
from pivotpoint.pivot.payload import payload
from pivotpoint.pivot.refused import Refused

SCOPES = ["desk.view", "customer.view", "pivot.view"]
HIDDEN = ("mood", "sentiment", "negative_share", "negative")


@pytest.fixture
def message(yard: SimpleNamespace) -> Message:
    """Upset, as everybody of the yard."""
    Theme.objects.filter(pk=yard.trend.pk).update(negative=5)
    return Membership.objects.filter(cluster__theme=yard.trend.pk).first().message  # type: ignore[union-attr]


def switch(ada: Any, *, on: bool) -> None:
    here = Installation.here()
    organisation.save(here, organisation.initial(here) | {"reads_mood": on}, by=ada)
    sweep()


def feelings(said: Any) -> list[Any]:
    """Every value that tells a mood, wherever it stands."""
    if isinstance(said, list):
        return [value for one in said for value in feelings(one)]
    if not isinstance(said, dict):
        return []
    own = [said[key] for key in HIDDEN if said.get(key) is not None]
    return own + [value for key, one in said.items() if key not in HIDDEN for value in feelings(one)]


def test_the_api_tells_no_mood(yard: SimpleNamespace, message: Message, client: Client) -> None:
    secret = Token.issue(yard.maren, "t", SCOPES)[1]
    pk = yard.trend.pk
    paths = [
        f"messages/{message.pk}/reading",
        "insights",
        f"insights/{pk}",
        f"insights/{pk}/quotes",
        f"insights/{pk}/days",
    ]

    def told(path: str) -> list[Any]:
        answer = client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 200, path
        return feelings(answer.json())

    assert all(told(path) for path in paths)
    switch(yard.ada, on=False)
    assert [value for path in paths for value in told(path)] == []
    assert told(f"insights/{pk}/aspects") == told(f"messages/{message.pk}/aspects") == []


def test_a_hand_off_tells_no_mood(yard: SimpleNamespace, message: Message) -> None:
    loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    assert feelings(payload(loop, "k"))
    switch(yard.ada, on=False)
    assert feelings(payload(loop, "k")) == []


def test_nobody_can_judge_a_mood(yard: SimpleNamespace, message: Message) -> None:
    switch(yard.ada, on=False)
    with pytest.raises(ValidationError, match="Moods are switched off"):
        correct.correct(message, "mood", "positive", by=yard.maren)
    assert "mood" not in [one.field for one in correct.confirm(message, by=yard.maren)]


@pytest.mark.parametrize("asked", ["mood=positive", "mood=negative", "sort=upset"])
def test_an_old_address_neither_filters_nor_sorts_by_mood(
    yard: SimpleNamespace, message: Message, client: Client, asked: str
) -> None:
    client.force_login(yard.maren)
    switch(yard.ada, on=False)
    titles = [yard.trend.theme.title, yard.pattern.theme.title, yard.voice.theme.title]
    page = client.get(f"{reverse('desk:insights')}?{asked}").content.decode()
    assert all(title in page for title in titles)


def test_severity_does_without_it_and_says_so_no_more(yard: SimpleNamespace, message: Message) -> None:
    theme = Theme.objects.get(pk=yard.trend.pk)
    theme.stakes = {"money": 0.9}
    theme.save()
    switch(yard.ada, on=False)
    assert "upset" not in Insight.objects.get(pk=theme.pk).severity_why
    switch(yard.ada, on=True)
    assert "most of its messages upset" in Insight.objects.get(pk=theme.pk).severity_why


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("Money at stake, 67 % of its messages upset, 12 people", "Money at stake, 12 people"),
        ("100 % of its messages upset, 12 people", "12 people"),
        ("Most of its messages upset, 12 people", "12 people"),
        ("Money at stake, most of its messages upset, 12 people", "Money at stake, 12 people"),
        ("69 % of its messages upset", "Few people"),
        ("Few people, little upset", "Few people"),
        ("12 people within 1 hour", "12 people within 1 hour"),
    ],
)
def test_an_alert_that_was_raised_before_tells_none(
    yard: SimpleNamespace, client: Client, why: str, told: str
) -> None:
    now = clock.now()
    figures = {"hours": 24, "people": 9, "expected": 0.4, "chance": 1e-6, "false_share": 1e-4, "themes": 3}
    alert = Alert.objects.create(
        insight=yard.trend, at=now, onset=now, rose_at=now, severity="high", severity_why=why, **figures
    )
    secret = Token.issue(yard.maren, "t", SCOPES)[1]
    client.force_login(yard.maren)

    def doors() -> list[str]:
        answer = client.get(f"/api/v1/alerts/{alert.pk}", headers={"Authorization": f"Bearer {secret}"})
        page = client.get(reverse("desk:alerts") + "?state=all").context["alerts"][0][0].severity_why
        letter = AlertLetter(alert=Alert.objects.get(), told=yard.maren)
        (said,) = re.findall(r"Severity \w+: (.*)\.\n", letters.letter([letter]).body)
        event = record(ALERTED, alert.insight, alert=alert.pk)
        return [answer.json()["severity_why"], page, said, body(event)["alert"]["severity_why"]]

    assert set(doors()) == {why}
    switch(yard.ada, on=False)
    assert set(doors()) == {told}


def test_a_form_of_rules_offers_no_mood(yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.maren)
    pages = [reverse("desk:pivot_new"), reverse("desk:pivot_edit", args=[yard.refunds.pk])]

    def offered() -> list[bool]:
        return ["negative_share" in client.get(page).content.decode() for page in pages]

    assert offered() == [True, True]
    angry = {"field": "negative_share", "op": "at_least", "value": 50}
    edit.save({}, by=yard.maren, pivot=yard.refunds, rules=[{"match": "all", "conditions": [angry]}])
    switch(yard.ada, on=False)
    assert offered() == [False, True]


def test_no_rule_begins_to_ask_for_a_mood(yard: SimpleNamespace, client: Client) -> None:
    angry = {"field": "negative_share", "op": "at_least", "value": 50}
    edit.save({}, by=yard.maren, pivot=yard.refunds, rules=[{"match": "all", "conditions": [angry]}])
    switch(yard.ada, on=False)
    more = [{"match": "all", "conditions": [angry, {"field": "people", "op": "at_least", "value": 2}]}]
    edit.save({}, by=yard.maren, pivot=yard.refunds, rules=more)
    angrier = [{"match": "all", "conditions": [angry | {"value": 70}]}]
    with pytest.raises(Refused, match="moods are switched off"):
        edit.save({}, by=yard.maren, pivot=yard.refunds, rules=angrier)
    secret = Token.issue(yard.maren, "t", SCOPES)[1]
    fields = client.get("/api/v1/pivots/fields", headers={"Authorization": f"Bearer {secret}"})
    assert "negative_share" not in json.dumps(fields.json())
