"""A stranger who sends something is asked to log in, and then stands where it was sent from."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("installation")
SENT_TO = "/settings/systems/new/"


def next_page(client: Client, method: str, path: str, **headers: str) -> str:
    answer = getattr(client, method)(path, headers=headers)
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


def test_a_page_that_was_asked_for_comes_after_the_login(client: Client) -> None:
    assert next_page(client, "get", "/insights/?view=pinned") == "/insights/?view=pinned"


def test_what_was_sent_is_not_asked_for_again(client: Client) -> None:
    here = "http://testserver/settings/systems/?kind=webhook"
    assert next_page(client, "post", SENT_TO, referer=here) == "/settings/systems/?kind=webhook"


@pytest.mark.parametrize("elsewhere", ["", "https://evil.example/settings/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client: Client, elsewhere: str) -> None:
    assert next_page(client, "post", SENT_TO, referer=elsewhere) == "/"
