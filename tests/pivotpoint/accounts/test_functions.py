"""Own business functions, and the organisation, by page and by API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts import functions
from pivotpoint.accounts.models import Installation, Team, Token
from pivotpoint.journal.models import Event


def call(client: Client, user: Any, method: str, path: str, body: Any = None) -> Any:
    _, secret = Token.issue(user, "test", ["desk.view", "user.manage", "journal.view"])
    door = {"authorization": f"Bearer {secret}"}
    return client.generic(method, f"/api/v1/{path}", json.dumps(body or {}), "application/json", headers=door)


def test_a_function_of_their_own_comes_last_and_is_journalled(ada: Any) -> None:
    team = functions.add(name="Field repairs", by=ada)
    assert (team.key, team.mark) == ("field-repairs", "Fi")
    assert list(Team.objects.all())[-1] == team
    assert Event.objects.filter(name="accounts.function_added", subject_id=team.pk).exists()


def test_a_function_is_there_once_and_has_a_name(ada: Any) -> None:
    for name, fault in (("Finance", "here already"), ("—", "letters")):
        with pytest.raises(ValidationError, match=fault):
            functions.add(name=name, by=ada)


def test_only_who_manages_users_changes_functions(maren: Any, teams: dict[str, Any]) -> None:
    with pytest.raises(PermissionDenied):
        functions.change(teams["finance"], name="Money", by=maren)


def test_the_page_adds_and_changes_a_function(client: Client, ada: Any) -> None:
    client.force_login(ada)
    assert client.post(reverse("team_add"), {"name": "Quality", "mark": "Qu"}).status_code == 302
    team = Team.objects.get(key="quality")
    client.post(reverse("team", args=[team.key]), {"name": "Quality lab", "mark": "QL", "lead": ada.pk})
    team.refresh_from_db()
    assert (team.name, team.mark, team.lead) == ("Quality lab", "QL", ada)


def test_the_api_adds_and_changes_a_function(client: Client, ada: Any) -> None:
    assert call(client, ada, "POST", "teams", {"name": "Quality"}).status_code == 201
    changed = call(client, ada, "PATCH", "teams/quality", {"lead": ada.pk, "email": "q@fjordhus.example"})
    assert changed.json()["email"] == "q@fjordhus.example"
    assert Team.objects.get(key="quality").name == "Quality"
    wrong = call(client, ada, "PATCH", "teams/quality", {"email": "not an address"})
    assert (wrong.status_code, wrong["content-type"]) == (422, "application/problem+json")


def test_the_api_changes_the_organisation(client: Client, ada: Any) -> None:
    answer = call(client, ada, "PATCH", "organisation", {"rival_names": ["Skogly", "Vann"], "trend_from": 5})
    assert answer.json()["rival_names"] == ["Skogly", "Vann"]
    assert Installation.here().brand_names == ["Fjordhus", "@fjordhus"]
    assert call(client, ada, "PATCH", "organisation", {"trend_from": 2}).status_code == 422


def test_the_journal_is_read_newest_first(client: Client, ada: Any) -> None:
    for name in ("Quality", "Repairs"):
        functions.add(name=name, by=ada)
    first = call(client, ada, "GET", "journal?name=accounts.function_added&limit=1").json()
    then = call(client, ada, "GET", f"journal?name=accounts.function_added&cursor={first['next']}").json()
    assert [e["subject_id"] for e in first["items"] + then["items"]] == [
        Team.objects.get(key=key).pk for key in ("repairs", "quality")
    ]


def test_the_api_invites_and_issues(client: Client, ada: Any) -> None:
    wanted = {"name": "Tove Quill", "email": "tove@fjordhus.example", "role": "owner", "team": "finance"}
    made = call(client, ada, "POST", "users", wanted)
    assert (made.status_code, made.json()["team"]) == (201, "finance")
    assert call(client, ada, "POST", "users", wanted).status_code == 422
