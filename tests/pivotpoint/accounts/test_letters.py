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
    client.force_login(maren)
    new = {"email": f"{type(fault).__name__}@fjordhus.example", "action_add": ""}
    answer = client.post("/accounts/email/", new, follow=True)
    assert answer.status_code == 200
    assert "could not be sent" in answer.content.decode()
