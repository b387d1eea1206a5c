"""Law 2: the ledger balances after every step of whatever people and workers do, in any order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pivotpoint.channels import conversations, inbox, reply
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.models import Conversation, Message
from pivotpoint.channels.sending import send_due
from pivotpoint.customers.erase import erase
from pivotpoint.customers.merge import merge, unmerge
from pivotpoint.customers.models import Customer, Merge
from pivotpoint.experiences import changes, joined, tell, verdicts
from pivotpoint.experiences.models import Notice
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.gathering.consolidate import consolidate
from pivotpoint.insights.gathering.gather import gather
from pivotpoint.insights.models import Insight, Theme
from pivotpoint.journal import record as journal
from pivotpoint.lib import clock
from pivotpoint.listening.correcting import correct
from pivotpoint.listening.models import Reading
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.metrics.ledger import ledger
from pivotpoint.pivot import edit as edit_pivot
from pivotpoint.pivot import loops
from pivotpoint.pivot.answers import answer
from pivotpoint.pivot.decide import decide_all
from pivotpoint.pivot.models import Destination, Handoff, Loop, Pivot
from tests.pivotpoint.metrics.reference import by_hand
from tests.pivotpoint.pivot.any_rule import a_rule

pytestmark = pytest.mark.django_db

TEXTS = [
    "I was charged twice for the same order on my card.",
    "You charged my card twice for one order.",
    "My parcel has not arrived and it was due last week.",
    "Where is my parcel? It was supposed to be delivered last week.",
    "I want a refund, the lamp arrived broken.",
    "I want a refund for the broken lamp.",
    "Win a free phone now, click http://spam.example",
    "ok thanks",
    "",
    "x" * 200_000,
]
COMPLAINTS = 6
"""So many of them, from the first, can become an insight."""


class World:
    """What may happen, in small. `pick` chooses among what there is; the same numbers make the same history."""

    def __init__(self, channel: Any, pivot: Any, lead: Any) -> None:
        self.channel, self.pivot, self.lead, self.number = channel, pivot, lead, 0
        self.random = Random(0)

    def pick(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return self.random.choice(found) if found else None

    def receive(self, live: bool = True) -> None:
        people = ["hanne", "tomek", "oona", "lasse", ""]
        inbounds = []
        for _ in range(6):
            self.number += 1
            who = self.random.choice(people)
            # Sometimes a name that has been used already: the same message again.
            name = f"m{self.random.randint(max(1, self.number - 5), self.number)}"
            email = f"{who}@home.example" if who else ""
            text = self.random.choice(self.random.choice([TEXTS, TEXTS[:COMPLAINTS]]))
            inbounds.append(Inbound(name, text, email=email, may_tell=True))
        inbox.receive(self.channel, inbounds, live=live)

    def imported(self) -> None:
        self.receive(live=False)

    def read(self) -> None:
        read_unread(limit=self.random.choice([1, 100, 100]))

    def gather(self) -> None:
        gather(limit=self.random.choice([1, 100, 100]))

    def consolidate(self) -> None:
        consolidate()

    def about_us(self) -> None:
        reading = self.pick(Reading.objects)
        if reading:
            value = "no" if reading.about_us else "yes"
            correct.correct(reading.message, "about_us", value, by=self.lead)

    def hand_over(self) -> None:
        insight = self.pick(Insight.objects.live())
        if insight:
            loops.open_loop(insight, self.pivot, by=self.lead)

    def edit_rules(self) -> None:
        """Other rules, and what they catch goes through the open gate at once."""
        rules = [a_rule(self.random) for _ in range(self.random.randint(0, 3))]
        edit_pivot.save({}, by=self.lead, pivot=self.pivot, rules=rules)
        decide_all()

    def answer_loop(self) -> None:
        """The other side answers, sometimes the same thing twice."""
        handoff = self.pick(Handoff.objects)
        if handoff:
            outcome = self.random.choice(["accepted", "changing", "delivered", "declined"])
            for _ in range(self.random.randint(1, 2)):
                answer(handoff, outcome, note="So it is.", key=f"{handoff.pk} {outcome}", actor_name="ERP")

    def decline(self) -> None:
        loop = self.pick(Loop.objects.filter(stage="handed_over", closed_at=None))
        if loop:
            loops.decline(loop, "Not now.", by=self.lead)

    def change(self) -> None:
        loop = self.pick(Loop.objects.filter(stage="handed_over", closed_at=None))
        if loop:
            today = clock.today()
            changes.record(title="One", what="Done.", live_since=today, loops=[loop], by=self.lead)

    def tell(self) -> None:
        for step in (joined.draft_for_joiners, tell.send, send_due, tell.take_outcomes, tell.finish):
            step()

    def verdict(self) -> None:
        said = self.random.choice(["helped", "helped", "not"])
        for notice in (
            Notice.objects.filter(state="told").exclude(change=None).select_related("loop", "change")
        ):
            if verdicts.may_judge(notice):
                verdicts.give(notice, said)

    def merge_people(self) -> None:
        people = Customer.objects.people()
        one, other = self.pick(people), self.pick(people)
        if one and one != other:
            merge(one, other, by=self.lead)

    def unmerge_people(self) -> None:
        row = self.pick(Merge.objects.filter(undone_at=None))
        if row:
            unmerge(row, by=self.lead)

    def erase(self) -> None:
        person = self.pick(Customer.objects.people())
        if person and self.random.random() < 0.3:
            erase(person, by=None)

    def merge_themes(self) -> None:
        one, other = self.pick(Theme.objects.live()), self.pick(Theme.objects.live())
        if one and one != other:
            edit.merge(one, other, by=self.lead)

    def split_theme(self) -> None:
        theme = self.pick(Theme.objects.live().filter(messages__gt=1))
        if theme:
            message = self.pick(Message.objects.filter(membership__cluster__theme=theme))
            edit.split(theme, [message.pk], "Another matter", by=self.lead)

    def answer(self) -> None:
        conversation = self.pick(Conversation.objects.open())
        if conversation:
            reply.reply(conversation, "We are looking into it.", by=self.lead)

    def close(self) -> None:
        conversation = self.pick(Conversation.objects.open())
        if conversation:
            conversations.close(conversation, by=self.lead)

    def dispatch(self) -> None:
        journal.sweep()


Step = Callable[[World], None]
STEPS: list[Step] = [
    World.receive, World.imported, World.read, World.gather, World.consolidate, World.about_us,
    World.hand_over, World.decline, World.change, World.tell, World.verdict, World.merge_people,
    World.unmerge_people, World.erase, World.merge_themes, World.split_theme, World.answer, World.close,
    World.dispatch, World.edit_rules, World.answer_loop,
]  # fmt: skip
HEARD: list[Step] = [World.receive, World.imported, World.read, World.read, World.gather, World.consolidate]
CHANGED: list[Step] = [World.hand_over, World.change, World.tell, World.verdict, World.dispatch]
RULED: list[Step] = [World.edit_rules, World.answer_loop, World.tell, World.dispatch]
REFUSED: list[Step] = [World.hand_over, World.decline, World.dispatch, World.tell]
STORIES = [*([step] for step in STEPS), HEARD, CHANGED, CHANGED, REFUSED, REFUSED, RULED]
"""Single steps in any order, and among them whole ways: by chance alone no loop would ever close."""


@pytest.fixture
def world(form: Any, teams: Any, ines: Any, maren: Any, settings: Any, tmp_path: Path) -> World:
    settings.DATA_FOLDER = tmp_path
    form.notices = "free"
    form.save()
    pivot = Pivot.objects.create(name="All → Finance", team=teams["finance"], owner=ines, gate="open")
    Destination.objects.create(pivot=pivot, name="Tasks", kind="tasks")
    return World(form, pivot, maren)


@given(seed=st.integers(0, 2**32), stories=st.lists(st.sampled_from(STORIES), min_size=4, max_size=12))
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(seed=1, stories=[HEARD, CHANGED, [World.merge_themes], REFUSED, [World.merge_people], [World.erase]])
@example(seed=3, stories=[HEARD, RULED, [World.edit_rules], RULED, [World.merge_themes], [World.erase]])
@example(seed=2, stories=[HEARD, REFUSED, [World.about_us], CHANGED, [World.split_theme], [World.answer]])
def test_the_ledger_balances_after_every_step(world: World, seed: int, stories: list[list[Step]]) -> None:
    with transaction.atomic():
        world.random, world.number = Random(seed), 0
        for step in [*HEARD, *(step for story in stories for step in story)]:
            _do(world, step)
            _check(step.__name__)
        transaction.set_rollback(True)


def _do(world: World, step: Step) -> None:
    """What the product refuses in a sentence has changed nothing."""
    try:
        with transaction.atomic():
            step(world)
    except ValidationError:
        pass


def _check(step: str) -> None:
    counted, hand = ledger(fresh=True), by_hand()
    lines = {line.key: line.messages for line in counted.lines if line.messages}
    assert lines == hand, f"after {step}"
    assert counted.received == Message.objects.heard().count(), f"after {step}"
    assert counted.balances, f"after {step}"
