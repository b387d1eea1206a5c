"""The review: what teaches most comes first, and one key answers."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pivotpoint.accounts.models import Installation, Token
from pivotpoint.desk.review_queue import queue
from pivotpoint.insights.models import Theme
from pivotpoint.lib import clock
from pivotpoint.listening.models import Correction, ModelVersion, Reading
from textanalytics.reading.agreement import Share

pytestmark = pytest.mark.django_db
SURE = dict.fromkeys(("mood", "intent", "about_us", "actionable", "function"), 0.9)


def doubt(theme: int, field: str, sure: float) -> Reading:
    """The first reading of this theme becomes doubtful."""
    reading = Reading.objects.filter(message__membership__cluster__theme=theme).order_by("pk").first()
    assert reading is not None
    reading.confidence, reading.doubt = {**SURE, field: sure}, 1 - sure
    reading.save()
    return reading


@pytest.fixture
def doubted(yard: SimpleNamespace) -> SimpleNamespace:
    """One alone of which we are least sure; one that many say; one of which we are sure enough."""
    Reading.objects.update(confidence=SURE, doubt=0.1)
    yard.alone = doubt(yard.voice.pk, "function", 0.3)
    yard.common = doubt(yard.trend.pk, "intent", 0.4)
    yard.certain = doubt(yard.pattern.pk, "intent", 0.7)
    Theme.objects.filter(pk=yard.trend.pk).update(messages=400)
    return yard


def test_doubt_times_those_who_say_the_like_decides_the_order(doubted: SimpleNamespace) -> None:
    found = queue(doubted.samir, 10)
    assert [(one.message.pk, one.field) for one in found] == [
        (doubted.common.pk, "intent"),
        (doubted.alone.pk, "function"),
    ]
    assert found[0].alike == 399


def test_a_theme_waits_until_each_has_had_its_turn(doubted: SimpleNamespace) -> None:
    second = Reading.objects.filter(message__membership__cluster__theme=doubted.trend.pk).order_by("-pk")[0]
    Reading.objects.filter(pk=second.pk).update(confidence={**SURE, "intent": 0.4}, doubt=0.6)
    order = [one.message.pk for one in queue(doubted.samir, 10)]
    assert order == [doubted.common.pk, doubted.alone.pk, second.pk]


def test_a_theme_that_was_judged_lately_waits_for_the_others(
    doubted: SimpleNamespace, client: Client
) -> None:
    second = Reading.objects.filter(message__membership__cluster__theme=doubted.trend.pk).order_by("-pk")[0]
    Reading.objects.filter(pk=second.pk).update(confidence={**SURE, "intent": 0.4}, doubt=0.6)
    client.force_login(doubted.samir)
    client.post(reverse("desk:message_correct", args=[doubted.common.pk]), {"what": "intent=question"})
    assert [one.message.pk for one in queue(doubted.samir, 10)] == [doubted.alone.pk, second.pk]
    Correction.objects.update(at=clock.now() - timedelta(days=2))
    assert [one.message.pk for one in queue(doubted.samir, 10)] == [second.pk, doubted.alone.pk]


@pytest.mark.parametrize("nothing", ["vague", "mixed"])
def test_messages_that_no_word_holds_together_are_not_alike(doubted: SimpleNamespace, nothing: str) -> None:
    Theme.objects.filter(pk=doubted.trend.pk).update(**{nothing: True})
    assert [(one.message.pk, one.alike) for one in queue(doubted.samir, 10)] == [
        (doubted.alone.pk, 0),
        (doubted.common.pk, 0),
    ]


def test_one_key_corrects_and_the_next_one_comes(doubted: SimpleNamespace, client: Client) -> None:
    client.force_login(doubted.samir)
    page = client.get(reverse("desk:review"))
    assert 'data-key="1"' in page.content.decode()
    answer = client.post(
        reverse("desk:message_correct", args=[doubted.common.pk]),
        {"what": "intent=question", "next": reverse("desk:review")},
        follow=True,
    )
    assert answer.context["asked"].message.pk == doubted.alone.pk
    doubted.common.refresh_from_db()
    assert (doubted.common.intent, doubted.common.doubt) == ("question", pytest.approx(0.1))


def test_confirming_is_an_answer(doubted: SimpleNamespace, client: Client) -> None:
    client.force_login(doubted.samir)
    client.post(reverse("desk:message_confirm", args=[doubted.common.pk]))
    rows = Correction.objects.filter(message=doubted.common.pk)
    assert len(rows) == 6
    assert all(row.confirms and row.by == doubted.samir for row in rows)
    assert [one.message.pk for one in queue(doubted.samir, 5)] == [doubted.alone.pk]


def test_who_cannot_tell_is_not_asked_again_but_a_colleague_is(
    doubted: SimpleNamespace, client: Client
) -> None:
    client.force_login(doubted.samir)
    for _ in range(2):
        client.post(reverse("desk:message_glance", args=[doubted.common.pk]))
    assert [one.message.pk for one in queue(doubted.samir, 5)] == [doubted.alone.pk]
    assert queue(doubted.maren)[0].message.pk == doubted.common.pk


def test_every_choice_of_the_page_is_one_that_the_verb_takes(
    doubted: SimpleNamespace, client: Client
) -> None:
    from pivotpoint.desk.correction import CORRECTIONS

    client.force_login(doubted.samir)
    path = reverse("desk:message_correct", args=[doubted.common.pk])
    for value, _ in (pair for group in CORRECTIONS.values() for pair in group):
        before = Correction.objects.count()
        client.post(path, {"what": value})
        assert Correction.objects.count() == before + 1, value


def test_moods_that_are_switched_off_are_not_asked_about(doubted: SimpleNamespace) -> None:
    doubt(doubted.trend.pk, "mood", 0.2)
    assert queue(doubted.samir)[0].field == "mood"
    Installation.objects.update(reads_mood=False)
    assert [one.field for one in queue(doubted.samir, 5)] == ["function"]


def test_an_empty_queue_says_so(yard: SimpleNamespace, client: Client) -> None:
    Reading.objects.update(doubt=0)
    client.force_login(yard.samir)
    assert "Nothing waits for you" in client.get(reverse("desk:review")).content.decode()


def test_more_doubt_is_no_query_more(doubted: SimpleNamespace, client: Client) -> None:
    client.force_login(doubted.samir)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("desk:review")).status_code == 200
        return len(asked)

    count()
    few = count()
    Reading.objects.update(confidence={**SURE, "intent": 0.3}, doubt=0.7)
    assert count() == few


def test_over_the_api(doubted: SimpleNamespace, client: Client) -> None:
    _, secret = Token.issue(doubted.samir, "t", ["customer.view", "reading.correct"])
    call: Any = {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    said = client.get("/api/v1/doubtful-readings", **call).json()
    assert [(one["message"], one["field"]) for one in said] == [
        (doubted.common.pk, "intent"),
        (doubted.alone.pk, "function"),
    ]
    assert client.post(f"/api/v1/messages/{doubted.common.pk}/glances", **call).status_code == 201
    assert len(client.get("/api/v1/doubtful-readings", **call).json()) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("message_correct", "You corrected"),
        ("message_confirm", "You confirmed"),
        ("message_glance", "You could not tell"),
    ],
)
def test_the_last_answer_is_taken_back_and_asked_again(
    doubted: SimpleNamespace, client: Client, answer: str, said: str
) -> None:
    client.force_login(doubted.samir)
    before = Reading.objects.values().get(pk=doubted.common.pk)
    client.post(reverse(f"desk:{answer}", args=[doubted.common.pk]), {"what": "intent=question"})
    page = client.get(reverse("desk:review"))
    assert said in page.content.decode() and page.context["asked"].message.pk == doubted.alone.pk
    page = client.post(reverse("desk:answer_undo", args=[doubted.common.pk]), follow=True)
    assert page.context["asked"].message.pk == doubted.common.pk
    assert page.context["last"] is None
    assert not Correction.objects.standing().exists()
    after = Reading.objects.values().get(pk=doubted.common.pk)
    sure = {field: value for field, value in after["confidence"].items() if value is not None}
    assert sure == before["confidence"]
    for name in ("intent", "mood", "function", "about_us", "doubt"):
        assert after[name] == before[name], name


def test_only_ones_own_last_answer_and_only_within_the_hour(doubted: SimpleNamespace, client: Client) -> None:
    client.force_login(doubted.samir)
    client.post(reverse("desk:message_correct", args=[doubted.alone.pk]), {"what": "function=service"})
    client.post(reverse("desk:message_correct", args=[doubted.common.pk]), {"what": "intent=question"})
    client.post(reverse("desk:answer_undo", args=[doubted.alone.pk]))
    client.force_login(doubted.maren)
    client.post(reverse("desk:answer_undo", args=[doubted.common.pk]))
    assert Correction.objects.standing().count() == 2
    client.force_login(doubted.samir)
    Correction.objects.update(at=clock.now() - timedelta(hours=2))
    assert client.get(reverse("desk:review")).context["last"] is None
    client.post(reverse("desk:answer_undo", args=[doubted.common.pk]))
    assert Correction.objects.standing().count() == 2


def test_an_answer_is_taken_back_over_the_api(doubted: SimpleNamespace, client: Client) -> None:
    headers = {
        "Authorization": "Bearer "
        + Token.issue(doubted.samir, "Reviews", ["reading.correct", "customer.view"])[1]
    }
    path = f"/api/v1/messages/{doubted.common.pk}"
    client.post(f"{path}/glances", headers=headers)
    assert [one.message.pk for one in queue(doubted.samir, 5)] == [doubted.alone.pk]
    assert client.delete(f"{path}/answers", headers=headers).status_code == 204
    assert queue(doubted.samir)[0].message.pk == doubted.common.pk


def test_it_says_how_much_was_judged_and_learnt(doubted: SimpleNamespace, client: Client) -> None:
    client.force_login(doubted.samir)
    page = reverse("desk:review")
    assert "What came of it" not in client.get(page).content.decode()
    client.post(reverse("desk:message_correct", args=[doubted.common.pk]), {"what": "intent=question"})
    assert "You judged 1 message today. It learns within a minute." in client.get(page).content.decode()
    ModelVersion.objects.create(version="v2", corrections=5, figures={"won": 3, "lost": 1})
    said = " ".join(client.get(page).content.decode().split())
    assert "has learnt from 5 judgements: of what it was not taught it reads 3 right" in said
    Correction.objects.update(at=clock.now() - timedelta(days=2))
    assert "You judged" not in client.get(page).content.decode()


def test_a_function_can_be_nobody_s(doubted: SimpleNamespace, client: Client) -> None:
    client.force_login(doubted.samir)
    client.post(reverse("desk:message_correct", args=[doubted.common.pk]), {"what": "intent=question"})
    page = client.get(reverse("desk:review")).content.decode()
    assert 'value="function="' in page
    client.post(reverse("desk:message_correct", args=[doubted.alone.pk]), {"what": "function="})
    assert Reading.objects.get(pk=doubted.alone.pk).function == ""
    assert Correction.objects.get(field="function").value == ""


def test_what_was_learnt_and_does_not_read_is_said(doubted: SimpleNamespace, client: Client) -> None:
    ModelVersion.objects.create(version="v2", corrections=5)
    ModelVersion.objects.create(version="v3", corrections=9, verdict="worse", live_at=None)
    client.force_login(doubted.samir)
    page = client.get(reverse("desk:review")).content.decode()
    assert "The one that has learnt from 9 would be right less often" in page


def test_of_few_judgements_only_the_range_is_told(doubted: SimpleNamespace, client: Client) -> None:
    client.force_login(doubted.maren)
    client.post(reverse("desk:message_confirm", args=[doubted.common.pk]), {"field": "intent"})
    page = client.get(reverse("desk:accuracy")).content.decode()
    assert "21–100 %</span>" in page
    assert '100 %</span> <small class="muted nowrap">21' not in page
    share = Share(right=30, asked=30)
    assert "100 %</span> <small" in render_to_string("desk/_agreed.html", {"share": share})
