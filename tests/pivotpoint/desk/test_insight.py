"""One insight's page and what people do there."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.inbox import receive
from pivotpoint.collaboration.models import Comment, Decision, Invitation, Task
from pivotpoint.insights.models import (
    Insight,
    Membership,
    MicroCluster,
    Theme,
    ThemeAction,
    ThemeVector,
)
from pivotpoint.jobs.beat import settle
from pivotpoint.lib import clock
from pivotpoint.listening.models import Correction, Reading
from pivotpoint.pivot.models import Loop, Pivot, Rule
from tests.pivotpoint.desk.scene import read_all, url
from tests.switchyard import make_insight


def test_evidence_is_marked_and_escaped(lead: Client, yard: SimpleNamespace) -> None:
    message = Membership.objects.filter(cluster__theme=yard.trend.pk).first().message
    message.text = "I wait for my refund <script>alert(1)</script>, still."
    message.save()
    message.reading.evidence = {"intent": [[14, 20]]}
    message.reading.save()
    page = lead.get(url("insight", yard.trend.pk)).content.decode()
    assert "<mark>refund</mark> &lt;script&gt;" in page


def test_handing_over_opens_a_loop_and_says_so(lead: Client, yard: SimpleNamespace) -> None:
    response = lead.post(
        url("hand_over", yard.trend.pk), {"pivot": yard.refunds.pk, "why": "Money is owed."}, follow=True
    )
    loop = Loop.objects.get()
    assert loop.owner == yard.ines
    assert loop.moves.last().reason == "Money is owed."
    assert "Handed over to Refunds." in response.content.decode()
    assert f"Loop {loop.pk}" in response.content.decode()


def test_the_pivot_whose_rule_catches_it_is_proposed(lead: Client, yard: SimpleNamespace) -> None:
    fit = lead.get(url("insight", yard.trend.pk)).context["fits"][0]
    assert (fit.pivot, fit.rules, fit.loop) == (yard.refunds, True, None)
    assert not lead.get(url("insight", yard.voice.pk)).context["fits"]


def test_the_page_shows_without_any_pivot_or_rule(lead: Client, yard: SimpleNamespace) -> None:
    Rule.objects.all().delete()
    assert lead.get(url("insight", yard.trend.pk)).status_code == 200
    Pivot.objects.all().delete()
    page = lead.get(url("insight", yard.trend.pk))
    assert (page.status_code, page.context["fits"]) == (200, [])


def test_rename_and_undo(lead: Client, yard: SimpleNamespace) -> None:
    lead.post(url("insight_rename", yard.trend.pk), {"title": "Refunds do not arrive"})
    assert Theme.objects.get(pk=yard.trend.pk).title == "Refunds do not arrive"
    action = yard.trend.theme.actions.get()
    lead.post(url("action_undo", action.pk))
    assert Theme.objects.get(pk=yard.trend.pk).title == "Refund still missing"


def test_an_empty_title_is_refused(lead: Client, yard: SimpleNamespace) -> None:
    response = lead.post(url("insight_rename", yard.trend.pk), {"title": "  "}, follow=True)
    assert "A title needs a word." in response.content.decode()


def test_not_now_and_back(lead: Client, yard: SimpleNamespace) -> None:
    lead.post(url("set_aside", yard.trend.pk), {"days": "7"})
    assert Insight.objects.get(pk=yard.trend.pk).set_aside_until == clock.now() + timedelta(days=7)
    lead.post(url("set_aside", yard.trend.pk), {"days": "0"})
    assert Insight.objects.get(pk=yard.trend.pk).set_aside_until is None


def test_the_room_keeps_talk_decisions_and_tasks_apart(lead: Client, yard: SimpleNamespace) -> None:
    lead.post(url("comment", yard.trend.pk), {"text": "@ines who can look?"})
    lead.post(url("comment", yard.trend.pk), {"text": "We credit after ten days.", "as": "decision"})
    data = {"title": "Call the depot", "owner": yard.bo.pk, "due": "2026-11-20"}
    lead.post(url("task_add", yard.trend.pk), data)
    assert list(Comment.objects.get().mentions.all()) == [yard.ines]
    assert Decision.objects.get().by == yard.maren
    task = Task.objects.get()
    assert task.owner == yard.bo
    page = lead.get(url("insight", yard.trend.pk)).content.decode()
    assert "Call the depot" in page
    assert "We credit after ten days." in page
    lead.post(url("task_done", task.pk))
    assert Task.objects.get().done_by == yard.maren


@pytest.mark.parametrize("due", ["", "2026-13-45", "soon"])
def test_a_task_without_a_day_is_refused(lead: Client, yard: SimpleNamespace, due: str) -> None:
    data = {"title": "Call the depot", "owner": yard.bo.pk, "due": due}
    response = lead.post(url("task_add", yard.trend.pk), data, follow=True)
    assert "Give the day by which it is due." in response.content.decode()
    assert not Task.objects.exists()


def test_somebody_is_asked(lead: Client, yard: SimpleNamespace) -> None:
    lead.post(url("ask", yard.trend.pk), {"user": yard.bo.pk, "reason": "Knows the depots"})
    assert Invitation.objects.get().user == yard.bo


def test_a_reading_is_corrected_and_the_way_back_is_kept(lead: Client, yard: SimpleNamespace) -> None:
    message = Membership.objects.filter(cluster__theme=yard.trend.pk).first().message
    back_to = url("insight", yard.trend.pk)
    response = lead.post(url("message_correct", message.pk), {"what": "mood=neutral", "next": back_to})
    assert response["Location"] == back_to
    correction = Correction.objects.get()
    assert (correction.field, correction.value, correction.by) == ("mood", "neutral", yard.maren)
    elsewhere = {"what": "mood=positive", "next": "https://elsewhere.example/"}
    assert lead.post(url("message_correct", message.pk), elsewhere)["Location"] == reverse("desk:today")


def test_a_merged_theme_leads_to_the_one_that_took_it(lead: Client, yard: SimpleNamespace) -> None:
    lead.post(url("insight_merge", yard.trend.pk), {"other": yard.pattern.pk})
    response = lead.get(url("insight", yard.pattern.pk))
    assert response["Location"] == url("insight", yard.trend.pk)


def test_the_same_number_of_queries_for_ten_times_as_many_people(
    lead: Client, yard: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    crowd = make_insight(9, 50)
    read_all()
    lead.get(url("insight", yard.voice.pk))  # The first page of a process also reads what the process keeps.
    with django_assert_max_num_queries(41) as few:
        lead.get(url("insight", yard.trend.pk))
    with django_assert_max_num_queries(41) as many:
        lead.get(url("insight", crowd.pk))
    assert len(many) <= len(few)


def test_not_this_and_split_through_the_real_engine(client: Client, form: Any, cast: dict[str, Any]) -> None:
    words = [
        "My refund for the returned sofa has not arrived after four weeks.",
        "The refund for my returned sofa still has not arrived.",
        "I returned the sofa and the refund has not arrived yet.",
        "Returned the sofa weeks ago, the refund has still not arrived.",
    ]
    receive(
        form,
        [Inbound(external_id=str(n), text=text, handle=f"p{n}@home.example") for n, text in enumerate(words)],
    )
    settle()
    insight = Insight.objects.select_related("theme").order_by("-theme__people").first()
    assert insight is not None
    assert insight.theme.people == 4
    client.force_login(cast["maren"])
    messages = list(Membership.objects.filter(cluster__theme=insight.pk).values_list("pk", flat=True))
    client.post(url("not_this", insight.pk, messages[0]))
    assert Theme.objects.get(pk=insight.pk).people == 3
    client.post(url("action_undo", insight.theme.actions.get().pk))
    assert Theme.objects.get(pk=insight.pk).people == 4
    data = {"message": messages[:2], "title": "Sofas picked up, not paid back"}
    client.post(url("insight_split", insight.pk), data)
    assert Theme.objects.get(title="Sofas picked up, not paid back").people == 2
    page = client.get(url("insight_messages", insight.pk)).content.decode()
    assert page.count("<blockquote") == 2


def test_what_a_message_is_for_is_said_in_words(lead: Client, yard: SimpleNamespace) -> None:
    Reading.objects.filter(message__membership__cluster__theme=yard.trend.pk).update(intent="churn threat")
    page = lead.get(url("insight_messages", yard.trend.pk)).content.decode()
    assert "threat to leave" in page and "churn" not in page


def test_a_function_that_few_messages_point_to_is_no_reason_to_hand_over(
    lead: Client, yard: SimpleNamespace
) -> None:
    Rule.objects.all().delete()
    Theme.objects.filter(pk=yard.trend.pk).update(function_share=0.1)
    assert lead.get(url("insight", yard.trend.pk)).context["fits"] == []


def test_a_pivot_without_rules_needs_a_person(lead: Client, yard: SimpleNamespace) -> None:
    Rule.objects.all().delete()
    Theme.objects.filter(pk=yard.trend.pk).update(function_share=0.8)
    page = lead.get(reverse("desk:insight", args=[yard.trend.pk])).content.decode()
    assert "Refunds" in page
    assert "no rule catches it" in page


def test_what_says_nearly_the_same_is_merged_with_one_click_and_undone(
    lead: Client, yard: SimpleNamespace
) -> None:
    near = make_insight(8, 2, title="Refund is still missing")
    for insight in (yard.trend, near):
        row = np.array([1, 0.2 + insight.pk / 40, 0], np.float32)
        ThemeVector.objects.create(theme=insight.theme, vector=(row / np.linalg.norm(row)).tobytes())
    ThemeVector.objects.create(theme=yard.voice.theme, vector=np.array([1, -1, 0], np.float32).tobytes())
    page = lead.get(url("insight", near.pk))
    assert (page.context["twins"], page.context["stays"]) == ([yard.trend.theme], yard.trend.theme)
    assert "Nearly the same in other words" in page.content.decode()
    sent = {"insight": [near.pk, yard.trend.pk], "next": url("insight", yard.trend.pk)}
    assert lead.post(reverse("desk:insights_merge"), sent).headers["Location"] == sent["next"]
    assert Theme.objects.get(pk=near.pk).merged_into == yard.trend.theme
    lead.post(url("action_undo", ThemeAction.objects.get().pk))
    assert Theme.objects.get(pk=near.pk).merged_into is None


def test_without_a_pivot_the_first_one_is_offered(lead: Client, yard: SimpleNamespace) -> None:
    page = url("insight", yard.trend.pk)
    assert 'id="hand-over"' in lead.get(page).content.decode()
    Pivot.objects.update(closed_at=clock.now())
    said = lead.get(page).content.decode()
    assert "There is no pivot yet" in said
    assert f"{reverse('desk:pivot_new')}?insight={yard.trend.pk}" in said
    assert "hand-over" not in said


def test_of_a_mixed_insight_more_is_read_since_nothing_else_tells_what_is_in_it(
    yard: SimpleNamespace, client: Client
) -> None:
    """Of as many clusters, too: most of them hold one message."""
    client.force_login(yard.maren)
    made = make_insight(50, 15)
    for number, member in enumerate(Membership.objects.filter(cluster__theme=50).order_by("pk")):
        cluster = MicroCluster.objects.create(id=500 + number, theme=made.theme, count=1, vector=b"")
        Membership.objects.filter(pk=member.pk).update(cluster=cluster)
    MicroCluster.objects.filter(members=None, theme=50).delete()

    def read() -> int:
        return (
            client.get(reverse("desk:insight", args=[50])).content.decode().count('<blockquote class="quote"')
        )

    assert read() == 5
    Theme.objects.filter(pk=50).update(mixed=True)
    assert read() == 12
