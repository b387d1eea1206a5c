"""What the people at Larkfield do each day: answer, pass, accept, discuss, change, tell."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from pivotpoint.channels import conversations, reply
from pivotpoint.channels.models import Conversation, Direction
from pivotpoint.collaboration import room, tasks
from pivotpoint.collaboration.models import Task
from pivotpoint.desk.demo.house import House
from pivotpoint.desk.demo.matters import matters_of
from pivotpoint.desk.demo.script import DAYS, Story
from pivotpoint.experiences import changes, notices, verdicts
from pivotpoint.experiences.models import Change, Notice
from pivotpoint.lib import clock
from pivotpoint.pivot import gate, loops
from pivotpoint.pivot.models import Loop, Passage, Stage

LAST_WEEK = DAYS - 4
"""From here on some things are left undone, so that today has something to do."""
AGENTS = ("samir", "una")
EXPERTS = {
    "supply": "bo",
    "finance": "ines",
    "product": "tove",
    "marketing": "milo",
    "service": "henk",
    "sales": "greta",
}


class Staff:
    """One day after another; every choice comes from one seed."""

    def __init__(self, story: Story, house: House, random: Random) -> None:
        self.story, self.house, self.random = story, house, random
        self.talked: set[int] = set()

    def work(self, day: int) -> None:
        """One working day, in the order of the journey."""
        self.answer(day)
        self.decide_at_the_gate(day)
        self.act(day)
        self.discuss()
        self.tell(day)
        self.judge(day)

    def answer(self, day: int) -> None:
        """Agents answer what waits; in the last days they have not come to all of it."""
        share = 0.93 if day < LAST_WEEK else 0.55
        waiting = (
            Conversation.objects.open().exclude(waiting_since=None).select_related("channel", "customer")
        )
        for conversation in waiting.order_by("pk"):
            if self.random.random() > share:
                continue
            agent = self.house.users[self.random.choice(AGENTS)]
            said = conversation.messages.filter(direction=Direction.IN).order_by("-said_at").first()
            reading = getattr(said, "reading", None) if said else None
            words = self.story.book["replies"][reading.intent if reading else "other"]
            reply.reply(conversation, self.random.choice(words), by=agent)
            conversations.close(conversation, by=agent)

    def decide_at_the_gate(self, day: int) -> None:
        """Maren looks at what waited overnight; a few of the last days are still there."""
        if day >= DAYS - 2:
            return
        yesterday = clock.now() - timedelta(hours=20)
        for passage in Passage.objects.waiting().filter(at__lt=yesterday).select_related("insight", "pivot"):
            gate.let_pass(passage, by=self.house.users["maren"])

    def act(self, day: int) -> None:
        """Owners accept, start, change or decline what was handed to them."""
        going = list(Loop.objects.open().select_related("insight", "pivot__team", "owner").order_by("pk"))
        matters = matters_of({loop.insight_id for loop in going}, self.story)
        for loop in going:
            self._move(loop, matters.get(loop.insight_id, ""), day)

    def _move(self, loop: Loop, matter: str, day: int) -> None:
        issue = self.story.book["issue"].get(matter, {})
        waited = clock.now() - loop.moves.latest("pk").at
        by = loop.owner
        if loop.stage == Stage.HANDED_OVER and waited > timedelta(days=1) and day < DAYS - 3:
            if self.random.random() < 0.6:
                loops.accept(loop, by=by, reason="Ours; we look into it.")
        elif issue.get("decline", DAYS) <= day and loop.stage in (Stage.ACCEPTED, Stage.CHANGING):
            loops.decline(loop, self.story.book["declined"][matter]["reason"], by=by)
        elif loop.stage == Stage.ACCEPTED and waited > timedelta(days=1):
            loops.start(loop, by=by, reason="The cause is known; the change is being made.")
        elif loop.stage == Stage.CHANGING and issue.get("change", DAYS) <= day:
            self._change(loop, matter, issue["change"])

    def _change(self, loop: Loop, matter: str, live: int) -> None:
        """The same change settles every loop about the matter; it is recorded once."""
        words = self.story.book["done"][matter]
        for task in Task.objects.open().filter(loop=loop):
            tasks.finish(task, by=task.owner, note=words["title"])
        loop.refresh_from_db()
        if loop.closed_at is None and not Change.objects.filter(title=words["title"], loops=loop).exists():
            since = self.story.day(live).date()
            changes.record(**words, live_since=min(since, clock.today()), loops=[loop], by=loop.owner)

    def discuss(self) -> None:
        """Whoever knows something says so in the room of a new loop, and somebody decides."""
        for loop in Loop.objects.open().filter(stage=Stage.ACCEPTED).select_related("insight", "team"):
            if loop.insight_id in self.talked:
                continue
            self.talked.add(loop.insight_id)
            key = loop.team.key
            words = self.story.book["comments"].get(key)
            if words:
                room.comment(loop.insight, self.random.choice(words), by=self.house.users[EXPERTS[key]])
                room.decide(loop.insight, "We repair the cause, not each case.", by=loop.owner)

    def tell(self, day: int) -> None:
        """Maren approves the notices that were drafted, but for those of the last days."""
        if day < DAYS - 2:
            drafts = Notice.objects.filter(state=Notice.State.DRAFT)
            notices.approve(drafts, by=self.house.users["maren"])

    def judge(self, day: int) -> None:
        """About half of those who were told say whether it helped, as the planted effect has it."""
        told = Notice.objects.filter(state=Notice.State.TOLD, verdicts=None).exclude(change=None)
        since = clock.now() - timedelta(days=6)
        rows = list(told.filter(told_at__gte=since).select_related("change", "customer").order_by("pk"))
        effects = {
            d["title"]: self.story.book["issue"][key]["effect"] for key, d in self.story.book["done"].items()
        }
        for notice in rows:
            if self.random.random() < 0.12:
                helped = self.random.random() < effects[str(notice.change)]
                verdicts.give(notice, "helped" if helped else self.random.choice(["partly", "not"]))
