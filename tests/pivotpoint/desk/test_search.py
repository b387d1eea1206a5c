"""Search: everything, but only what one may see."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.channels.search import index_new
from pivotpoint.customers.models import Customer
from pivotpoint.desk.search import cut
from pivotpoint.experiences.models import Change
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop
from tests.pivotpoint.desk.letters import write


@pytest.fixture
def loop(yard: SimpleNamespace, now: Any) -> Loop:
    loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    Change.objects.create(title="Refund in three days", what="Quicker.", live_since=now.date()).loops.add(
        loop
    )
    return loop


def find(client: Client, user: Any, query: str) -> dict[str, Any]:
    client.force_login(user)
    page = client.get(reverse("desk:search"), {"q": query})
    assert page.status_code == 200
    return {"text": page.content.decode(), **page.context["found"]}


def test_everything_is_found(client: Client, yard: SimpleNamespace, loop: Loop, mail: Any) -> None:
    index_new()
    found = find(client, yard.maren, "refund")
    assert [one["insight"] for one in found["insights"]] == [yard.trend]
    assert found["loops"] == [loop]
    assert [str(one) for one in found["changes"]] == ["Refund in three days"]
    assert found["words"]
    assert "<mark>refund</mark>" in found["text"]


def test_people_are_found_by_name_and_by_address(
    client: Client, yard: SimpleNamespace, hanne: Customer
) -> None:
    assert find(client, yard.maren, "Hanne")["customers"] == [hanne]
    assert find(client, yard.maren, "hanne@home.example")["customers"] == [hanne]


def test_a_loop_is_found_by_its_number(client: Client, yard: SimpleNamespace, loop: Loop) -> None:
    assert find(client, yard.maren, f"Loop {loop.pk}")["loops"] == [loop]
    assert find(client, yard.maren, f"#{loop.pk}")["loops"] == [loop]


def test_all_the_words_must_occur(client: Client, yard: SimpleNamespace) -> None:
    assert find(client, yard.maren, "still refund")["insights"]
    assert not find(client, yard.maren, "refund locker")["insights"]


def test_a_viewer_finds_no_people_and_no_words(
    client: Client, yard: SimpleNamespace, loop: Loop, mail: Any
) -> None:
    write(mail, text="My refund and my address")
    found = find(client, yard.victor, "refund")
    assert found["insights"]
    assert (found["customers"], found["words"]) == ([], [])


def test_a_partner_finds_only_their_own(client: Client, yard: SimpleNamespace, loop: Loop) -> None:
    found = find(client, yard.pia, "refund")
    assert (found["insights"], found["loops"], found["changes"]) == ([], [], [])
    Loop.objects.update(team=yard.pia.team)
    found = find(client, yard.pia, "refund")
    assert (found["loops"], len(found["insights"]), len(found["changes"])) == ([loop], 1, 1)


@pytest.mark.parametrize("query", ["%", "'", '"', "(", "x" * 5_000, "* NEAR(zebra)", "the “zebra”"])
def test_odd_queries_find_nothing_and_break_nothing(
    client: Client, yard: SimpleNamespace, query: str
) -> None:
    assert "Nothing found" in find(client, yard.maren, query)["text"]


def test_no_query_asks_for_one(client: Client, yard: SimpleNamespace) -> None:
    client.force_login(yard.maren)
    assert "What are you looking for?" in client.get(reverse("desk:search")).content.decode()
    assert client.post(reverse("desk:search")).status_code == 405
    client.logout()
    assert client.get(reverse("desk:search")).status_code == 302


def test_the_queries_stay_the_same(
    client: Client, yard: SimpleNamespace, mail: Any, django_assert_max_num_queries: Any
) -> None:
    write(mail, "Refund Ople", "My refund")
    find(client, yard.maren, "refund")
    with django_assert_max_num_queries(26) as few:
        find(client, yard.maren, "refund")
    for number in range(10):
        write(mail, f"Refund{number} Ople", f"My refund {number}")
    with django_assert_max_num_queries(len(few)):
        assert len(find(client, yard.maren, "refund")["words"]) > 10


def test_long_words_are_cut_to_where_the_query_stands() -> None:
    text = "word " * 100 + "the refund came" + " word" * 100
    found = cut(text, "refund")
    assert len(found["text"]) < 300
    assert [found["text"][start:end] for start, end in found["spans"]] == ["refund"]
