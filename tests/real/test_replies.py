"""Replies by e-mail, read in a real Dovecot."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.enterprise.models import Mailbox
from pivotpoint.enterprise.replies.read import read
from tests.handoffs import answers
from tests.replies.contract import Contract, pivot, reply, sent  # noqa: F401 a fixture

pytestmark = [pytest.mark.real_server, pytest.mark.django_db, pytest.mark.xdist_group("dovecot")]


class TestContract(Contract):
    pass


def test_letters_that_were_deleted_meanwhile_leave_no_hole(pivot: Any, post: Any) -> None:  # noqa: F811
    handoff, letter = sent(pivot)
    for text in ("One.", "Two.", "Three."):
        post.add(reply(letter, text))
    assert read() == 3
    post.delete("1:3")
    post.add(reply(letter, "Four."))
    assert read() == 1
    assert [note for _, note in answers(handoff)] == ["One.", "Two.", "Three.", "Four."]
    assert Mailbox.objects.get().last == 4


def test_nothing_is_marked_as_read(pivot: Any, post: Any) -> None:  # noqa: F811
    _, letter = sent(pivot)
    post.add(reply(letter, "One."))
    read()
    with post.opened() as connection:
        connection.select("INBOX")
        assert connection.search(None, "UNSEEN") == ("OK", [b"1"])


def test_a_mailbox_that_was_made_anew_is_read_from_its_beginning(
    pivot: Any,  # noqa: F811
    post: Any,
    settings: Any,
) -> None:
    handoff, letter = sent(pivot)
    with post.opened() as connection:
        connection.create("Replies")
    settings.IMAP_FOLDER = "Replies"
    post.add(reply(letter, "One."), folder="Replies")
    assert read() == 1
    with post.opened() as connection:
        connection.delete("Replies")
        connection.create("Replies")
    post.add(reply(letter, "Two."), folder="Replies")
    assert read() == 1
    assert [note for _, note in answers(handoff)] == ["One.", "Two."]
