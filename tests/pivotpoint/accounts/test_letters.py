"""Letters about an account, also when no mail server answers."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from django.core import mail

pytestmark = pytest.mark.django_db


def ask(client: Any, email: str) -> tuple[int, str]:
    answer = client.post("/accounts/password/reset/", {"email": email})
    return answer.status_code, answer.headers.get("Location", "")


def test_a_forgotten_password_is_asked_for_by_a_letter(client: Any, maren: Any) -> None:
    assert ask(client, maren.email) == (302, "/accounts/password/reset/done/")
    assert [letter.to for letter in mail.outbox] == [[maren.email]]


@pytest.mark.parametrize("fault", [ConnectionRefusedError(), smtplib.SMTPServerDisconnected()])
def test_without_a_mail_server_nobody_learns_whom_we_know(
    client: Any, maren: Any, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise fault

    client.raise_request_exception = False
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    assert ask(client, maren.email) == ask(client, "nobody@fjordhus.example")


def test_nobody_takes_the_address_of_a_colleague(client: Any, maren: Any, ada: Any) -> None:
    client.force_login(maren)
    for action in ("action_add", "action_primary"):
        assert client.post("/accounts/email/", {"email": ada.email, action: ""}).status_code == 405
    maren.refresh_from_db()
    assert maren.email == "maren@fjordhus.example"
    assert not mail.outbox
