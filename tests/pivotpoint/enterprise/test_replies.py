"""Replies by e-mail against a server of our own, which can also break off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.enterprise.models import Mailbox
from pivotpoint.enterprise.replies import read as replies
from pivotpoint.enterprise.replies.imap import MailboxError
from pivotpoint.enterprise.replies.letter import own
from pivotpoint.enterprise.replies.letter import read as read_letter
from pivotpoint.enterprise.replies.read import read
from pivotpoint.enterprise.words import understand
from pivotpoint.lib import clock
from tests.handoffs import answers
from tests.imap_server import ImapServer
from tests.replies.contract import Contract, pivot, reply, sent  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Iterator[Any]:
    server = ImapServer()
    yield server
    server.stop()


class TestContract(Contract):
    pass


def test_a_line_that_breaks_loses_nothing(pivot: Any, post: Any) -> None:  # noqa: F811
    handoff, letter = sent(pivot)
    for text in ("One.", "Two.", "Three."):
        post.add(reply(letter, text))
    post.hang_up_at = "FETCH 2"
    with pytest.raises(MailboxError, match=r"The mail server 127\.0\.0\.1:\d+ broke off"):
        read()
    assert answers(handoff) == [("note", "One.")]
    post.hang_up_at = ""
    assert read() == 2
    assert [note for _, note in answers(handoff)] == ["One.", "Two.", "Three."]


def test_a_crash_in_the_middle_of_a_letter_reads_it_again(pivot: Any, post: Any, monkeypatch: Any) -> None:  # noqa: F811
    handoff, letter = sent(pivot)
    post.add(reply(letter, "One."))

    def crash(**_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(Mailbox, "save", lambda *_, **__: crash())
        with pytest.raises(SystemExit):
            read()
    assert answers(handoff) == []
    assert (read(), answers(handoff)) == (1, [("note", "One.")])


def test_other_numbers_begin_anew_and_answer_nothing_twice(pivot: Any, post: Any) -> None:  # noqa: F811
    handoff, letter = sent(pivot)
    post.add(reply(letter, "One."))
    read()
    post.validity = 2
    post.letters = {7: post.letters[1], 8: reply(letter, "Two.")}
    assert read() == 1
    assert [note for _, note in answers(handoff)] == ["One.", "Two."]
    post.validity = 3
    post.letters = {1: reply(letter, "Three.")}
    assert read() == 1


def test_two_workers_do_not_read_at_once(pivot: Any, post: Any) -> None:  # noqa: F811
    _, letter = sent(pivot)
    read()
    post.add(reply(letter, "One."))
    Mailbox.objects.update(claimed_at=clock.now())
    assert read() == 0
    with clock.at(clock.now() + replies.LEASE + timedelta(seconds=1)):
        assert read() == 1


def test_what_cannot_be_read_is_passed_over(pivot: Any, post: Any) -> None:  # noqa: F811
    handoff, letter = sent(pivot)
    for raw in (
        b"",
        b"\xff\xfe\x00",
        b"From: =?x?y?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff",
        b"To: <\r\n\r\n",
    ):
        post.add(raw)
    post.add(reply(letter, "One."))
    assert (read(), answers(handoff)) == (1, [("note", "One.")])


@pytest.mark.parametrize(
    ("text", "outcome", "note"),
    [
        ("done", "delivered", ""),
        ("Done.", "delivered", ""),
        ("DONE: live since Monday", "delivered", "live since Monday"),
        ("Done!\n\nThe new form is live.", "delivered", "The new form is live."),
        ("Fixed, see the release notes", "delivered", "see the release notes"),
        ("accept", "accepted", ""),
        ("We take it - Bo looks into it", "accepted", "Bo looks into it"),
        ("In progress", "changing", ""),
        ("Not us: the warehouse", "declined", "the warehouse"),
        ("Not us\nThe bank forbids it.", "declined", "The bank forbids it."),
        ("decline", "declined", ""),
        ("Done?", "note", "Done?"),
        ("done deal with the bank needed first", "note", "done deal with the bank needed first"),
        ("No idea, ask Bo", "note", "No idea, ask Bo"),
        ("Accepting this would cost too much.", "note", "Accepting this would cost too much."),
        ("I think it is done", "note", "I think it is done"),
        ("", "note", ""),
    ],
)
def test_only_a_clear_word_is_an_answer(text: str, outcome: str, note: str) -> None:
    assert understand(text) == (outcome, note)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Done\n\n> old", "Done"),
        ("Done\n\nAm 3. Mai 2026 um 10:00 schrieb Feedback:\n> old", "Done"),
        ("Done\nLe mar. 17 nov. 2026 à 09:00, Feedback <f@x.example>\na écrit :\n\n> old", "Done"),
        ("Done\n\nOn Mon, May 3, 2026 at 10:00 AM Feedback\n<f@x.example> wrote:\n\n> old", "Done"),
        ("Reasons:\n> quoted without an introduction", "Reasons:"),
        ("Done\n-----Original Message-----\nFrom: x", "Done"),
        ("Done\n*Von:* Feedback <f@x.example>\nold", "Done"),
        ("Done\n-- \nInes", "Done"),
        ("Done\nSent from my phone", "Done"),
        ("Two lines\n\nof mine", "Two lines\n\nof mine"),
    ],
)
def test_the_history_is_cut(text: str, kept: str) -> None:
    assert own(text) == kept


def test_a_bounce_is_no_reply() -> None:
    raw = b"From: MAILER-DAEMON@erp.example\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\nno\r\n--x--\r\n"
    assert read_letter(raw).automatic
