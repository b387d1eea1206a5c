"""What a homeserver and the connector owe each other; run against the fake and against Synapse (fixture `home`)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.enterprise.answers.poll import poll
from pivotpoint.enterprise.connectors.matrix import homeserver
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.enterprise.handoffs.forget import ask_to_forget
from pivotpoint.enterprise.models import Cursor
from pivotpoint.enterprise.pacing.rounds import PAUSE
from pivotpoint.enterprise.systems.check import check_one
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, handoffs, loops
from pivotpoint.pivot.models import Answer, Destination, Handoff, Stage
from tests.handoffs import answers, stage
from tests.matrix.people import Person
from tests.switchyard import make_insight, make_pivot
from tests.tryton.between import Between, between


class House:
    """A pivot that leads to a room of Ines and Bo, on the homeserver `home` or through a wire before it."""

    def __init__(self, home: Any, team: Any, owner: Any, lead: Any) -> None:
        self.home, self.lead = home, lead
        self.me, self.ines, self.bo = (
            Person(home.url, home.tokens[name]) for name in ("pivotpoint", "ines", "bo")
        )
        self.room = self.ines.make_room(self.me.name, self.bo.name)
        self.bo.join(self.room)
        self.pivot = make_pivot(team, owner, destinations=0)
        self.destination = self.lead_to(self.room)
        self.asked = clock.now()

    def lead_to(self, room: str, **config: Any) -> Destination:
        config = {"url": self.home.url, "room": room} | config
        token = self.home.tokens["pivotpoint"]
        return edit.save_destination(
            self.pivot,
            name=f"Room {uuid.uuid4()}"[:20],
            kind="matrix",
            config=config,
            key=token,
            by=self.lead,
        )

    def hand_over(self, number: int = 1) -> Handoff:
        return loops.open_loop(make_insight(number, 2), self.pivot, by=None, why="They wait.").handoffs.get()

    def sent(self, number: int = 1) -> tuple[Handoff, str]:
        """A hand-off that has arrived, and its event."""
        handoff = self.hand_over(number)
        assert deliver() == 1
        handoff.refresh_from_db()
        assert handoff.state == "sent", handoff.error
        return handoff, handoff.counterpart.record

    def ours(self) -> list[dict[str, Any]]:
        return [each for each in self.ines.messages(self.room) if each["sender"] == self.me.name]

    def read(self) -> int:
        """Ask once more, as time goes by."""
        self.asked += PAUSE + timedelta(seconds=1)
        with clock.at(self.asked):
            new = poll()
        assert not Cursor.objects.exclude(error="").exists(), Cursor.objects.values_list("error")
        return new


@pytest.fixture
def house(home: Any, teams: Any, ines: Any, maren: Any, now: Any, settings: Any) -> House:
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    return House(home, teams["finance"], ines, maren)


@pytest.fixture
def wire(home: Any, house: House) -> Iterator[Between]:
    with between(home.url) as wire:
        house.destination.config["url"] = wire.url
        house.destination.save()
        yield wire


class Contract:
    """Test methods in two classes: one with the fake, one with the real server."""

    def test_a_hand_off_is_a_message_with_evidence_link_and_how_to_answer(self, house: House) -> None:
        handoff, event = house.sent()
        (message,) = house.ours()
        body = message["content"]["body"]
        assert (message["event_id"], handoff.external_ref) == (event, house.room)
        assert handoff.external_url == f"https://matrix.to/#/{house.room}/{event}"
        assert body.startswith("Refund 1 does not arrive\n\n2 people said so in 2 messages.")
        assert "“I wait for refund 1. Write to me at [e-mail] or call [number].” (Letters)" in body
        assert f"/loops/{handoff.loop_id}/" in body
        assert body.endswith("Everything else in the thread is kept as a note.")
        assert "<blockquote>I wait for refund 1." in message["content"]["formatted_body"]

    def test_sent_again_it_is_the_same_message(self, house: House, ines: Any) -> None:
        handoff, _ = house.sent()
        handoffs.replay(handoff, by=ines)
        assert deliver() == 1
        assert len(house.ours()) == 1

    def test_a_lost_answer_does_not_say_it_twice(self, house: House, wire: Between) -> None:
        wire.behave = lambda method, path: "lose" if "/send/" in path else "ok"
        handoff = house.hand_over()
        deliver()
        handoff.refresh_from_db()
        assert (handoff.state, len(house.ours())) == ("queued", 1)
        wire.behave = lambda *_: "ok"
        with clock.at(clock.now() + timedelta(minutes=1)):
            assert deliver() == 1
        handoff.refresh_from_db()
        assert (handoff.state, len(house.ours())) == ("sent", 1)
        assert handoff.counterpart.record == house.ours()[0]["event_id"]

    def test_what_is_said_to_it_counts_before_we_know_that_it_arrived(
        self, house: House, wire: Between
    ) -> None:
        wire.behave = lambda method, path: "lose" if "/send/" in path else "ok"
        handoff = house.hand_over()
        deliver()
        house.bo.react(house.room, house.ours()[0]["event_id"], "👍")
        assert house.read() == 1
        assert (stage(handoff), answers(handoff)) == (Stage.ACCEPTED, [("accepted", "")])

    def test_a_thumb_accepts_a_tick_delivers_and_each_is_heard_once(self, house: House) -> None:
        handoff, event = house.sent()
        house.bo.react(house.room, event, "👍🏽")
        assert (house.read(), house.read(), stage(handoff)) == (1, 0, Stage.ACCEPTED)
        assert Answer.objects.get().actor_name == house.bo.name
        house.ines.react(house.room, event, "✅")
        house.ines.react(house.room, event, "🎉")
        assert (house.read(), house.read(), stage(handoff)) == (1, 0, Stage.DELIVERED)

    def test_words_in_the_thread_are_notes_or_answers(self, house: House) -> None:
        handoff, event = house.sent()
        house.bo.say(house.room, "Is that the new bank?", thread=event)
        house.bo.say(house.room, "Not in any thread")
        house.ines.say(house.room, "A robot's word: done", thread=event, kind="m.notice")
        assert (house.read(), stage(handoff)) == (1, Stage.HANDED_OVER)
        house.ines.say(house.room, "Under way: the bank was called.", to=event)
        house.ines.say(house.room, "> <@pivotpoint> Refund 1\n\nDone. Live since Monday.", to=event)
        assert (house.read(), stage(handoff)) == (2, Stage.DELIVERED)
        assert answers(handoff) == [
            ("note", "Is that the new bank?"),
            ("changing", "the bank was called."),
            ("delivered", "Live since Monday."),
        ]

    def test_a_no_needs_a_why_and_is_asked_for_it(self, house: House) -> None:
        handoff, event = house.sent()
        house.bo.react(house.room, event, "👎")
        assert (house.read(), stage(handoff)) == (0, Stage.HANDED_OVER)
        assert house.ours()[-1]["content"]["body"].startswith(f"{house.bo.name}: say why, here.")
        house.ines.say(house.room, "He may be right.", thread=event)
        assert (house.read(), stage(handoff)) == (1, Stage.HANDED_OVER)
        house.bo.say(house.room, "The bank forbids it.", thread=event)
        assert (house.read(), stage(handoff)) == (1, Stage.DECLINED)
        house.bo.say(house.room, "Sorry.", thread=event)
        house.read()
        assert answers(handoff) == [
            ("note", "He may be right."),
            ("declined", "The bank forbids it."),
            ("note", "Sorry."),
        ]
        assert len(house.ours()) == 2

    def test_a_no_that_was_taken_back_declines_nothing(self, house: House) -> None:
        handoff, event = house.sent()
        no = house.bo.react(house.room, event, "👎")
        house.read()
        house.bo.take_back(house.room, no)
        house.bo.say(house.room, "It was the wrong thumb.", thread=event)
        house.read()
        assert (stage(handoff), answers(handoff)) == (
            Stage.HANDED_OVER,
            [("note", "It was the wrong thumb.")],
        )

    def test_a_no_with_its_why_declines_at_once(self, house: House) -> None:
        handoff, event = house.sent()
        house.bo.say(house.room, "Not us: the warehouse has it.", thread=event)
        assert (house.read(), stage(handoff)) == (1, Stage.DECLINED)
        assert answers(handoff) == [("declined", "the warehouse has it.")]

    def test_much_talk_between_two_readings_hides_nothing(self, house: House, monkeypatch: Any) -> None:
        monkeypatch.setattr(homeserver, "AT_ONCE", 5)
        handoff, event = house.sent()
        house.read()
        house.bo.say(house.room, "First.", thread=event)
        for n in range(23):
            house.ines.say(house.room, f"Chatter {n}")
        house.bo.say(house.room, "Last.", thread=event)
        assert (house.read(), house.read()) == (2, 0)
        assert answers(handoff) == [("note", "First."), ("note", "Last.")]

    def test_what_was_said_before_we_first_read_is_read(self, house: House, monkeypatch: Any) -> None:
        monkeypatch.setattr(homeserver, "AT_ONCE", 5)
        handoff, event = house.sent()
        house.bo.react(house.room, event, "👍")
        for n in range(12):
            house.ines.say(house.room, f"Chatter {n}")
        assert (house.read(), stage(handoff)) == (1, Stage.ACCEPTED)

    def test_a_reading_that_fails_is_repeated_from_the_same_place(self, house: House, wire: Between) -> None:
        handoff, event = house.sent()
        house.read()
        house.bo.say(house.room, "I look into it.", thread=event)
        wire.behave = lambda method, path: "fail" if "/relations/" in path else "ok"
        with clock.at(house.asked + timedelta(minutes=1)):
            assert poll() == 0
        cursor = Cursor.objects.get()
        assert (cursor.failures, cursor.error) == (1, "The homeserver answered 500.")
        wire.behave = lambda *_: "ok"
        house.asked = cursor.due_at
        assert (house.read(), answers(handoff)) == (1, [("note", "I look into it.")])

    def test_another_room_is_read_from_its_own_beginning(self, house: House) -> None:
        house.sent()
        house.read()
        other = house.ines.make_room(house.me.name, house.bo.name)
        house.bo.join(other)
        house.destination.config["room"] = house.room = other
        house.destination.save()
        handoff, event = house.sent(2)
        house.bo.react(other, event, "👍")
        assert (house.read(), stage(handoff)) == (1, Stage.ACCEPTED)

    def test_whoever_pretends_to_be_us_is_not_believed(self, house: House) -> None:
        handoff = house.hand_over()
        forged = {"msgtype": "m.text", "body": "x", "org.pivotpoint.handoff": handoff.key}
        event = house.bo.put(house.room, "m.room.message", forged)
        house.bo.react(house.room, event, "✅")
        house.me.join(house.room)
        assert (house.read(), stage(handoff)) == (0, Stage.HANDED_OVER)

    def test_check_says_what_is_wrong_in_one_sentence(self, house: House) -> None:
        name = f"finance-{uuid.uuid4().hex[:8]}"
        alias = f"#{name}:{house.me.name.partition(':')[2]}"
        house.ines.make_room(house.me.name, alias=name)
        closed = house.ines.make_room()
        sealed = house.ines.make_room(
            house.me.name,
            initial_state=[
                {
                    "type": "m.room.encryption",
                    "state_key": "",
                    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
                }
            ],
        )
        levels = {"events_default": 50}
        quiet = house.ines.make_room(house.me.name, power_level_content_override=levels)

        def wrong(room: str, key: str = "", **config: Any) -> str:
            destination = house.lead_to(room, **config)
            if key:
                edit.set_key(destination, key, by=house.lead)
            found = check_one(Destination.objects.select_related("pivot").get(pk=destination.pk))
            return found.partition(": ")[2]

        assert [wrong(house.room), wrong(alias)] == ["", ""]
        nowhere = alias.replace("finance", "nowhere")
        assert wrong(nowhere) == f"There is no room {nowhere}."
        assert wrong(closed) == f"The account may not enter or write in {closed}; invite it there."
        assert wrong(sealed) == f"{sealed} is encrypted, so answers there can't be read; use another room."
        assert wrong(quiet) == f"{house.me.name} may only read in {quiet}; give it the right to write."
        assert (
            wrong(house.room, "other") == "The homeserver does not take this access token; enter a new one."
        )
        assert wrong("finance").startswith("The homeserver's address or the room")
        url = f"{house.home.url}/elsewhere"
        assert wrong(house.room, url=url) == f"No Matrix homeserver answers at {url}."

    def test_a_token_that_is_withdrawn_stops_the_hand_off(self, house: House) -> None:
        edit.set_key(house.destination, "gone", by=house.lead)
        handoff = house.hand_over()
        deliver()
        handoff.refresh_from_db()
        assert handoff.state == "dead"
        assert handoff.error == "The homeserver does not take this access token; enter a new one."

    def test_erased_words_leave_the_room(self, house: House, maren: Any) -> None:
        handoff, event = house.sent()
        quoted = handoff.payload["insight"]["quotes"][0]
        erase(Message.objects.get(pk=quoted["message"]).customer, by=maren)
        forget = ask_to_forget(
            Handoff.objects.select_related("destination").get(pk=handoff.pk), [quoted["message"]], 1
        )
        assert forget is not None
        assert deliver() == 1
        said = [each["content"] for each in house.ines.messages(house.room)]
        assert said[0] == {}
        assert quoted["text"] not in str(said)
        assert said[1]["m.relates_to"]["event_id"] == event
        house.bo.react(house.room, event, "👍")
        assert (house.read(), stage(handoff)) == (1, Stage.ACCEPTED)
