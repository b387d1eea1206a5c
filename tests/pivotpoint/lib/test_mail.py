"""Letters to people who cannot exist are kept; all others go out by SMTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage

from pivotpoint.lib.mail import nobodys
from tests.smtp_server import MailServer


@pytest.mark.parametrize("address", ["a@post.example", "Bo <b@EXAMPLE.org>", "c@shop.invalid", "d@x.test"])
def test_a_reserved_name_is_nobodys(address: str) -> None:
    assert nobodys(address)


@pytest.mark.parametrize("address", ["a@example.de", "b@myexample.com", "c@fjordhus.no", ""])
def test_any_other_is_somebodys(address: str) -> None:
    assert not nobodys(address)


def test_a_letter_to_nobody_is_kept_and_the_others_leave(
    mail_server: MailServer, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.DATA_FOLDER = "pivotpoint.lib.mail.Letters", tmp_path
    for to in (["a@post.example"], ["ada@fjordhus.no"], ["a@post.example", "bo@fjordhus.no"]):
        assert EmailMessage("Hello", "Words", "us@fjordhus.no", to).send() == 1
    assert len(list((tmp_path / "mail").iterdir())) == 1
    assert len(mail_server.raw) == 2


def test_without_a_mail_server_the_demos_letters_are_sent_all_the_same(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.DATA_FOLDER = "pivotpoint.lib.mail.Letters", tmp_path
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert EmailMessage("Hello", "Words", "us@fjordhus.no", ["a@post.example"]).send() == 1
