"""Whatever the API refuses, it refuses as problem+json."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from pivotpoint.accounts.tokens import issue
from pivotpoint.insights import api as insights

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(maren: Any, ada: Any) -> Client:
    _, secret = issue(ada, "Reader", ["desk.view"])
    return Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)


def problem(answer: Any) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.content)
    assert body["status"] == answer.status_code
    return body


def test_an_address_that_does_not_exist(machine: Client) -> None:
    assert problem(machine.get("/api/v1/nothing"))["status"] == 404
    assert problem(machine.get("/api/v2/insights"))["title"] == "Not Found"


def test_a_verb_that_does_not_exist_names_those_that_do(machine: Client) -> None:
    answer = machine.delete("/api/v1/insights")
    assert problem(answer)["status"] == 405
    assert answer.headers["Allow"] == "GET"


@pytest.mark.parametrize("address", ["insights/{}", "insights?part_of={}", "loops/{}", "messages?channel={}"])
def test_a_number_larger_than_any_id_is_no_error_of_ours(machine: Client, address: str) -> None:
    answer = machine.get("/api/v1/" + address.format(10**24))
    assert answer.status_code < 500
    if answer.status_code != 200:
        problem(answer)


def test_an_error_of_ours(machine: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: Any) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(insights, "_insights", breaks)
    answer = machine.get("/api/v1/insights/1")
    assert problem(answer)["status"] == 500
    assert "secret of the house" not in answer.text


def test_a_page_stays_a_page(client: Client, installation: Any) -> None:
    assert client.get("/f/nothing/").headers["Content-Type"].startswith("text/html")


def test_the_description_says_what_an_error_looks_like(client: Client, installation: Any) -> None:
    schema = client.get("/api/openapi.json").json()
    assert "Problem" in schema["components"]["schemas"]
    for operations in schema["paths"].values():
        for operation in operations.values():
            assert "application/problem+json" in operation["responses"]["default"]["content"]


def test_head_is_get_without_the_body(machine: Client) -> None:
    there, head = machine.get("/api/v1/insights"), machine.head("/api/v1/insights")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(there.content))
    assert machine.head("/api/v1/nothing").status_code == 404


def test_a_stranger_is_told_how_to_say_who_they_are(client: Client, installation: Any) -> None:
    assert client.get("/api/v1/me").headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("address", ["/api/v1/messages", "/api/v1/teams"])
def test_a_body_that_is_no_json_or_too_large(ada: Any, settings: Any, address: str) -> None:
    _, secret = issue(ada, "Writer", ["message.write", "user.manage"])
    machine = Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)
    broken = machine.post(address, "{broken", content_type="application/json")
    assert (problem(broken)["status"], problem(broken)["title"]) == (400, "The body is not JSON")
    assert problem(machine.post(address, "<a/>", content_type="text/xml"))["status"] == 415
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
    large = machine.post(address, b" " * 2**21, content_type="application/json")
    assert problem(large)["status"] == 413
    assert "1 MB" in problem(large)["detail"]
