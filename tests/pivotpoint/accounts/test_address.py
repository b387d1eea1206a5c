"""Another address to log in with: asked for with the password, confirmed by a letter, or set by an administrator."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.core.cache import cache
from django.urls import reverse

from pivotpoint.accounts import address
from pivotpoint.accounts.models import Token
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock

pytestmark = pytest.mark.django_db
NEW = "maren@sea.example"


@pytest.fixture
def desk(client: Any, maren: Any) -> Any:
    cache.clear()
    maren.set_password("a-long-password")
    maren.save()
    client.force_login(maren, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def ask(client: Any, email: str = NEW, password: str = "a-long-password") -> Any:  # noqa: S107
    return client.post(reverse("desk:my_email"), {"email": email, "password": password})


def link() -> str:
    """The path of the link in the last letter."""
    found = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_a_letter_goes_to_the_new_address_and_its_link_asks_before_it_changes_anything(
    desk: Any, maren: Any
) -> None:
    assert ask(desk, NEW.upper()).status_code == 302
    assert mail.outbox[-1].to == [NEW] and mail.outbox[-1].subject == "Confirm your new address"
    said = signing.loads(link().rstrip("/").rpartition("/")[2], salt=address.SALT)
    assert maren.email not in str(said)  # A slip of the pen: a stranger gets the letter.
    shown = desk.get(link()).content.decode()
    assert f"<b>{NEW}</b>" in shown
    maren.refresh_from_db()
    assert maren.email == "maren@fjordhus.example"
    EmailAddress.objects.create(user=maren, email=maren.email, verified=True, primary=True)
    assert desk.post(link()).status_code == 302
    maren.refresh_from_db()
    assert maren.email == NEW
    assert not EmailAddress.objects.exists()
    assert mail.outbox[-1].to == ["maren@fjordhus.example"] and NEW in mail.outbox[-1].body
    said = list(Event.objects.about(maren).order_by("pk").values_list("name", flat=True))
    assert said == ["accounts.address_asked", "accounts.address_changed"]
    assert NEW not in str(list(Event.objects.values_list("data", flat=True)))


def test_after_that_only_the_new_address_logs_in(desk: Any, maren: Any) -> None:
    ask(desk)
    desk.post(link())
    desk.logout()
    for email, opens in ((NEW, True), ("maren@fjordhus.example", False)):
        desk.logout()
        desk.post("/accounts/login/", {"login": email, "password": "a-long-password"})
        assert ("_auth_user_id" in desk.session) is opens


def test_the_link_works_once_for_a_day_and_for_nobody_else(
    desk: Any, client: Any, samir: Any, now: Any
) -> None:
    ask(desk)
    way = link()
    assert desk.post(way).status_code == 302
    assert desk.post(way).status_code == 410
    ask(desk, "third@sea.example")
    way = link()
    client.force_login(samir, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(way)
    assert answer.status_code == 410 and "used up" in answer.content.decode()
    samir.refresh_from_db()
    assert samir.email == "samir@fjordhus.example"


def test_a_link_is_too_old_after_a_day(desk: Any, maren: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(desk)
    later = clock.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    assert desk.post(link()).status_code == 410


def test_without_the_password_nothing_is_sent_and_guessing_ends(desk: Any) -> None:
    answer = ask(desk, password="guess")  # noqa: S106
    assert answer.status_code == 422 and "This is not your password." in answer.content.decode()
    for _ in range(12):
        answer = ask(desk, password="guess")  # noqa: S106
    assert "tried too often" in answer.content.decode()
    assert not mail.outbox


def test_a_colleagues_address_is_refused_and_a_partner_learns_of_nobody(
    desk: Any, client: Any, ada: Any, pia: Any
) -> None:
    shown = ask(desk, ada.email)
    assert shown.status_code == 422 and f"{ada.email} is {ada.name}" in shown.content.decode().replace(
        "&#x27;", "'"
    )
    pia.set_password("a-long-password")
    pia.save()
    client.force_login(pia, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert ask(client, ada.email).status_code == ask(client, "free@sea.example").status_code == 302
    assert [letter.to for letter in mail.outbox] == [["free@sea.example"]]


def test_a_letter_that_cannot_be_sent_is_said(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    answer = ask(desk)
    assert answer.status_code == 422 and "An administrator can set your address" in answer.content.decode()
    assert not Event.objects.filter(name="accounts.address_asked").exists()


def test_an_administrator_puts_name_and_address_right(client: Any, ada: Any, maren: Any, samir: Any) -> None:
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("person_who", args=[maren.pk])
    assert client.post(page, {"name": "Maren O.", "email": NEW}).status_code == 302
    maren.refresh_from_db()
    assert (maren.name, maren.email) == ("Maren O.", NEW)
    assert mail.outbox[-1].to == ["maren@fjordhus.example"]
    wrong = client.post(page, {"name": "Maren O.", "email": samir.email.upper()})
    assert wrong.status_code == 422 and samir.name in wrong.content.decode()
    maren.refresh_from_db()
    assert maren.email == NEW


def test_the_api_asks_for_the_password_too(client: Any, maren: Any, ada: Any) -> None:
    cache.clear()
    maren.set_password("a-long-password")
    maren.save()
    _, secret = Token.issue(maren, "t", ["desk.view"])
    headers = {"authorization": f"Bearer {secret}"}

    def call(method: str, path: str, **body: str) -> Any:
        return client.generic(
            method, f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers
        )

    assert call("POST", "me/email", email=NEW, password="guess").status_code == 422
    assert call("POST", "me/email", email=NEW, password="a-long-password").status_code == 202
    token = link().rstrip("/").rpartition("/")[2]
    assert call("POST", "me/email/confirmation", token=token).json()["email"] == NEW
    _, secret = Token.issue(ada, "t", ["user.manage"])
    headers = {"authorization": f"Bearer {secret}"}
    back = call("PATCH", f"users/{maren.pk}", email="maren@fjordhus.example")
    assert (back.json()["email"], back.json()["role"]) == ("maren@fjordhus.example", "lead")


def test_the_way_there_can_be_found(desk: Any) -> None:
    assert desk.get("/accounts/email/").url == f"{reverse('desk:me')}#email"
    shown = desk.get(reverse("desk:me")).content.decode()
    assert "You log in with <b>maren@fjordhus.example</b>" in shown
