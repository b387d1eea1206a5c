"""Whose value counts, and what a person decides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotpoint.customers.merge import merge
from pivotpoint.enterprise.models import Conflict, CustomerRecord
from pivotpoint.enterprise.policy import Policy, Step, decide
from pivotpoint.enterprise.records import keep
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Destination
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_pivot

VALUES = st.sampled_from(["", "a", "b", "c"])


@given(st.sampled_from(Policy), VALUES, VALUES, st.none() | VALUES)
def test_an_empty_side_never_overwrites_and_a_conflict_never_loses(
    policy: Policy, ours: str, theirs: str, agreed: str | None
) -> None:
    step = decide(policy, ours, theirs, agreed)
    assert not (step == Step.WRITE and not ours)
    assert not (step == Step.TAKE and not theirs)
    assert (step == Step.CONFLICT) <= (
        policy == Policy.ASK and ours != theirs and agreed not in (ours, theirs)
    )
    if ours == theirs:
        assert step == Step.NOTHING


@pytest.mark.parametrize(
    ("policy", "agreed", "step"),
    [
        (Policy.OURS, None, Step.WRITE),
        (Policy.THEIRS, None, Step.TAKE),
        (Policy.FILL, None, Step.NOTHING),
        (Policy.ASK, None, Step.CONFLICT),
        (Policy.ASK, "old", Step.CONFLICT),
        (Policy.ASK, "Hanne", Step.TAKE),
        (Policy.ASK, "H. Vos", Step.WRITE),
    ],
)
def test_when_both_sides_say_something_else(policy: Policy, agreed: str | None, step: Step) -> None:
    assert decide(policy, "Hanne", "H. Vos", agreed) == step


@pytest.fixture
def conflict(teams: Any, ines: Any, hanne: Any) -> Conflict:
    pivot = make_pivot(teams["finance"], ines, destinations=0)
    erp = Destination.objects.create(pivot=pivot, name="ERP", kind="tryton", config={})
    link = CustomerRecord.objects.create(destination=erp, customer=hanne, record="party.party,7")
    return Conflict.objects.create(link=link, field="name", ours="Hanne Vos-Abara", theirs="H. Vos")


def test_their_value_stays_when_a_person_says_so(conflict: Conflict, maren: Any, hanne: Any) -> None:
    keep.settle(conflict, "theirs", by=maren)
    hanne.refresh_from_db()
    assert (hanne.name, conflict.settled_by) == ("H. Vos", maren)
    with pytest.raises(Refused, match="settled already"):
        keep.settle(conflict, "ours", by=maren)


def test_by_api(client: Any, conflict: Conflict, maren: Any, samir: Any, victor: Any) -> None:
    def settle(kept: str) -> Any:
        return client.post(
            f"/api/v1/customer-conflicts/{conflict.pk}/settle", {"kept": kept}, "application/json"
        )

    def sign_in(user: Any) -> None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    sign_in(victor)
    assert client.get("/api/v1/customer-conflicts").status_code == 403
    sign_in(samir)
    (shown,) = client.get("/api/v1/customer-conflicts").json()["items"]
    assert (shown["field"], shown["ours"], shown["theirs"]) == ("name", "Hanne Vos-Abara", "H. Vos")
    assert settle("both").status_code == 422
    assert settle("ours").status_code == 200
    assert client.get("/api/v1/customer-conflicts").json() == {"items": [], "next": None}


def test_on_the_customers_page(client: Any, conflict: Conflict, hanne: Any, maren: Any) -> None:
    client.force_login(maren, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/customers/{hanne.pk}/").content.decode()
    assert "Here “Hanne Vos-Abara”, in ERP “H. Vos”" in page
    page = client.post(f"/conflicts/{conflict.pk}/settle/", {"kept": "theirs"}, follow=True).content.decode()
    assert "Two values for" not in page
    hanne.refresh_from_db()
    assert hanne.name == "H. Vos"
    assert client.post(f"/conflicts/{conflict.pk}/settle/", {"kept": "ours"}).status_code == 404


def test_what_fails_there_is_noted_and_due_again_later(conflict: Conflict) -> None:
    assert keep.keep() == 0
    link = CustomerRecord.objects.get()
    assert link.error == "The address or the database of Tryton is not given."
    assert link.due_at == pytest.approx(clock.now() + keep.AGAIN, abs=keep.AGAIN / 10)
    assert keep.keep() == 0


def test_the_record_follows_a_merge(conflict: Conflict, hanne: Any, tomek: Any, maren: Any) -> None:
    merge(tomek, hanne, by=maren)
    assert CustomerRecord.objects.get().customer == tomek
