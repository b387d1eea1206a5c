"""Today and search over the API: what the pages show, to whom they show it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.test import Client

from pivotpoint.accounts.models import Token
from pivotpoint.channels.search import index_new
from pivotpoint.customers.models import Customer
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from tests.pivotpoint.desk.letters import write


def get(client: Client, user: Any, path: str) -> Any:
    _, secret = Token.issue(user, "test", ["desk.view", "customer.view"])
    return client.get(f"/api/v1/{path}", headers={"authorization": f"Bearer {secret}"}).json()


def test_today_lists_what_waits_and_mine_is_less(client: Client, yard: SimpleNamespace, now: Any) -> None:
    loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    with clock.at(loop.due_at):
        everything = get(client, yard.maren, "today")
        assert str(yard.trend) in {row["title"] for section in everything for row in section["rows"]}
        mine = {row["title"] for s in get(client, loop.owner, "today?mine=true") for row in s["rows"]}
        assert str(yard.trend) in mine
        others = {row["title"] for s in get(client, yard.samir, "today?mine=true") for row in s["rows"]}
        assert str(yard.trend) not in others


def test_search_finds_words_and_hides_people_from_who_may_not_see_them(
    client: Client, yard: SimpleNamespace, hanne: Customer
) -> None:
    index_new()
    hits = get(client, yard.maren, "search?q=refund")
    assert hits["insights"] == [{"id": yard.trend.pk, "title": str(yard.trend)}]
    (start, end), *_ = hits["words"][0]["spans"]
    assert hits["words"][0]["text"][start:end].lower() == "refund"
    assert get(client, yard.maren, "search?q=Hanne")["customers"][0]["id"] == hanne.pk
    hidden = get(client, yard.victor, "search?q=Hanne")
    assert hidden["customers"] == hidden["words"] == []


def test_search_for_nothing_is_refused(client: Client, yard: SimpleNamespace) -> None:
    assert get(client, yard.maren, "search?q=")["status"] == 422


def test_a_persons_timeline_goes_on_where_it_ended(
    client: Client, maren: Any, hanne: Customer, form: Any
) -> None:
    words = [write(form) for _ in range(35)]
    path = f"customers/{words[0].customer_id}/timeline?kind=words"
    first = get(client, maren, path)
    then = get(client, maren, f"{path}&cursor={first['next']}")
    seen = [row["id"] for row in first["items"] + then["items"]]
    assert sorted(seen) == sorted(message.pk for message in words)
    assert then["next"] is None
