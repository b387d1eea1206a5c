"""The inbox, through its pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pivotpoint.channels.models import Channel, Conversation, Delivery, Message
from pivotpoint.customers import consent
from pivotpoint.customers.models import Purpose
from pivotpoint.desk.inbox_list import ordinal
from pivotpoint.desk.inbox_reading import reads
from pivotpoint.lib import clock
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.listening.models import Reading
from tests.pivotpoint.desk.letters import read, write
from tests.pivotpoint.desk.scene import url


def at(message: Message) -> str:
    return url("conversation", message.conversation_id)


def test_the_list_is_ordered_by_what_is_due_and_says_how_often_they_wrote(
    desk: Client, hers: Message, mail: Channel, now: Any
) -> None:
    with clock.at(now - timedelta(hours=20)):
        write(mail, "Tomek R.", "Where is my lamp?")
    with clock.at(now - timedelta(hours=19)):
        write(mail, "Tomek R.", "And where is my chair?")
    lines = desk.get(url("inbox")).context["lines"]
    assert [str(line.conversation.customer) for line in lines] == ["Tomek R.", "Hanne Vos"]
    assert lines[0].last.text == "And where is my chair?"
    assert lines[0].gist == "2nd message"


def test_tabs_and_filters(
    desk: Client, hers: Message, mail: Channel, form: Channel, una: Any, now: Any
) -> None:
    other = write(form, "Tomek R.", "Thank you, that was quick.")
    read(other, "positive")
    Reading.objects.filter(message=other).update(intent="churn threat")
    Conversation.objects.filter(pk=other.conversation_id).update(owner=una, due_at=now - timedelta(hours=1))

    def shown(**asked: str) -> list[str]:
        lines = desk.get(url("inbox"), asked).context["lines"]
        return sorted(str(line.conversation.customer) for line in lines)

    assert shown() == shown(tab="mine") == ["Hanne Vos"]
    assert shown(tab="nobody") == []
    assert shown(tab="all") == ["Hanne Vos", "Tomek R."]
    assert shown(tab="all", channel=str(form.pk)) == ["Tomek R."]
    assert shown(tab="all", mood="negative") == ["Hanne Vos"]
    assert shown(tab="all", intent="churn threat") == ["Tomek R."]
    assert shown(tab="all", intent="complaint") == ["Hanne Vos"]
    assert shown(tab="all", late="1") == ["Tomek R."]
    assert shown(tab="closed") == []
    assert shown(tab="no such tab", channel="x", mood="y", intent="z", cursor="%%") == ["Hanne Vos"]


@pytest.fixture
def una(teams: Any) -> Any:
    from pivotpoint.accounts.models import User

    return User.objects.create_user("una@fjordhus.example", "x" * 12, name="Una", role="agent")


def test_somebody_who_owns_none_sees_all(hers: Message, maren: Any, client: Client) -> None:
    client.force_login(maren)
    assert client.get(url("inbox")).context["wish"].tab == "all"


def test_pages_follow_each_other_without_a_gap(desk: Client, mail: Channel) -> None:
    for number in range(45):
        write(mail, f"P{number} Ople", f"Where is parcel {number}?")
    first = desk.get(url("inbox") + "?tab=all").context
    second = desk.get(f"{url('inbox')}?{first['next_page']}").context
    seen = [line.conversation.pk for line in [*first["lines"], *second["lines"]]]
    assert len(seen) == len(set(seen)) == 46
    assert second["next_page"] == ""


def test_the_conversation_shows_the_words_that_decided(desk: Client, hers: Message) -> None:
    page = desk.get(at(hers)).content.decode()
    assert "<mark>refund</mark>" in page
    assert 'title="97 % sure">complaint<' in page
    assert 'title="−0.60 on a scale from −1, upset, to +1, pleased, 90 % sure">upset<' in page
    assert "E-mail: goes out at once." in page


def test_a_correction_changes_the_reading_and_can_be_undone(desk: Client, hers: Message) -> None:
    desk.post(url("message_correct", hers.pk), {"what": "intent=question", "next": at(hers)})
    assert Reading.objects.get(pk=hers.pk).intent == "question"
    reads = {one.name: one for one in desk.get(at(hers)).context["reads"]}
    assert reads["Intent"].because == "a person said so"
    back = desk.post(url("correction_undo", reads["Intent"].undo), {"next": at(hers)})
    assert back.url == at(hers)
    assert Reading.objects.get(pk=hers.pk).intent == "complaint"


def test_a_reply_appears_at_once_and_is_queued(desk: Client, hers: Message) -> None:
    page = desk.post(
        url("conversation_reply", hers.conversation_id), {"text": "It is on its way."}, follow=True
    )
    assert page.redirect_chain[0][0] == at(hers)
    assert "It is on its way." in page.content.decode()
    assert Delivery.objects.get().text == "It is on its way."
    assert Conversation.objects.get().waiting_since is None


def test_a_note_stays_inside(desk: Client, hers: Message) -> None:
    data = {"text": "Called the depot.", "as": "note"}
    desk.post(url("conversation_reply", hers.conversation_id), data)
    assert Message.objects.get(direction="note").text == "Called the depot."
    assert not Delivery.objects.exists()


def test_words_that_can_not_be_sent_come_back_with_the_reason(
    desk: Client, hers: Message, mail: Channel
) -> None:
    mail.replies = "none"
    mail.save()
    page = desk.post(url("conversation_reply", hers.conversation_id), {"text": "A long and careful answer."})
    assert page.status_code == 422
    assert "A long and careful answer." in page.content.decode()
    assert "Nothing goes out on E-mail." in page.content.decode()


def test_a_channel_that_sends_nothing_says_so_and_offers_a_note(
    desk: Client, hers: Message, mail: Channel
) -> None:
    mail.replies = "none"
    mail.save()
    way = desk.get(at(hers)).context["way"]
    assert (way.open, way.words) == (False, "Nothing goes out on E-mail. You can leave a note.")


def test_who_asked_for_no_answers_gets_none(desk: Client, hers: Message) -> None:
    consent.withdraw(hers.customer, Purpose.REPLY, source="Phone")
    assert not desk.get(at(hers)).context["way"].open


def test_a_reply_waits_for_approval_where_the_policy_says_so(
    desk: Client, hers: Message, mail: Channel, maren: Any
) -> None:
    mail.replies = "approved"
    mail.save()
    assert "waits until somebody approves it" in desk.get(at(hers)).content.decode()
    desk.post(url("conversation_reply", hers.conversation_id), {"text": "Soon."})
    delivery = Delivery.objects.get(state="held")
    assert desk.post(url("delivery_approve", delivery.pk)).status_code == 403
    desk.force_login(maren)
    assert "Approve and send" in desk.get(at(hers)).content.decode()
    desk.post(url("delivery_approve", delivery.pk))
    delivery.refresh_from_db()
    assert delivery.state == "queued"


def test_what_did_not_arrive_can_be_tried_again(desk: Client, hers: Message) -> None:
    desk.post(url("conversation_reply", hers.conversation_id), {"text": "Soon."})
    Delivery.objects.update(state="dead", error="The mail server does not answer.")
    assert "The mail server does not answer." in desk.get(at(hers)).content.decode()
    desk.post(url("delivery_replay", Delivery.objects.get().pk))
    assert Delivery.objects.get().state == "queued"


def test_assign_and_close(desk: Client, hers: Message, maren: Any, ines: Any) -> None:
    desk.post(url("conversation_assign", hers.conversation_id), {"owner": maren.pk})
    assert Conversation.objects.get().owner == maren
    desk.post(url("conversation_assign", hers.conversation_id), {"owner": ines.pk})
    assert Conversation.objects.get().owner == maren
    assert desk.post(url("conversation_assign", hers.conversation_id), {"owner": "x"}).status_code == 404
    desk.post(url("conversation_close", hers.conversation_id))
    assert Conversation.objects.get().closed_at is not None
    assert desk.get(url("inbox") + "?tab=closed").context["lines"]


def test_a_long_conversation_is_shown_from_its_end(
    desk: Client, hers: Message, mail: Channel, now: Any
) -> None:
    for number in range(60):
        with clock.at(now + timedelta(minutes=number)):
            write(mail, text=f"Message {number} about my refund")
    thread = desk.get(at(hers)).context["thread"]
    assert (len(thread.lines), thread.lines[-1].message.text) == (40, "Message 59 about my refund")
    before = desk.get(f"{at(hers)}?before={thread.earlier}").context["thread"]
    assert (len(before.lines), before.earlier) == (21, None)
    assert before.lines[-1].message.text == "Message 19 about my refund"


def test_the_queries_stay_the_same(
    desk: Client, hers: Message, mail: Channel, django_assert_max_num_queries: Any
) -> None:
    desk.get(at(hers))
    with django_assert_max_num_queries(38) as few:
        desk.get(at(hers) + "?tab=all")
    for number in range(25):
        read(write(mail, f"P{number} Ople", f"Where is refund {number}?"))
        read(write(mail, text=f"And my refund {number}?"))
    with django_assert_max_num_queries(len(few)):
        desk.get(at(hers) + "?tab=all")


def test_what_was_kept_apart_is_let_in(desk: Client, hers: Message) -> None:
    Message.objects.filter(pk=hers.pk).update(quarantined="sent faster than a person writes")
    assert "sent faster than a person writes" in desk.get(url("apart")).content.decode()
    desk.post(url("message_release", hers.pk))
    assert Message.objects.get(pk=hers.pk).quarantined == ""


POSTS = [
    "conversation_reply",
    "conversation_assign",
    "conversation_close",
    "delivery_replay",
    "message_release",
]


@pytest.mark.parametrize("name", [*POSTS, "delivery_approve", "correction_undo"])
def test_verbs_are_posted_found_and_allowed(
    name: str, desk: Client, maren: Any, pia: Any, hers: Message
) -> None:
    assert desk.get(url(name, 1)).status_code == 405
    desk.force_login(maren)
    assert desk.post(url(name, 999_999)).status_code == 404
    desk.force_login(pia)
    assert desk.post(url(name, 1)).status_code == 403


def test_who_may_read_along_and_who_may_not(
    hers: Message, ines: Any, pia: Any, victor: Any, client: Client
) -> None:
    client.force_login(ines)
    page = client.get(at(hers))
    assert page.status_code == 200
    assert "you may read along" in page.content.decode()
    assert client.post(url("conversation_reply", hers.conversation_id), {"text": "x"}).status_code == 403
    for stranger in (pia, victor):
        client.force_login(stranger)
        assert client.get(url("inbox")).status_code == client.get(at(hers)).status_code == 403
    client.logout()
    assert client.get(url("inbox")).status_code == 302


def test_a_conversation_that_is_not_there(desk: Client) -> None:
    assert desk.get(url("conversation", 999_999)).status_code == 404
    assert desk.post(url("inbox")).status_code == 405


def test_an_empty_inbox_says_so(now: Any, maren: Any, client: Client) -> None:
    client.force_login(maren)
    assert "Nothing waits here" in client.get(url("inbox")).content.decode()


@pytest.mark.parametrize(
    ("number", "words"), [(2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (21, "21st")]
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_an_advertisement_is_under_not_about_us_and_can_be_let_in(desk: Client, hers: Message) -> None:
    Conversation.objects.filter(pk=hers.conversation_id).update(apart="advertisement", closed_at=clock.now())
    assert not desk.get(url("inbox"), {"tab": "closed"}).context["lines"]
    (line,) = desk.get(url("inbox"), {"tab": "apart"}).context["lines"]
    assert line.conversation.pk == hers.conversation_id
    assert "kept apart: advertisement" in desk.get(at(hers)).content.decode()

    desk.post(url("conversation_let_in", hers.conversation_id))
    assert not desk.get(url("inbox"), {"tab": "apart"}).context["lines"]
    assert Conversation.objects.open().filter(pk=hers.conversation_id).exists()


def test_it_says_whom_a_message_is_about_and_whether_it_was_overheard(hers: Message, samir: Any) -> None:
    def shown() -> str:
        message = Message.objects.select_related("reading").get(pk=hers.pk)
        return next(one.words for one in reads(message) if one.name == "About us")

    assert shown() == "yes, said to us"
    Message.objects.filter(pk=hers.pk).update(audience="about")
    assert shown() == "yes, overheard"
    correct(hers, "about_us", "rival", by=samir)
    assert shown() == "no: about a rival"
