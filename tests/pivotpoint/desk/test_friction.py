"""The friction map on its page: each number opens as many loops as it says."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.models import Loop, Passage, Pivot, Stage
from tests.switchyard import make_insight


@pytest.fixture
def lead(yard: SimpleNamespace, client: Client, now: Any) -> Client:
    """Three wait to be accepted, one of them late; one is accepted, one declined; one waits at the gate."""
    with clock.at(now - timedelta(days=4)):
        made = [loops.open_loop(make_insight(n), yard.refunds, by=yard.maren) for n in range(10, 15)]
    with clock.at(now - timedelta(days=3)):
        loops.accept(made[0], by=yard.ines)
        loops.decline(made[1], "Not ours.", by=yard.ines)
    for loop in made[3:]:
        type(loop).objects.filter(pk=loop.pk).update(due_at=now + timedelta(days=1))
    decide(yard.trend)
    client.force_login(yard.maren)
    return client


@pytest.mark.parametrize("only", [False, True])
def test_each_number_opens_as_many_loops_as_it_says(lead: Client, yard: SimpleNamespace, only: bool) -> None:
    declined = Loop.objects.get(stage=Stage.DECLINED)
    loops.reopen(declined, "It is ours.", by=yard.ines)
    loops.accept(declined, by=yard.ines)  # it has left "Handed over" twice, and is one loop
    page = lead.get(reverse("desk:friction"), {"pivot": yard.refunds.pk} if only else {})
    looked_at = 0
    for one in page.context["stretches"]:
        for key, count in (("now", one.hop.wip), ("late", one.hop.late), ("done", one.hop.loops)):
            if count:
                found = lead.get(one.links[key])
                assert found.context["page"].paginator.count == count, (one, key)
                looked_at += 1
    assert looked_at >= 7
    assert '2</a> <small class="muted">3 times' in page.content.decode()
    for count, link in page.context["rows"][0].bounced:
        assert lead.get(link).context["page"].paginator.count == count
    for queue, links in page.context["queues"]:
        numbers = {name: getattr(queue, name) for name in ("loops", "gates", "late_loops", "late_gates")}
        found = {name: lead.get(links[name]).context["page"].paginator.count for name in numbers}
        assert found == numbers
    assert sum(queue.gates for queue, _ in page.context["queues"]) == 1


def test_a_number_at_a_gate_opens_what_stands_there(lead: Client, yard: SimpleNamespace, now: Any) -> None:
    Passage.objects.update(due_at=now - timedelta(hours=1))
    gate = lead.get(reverse("desk:friction")).context["stretches"][1]
    assert (gate.hop.wip, gate.hop.late) == (1, 1)
    page = lead.get(gate.links["late"])
    assert [one.pk for one in page.context["page"]] == [yard.trend.pk]
    assert "Only those that are late at a gate." in page.content.decode()
    assert not lead.get(f"{gate.links['now']}&owner={yard.bo.pk}").context["page"].paginator.count


def test_the_line_and_the_table_say_the_same(lead: Client, yard: SimpleNamespace) -> None:
    page = lead.get(reverse("desk:friction")).content.decode()
    assert "Handed over to accepted: 3 with 9 people, 1 late, took 24 h." in page
    assert "At the gate to handed over: 1 with 5 people, 0 late" in page
    assert "It gets stuck between <b" in page
    assert re.search(
        r"Only loops between Handed over and Accepted",
        lead.get(f"{reverse('desk:loops')}?view=open&hop=accept").content.decode(),
    )


def test_nonsense_in_the_address_is_not_asked(lead: Client) -> None:
    page = lead.get(f"{reverse('desk:loops')}?hop=moon&left=x&bounced=y&owner=z&within=0")
    assert page.context["only"] == ""
    assert lead.get(f"{reverse('desk:friction')}?pivot=99&days=3").status_code == 200


def test_a_gate_is_opened_after_a_look(lead: Client, yard: SimpleNamespace) -> None:
    address = reverse("desk:pivot_open", args=[yard.refunds.pk])
    assert f'href="{address}"' in lead.get(reverse("desk:pivot", args=[yard.refunds.pk])).content.decode()
    for number in range(20, 23):
        loop = loops.open_loop(make_insight(number), yard.refunds, by=yard.maren)
        loops.decline(loop, "No.", by=yard.ines)
    page = lead.get(address).content.decode()
    assert "It would make a bad process a fast one." in page
    assert "4 of 8 loops were declined" in page
    gate = reverse("desk:pivot_gate", args=[yard.refunds.pk])
    unseen = lead.post(gate, {"gate": "open"})
    assert unseen.status_code == 409
    assert "It would make a bad process a fast one." in unseen.content.decode()
    assert Pivot.objects.get().gate == "checked"
    lead.post(address)
    assert Pivot.objects.get().gate == "open"


def test_on_a_phone_the_line_stands_upright_with_the_same_figures(lead: Client) -> None:
    shown = lead.get(reverse("desk:friction")).content.decode()
    across, upright = re.findall(r"<svg class=\"chart yard friction.*?</svg>", shown, re.DOTALL)
    links = [sorted(re.findall(r'href="([^"]+)"', drawn)) for drawn in (across, upright)]
    assert links[0] == links[1] and len(links[0]) >= 3
    assert upright.count('class="station"') == across.count('class="station"') == 8
    for words in re.findall(r"(\d+ · \d+ people|\d+ late)", across):
        assert words in upright
