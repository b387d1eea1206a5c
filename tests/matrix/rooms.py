"""A community's room on a homeserver: run against the fake and against Synapse (fixture `home`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from pivotpoint.collaboration import room as talk
from pivotpoint.collaboration import tasks
from pivotpoint.collaboration.models import Comment
from pivotpoint.enterprise.models import CommunityRoom, RoomPost
from pivotpoint.enterprise.rooms.keep import keep
from pivotpoint.enterprise.rooms.names import set_name
from pivotpoint.enterprise.rooms.open import open_room
from pivotpoint.insights.decisions.edit import rename
from pivotpoint.insights.models import Insight
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop
from pivotpoint.pivot.refused import Refused
from tests.matrix.contract import House
from tests.switchyard import make_insight
from tests.tryton.between import Between


class Gathering:
    """An insight with a room there; Ines (owner) and Bo (expert) have said their Matrix ids."""

    def __init__(self, house: House, ines: Any, bo: Any) -> None:
        self.house, self.ines, self.bo = house, ines, bo
        set_name(ines, house.ines.name)
        set_name(bo, house.bo.name)
        self.insight: Insight = make_insight(71, 3)
        self.later = clock.now()

    def open(self) -> CommunityRoom:
        room = open_room(self.insight, self.house.destination, by=self.ines)
        self.keep()
        room.refresh_from_db()
        assert room.error == ""
        return room

    def keep(self) -> int:
        """The next visit, as time goes by."""
        self.later += timedelta(minutes=20)
        with clock.at(self.later):
            return keep()

    def said(self, room: CommunityRoom, person: Any = None) -> list[tuple[str, str]]:
        """What a person sees there: who, what."""
        seen = (person or self.house.ines).messages(room.place)
        return [(each["sender"], each["content"]["body"]) for each in seen]

    def comments(self) -> list[tuple[str, str]]:
        return [(str(each.author), each.text) for each in Comment.objects.order_by("pk")]


@pytest.fixture
def gathering(house: House, ines: Any, bo: Any) -> Gathering:
    return Gathering(house, ines, bo)


class Rooms:
    """Test methods in two classes: one with the fake, one with the real server."""

    def test_the_people_around_an_insight_are_asked_in_by_their_ids(self, gathering: Gathering) -> None:
        room = gathering.open()
        gathering.house.ines.join(room.place)
        with pytest.raises(AssertionError):
            gathering.house.bo.join(room.place)
        talk.invite(gathering.insight, gathering.bo, "He knows the bank.", by=gathering.ines)
        gathering.keep()
        gathering.house.bo.join(room.place)
        assert room.url.startswith("https://matrix.to/#/#pivotpoint-71-")

    def test_asked_for_twice_it_is_one_room_also_when_the_answer_was_lost(
        self, gathering: Gathering, house: House, wire: Between
    ) -> None:
        house.destination.refresh_from_db()
        wire.behave = lambda method, path: "lose" if path.endswith("/createRoom") else "ok"
        first = open_room(gathering.insight, house.destination, by=gathering.ines)
        assert gathering.keep() == 0
        first.refresh_from_db()
        assert (first.place, first.failures) == ("", 1)
        wire.behave = lambda *_: "ok"
        assert gathering.open() == first
        first.refresh_from_db()
        house.ines.join(first.place)
        assert wire.did["lose"] == 1

    def test_what_is_said_goes_both_ways_once(self, gathering: Gathering) -> None:
        room, house = gathering.open(), gathering.house
        house.ines.join(room.place)
        talk.comment(gathering.insight, "Who knows the bank?", by=gathering.bo)
        gathering.keep()
        house.bo.join(room.place)
        house.bo.say(room.place, "I do. It was changed in May.")
        gathering.keep()
        gathering.keep()
        assert gathering.comments() == [
            ("Bo Aramis", "Who knows the bank?"),
            ("Bo Aramis", "I do. It was changed in May."),
        ]
        assert gathering.said(room) == [
            (house.me.name, "Bo Aramis: Who knows the bank?"),
            (house.bo.name, "I do. It was changed in May."),
        ]

    def test_a_loop_is_a_thread_and_its_steps_are_said_in_it(self, gathering: Gathering) -> None:
        room, house = gathering.open(), gathering.house
        house.ines.join(room.place)
        loop = loops.open_loop(gathering.insight, house.pivot, by=None)
        loops.accept(loop, by=gathering.ines, reason="It is ours.")
        talk.comment(gathering.insight, "Who calls the bank?", by=gathering.ines)
        gathering.keep()
        root, *thread = house.ines.messages(room.place)
        assert root["content"]["body"].startswith(f"Loop {loop.pk} through Refunds. Ines Halloran answers")
        assert [each["content"]["body"] for each in thread] == [
            "Accepted: It is ours.",
            "Ines Halloran: Who calls the bank?",
        ]
        assert {each["content"]["m.relates_to"]["event_id"] for each in thread} == {root["event_id"]}
        house.ines.say(room.place, "I call them.", thread=root["event_id"])
        gathering.keep()
        assert gathering.comments()[-1] == ("Ines Halloran", "I call them.")

    def test_it_closes_with_the_last_loop_and_opens_again_with_it(self, gathering: Gathering) -> None:
        room, house = gathering.open(), gathering.house
        house.ines.join(room.place)
        loop = loops.open_loop(gathering.insight, house.pivot, by=None)
        gathering.keep()
        loops.decline(loop, "The bank forbids it.", by=gathering.ines)
        loops.told(loop, by=gathering.ines)
        gathering.keep()
        room.refresh_from_db()
        assert room.closed_at is not None
        assert gathering.said(room)[-1][1].startswith("Every loop of this insight has ended.")
        with pytest.raises(AssertionError, match="M_FORBIDDEN"):
            house.ines.say(room.place, "One more thing.")
        talk.comment(gathering.insight, "Kept here only, for now.", by=gathering.ines)
        gathering.keep()
        loops.reopen(Loop.objects.get(pk=loop.pk), "The law has changed.", by=gathering.ines)
        gathering.keep()
        house.ines.say(room.place, "Good.")
        gathering.keep()
        said = [text for _, text in gathering.said(room)]
        assert "Handed over: The law has changed." in said
        assert "Ines Halloran: Kept here only, for now." in said
        assert gathering.comments()[-1] == ("Ines Halloran", "Good.")

    def test_a_lost_answer_and_a_killed_worker_say_nothing_twice(
        self, gathering: Gathering, house: House, wire: Between
    ) -> None:
        house.destination.refresh_from_db()
        room = gathering.open()
        house.ines.join(room.place)
        talk.comment(gathering.insight, "Who knows the bank?", by=gathering.ines)
        wire.behave = lambda method, path: "lose" if "/send/" in path else "ok"
        assert gathering.keep() == 0
        wire.behave = lambda *_: "ok"
        gathering.keep()
        house.ines.say(room.place, "Bo does.")
        gathering.keep()
        # The worker was killed after the comment was written and before the place was.
        CommunityRoom.objects.update(heard="")
        gathering.keep()
        assert [text for _, text in gathering.said(room)] == [
            "Ines Halloran: Who knows the bank?",
            "Bo does.",
        ]
        assert len(gathering.comments()) == 2
        assert RoomPost.objects.count() == 2

    def test_whoever_leaves_the_house_leaves_the_room(self, gathering: Gathering, bo: Any) -> None:
        room, house = gathering.open(), gathering.house
        talk.comment(gathering.insight, "I know it.", by=bo)
        gathering.keep()
        house.bo.join(room.place)
        type(bo).objects.filter(pk=bo.pk).update(left_at=clock.now())
        gathering.keep()
        with pytest.raises(AssertionError, match="M_FORBIDDEN"):
            house.bo.say(room.place, "Am I still here?")
        house.ines.join(room.place)
        assert room.guests.count() == 1  # type: ignore[attr-defined]

    def test_it_is_called_what_the_insight_is_called(self, gathering: Gathering, maren: Any) -> None:
        room = gathering.open()
        gathering.house.ines.join(room.place)

        def shown(kind: str) -> dict[str, Any]:
            path = f"v3/rooms/{quote(room.place, safe='')}/state/{kind}"
            return gathering.house.ines.call("GET", path)

        rename(gathering.insight.theme, "The bank takes it twice", by=maren)
        gathering.keep()
        assert shown("m.room.name") == {"name": "The bank takes it twice"}
        assert "3 people said so" in shown("m.room.topic")["topic"]
        loop = loops.open_loop(gathering.insight, gathering.house.pivot, by=None)
        loops.decline(loop, "The bank forbids it.", by=gathering.ines)
        loops.told(loop, by=gathering.ines)
        gathering.keep()
        rename(gathering.insight.theme, "Taken twice", by=maren)
        gathering.keep()
        assert shown("m.room.name") == {"name": "Taken twice"}  # also when nobody writes there any more
        room.refresh_from_db()
        assert room.closed_at is not None
        assert (room.error, room.called) == ("", "Taken twice")

    def test_whoever_is_in_the_community_no_more_leaves_and_who_comes_is_asked_in(
        self, gathering: Gathering
    ) -> None:
        room = gathering.open()
        due = clock.now() + timedelta(days=2)
        task = tasks.add(gathering.insight, "Ask the bank", gathering.bo, due, by=gathering.ines)
        gathering.keep()
        gathering.house.bo.join(room.place)
        tasks.hand_to(task, gathering.ines, by=gathering.ines)
        gathering.keep()
        with pytest.raises(AssertionError, match="403"):
            gathering.house.bo.say(room.place, "Am I still in?")
        talk.invite(gathering.insight, gathering.bo, "He knows it after all.", by=gathering.ines)
        gathering.keep()
        gathering.house.bo.join(room.place)
        gathering.house.bo.say(room.place, "Here again.")
        gathering.keep()
        assert gathering.comments() == [(str(gathering.bo), "Here again.")]

    def test_an_id_belongs_to_one_person(self, gathering: Gathering, maren: Any) -> None:
        with pytest.raises(Refused, match="is somebody else's here"):
            set_name(maren, gathering.house.bo.name)
        with pytest.raises(Refused, match="@name:server"):
            set_name(maren, "maren")
