"""Insights over the API: works, not visible, role lacking, wrong method."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.accounts.models import Token
from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Theme

pytestmark = pytest.mark.django_db
Heard = dict[str, list[Message]]


@pytest.fixture
def call(client: Any) -> Any:
    secrets: dict[int, str] = {}

    def send(user: Any, method: str, path: str, body: Any = None) -> Any:
        if user.pk not in secrets:
            secrets[user.pk] = Token.issue(user, "t", ["desk.view", "customer.view", "insight.change"])[1]
        return getattr(client, method)(
            f"/api/v1/{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secrets[user.pk]}"},
        )

    return send


def pk_of(message: Message) -> int:
    return Theme.objects.get(clusters__members=message.pk).pk


def test_the_list_filters_and_pages(heard: Heard, maren: Any, call: Any) -> None:
    first = call(maren, "get", "insights?limit=1").json()
    second = call(maren, "get", f"insights?limit=1&cursor={first['next']}").json()
    assert {first["items"][0]["id"], second["items"][0]["id"]} == {
        pk_of(heard["late"][0]),
        pk_of(heard["twice"][0]),
    }
    assert second["next"] is None
    only = call(maren, "get", "insights?function=supply&rung=trend").json()["items"]
    assert [row["theme"]["people"] for row in only] == [4]
    assert call(maren, "get", "insights?rung=ladder").status_code == 422


def test_one_insight_with_all_that_belongs_to_it(heard: Heard, maren: Any, call: Any) -> None:
    pk = pk_of(heard["late"][0])
    assert call(maren, "get", f"insights/{pk}").json()["theme"]["rung"] == "trend"
    assert len(call(maren, "get", f"insights/{pk}/quotes").json()) == 3
    assert [day["people"] for day in call(maren, "get", f"insights/{pk}/days").json()] == [1, 1, 1, 1]
    assert call(maren, "get", f"insights/{pk}/channels").json()[0]["people"] == 4
    assert call(maren, "get", f"insights/{pk}/similar").status_code == 200


def test_edits_and_their_undo(heard: Heard, maren: Any, call: Any) -> None:
    late, twice = pk_of(heard["late"][0]), pk_of(heard["twice"][0])
    for path, body in (
        (f"insights/{twice}/title", {"title": "Charged twice"}),
        (f"insights/{late}/split", {"messages": [heard["late"][0].pk]}),
        (f"messages/{heard['late'][1].pk}/theme", {}),
        (f"insights/{twice}/merge", {"into": late}),
    ):
        assert call(maren, "post", path, body).status_code == 201, path
    assert call(maren, "get", f"insights/{twice}").json()["theme"]["merged_into"] == late
    action = call(maren, "get", f"insights/{twice}/actions").json()[0]
    assert call(maren, "delete", f"actions/{action['id']}").json()["undone_at"]
    assert call(maren, "get", f"insights/{twice}").json()["theme"]["merged_into"] is None


def test_set_aside(heard: Heard, maren: Any, call: Any) -> None:
    path = f"insights/{pk_of(heard['late'][0])}/aside"
    assert call(maren, "put", path, {"until": "2027-01-01T00:00:00Z"}).json()["set_aside_until"]
    assert call(maren, "put", path, {"until": "2020-01-01T00:00:00Z"}).status_code == 422
    assert call(maren, "put", path, {"until": None}).json()["set_aside_until"] is None


def test_who_may_not(heard: Heard, samir: Any, victor: Any, pia: Any, call: Any, client: Any) -> None:
    pk = pk_of(heard["late"][0])
    assert call(samir, "post", f"insights/{pk}/title", {"title": "x"}).status_code == 403
    assert call(victor, "get", f"insights/{pk}/quotes").status_code == 403
    assert call(pia, "get", f"insights/{pk}").status_code == 404
    assert call(pia, "get", "insights").json()["items"] == []
    assert client.get("/api/v1/insights").status_code == 401
    assert call(samir, "get", f"insights/{pk}/merge").status_code == 405
