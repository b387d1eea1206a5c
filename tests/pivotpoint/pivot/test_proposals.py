"""With two pairs of eyes a change waits until somebody else approves it, and the waiting is counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.accounts.models import Installation, Token
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, proposals, versions
from pivotpoint.pivot.changing import Proposed
from pivotpoint.pivot.models import Pivot, Proposal
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_pivot


@pytest.fixture
def yard(now: datetime, cast: dict[str, Any], teams: dict[str, Any]) -> SimpleNamespace:
    refunds = make_pivot(teams["finance"], cast["ines"])
    versions.current(refunds)
    Installation.objects.update(two_pairs_of_eyes=True)
    return SimpleNamespace(refunds=refunds, teams=teams, **cast)


def propose(yard: SimpleNamespace, **fields: Any) -> Proposal:
    pivot = Pivot.objects.get(pk=yard.refunds.pk)
    with pytest.raises(Proposed, match="another person") as asked:
        edit.save(fields, by=yard.maren, pivot=pivot, reason="Let us see.")
    return asked.value.proposal


def test_nothing_changes_before_somebody_else_approves(yard: SimpleNamespace) -> None:
    proposal = propose(yard, gate="open")
    assert Pivot.objects.get().gate == "checked"
    assert not Event.objects.filter(name="pivot.changed").exists()
    assert proposal.changes.get().difference == ["Gate checked → open"]
    with pytest.raises(Refused, match="You proposed this"):
        proposals.approve(proposal, by=yard.maren)
    token, _ = Token.issue(yard.maren, "mine", ["pivot.change"])
    with pytest.raises(Refused, match="You proposed this"):
        proposals.approve(proposal, by=token)
    with pytest.raises(PermissionDenied):
        proposals.approve(proposal, by=yard.ines)
    with clock.at(clock.now() + timedelta(hours=5)):
        proposals.approve(proposal, by=yard.ada)
    assert Pivot.objects.get().gate == "open"
    version = yard.refunds.versions.first()
    assert (version.number, version.by) == (2, yard.maren)
    assert version.reason == "Let us see. Approved by Ada Winther."
    with pytest.raises(Refused, match="Ada Winther has decided this already"):
        proposals.approve(proposal, by=yard.ada)


def test_rejecting_needs_a_reason_and_changes_nothing(yard: SimpleNamespace) -> None:
    proposal = propose(yard, gate="open")
    with pytest.raises(Refused, match="needs a reason"):
        proposals.reject(proposal, " ", by=yard.ada)
    proposal = proposals.reject(proposal, "Not before Christmas.", by=yard.ada)
    assert (proposal.verdict, proposal.answer) == ("rejected", "Not before Christmas.")
    assert Pivot.objects.get().gate == "checked"
    assert yard.refunds.versions.count() == 1


def test_the_author_may_take_it_back(yard: SimpleNamespace) -> None:
    assert proposals.reject(propose(yard, gate="open"), "A slip.", by=yard.maren).decided_by == yard.maren


def test_a_new_pivot_is_proposed_whole(yard: SimpleNamespace) -> None:
    fields = {"name": "Lockers", "team": yard.teams["supply"], "owner": yard.joris}
    rules = [{"conditions": [{"field": "people", "op": "at_least", "value": 4}]}]
    with pytest.raises(Proposed) as asked:
        edit.save(fields, by=yard.maren, rules=rules)
    assert not Pivot.objects.filter(name="Lockers").exists()
    proposals.approve(asked.value.proposal, by=yard.ada)
    made = Pivot.objects.get(name="Lockers")
    assert (made.owner, made.rules.get().conditions) == (yard.joris, rules[0]["conditions"])
    assert made.versions.get().number == 1


def test_two_proposals_meet_when_they_do_not_touch_the_same(yard: SimpleNamespace) -> None:
    gate, hours = propose(yard, gate="open"), propose(yard, act_hours=24)
    other = propose(yard, gate="closed")
    proposals.approve(gate, by=yard.ada)
    proposals.approve(hours, by=yard.ada)
    pivot = Pivot.objects.get()
    assert (pivot.gate, pivot.act_hours) == ("open", 24)
    with pytest.raises(Refused, match="Refunds has changed since, too: Gate; reject this"):
        proposals.approve(other, by=yard.ada)
    assert Proposal.objects.get(pk=other.pk).decided_at is None


def test_every_verb_asks_and_several_pivots_are_one_proposal(yard: SimpleNamespace) -> None:
    second = make_pivot(yard.teams["finance"], yard.ines, "Second", position=1)
    with pytest.raises(Proposed) as asked:
        edit.order([second, yard.refunds], by=yard.maren)
    assert asked.value.proposal.changes.count() == 2
    for verb in (
        lambda: edit.close(second, by=yard.maren),
        lambda: edit.save_destination(second, name="ERP", kind="tasks", config={}, by=yard.maren),
        lambda: edit.close_destination(second.destinations.get(), by=yard.maren),
        lambda: edit.set_gate(second, "open", by=yard.maren),
    ):
        second.refresh_from_db()
        with pytest.raises(Proposed):
            verb()
    assert [p.name for p in Pivot.objects.live()] == ["Refunds", "Second"]
    proposals.approve(asked.value.proposal, by=yard.ada)
    assert [p.name for p in Pivot.objects.live()] == ["Second", "Refunds"]


def test_what_waiting_for_approval_costs_is_summed_a_month(yard: SimpleNamespace, now: datetime) -> None:
    first, second = propose(yard, gate="open"), propose(yard, act_hours=24)
    with clock.at(now + timedelta(hours=5)):
        proposals.approve(first, by=yard.ada)
    with clock.at(now + timedelta(hours=30)):
        proposals.reject(second, "No.", by=yard.ada)
    propose(yard, act_hours=48)
    with clock.at(now + timedelta(days=20)):
        december, november = proposals.drag()
    assert (december.month, december.changes, december.hours, december.waiting) == ("2026-12", 1, 480, 1)
    assert (november.month, november.changes, november.hours, november.waiting) == ("2026-11", 2, 35, 0)
