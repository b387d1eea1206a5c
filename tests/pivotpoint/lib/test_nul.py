"""NUL is refused with a sentence, on every database."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pivotpoint.accounts.models import Team
from pivotpoint.accounts.tokens import issue
from tests.pivotpoint.lib.test_problems import problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(ada: Any) -> Client:
    _, secret = issue(ada, "Writer", ["desk.view", "user.manage"])
    return Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)


@pytest.mark.parametrize("address", ["search?q=%00a", "journal?name=a%00", "teams/a%00b"])
def test_in_an_address_of_the_api(machine: Client, address: str) -> None:
    assert problem(machine.get(f"/api/v1/{address}"))["status"] in (400, 404)


@pytest.mark.parametrize("name", ["a\\u0000b", "a\\ud800b"])
def test_in_a_body(machine: Client, name: str) -> None:
    answer = machine.post("/api/v1/teams", f'{{"name": "{name}"}}', content_type="application/json")
    assert problem(answer)["status"] in (400, 422)
    assert not Team.objects.filter(name__startswith="a").exists()


def test_a_backslash_is_no_nul(machine: Client) -> None:
    answer = machine.post("/api/v1/teams", r'{"name": "a\\u0000b"}', content_type="application/json")
    assert answer.status_code == 201, answer.content


def test_in_a_page_and_in_a_form(client: Client, ada: Any) -> None:
    client.force_login(ada)
    client.raise_request_exception = False
    assert client.get("/search/?q=%00a").status_code == 400
    form = client.post("/settings/functions/new/", "name=a%00b", "application/x-www-form-urlencoded")
    assert form.status_code == 400
