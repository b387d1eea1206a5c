"""Rooms and tasks, by API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.lib import clock
from tests.pivotpoint.pivot.test_api import Caller
from tests.switchyard import make_insight

pytestmark = pytest.mark.usefixtures("cast")


def test_a_room_by_api(ines: Any, bo: Any, samir: Any) -> None:
    make_insight(1)
    make_insight(2)
    call = Caller(ines)
    assert (
        call("post", "/insights/1/comments", {"text": "@bo, is it so?"}).json()["mentions"][0]["id"] == bo.pk
    )
    assert call("post", "/insights/1/decisions", {"text": "Yes."}).status_code == 201
    due = (clock.now() + timedelta(days=2)).isoformat()
    task = call("post", "/insights/1/tasks", {"title": "Count", "owner": bo.pk, "due_at": due}).json()
    assert (
        call("post", f"/tasks/{task['id']}/reassign", {"owner": samir.pk}).json()["owner"]["id"] == samir.pk
    )
    assert len(call("get", f"/tasks?owner={samir.pk}").json()["items"]) == 1
    assert call("post", f"/tasks/{task['id']}/finish", {"note": "412"}).json()["done_at"]
    assert call("get", "/tasks").json()["items"] == []
    invited = call("post", "/insights/1/invitations", {"user": bo.pk, "reason": "Knows the warehouse."})
    assert invited.status_code == 201
    room = call("get", "/insights/1/room").json()
    assert [len(room[key]) for key in ("comments", "decisions", "tasks", "invitations")] == [1, 1, 1, 1]
    proposed = call("get", "/insights/2/experts").json()
    assert proposed[0]["user"]["name"] == "Ines Halloran"
    assert proposed[0]["reason"].startswith("Decided once")


def test_who_may_not_write_or_see_is_told_so(victor: Any, pia: Any) -> None:
    make_insight(1)
    assert Caller(victor)("post", "/insights/1/comments", {"text": "Hi"}).status_code == 403
    assert Caller(pia)("get", "/insights/1/room").status_code == 404
    assert Caller(victor)("post", "/insights/1/comments", {}).status_code == 403
