"""The list of tokens comes by pages, newest first, and never says a secret again."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.accounts.models import Token

SIGNED_IN = "allauth.account.auth_backends.AuthenticationBackend"


def test_each_token_stands_on_one_page_only(client: Any, ada: Any) -> None:
    made = [Token.issue(ada, name, ["desk.view"])[0].pk for name in ("till", "shop", "robot")]
    client.force_login(ada, backend=SIGNED_IN)
    first = client.get("/api/v1/tokens", {"limit": 2}).json()
    rest = client.get("/api/v1/tokens", {"limit": 2, "cursor": first["next"]}).json()
    assert [each["id"] for each in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None
    assert {each["secret"] for each in first["items"]} == {None}


def test_a_token_s_scopes_are_said_in_words_and_a_refusal_keeps_its_capitals(
    client: Any, ada: Any, samir: Any
) -> None:
    Token.issue(ada, "shop", ["desk.view", "message.write"])
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = client.get("/settings/tokens/").content.decode()
    assert "See the pages inside: Today, Insights, Loops<br>Put messages in: API and import" in shown
    client.force_login(samir, backend="allauth.account.auth_backends.AuthenticationBackend")
    refused = client.get("/settings/tokens/")
    assert refused.status_code == 403 and "issue and revoke API tokens" in refused.content.decode()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/accounts/password/change/", "Choose another password"),
        ("/accounts/2fa/", "Turn it on"),
        ("/accounts/reauthenticate/", "Is it you?"),
    ],
)
def test_pages_about_logging_in_are_ours(client: Any, ada: Any, page: str, words: str) -> None:
    ada.set_password("a-long-password")
    ada.save()
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert words in client.get(page, follow=True).content.decode()
