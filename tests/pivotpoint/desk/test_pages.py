"""Every page: for whom it opens, what is not there, which methods it takes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Message
from pivotpoint.lib import clock
from pivotpoint.pivot.loops import open_loop

PLAIN = ["today", "insights", "switchyard", "pivot_new", "loops"]
WITH_ID = ["insight", "insight_messages", "pivot", "pivot_edit", "loop", "change_new", "notices"]
VERBS = {
    "hand_over": "insight.change",
    "insight_merge": "insight.change",
    "insight_split": "insight.change",
    "gleaned_bring": "insight.change",
    "insight_rename": "insight.change",
    "set_aside": "insight.change",
    "comment": "room.write",
    "ask": "room.write",
    "task_add": "room.write",
    "task_done": "room.write",
    "action_undo": "insight.change",
    "message_correct": "reading.correct",
    "let_pass": "insight.change",
    "hold": "insight.change",
    "loop_reassign": "loop.act",
    "handoff_add": "loop.act",
    "handoff_replay": "loop.act",
    "notices_approve": "notice.approve",
    "notice_edit": "notice.approve",
    "pivot_gate": "pivot.change",
    "pivot_close": "pivot.change",
    "destination_new": "pivot.change",
    "destination_close": "pivot.change",
    "destination_check": "pivot.change",
    "destination_secret": "pivot.change",
    "destination_door": "pivot.change",
    "destination_replay": "loop.act",
}


def address(name: str, yard: SimpleNamespace) -> str:
    """A page of something that is there."""
    if name in PLAIN:
        return reverse(f"desk:{name}")
    if name in ("loop", "change_new", "notices"):
        return reverse(f"desk:{name}", args=[open_loop(yard.trend, yard.refunds, by=yard.maren).pk])
    pk = yard.refunds.pk if name.startswith("pivot") else yard.trend.pk
    return reverse(f"desk:{name}", args=[pk])


@pytest.mark.parametrize("name", [*PLAIN, *WITH_ID])
def test_the_page_opens_for_the_lead(name: str, yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.maren)
    response = client.get(address(name, yard))
    assert response.status_code == 200
    assert b"<h1>" in response.content


@pytest.mark.parametrize("name", [*PLAIN, *WITH_ID])
def test_a_stranger_is_asked_to_log_in(name: str, yard: SimpleNamespace, client: Client) -> None:
    response = client.get(address(name, yard))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("name", WITH_ID)
def test_what_is_not_there_is_404(name: str, yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.maren)
    assert client.get(reverse(f"desk:{name}", args=[999_999])).status_code == 404


@pytest.mark.parametrize("name", ["pivot_new", "pivot_edit", "change_new", "notices", "insight_messages"])
def test_a_viewer_may_not_open_it(name: str, yard: SimpleNamespace, client: Client) -> None:
    where = address(name, yard)
    client.force_login(yard.victor)
    assert client.get(where).status_code == 403


@pytest.mark.parametrize("name", ["today", "insights", "switchyard", "loops"])
def test_a_page_that_only_shows_takes_no_post(name: str, yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.maren)
    assert client.post(address(name, yard)).status_code == 405


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_takes_only_post(name: str, yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.maren)
    assert client.get(reverse(f"desk:{name}", args=[1])).status_code == 405


@pytest.mark.parametrize("name", VERBS)
def test_a_viewer_may_not_do_it(name: str, yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.victor)
    assert client.post(reverse(f"desk:{name}", args=[1])).status_code == 403


@pytest.mark.parametrize("name", [name for name in VERBS if name not in ("message_correct",)])
def test_a_verb_on_what_is_not_there_is_404(name: str, yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.maren)
    data = {"pivot": yard.refunds.pk, "owner": yard.ines.pk}
    assert client.post(reverse(f"desk:{name}", args=[999_999]), data).status_code == 404


def test_a_partner_sees_only_their_functions_loops(yard: SimpleNamespace, client: Client) -> None:
    loop = open_loop(yard.trend, yard.refunds, by=yard.maren)
    client.force_login(yard.pia)
    assert client.get(reverse("desk:loop", args=[loop.pk])).status_code == 404
    assert client.get(reverse("desk:insight", args=[yard.trend.pk])).status_code == 404


def test_a_viewer_reads_words_without_names_and_numbers(yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.victor)
    page = client.get(reverse("desk:insight", args=[yard.trend.pk])).content.decode()
    assert "[e-mail]" in page
    assert "@home.example" not in page
    assert "Person 1." not in page


def test_no_page_shows_a_mood_when_the_organisation_reads_none(
    yard: SimpleNamespace, hers: Message, client: Client
) -> None:
    """Everywhere else they are shown, so the same words are looked for in both."""
    client.force_login(yard.maren)
    told = ("Upset", "upset", "pleased", "Mostly calm", "Every mood", "Share upset")
    paths = [
        reverse("desk:insights"),
        reverse("desk:insight", args=[yard.trend.pk]),
        reverse("desk:insight_messages", args=[yard.trend.pk]),
        reverse("desk:inbox"),
        reverse("desk:conversation", args=[hers.conversation_id]),
        reverse("desk:customer", args=[hers.customer_id]),
    ]

    def shown() -> list[tuple[str, str]]:
        pages = {path: client.get(path).content.decode() for path in paths}
        return [(path, word) for path, page in pages.items() for word in told if word in page]

    assert {path for path, _ in shown()} >= {paths[0], paths[1], paths[3], paths[4]}
    Installation.objects.update(reads_mood=False)
    assert shown() == []


def test_what_only_an_administrator_changes_nobody_else_types_in(
    client: Client, yard: SimpleNamespace
) -> None:
    locked = '<fieldset class="stack" disabled>'
    for user, typed in ((yard.samir, False), (yard.ada, True)):
        client.force_login(user)
        page = client.get(reverse("settings")).content.decode()
        assert ('name="hour_price"' in page, locked in page) == (True, not typed)


def test_after_the_demo_nobody_is_led_to_a_page_that_is_not_theirs(
    client: Client, yard: SimpleNamespace
) -> None:
    Installation.objects.update(demo_asked_at=clock.now(), demo_played_at=clock.now())
    for role, led in (("lead", True), ("partner", False)):
        yard.maren.role = role
        yard.maren.save()
        client.force_login(yard.maren)
        page = client.get(reverse("desk:today")).content.decode()
        assert "Where to look first" in page
        assert (reverse("desk:switchyard") + '"><b>' in page) == led
