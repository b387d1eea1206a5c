"""The system of record over the API."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.customers.handles import Handle
from pivotpoint.customers.identify import identify
from pivotpoint.customers.models import MergeSuggestion
from pivotpoint.customers.suggest import find
from tests.pivotpoint.channels.test_api import Machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(client: Any, samir: Any) -> Machine:
    return Machine(client, samir)


def test_people_are_found_by_name_handle_and_segment(machine: Machine, hanne: Any, tomek: Any) -> None:
    identify([Handle("social", "@Lamp_Fan", name="Lampe", segment="Trade", organisation="Nordlys")])
    names = lambda q: [row["name"] for row in machine("get", f"customers?{q}")["items"]]  # noqa: E731
    assert names("q=hanne@home.example") == names("q=vos") == ["Hanne Vos-Abara"]
    assert names("q=@lamp_fan") == names("segment=Trade") == ["Lampe"]
    assert machine("get", "customers?q=lampe")["items"][0]["organisation"] == "Nordlys"
    first = machine("get", "customers?limit=2")
    assert len(machine("get", f"customers?limit=2&cursor={first['next']}")["items"]) == 1


def test_merge_and_undo(machine: Machine, hanne: Any, tomek: Any) -> None:
    merged = machine("post", f"customers/{hanne.pk}/merges", {"gone": tomek.pk}, 201)
    assert len(machine("get", f"customers/{hanne.pk}/identities")) == 2
    assert machine("get", f"customers/{tomek.pk}")["merged_into_id"] == hanne.pk
    assert machine("get", f"customers/{hanne.pk}/merges")[0]["id"] == merged["id"]
    machine("delete", f"merges/{merged['id']}", None, 204)
    assert len(machine("get", f"customers/{hanne.pk}/identities")) == 1
    problem = machine("post", f"customers/{hanne.pk}/merges", {"gone": hanne.pk}, 422)
    assert problem["detail"] == "These are already one person."


def test_consents(machine: Machine, hanne: Any) -> None:
    yes = {"purpose": "notice", "granted": True, "source": "Telephone"}
    machine("post", f"customers/{hanne.pk}/consents", yes, 201)
    machine("post", f"customers/{hanne.pk}/consents", {**yes, "granted": False}, 201)
    assert [row["granted"] for row in machine("get", f"customers/{hanne.pk}/consents")] == [False, True]
    machine("post", f"customers/{hanne.pk}/consents", {**yes, "purpose": "spam"}, 422)


def test_suggestions(machine: Machine, db: None) -> None:
    identify([Handle("email", "wilma.t@home.example"), Handle("social", "wilma.t")])
    find()
    (row,) = machine("get", "merge-suggestions")["items"]
    machine("post", f"merge-suggestions/{row['id']}/decision", {"accept": True}, 204)
    assert not machine("get", "merge-suggestions")["items"] and MergeSuggestion.objects.get().accepted


def test_erase(machine: Machine, hanne: Any) -> None:
    machine("delete", f"customers/{hanne.pk}", None, 204)
    assert machine("get", f"customers/{hanne.pk}")["erased_at"] is not None
    assert not machine("get", "customers")["items"]


def test_only_who_may(client: Any, hanne: Any, bo: Any, pia: Any) -> None:
    expert, partner = Machine(client, bo), Machine(client, pia)
    expert("get", f"customers/{hanne.pk}")
    expert("delete", f"customers/{hanne.pk}", None, 403)
    partner("get", f"customers/{hanne.pk}", expect=403)
    partner("get", "customers", expect=403)
