"""Replies by e-mail move loops; run against the IMAP server of our own and against Dovecot (fixture `post`)."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail

from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.enterprise.replies.read import read, wrong
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Answer, Destination, Handoff, Stage
from tests.handoffs import answers, stage
from tests.switchyard import make_insight, make_pivot

CLERK = "claims@erp.example"


@pytest.fixture
def pivot(post: Any, teams: Any, ines: Any, maren: Any, now: Any, settings: Any) -> Any:
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = "127.0.0.1", post.port, False
    settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER = post.user, post.password, "INBOX"
    settings.REPLY_TO = "feedback+{token}@fjordhus.example"
    pivot = make_pivot(teams["finance"], ines, destinations=0)
    config = {"to": f"orders@erp.example, {CLERK.title()}"}
    Destination.objects.create(pivot=pivot, name="Claims", kind="email", config=config)
    return pivot


def sent(pivot: Any, number: int = 1) -> tuple[Handoff, Any]:
    """A hand-off, and the letter that it went out as."""
    handoff = loops.open_loop(make_insight(number, 1), pivot, by=None).handoffs.get()
    assert deliver() == 1
    return handoff, mail.outbox[-1]


def reply(letter: Any, text: str, *, by: str = CLERK, to: str = "", html: str = "", **headers: str) -> bytes:
    """What a mail program makes of a click on “Reply”."""
    made = EmailMessage()
    made["From"], made["To"] = f"Claims desk <{by}>", to or letter.reply_to[0]
    made["Subject"] = f"Re: {letter.subject}"
    made["Message-ID"] = headers.pop("id", f"<{abs(hash((text, by)))}@erp.example>")
    made["In-Reply-To"] = headers.pop("answers", letter.extra_headers["Message-ID"])
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    if html:
        made.set_content(html, subtype="html")
    return made.as_bytes()


def quoting(letter: Any, text: str) -> str:
    quoted = "\n".join(f"> {line}" for line in letter.body.splitlines())
    return (
        f"{text}\n\nOn Tue, 17 Nov 2026 at 09:00, Feedback <\nfeedback@fjordhus.example> wrote:\n\n{quoted}\n"
    )


class Contract:
    """Test methods in two classes: one with our own server, one with the real one."""

    def test_a_letter_says_how_to_reply_and_where(self, pivot: Any) -> None:
        handoff, letter = sent(pivot)
        assert "Reply with a first line of “accept”" in letter.body
        (to,) = letter.reply_to
        assert to.startswith(f"feedback+{handoff.key}.")
        assert len(to.partition("@")[0]) <= 64
        assert letter.extra_headers["Message-ID"].startswith(f"<{handoff.key}.")

    def test_replies_move_the_loop_and_are_read_once(self, pivot: Any, post: Any) -> None:
        handoff, letter = sent(pivot)
        post.add(reply(letter, quoting(letter, "Accept.")))
        assert (read(), read(), stage(handoff)) == (1, 0, Stage.ACCEPTED)
        post.add(reply(letter, quoting(letter, "We are on it, the bank was called.")))
        post.add(reply(letter, "Done: live since Monday\r\n\r\n-- \r\nClaims desk"))
        assert (read(), read(), stage(handoff)) == (2, 0, Stage.DELIVERED)
        assert answers(handoff) == [
            ("accepted", ""),
            ("note", "We are on it, the bank was called."),
            ("delivered", "live since Monday"),
        ]
        assert Answer.objects.filter(actor_name=CLERK).count() == 3

    def test_not_us_with_a_why_declines_and_without_is_a_note(self, pivot: Any, post: Any) -> None:
        handoff, letter = sent(pivot)
        post.add(reply(letter, "not us"))
        assert (read(), stage(handoff)) == (1, Stage.HANDED_OVER)
        post.add(reply(letter, "Not us: the warehouse has it."))
        assert (read(), stage(handoff)) == (1, Stage.DECLINED)
        assert answers(handoff) == [("note", "not us"), ("declined", "the warehouse has it.")]

    def test_the_address_or_the_reference_is_enough(self, pivot: Any, post: Any) -> None:
        first, letter = sent(pivot)
        second, other = sent(pivot, 2)
        post.add(reply(letter, "Accept", answers="<something@else.example>"))
        post.add(reply(other, "Accept", to="feedback@fjordhus.example", id="<b@erp.example>"))
        assert read() == 2
        assert (stage(first), stage(second)) == (Stage.ACCEPTED, Stage.ACCEPTED)

    def test_a_stranger_and_a_forger_move_nothing(self, pivot: Any, post: Any) -> None:
        handoff, letter = sent(pivot)
        forged = {"to": "feedback@fjordhus.example", "answers": f"<{handoff.key}@127.0.0.1>"}
        post.add(reply(letter, "Done", by="oona@elsewhere.example"))
        post.add(reply(letter, "Done.", **forged))
        post.add(
            reply(
                letter,
                "Done!",
                to=f"feedback+{handoff.key}.{'0' * 20}@fjordhus.example",
                answers="<x@y.example>",
            )
        )
        assert (read(), stage(handoff), answers(handoff)) == (0, Stage.HANDED_OVER, [])

    def test_robots_are_not_people(self, pivot: Any, post: Any) -> None:
        handoff, letter = sent(pivot)
        post.add(reply(letter, "Done", Auto_Submitted="auto-replied"))
        post.add(reply(letter, "Done 1", Return_Path="<>"))
        post.add(reply(letter, "Done 2", Precedence="bulk"))
        post.add(reply(letter, "Done 3", X_Autoreply="yes"))
        assert (read(), answers(handoff)) == (0, [])
        post.add(reply(letter, "Done", Auto_Submitted="no", id="<person@erp.example>"))
        assert read() == 1

    def test_only_the_new_words_count(self, pivot: Any, post: Any) -> None:
        handoff, letter = sent(pivot)
        html = (
            "<html><head><title>no</title></head><body><div>Accept</div><br>"
            '<div class="gmail_quote">On Tue … wrote:<blockquote>Done: all of it</blockquote></div></body></html>'
        )
        post.add(reply(letter, "", html=html))
        post.add(
            reply(
                letter,
                "Done? Not yet.\n\n________________________________\nFrom: Feedback <f@x.example>\nDone",
            )
        )
        assert read() == 2
        assert answers(handoff) == [("accepted", ""), ("note", "Done? Not yet.")]

    def test_the_same_letter_twice_is_one_answer(self, pivot: Any, post: Any) -> None:
        handoff, letter = sent(pivot)
        raw = reply(letter, "Please call me.")
        post.add(raw)
        post.add(raw)
        assert (read(), answers(handoff)) == (1, [("note", "Please call me.")])

    def test_check_says_what_is_wrong_with_the_mailbox(self, pivot: Any, post: Any, settings: Any) -> None:
        assert wrong() == ""
        settings.IMAP_FOLDER = "Nowhere"
        assert wrong().startswith(f"Replies by e-mail: The mailbox {post.user} refuses SELECT: ")
        settings.IMAP_PASSWORD = "other"  # noqa: S105 a wrong one
        assert wrong().startswith(f"Replies by e-mail: 127.0.0.1 does not let {post.user} in: ")
        settings.IMAP_PORT = 9
        assert wrong().startswith("Replies by e-mail: The mail server 127.0.0.1:9 does not answer: ")
        settings.IMAP_HOST = ""
        assert (wrong(), read()) == ("", 0)
