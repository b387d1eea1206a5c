"""Same e-mail or same handle on the same kind: same person."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.customers.handles import Handle, address, stem
from pivotpoint.customers.identify import identify
from pivotpoint.customers.models import Customer, Identity, Merge

pytestmark = pytest.mark.django_db


def people(*handles: Handle) -> list[int]:
    return [customer for customer, _ in identify(handles)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Handle("social", "@Hanne"), Handle("social", "hanne ")),
        (Handle("form", email="H@home.example"), Handle("email", "h@HOME.example")),
        (Handle("review", "h1", email="h@home.example"), Handle("call", "77", email="h@home.example")),
    ],
)
def test_the_same_person_now_and_later(db: None, one: Handle, other: Handle) -> None:
    first, second = people(one, other)
    (third,) = people(other)
    assert first == second == third
    assert Customer.objects.count() == 1


def test_the_same_handle_on_two_kinds_is_two_people(db: None) -> None:
    first, second = people(Handle("social", "hanne"), Handle("review", "hanne"))
    assert first != second


def test_nobody_known_is_somebody_new_each_time(db: None) -> None:
    found = identify([Handle("form"), Handle("form", email="no address"), Handle("form")])
    assert len({customer for customer, _ in found}) == 3
    assert [identity for _, identity in found] == [None, None, None]


def test_a_handle_and_an_email_tie_two_others_together(db: None) -> None:
    first, second, both, mail = people(
        Handle("social", "hanne"),
        Handle("email", "h@home.example"),
        Handle("social", "hanne", email="h@home.example"),
        Handle("email", "h@home.example"),
    )
    assert first == second == both == mail
    assert Identity.objects.count() == 2 and not Merge.objects.exists()


@pytest.mark.parametrize(
    ("handle", "called"),
    [
        (Handle("social", "@Hanne_B"), "hanne_b"),
        (Handle("review", "HanneR12"), "hanner12"),
        (Handle("social", "@hanne_b", name="Hanne Berg"), "Hanne Berg"),
    ],
)
def test_who_speaks_in_public_is_called_what_they_are_called_there(
    db: None, handle: Handle, called: str
) -> None:
    (pk,) = people(handle)
    assert str(Customer.objects.get(pk=pk)) == called


@pytest.mark.parametrize(
    "handle", [Handle("email", "h@home.example"), Handle("call", "0151 123"), Handle("form")]
)
def test_an_address_or_a_number_is_nobodys_name(db: None, handle: Handle) -> None:
    (pk,) = people(handle)
    assert str(Customer.objects.get(pk=pk)) == f"Customer {pk}"


def test_who_is_known_and_speaks_in_public_later_is_called_so_until_a_name_is_told(db: None) -> None:
    (pk,) = people(Handle("form", email="h@home.example"))
    people(
        Handle("social", "hanne_b", email="h@home.example"), Handle("review", "later", email="h@home.example")
    )
    assert str(Customer.objects.get(pk=pk)) in ("hanne_b", "later")
    people(Handle("form", email="h@home.example", name="Hanne Berg"))
    assert str(Customer.objects.get(pk=pk)) == "Hanne Berg"


def test_two_whom_we_know_become_one_by_a_merge_that_can_be_undone(db: None) -> None:
    hanne, mail = people(Handle("social", "hanne"), Handle("email", "h@home.example"))
    found = people(Handle("social", "hanne", email="h@home.example"), Handle("email", "h@home.example"))
    assert found == [hanne, hanne]
    merge = Merge.objects.get()
    assert (merge.kept_id, merge.gone_id, merge.by) == (hanne, mail, None)
    assert people(Handle("email", "h@home.example")) == [hanne]


def test_the_identity_that_spoke_is_named(hanne: Any) -> None:
    ((customer, identity),) = identify([Handle("form", email="HANNE@home.example")])
    assert customer == hanne.pk and identity == hanne.identities.get().pk


def test_what_we_know_stays_and_what_we_did_not_know_is_kept(hanne: Any) -> None:
    identify([Handle("email", "hanne@home.example", name="Other", segment="Family", organisation="Vos & Co")])
    hanne.refresh_from_db()
    assert (hanne.name, hanne.segment, str(hanne.organisation)) == ("Hanne Vos-Abara", "Family", "Vos & Co")
    identify([Handle("email", "hanne@home.example", segment="Trade")])
    hanne.refresh_from_db()
    assert hanne.segment == "Family"


def test_a_merged_person_speaks_as_the_one_who_stayed(hanne: Any, tomek: Any) -> None:
    from pivotpoint.customers.merge import merge

    merge(hanne, tomek, by=None)
    assert people(Handle("email", "tomek@home.example")) == [hanne.pk]


def test_handles_are_compared_without_case_and_spaces() -> None:
    assert address(" A@B.example ") == "a@b.example"
    assert [address(bad) for bad in ("", "a", "a@b", "@b.example", "a b@c.example", "a@.")] == [""] * 6


def test_what_an_address_says_of_its_owner() -> None:
    assert stem("email", "hanne.vos+shop@home.example") == "hanne.vos"
    assert stem("social", "hannevos") == "hannevos"
    assert [stem("email", common) for common in ("info@a.example", "jo@a.example", "12345@a.example")] == [
        ""
    ] * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Handle("survey", "h@home.example"), Handle("form", email="h@home.example")),
        (Handle("form", email="Hanne <H@home.example>"), Handle("email", "h@home.example")),
        (Handle("social", "zo\u00eb"), Handle("social", "zoe\u0308")),
    ],
)
def test_the_same_address_is_the_same_person_wherever_it_stands(db: None, one: Handle, other: Handle) -> None:
    first, second = people(one, other)
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Handle("email", "strauß@home.example"), Handle("email", "strauss@home.example")),
        (Handle("email", "h.anne@home.example"), Handle("email", "hanne@home.example")),
        (Handle("email", "hanne+shop@home.example"), Handle("email", "hanne@home.example")),
        (Handle("email", "h\u0430nne@home.example"), Handle("email", "hanne@home.example")),
        (Handle("social", "hanne@home.example"), Handle("email", "hanne@home.example")),
        (Handle("review", "@hanne@home.example"), Handle("email", "hanne@home.example")),
        (Handle("review", "x" * 250 + "1"), Handle("review", "x" * 250 + "2")),
    ],
)
def test_what_only_looks_alike_is_two_people(db: None, one: Handle, other: Handle) -> None:
    first, second = people(one, other)
    assert first != second
