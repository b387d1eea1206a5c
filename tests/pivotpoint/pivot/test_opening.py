"""Checked before automated: how it has worked is shown before the gate opens, and kept with who opened it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from pivotpoint.accounts.models import Installation, Token, User
from pivotpoint.accounts.permissions import PERMISSIONS
from pivotpoint.journal.models import Event
from pivotpoint.pivot import edit, loops, opening, proposals, versions
from pivotpoint.pivot.changing import Proposed
from pivotpoint.pivot.file import compare, take_in, write
from pivotpoint.pivot.models import Pivot
from tests.switchyard import make_insight, make_pivot


@pytest.fixture
def pivot(now: Any, teams: Any, ines: Any, maren: Any) -> Pivot:
    return make_pivot(teams["finance"], ines)


@pytest.fixture
def bad(pivot: Pivot, ines: Any) -> Pivot:
    """Two of five loops were declined, one of these opened again."""
    for number in range(1, 6):
        loop = loops.open_loop(make_insight(number), pivot, by=ines)
        if number < 3:
            loops.decline(loop, "Not ours.", by=ines)
    loops.reopen(loop.insight.loops.model.objects.get(insight=1), "It is.", by=ines)
    return pivot


def test_what_has_worked_opens(pivot: Pivot, maren: Any) -> None:
    edit.set_gate(pivot, "open", by=maren)
    event = Event.objects.get(name="pivot.gate_opened")
    assert (event.data["figures"]["loops"], event.data["warns"], event.data["seen"]) == (0, False, False)
    edit.set_gate(pivot, "open", by=maren)
    assert Event.objects.filter(name="pivot.gate_opened").count() == 1


def test_a_bad_process_is_looked_at_first_and_stays_as_it_was(bad: Pivot, maren: Any) -> None:
    with pytest.raises(opening.Unseen, match="2 of 5 loops were declined") as unseen:
        edit.set_gate(bad, "open", by=maren)
    assert unseen.value.worked.figures["reopened"] == 1
    assert unseen.value.worked.too_many == ["declined"]
    assert Pivot.objects.get().gate == "checked"
    assert not Event.objects.filter(name="pivot.gate_opened").exists()


def test_the_person_can_still_do_it_and_the_journal_keeps_what_they_saw(bad: Pivot, maren: Any) -> None:
    edit.set_gate(bad, "open", by=maren, seen=True)
    event = Event.objects.get(name="pivot.gate_opened")
    assert Pivot.objects.get().gate == "open"
    assert (event.actor_name, event.data["too_many"]) == ("Maren Oduya", ["declined"])
    assert event.data["figures"]["declined"] == 2


def test_a_gate_that_opens_for_one_severity_is_looked_at_too(bad: Pivot, maren: Any) -> None:
    with pytest.raises(opening.Unseen):
        edit.save({"gates": {"high": "open"}}, by=maren, pivot=bad)
    edit.save({"gates": {"high": "open"}}, by=maren, pivot=Pivot.objects.get(), seen=True)
    assert Pivot.objects.get().gates == {"high": "open"}


def test_it_is_asked_for_opening_only(bad: Pivot, maren: Any) -> None:
    edit.set_gate(bad, "closed", by=maren)
    edit.save({"name": "Money back"}, by=maren, pivot=bad)
    assert not Event.objects.filter(name="pivot.gate_opened").exists()


def test_the_api_says_409_with_the_figures_until_it_is_seen(bad: Pivot, maren: Any, client: Client) -> None:
    _, secret = Token.issue(maren, "all", PERMISSIONS)
    headers = {"Authorization": f"Bearer {secret}"}

    def send(**body: Any) -> Any:
        address = f"/api/v1/pivots/{bad.pk}"
        return client.patch(address, json.dumps(body), content_type="application/json", headers=headers)

    problem = send(gate="open")
    assert problem.status_code == 409
    assert problem["Content-Type"] == "application/problem+json"
    assert problem.json()["figures"]["declined"] == 2
    assert client.get(f"/api/v1/pivots/{bad.pk}/worked", headers=headers).json()["warns"] is True
    assert send(gate="open", seen=True).json()["gate"] == "open"


def back_to_open(bad: Pivot, maren: Any, **seen: Any) -> None:
    edit.set_gate(bad, "open", by=maren, seen=True)
    opened = versions.current(bad)
    edit.set_gate(bad, "checked", by=maren)
    Event.objects.filter(name="pivot.gate_opened").delete()
    versions.go_back(opened, by=maren, **seen)


def by_proposal(bad: Pivot, maren: Any, **seen: Any) -> None:
    """Its author has seen it; whoever approves it opens the gate."""
    Installation.objects.update(two_pairs_of_eyes=True)
    ada = User.objects.get(name="Ada Winther")
    with pytest.raises(Proposed) as proposed:
        edit.set_gate(bad, "open", by=ada, seen=True)
    proposals.approve(proposed.value.proposal, by=maren, **seen)


def by_file(bad: Pivot, maren: Any, **seen: Any) -> None:
    take_in(write().replace("gate: checked", "gate: open"), by=maren, **seen)


@pytest.mark.parametrize("door", [back_to_open, by_proposal, by_file])
def test_whichever_door_it_is_looked_at_first(bad: Pivot, cast: Any, door: Any) -> None:
    maren = cast["maren"]
    with pytest.raises(opening.Unseen, match="2 of 5 loops were declined"):
        door(bad, maren)
    assert Pivot.objects.get().gate == "checked"
    assert not Event.objects.filter(name="pivot.gate_opened").exists()


@pytest.mark.parametrize("door", [back_to_open, by_proposal, by_file])
def test_whichever_door_the_journal_keeps_who_looked_and_at_what(bad: Pivot, cast: Any, door: Any) -> None:
    door(bad, cast["maren"], seen=True)
    assert Pivot.objects.get().gate == "open"
    event = Event.objects.get(name="pivot.gate_opened")
    assert (event.actor_name, event.data["figures"]["declined"]) == ("Maren Oduya", 2)


def test_a_proposal_that_opens_a_gate_is_looked_at_by_its_author_first(bad: Pivot, maren: Any) -> None:
    Installation.objects.update(two_pairs_of_eyes=True)
    with pytest.raises(opening.Unseen):
        edit.set_gate(bad, "open", by=maren)


def test_a_dry_run_warns_of_the_gate_that_would_open(bad: Pivot, maren: Any) -> None:
    (line,) = compare(write().replace("gate: checked", "gate: open"))
    assert line.warning == "2 of 5 loops were declined."
    (line,) = compare(write().replace("gate: checked", "gate: closed"))
    assert line.warning == ""


def test_a_closed_pivot_opens_again_only_when_looked_at(bad: Pivot, maren: Any) -> None:
    edit.set_gate(bad, "open", by=maren, seen=True)
    opened = versions.current(bad)
    edit.close(bad, by=maren)
    with pytest.raises(opening.Unseen):
        versions.go_back(opened, by=maren)
