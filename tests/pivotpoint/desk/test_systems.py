"""Settings, Systems: every system once, how it goes with it, and what can be done about it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.enterprise.models import Cursor, Pause
from pivotpoint.enterprise.systems.systems import systems
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, loops
from pivotpoint.pivot.models import Destination, Handoff
from tests.switchyard import make_pivot

PAGE = "desk:systems"


@pytest.fixture
def erp(yard: SimpleNamespace) -> list[Destination]:
    """One webhook, to which two pivots lead."""
    second = make_pivot(yard.bo.team, yard.bo, "Deliveries", position=1, destinations=0)
    return [
        edit.save_destination(
            pivot, name=name, kind="webhook", config={"url": "https://erp.example/in"}, by=None
        )
        for pivot, name in ((yard.refunds, "ERP"), (second, "ERP of supply"))
    ]


def page(lead: Client) -> str:
    return " ".join(lead.get(reverse(PAGE)).content.decode().split())


def the_erp(yard: SimpleNamespace) -> Any:
    (found,) = [each for each in systems(yard.maren) if each.kind == "webhook"]
    return found


def test_one_address_is_one_system_for_all_pivots(
    lead: Client, yard: SimpleNamespace, erp: list[Destination]
) -> None:
    shown = page(lead)
    assert "2 systems" in shown
    assert "ERP; ERP of supply" in shown
    assert shown.count("https://erp.example/in") == 1
    for pivot in ("Refunds", "Deliveries"):
        assert f">{pivot}</a>" in shown
    assert reverse("desk:destination", args=[erp[1].pk]) in shown
    assert "all well" in shown


def test_each_trouble_has_its_word(lead: Client, yard: SimpleNamespace, erp: list[Destination]) -> None:
    assert the_erp(yard).state == "well"
    loop = loops.open_loop(yard.trend, yard.refunds, by=None)
    Handoff.objects.filter(loop=loop, destination=erp[0]).update(state="dead", error="No.")
    assert (the_erp(yard).state, the_erp(yard).dead) == ("stopped", 1)
    assert "1 stopped after all tries" in page(lead)
    Cursor.objects.create(destination=erp[0], error="The key is not known there.")
    assert the_erp(yard).state == "unheard"
    assert "The key is not known there." in page(lead)
    Destination.objects.filter(pk=erp[1].pk).update(failures=2)
    assert the_erp(yard).state == "fails"
    rests = clock.now() + timedelta(seconds=60)
    Destination.objects.filter(pk=erp[1].pk).update(failures=5, rests_until=rests)
    assert the_erp(yard).state == "rests"
    shown = page(lead)
    assert "It failed 5 times in a row" in shown
    assert "1 needs a person" in shown


def test_what_arrived_and_what_waits_is_counted(
    lead: Client, yard: SimpleNamespace, erp: list[Destination], now: Any
) -> None:
    loop = loops.open_loop(yard.trend, yard.refunds, by=None)
    loops.open_loop(yard.pattern, yard.refunds, by=None)
    arrived = Handoff.objects.filter(loop=loop, destination=erp[0])
    arrived.update(state="sent", sent_at=now - timedelta(hours=3))
    shown = page(lead)
    assert "3 h ago" in shown
    assert "1 waits" in shown
    assert (the_erp(yard).waiting, the_erp(yard).sent_at) == (1, now - timedelta(hours=3))


def test_check_says_what_is_wrong_with_each_of_its_destinations(
    lead: Client, yard: SimpleNamespace, erp: list[Destination]
) -> None:
    shown = lead.post(reverse("desk:system_check", args=[erp[0].pk]), follow=True).content.decode()
    assert "Refunds → ERP:" in shown
    assert "Deliveries → ERP of supply:" in shown
    tasks = yard.refunds.destinations.get(kind="tasks")
    shown = lead.post(reverse("desk:system_check", args=[tasks.pk]), follow=True).content.decode()
    assert "Tasks 0 answers." in shown


def test_a_system_is_paused_and_goes_on(lead: Client, yard: SimpleNamespace, erp: list[Destination]) -> None:
    address = reverse("desk:system_pause", args=[erp[0].pk])
    lead.post(address, {"why": "Serviced until noon"})
    assert the_erp(yard).state == "paused"
    shown = page(lead)
    assert "Paused by Maren" in shown
    assert "Serviced until noon" in shown
    assert "all well" in shown  # nobody is needed
    lead.post(address, {"as": "end"})
    assert the_erp(yard).state == "well"
    assert {row.ended_by for row in Pause.objects.all()} == {yard.maren}


def test_what_stopped_goes_out_again(lead: Client, yard: SimpleNamespace, erp: list[Destination]) -> None:
    loop = loops.open_loop(yard.trend, yard.refunds, by=None)
    Handoff.objects.filter(loop=loop, destination=erp[0]).update(state="dead")
    lead.post(reverse("desk:system_replay", args=[erp[1].pk]))
    assert Handoff.objects.get(loop=loop, destination=erp[0]).state == "queued"


def test_a_system_is_connected_to_a_pivot(lead: Client, yard: SimpleNamespace) -> None:
    said = {"kind": "email", "email-to": "finance@fjordhus.example", "name": "Letters to finance"}
    refused = lead.post(reverse("desk:system_new"), said, follow=True).content.decode()
    assert "Choose the pivot" in refused
    lead.post(reverse("desk:system_new"), said | {"pivot": str(yard.refunds.pk)})
    made = yard.refunds.destinations.get(kind="email")
    assert (made.name, made.config) == ("Letters to finance", {"to": "finance@fjordhus.example"})
    assert "finance@fjordhus.example" in page(lead)


def test_the_page_is_a_constant_number_of_queries(
    lead: Client, yard: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        config = {"url": f"https://erp.example/{number % 4}"}
        edit.save_destination(yard.refunds, name=f"T{number}", kind="webhook", config=config, by=None)
    with django_assert_max_num_queries(12):
        lead.get(reverse(PAGE))


def test_who_may_not_change_pivots_does_not_see_it(yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.victor)
    assert client.get(reverse(PAGE)).status_code == 403


def test_kinds_functions_and_colleagues_are_said_as_people_say_them(
    lead: Client, yard: SimpleNamespace
) -> None:
    edit.save_destination(
        yard.refunds, name="Board", kind="tasks", config={"team": "supply", "owner": yard.bo.email}, by=None
    )
    shown = page(lead)
    assert '<small>Task list of a function · <span class="address">Operations</span>' in shown
    assert f'<option value="{yard.bo.email}">{yard.bo.name}</option>' in shown
    panel = " ".join(lead.get(reverse("desk:pivot", args=[yard.refunds.pk])).content.decode().split())
    assert '<span class="tag">Task list of a function</span>' in panel


def test_a_colleague_who_left_is_still_seen_where_they_are_set(lead: Client, yard: SimpleNamespace) -> None:
    board = edit.save_destination(
        yard.refunds, name="Board", kind="tasks", config={"owner": "gone@fjordhus.example"}, by=None
    )
    shown = lead.get(reverse("desk:destination", args=[board.pk])).content.decode()
    assert (
        '<option value="gone@fjordhus.example" selected>gone@fjordhus.example, not here any more</option>'
        in shown
    )
