"""An insight goes along with a loop that is there already; everything that counts people or messages agrees."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.experiences import audience
from pivotpoint.experiences.honesty import honesty
from pivotpoint.insights.models import Backing, Insight, Theme
from pivotpoint.lib import clock
from pivotpoint.metrics.ledger import ledger
from pivotpoint.pivot import attach, decide, follow, handoffs, loops
from pivotpoint.pivot.models import Attachment, Handoff, Passage
from pivotpoint.pivot.refused import Refused
from tests.pivotpoint.metrics.reference import by_hand
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("ada", "now")


@pytest.fixture
def yard(teams: Any, ines: Any, maren: Any) -> SimpleNamespace:
    """A loop of three people, and an insight of four, one of whom said both."""
    pivot = make_pivot(teams["finance"], ines)
    loop = loops.open_loop(make_insight(1, 3), pivot, by=maren)
    other = make_insight(2, 4)
    both = Backing.objects.filter(theme=1).earliest("pk").customer
    Backing.objects.filter(pk=Backing.objects.filter(theme=2).earliest("pk").pk).update(customer=both)
    return SimpleNamespace(pivot=pivot, loop=loop, other=other, both=both)


def lines() -> dict[str, int]:
    """The ledger's lines, which agree with those kept by hand."""
    counted = ledger(fresh=True)
    assert counted.balances
    found = {line.key: line.messages for line in counted.lines if line.messages}
    assert found == by_hand()
    return found


def test_the_loop_stands_for_both_insights_people_each_once(yard: SimpleNamespace, maren: Any) -> None:
    assert audience.behind(yard.loop).count() == 3
    attach.attach(yard.other, yard.loop, by=maren, role="trigger", why="The same bank.")
    people = list(audience.behind(yard.loop).values_list("customer", flat=True))
    assert len(people) == len(set(people)) == 6
    titles = audience.titles(yard.loop, audience.counted(yard.loop).themes, people)
    assert titles[yard.both.pk] == "Refund 1 does not arrive"
    assert set(titles.values()) == {
        "Refund 1 does not arrive",
        "Refund 2 does not arrive",
    }


def test_the_ledger_and_honesty_follow_it_there_and_back(yard: SimpleNamespace, maren: Any) -> None:
    assert lines() == {"open_loop": 3, "waiting": 4}
    row = attach.attach(yard.other, yard.loop, by=maren)
    assert lines() == {"open_loop": 7}
    assert honesty().handed_over == 6
    attach.detach(row, by=maren)
    assert lines() == {"open_loop": 3, "waiting": 4}
    assert honesty().handed_over == 3
    again = attach.attach(yard.other, yard.loop, by=maren)
    loops.decline(yard.loop, "Not now.", by=maren)
    loops.told(yard.loop, by=maren)
    assert lines() == {"closed_loop": 7}
    assert again.pk != row.pk


def test_what_waits_at_a_gate_waits_no_more_and_stands_there_again_when_undone(
    yard: SimpleNamespace, maren: Any, joris: Any, ines: Any
) -> None:
    passage = decide.decide(yard.other)
    assert passage is not None
    row = attach.attach(yard.other, yard.loop, by=maren)
    passage.refresh_from_db()
    assert (passage.state, passage.reason) == ("held", f"Attached to loop {yard.loop.pk}.")
    assert decide.decide(yard.other) is None
    Passage.objects.update(owner=joris)
    type(joris).objects.get_queryset().filter(pk=joris.pk).update(left_at=clock.now(), is_active=False)
    attach.detach(row, by=maren)
    passage.refresh_from_db()
    assert (passage.state, passage.owner) == ("waiting", ines)  # never somebody who has left


def test_it_needs_no_pivot_of_its_own_until_it_climbs_after_the_loop(
    yard: SimpleNamespace, maren: Any, now: Any
) -> None:
    attach.attach(yard.other, yard.loop, by=maren)
    assert decide.decide_all() == 0
    loops.decline(yard.loop, "Not now.", by=maren)
    loops.told(yard.loop, by=maren)
    assert decide.decide_all() == 0
    Insight.objects.filter(pk=2).update(climbed_at=now + timedelta(days=1))
    assert decide.decide_all() == 1


def test_handing_it_over_at_that_pivot_is_that_loop(yard: SimpleNamespace, maren: Any) -> None:
    attach.attach(yard.other, yard.loop, by=maren)
    assert loops.open_loop(yard.other, yard.pivot, by=maren) == yard.loop


def test_what_cannot_be_attached_is_refused(yard: SimpleNamespace, maren: Any, samir: Any) -> None:
    with pytest.raises(Refused, match="own"):
        attach.attach(yard.loop.insight, yard.loop, by=maren)
    with pytest.raises(Refused, match="no role"):
        attach.attach(yard.other, yard.loop, by=maren, role="rumour")
    with pytest.raises(PermissionDenied):
        attach.attach(yard.other, yard.loop, by=samir)
    own = loops.open_loop(yard.other, yard.pivot, by=maren)
    with pytest.raises(Refused, match=f"as loop {own.pk}"):
        attach.attach(yard.other, yard.loop, by=maren)
    for loop in (own, yard.loop):
        loops.decline(loop, "Not now.", by=maren)
        loops.told(loop, by=maren)
    with pytest.raises(Refused, match="has ended"):
        attach.attach(yard.other, yard.loop, by=maren)


def test_twice_is_once(yard: SimpleNamespace, maren: Any) -> None:
    row = attach.attach(yard.other, yard.loop, by=maren)
    assert attach.attach(yard.other, yard.loop, by=maren) == row
    attach.detach(row, by=maren)
    assert attach.detach(row, by=maren).detached_by == maren


def test_a_record_outside_leads_to_its_loop(yard: SimpleNamespace, maren: Any, pia: Any) -> None:
    Handoff.objects.update(external_ref="FIN-204", external_url="https://erp.example/FIN-204")
    assert attach.to_record(" FIN-204 ", maren) == yard.loop
    assert attach.to_record("https://erp.example/FIN-204", maren) == yard.loop
    second = loops.open_loop(yard.other, make_pivot(yard.pivot.team, yard.pivot.owner, "Bank"), by=maren)
    Handoff.objects.update(external_ref="FIN-204")
    with pytest.raises(Refused, match=f"Loops {second.pk} and {yard.loop.pk} are both known"):
        attach.to_record("FIN-204", maren)
    for reference, user in (("FIN-205", maren), ("", maren), ("FIN-204", pia)):
        with pytest.raises(Refused, match="No open loop is known outside"):
            attach.to_record(reference, user)


def test_destinations_read_what_goes_along(yard: SimpleNamespace, maren: Any) -> None:
    attach.attach(yard.other, yard.loop, by=maren)
    (along,) = handoffs.payload(yard.loop)["attached"]
    assert (along["id"], along["people"], along["role"]) == (2, 4, "evidence")


def test_it_follows_a_merge_and_comes_back(yard: SimpleNamespace, maren: Any) -> None:
    row = attach.attach(yard.other, yard.loop, by=maren)
    third = make_insight(3, 3)
    Theme.objects.filter(pk=2).update(merged_into=third.theme)
    assert follow.follow_merged() == 1
    assert follow.follow_merged() == 0
    row.refresh_from_db()
    assert row.insight == third
    Theme.objects.filter(pk=2).update(merged_into=None)
    assert follow.come_back() == 1
    row.refresh_from_db()
    assert row.insight == yard.other


def test_when_its_loop_ends_as_a_double_it_goes_along_with_the_older_one(
    yard: SimpleNamespace, maren: Any, now: Any
) -> None:
    with clock.at(now + timedelta(hours=1)):
        double = loops.open_loop(make_insight(3, 3), yard.pivot, by=maren)
    row = attach.attach(yard.other, double, by=maren)
    Theme.objects.filter(pk=3).update(merged_into=yard.loop.insight.theme)
    follow.follow_merged()
    row.refresh_from_db()
    assert row.loop == yard.loop
    assert lines()["open_loop"] == 7
    assert Attachment.objects.standing().count() == 1
