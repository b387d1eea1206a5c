"""Keep the rooms there the same as those here: people, loops, what is said, and the end.

The rows are the queue: what has no RoomPost yet is said; what was heard and has none is written down. After a crash the
same is done again, and each side knows it by its key.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pivotpoint.accounts.models import User
from pivotpoint.collaboration import room as talk
from pivotpoint.collaboration.models import Comment
from pivotpoint.enterprise.connectors import find
from pivotpoint.enterprise.connectors.contract import Failed, Gathers, Uttered
from pivotpoint.enterprise.models import CommunityRoom, RoomGuest, RoomPost
from pivotpoint.enterprise.pacing import rounds
from pivotpoint.enterprise.pacing.pause import paused
from pivotpoint.enterprise.rooms import people, words
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Loop, StageMove
from pivotpoint.pivot.refused import Refused

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Things said in one visit of a room; the rest comes with the next, which is due at once."""


def keep(limit: int = 20) -> int:
    """Sync the rooms that are due; returns how many messages were posted or read."""
    done = 0
    for _ in range(limit):
        room = _claim()
        if room is None:
            break
        done += _visit(room)
    return done


def _claim() -> CommunityRoom | None:
    """One worker visits one room at a time."""
    now = clock.now()
    due = CommunityRoom.objects.filter(rounds.due()).exclude(destination__in=paused())
    for pk in due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]:
        if due.filter(pk=pk).update(claimed_at=now, due_at=now + rounds.PAUSE):
            rows = CommunityRoom.objects.select_related("insight__theme", "destination")
            return rows.get(pk=pk)
    return None


def _visit(room: CommunityRoom) -> int:
    """`due_at` was moved with the claim, so that a word said meanwhile makes it due again."""
    mine = CommunityRoom.objects.filter(pk=room.pk, claimed_at=room.claimed_at)
    try:
        done = Visit(room).do()
    except Failed as error:
        _failed(room, str(error))
        return 0
    except Exception as error:  # noqa: BLE001 a connector's fault in one room does not keep us from the others
        log.exception("the room %s failed", room)
        _failed(room, repr(error)[:300])
        return 0
    mine.update(claimed_at=None, failures=0, error="")
    if done:
        mine.model.objects.filter(pk=room.pk).update(due_at=clock.now())
    return done


def _failed(room: CommunityRoom, error: str) -> None:
    mine = CommunityRoom.objects.filter(pk=room.pk, claimed_at=room.claimed_at)
    mine.update(**rounds.put_off(room.failures, error))


class Visit:
    """One visit of one room."""

    def __init__(self, room: CommunityRoom) -> None:
        connector = find(room.destination.kind)
        if not isinstance(connector, Gathers):
            raise Refused(f"{room.destination} makes no rooms.")
        self.room, self.there = room, connector
        self.ids = talk.with_merged(room.insight)
        loops = Loop.objects.filter(insight__in=self.ids).select_related("pivot", "owner")
        self.loops = list(loops.order_by("pk"))

    def do(self) -> int:
        """Listen before speaking: what an earlier visit said, and could not write down, is found."""
        self._make()
        heard = self._hear()
        self._reopen()
        self._rename()
        self._ask_in()
        said = self._say_loops() + self._say_comments()
        self._close()
        return heard + said

    def _make(self) -> None:
        if self.room.place:
            return
        made = self.there.gather(
            self.room.destination, words.name(self.room), words.title(self.room), words.about(self.room)
        )
        self.room.place, self.room.url = made.place, made.url
        self.room.save(update_fields=["place", "url"])

    def _rename(self) -> None:
        """Here it may be called otherwise since. A room that an earlier attempt made has the name of that time."""
        title = words.title(self.room)
        if self.room.called == title:
            return
        self.there.rename(self.room.destination, self.room.place, title, words.about(self.room))
        self.room.called = title
        self.room.save(update_fields=["called"])

    def _hear(self) -> int:
        found, place = self.there.overhear(self.room.destination, self.room.place, self.room.heard)
        new = sum(self._take(each) for each in found)
        CommunityRoom.objects.filter(pk=self.room.pk).update(heard=place)
        return new

    @transaction.atomic
    def _take(self, uttered: Uttered) -> int:
        """Our own is paired by its key; a colleague's becomes a comment; anybody else's stays there."""
        if self.room.posts.filter(event=uttered.event).exists():  # type: ignore[attr-defined]
            return 0
        if uttered.key:
            RoomPost.objects.get_or_create(room=self.room, key=uttered.key, defaults={"event": uttered.event})
            return 0
        author = User.objects.active().filter(room_name__name=uttered.who).select_related("team").first()
        if author is None or not people.may_talk(author, self.room.insight):
            return 0
        try:
            comment = talk.comment(self.room.insight, uttered.text[: talk.LONGEST], by=author)
        except (Refused, PermissionDenied):
            return 0
        RoomPost.objects.create(room=self.room, key=f"comment-{comment.pk}", event=uttered.event)
        return 1

    def _ask_in(self) -> None:
        """Everybody of the community; who left the house, or the community, or changed the name, leaves the room."""
        wanted = {} if self.room.closed_at else people.community(self.room, self.ids)
        there = {guest.user_id: guest for guest in self.room.guests.all()}  # type: ignore[attr-defined]
        for user, guest in there.items():
            if not self.room.closed_at and wanted.get(user) != guest.name:
                self.there.show_out(self.room.destination, self.room.place, guest.name)
                guest.delete()
        for user, name in wanted.items():
            if user not in there or there[user].name != name:
                self.there.ask_in(self.room.destination, self.room.place, name)
                RoomGuest.objects.create(room=self.room, user_id=user, name=name)

    def _say_loops(self) -> int:
        """Each loop is a message, and each of its steps a word in the thread of that."""
        said = sum(self._say(f"loop-{loop.pk}", words.loop(loop)) for loop in self.loops)
        moves = StageMove.objects.filter(loop__in=self.loops)
        known = self._known("move-")
        for move in moves.order_by("pk"):
            if f"move-{move.pk}" not in known and (move.reopened or move.stage not in words.BEGINNING):
                said += self._say(f"move-{move.pk}", words.move(move), thread=f"loop-{move.loop_id}")
        return said

    def _say_comments(self) -> int:
        """In the thread of the youngest open loop, or in the room itself while there is none."""
        known = self._known("comment-")
        ours = Comment.objects.filter(insight__in=self.ids).select_related("author").order_by("pk")
        new = [each for each in ours if f"comment-{each.pk}" not in known][:AT_ONCE]
        open_ones = [loop for loop in self.loops if loop.closed_at is None]
        thread = f"loop-{open_ones[-1].pk}" if open_ones else ""
        return sum(self._say(f"comment-{one.pk}", words.comment(one), thread=thread) for one in new)

    def _known(self, prefix: str) -> set[str]:
        rows = self.room.posts.filter(key__startswith=prefix)  # type: ignore[attr-defined]
        return set(rows.values_list("key", flat=True))

    def _say(self, key: str, text: str, *, thread: str = "") -> int:
        posts = dict(self.room.posts.filter(key__in=[key, thread]).values_list("key", "event"))  # type: ignore[attr-defined]
        if key in posts or self.room.closed_at:
            return 0
        event = self.there.say(self.room.destination, self.room.place, key, text, posts.get(thread, ""))
        RoomPost.objects.get_or_create(room=self.room, key=key, defaults={"event": event})
        return 1

    def _close(self) -> None:
        """The last loop has ended: say so, and let nobody write any more."""
        if self.room.closed_at or not self.loops or any(loop.closed_at is None for loop in self.loops):
            return
        last = max(self.loops, key=lambda loop: (loop.closed_at, loop.pk))
        self._say(f"end-{last.pk}-{last.times_reopened}", words.END)
        self.there.shut(self.room.destination, self.room.place, True)
        self._settle(clock.now())

    def _reopen(self) -> None:
        if self.room.closed_at and any(loop.closed_at is None for loop in self.loops):
            self.there.shut(self.room.destination, self.room.place, False)
            self._settle(None)

    @transaction.atomic
    def _settle(self, closed_at: datetime | None) -> None:
        self.room.closed_at = closed_at
        self.room.save(update_fields=["closed_at"])
        name = "enterprise.room_closed" if closed_at else "enterprise.room_reopened"
        record(name, self.room.insight, room=self.room.pk)
