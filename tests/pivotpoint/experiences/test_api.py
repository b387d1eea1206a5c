"""Everything the pages can do about changes and notices, over the API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from pivotpoint.accounts.models import Token
from pivotpoint.accounts.permissions import PERMISSIONS
from pivotpoint.experiences.models import Notice, Wording
from pivotpoint.pivot.models import Loop
from tests.pivotpoint.experiences.conftest import People

pytestmark = pytest.mark.django_db


class Caller:
    """One token's requests; answers are (status, JSON)."""

    def __init__(self, user: Any, *scopes: str) -> None:
        self.headers = {"Authorization": f"Bearer {Token.issue(user, 'test', scopes or PERMISSIONS)[1]}"}

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        answer = Client().generic(
            method,
            f"/api/v1/{path}",
            data=b"" if body is None else json.dumps(body),
            content_type="application/json",
            headers=self.headers,
        )
        return answer.status_code, answer.json()


@pytest.fixture
def api(maren: Any) -> Caller:
    return Caller(maren)


@pytest.fixture
def drafts(people: People, loop: Loop, api: Caller) -> list[Notice]:
    """A change recorded over the API on a channel whose notices a person approves."""
    people.channel.notices = "approved"
    people.channel.save()
    body = {"title": "One charge", "what": "It is blocked.", "live_since": "2026-11-17", "loops": [loop.pk]}
    status, change = api("POST", "changes", body)
    assert (status, change["loops"]) == (201, [loop.pk])
    return list(Notice.objects.order_by("pk"))


def test_a_change_is_recorded_listed_and_taken_back(drafts: list[Notice], api: Caller) -> None:
    _, listed = api("GET", "changes")
    (change,) = listed["items"]
    assert api("GET", f"changes/{change['id']}")[1]["title"] == "One charge"
    status, back = api("POST", f"changes/{change['id']}/taken-back", {"reason": "It broke."})
    assert status == 200
    assert back["taken_back_at"] is not None


def test_a_change_for_nobody_is_refused_in_one_sentence(api: Caller) -> None:
    body = {"title": "One", "what": "Done.", "live_since": "2026-11-17", "loops": []}
    status, problem = api("POST", "changes", body)
    assert (status, problem["detail"]) == (422, "Name at least one loop that this change settles.")
    assert api("POST", "changes", {**body, "loops": [99]})[0] == 404


def test_notices_are_previewed_edited_left_out_and_approved(
    drafts: list[Notice], api: Caller, loop: Loop
) -> None:
    first, second, _ = drafts
    status, preview = api("GET", f"loops/{loop.pk}/notices/preview")
    assert (status, preview["people"], preview["states"]) == (200, 3, {"draft": 3})
    assert api("PATCH", f"notices/{first.pk}", {"text": "Short: {link}"})[1]["text"] == "Short: {link}\n"
    assert api("PATCH", f"notices/{first.pk}", {"text": "No way back"})[0] == 422
    assert api("POST", f"notices/{second.pk}/left-out", {"reason": "Called"})[1]["state"] == "skipped"
    assert api("POST", "notices/approvals", {"loop": loop.pk}) == (200, {"approved": 2})
    assert api("POST", "notices/approvals", {})[0] == 422
    _, listed = api("GET", f"notices?loop={loop.pk}&state=approved&limit=1")
    assert len(listed["items"]) == 1
    assert listed["next"]


def test_a_verdict_that_came_by_phone(drafts: list[Notice], api: Caller, loop: Loop) -> None:
    Notice.objects.update(state="told")
    status, verdict = api("POST", "verdicts", {"notice": drafts[0].pk, "answer": "helped"})
    assert (status, verdict["answer"]) == (201, "helped")
    assert api("POST", "verdicts", {"notice": drafts[0].pk, "answer": "great"})[0] == 422
    assert len(api("GET", f"verdicts?loop={loop.pk}")[1]["items"]) == 1


def test_the_wording_is_changed_from_now_on(api: Caller) -> None:
    body = {"subject": "News about {title}", "text": "{what}\n{link}"}
    status, words = api("PUT", "wordings/changed/en", body)
    assert (status, words["subject"]) == (200, "News about {title}")
    assert len(api("GET", "wordings")[1]) == 4
    assert api("PUT", "wordings/changed/fr", body)[0] == 422
    assert Wording.objects.count() == 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "changes", {"title": "x", "what": "x", "live_since": "2026-11-17", "loops": [1]}),
        ("POST", "notices/approvals", {"loop": 1}),
        ("GET", "notices", None),
        ("PUT", "wordings/changed/en", {"subject": "x", "text": "{link}"}),
    ],
)
def test_who_may_not_is_refused(method: str, path: str, body: Any, victor: Any) -> None:
    assert Caller(victor)(method, path, body)[0] == 403


def test_a_partner_sees_only_changes_of_their_function(drafts: list[Notice], pia: Any) -> None:
    partner = Caller(pia)
    assert partner("GET", "changes")[1]["items"] == []
    assert partner("GET", f"changes/{drafts[0].change_id}")[0] == 404
