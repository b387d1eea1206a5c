"""The list of tokens comes by pages, newest first, and never says a secret again."""

from __future__ import annotations

from typing import Any

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
