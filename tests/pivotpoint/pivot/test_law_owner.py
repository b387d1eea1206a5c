"""Law 3, attacked: whatever happens in whatever order, no loop is without exactly one able owner and a due date, no
hand-off is lost or doubled, and the ledger balances."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pivotpoint.accounts.leave import hand_over, leave
from pivotpoint.accounts.models import User
from pivotpoint.channels.models import Message
from pivotpoint.collaboration.models import Task
from pivotpoint.enterprise.connectors import Sent, TransientError
from pivotpoint.enterprise.connectors.tasks import connector as tasks
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.insights.models import Insight, Theme
from pivotpoint.journal import record as journal
from pivotpoint.lib import clock
from pivotpoint.metrics.ledger import ledger
from pivotpoint.pivot import absences, attach, edit, follow, gate, loops, rotas, standing, versions
from pivotpoint.pivot.answers import answer
from pivotpoint.pivot.decide import decide_all
from pivotpoint.pivot.escalate import escalate
from pivotpoint.pivot.loop_version import move_loops
from pivotpoint.pivot.models import (
    CLOSED,
    Attachment,
    Handoff,
    Loop,
    Passage,
    Pivot,
    PivotVersion,
    StandingAnswer,
)
from pivotpoint.pivot.owners import able
from pivotpoint.pivot.refused import Refused
from tests.conftest import NOW
from tests.pivotpoint.pivot.any_rule import a_rule
from tests.switchyard import back, make_pivot

PICK = st.integers(0, 1_000)


class Switchyard(RuleBasedStateMachine):
    """Each example lives in a savepoint that is rolled back; the clock only moves when a rule moves it."""

    def __init__(self) -> None:
        super().__init__()
        self.time, self.numbers = NOW, count(1)
        self.sent: list[str] = []
        self.there: set[str] = set()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        with clock.at(self.time):
            self.the_ledger_is_counted()
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        # The next example begins in a clean transaction of the test.
        transaction.set_rollback(False)

    @initialize()
    def two_loops_are_open(self) -> None:
        for pivot in Pivot.objects.order_by("pk"):
            self.somebody_speaks(people=3, severe=True)
            self.act(loops.open_loop, Insight.objects.latest("pk"), pivot, by=None)

    def owner_or_anybody(self, users: Any, pick: int) -> Any:
        """Half of the time the owner of an open loop: that is where it hurts."""
        loop = self.one(Loop.objects.open(), pick)
        return users.filter(pk=loop.owner_id).first() if loop and pick % 2 else self.one(users, pick)

    def act(self, verb: Any, *args: Any, **kwargs: Any) -> None:
        """What a person may try; being refused in a sentence is a fine answer."""
        with clock.at(self.time):
            try:
                with transaction.atomic():
                    verb(*args, **kwargs)
            except (Refused, ValidationError) as refusal:
                assert " ".join(refusal.messages).endswith(".")
            self.time += timedelta(minutes=1)

    def one(self, rows: Any, pick: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[pick % len(found)] if found else None

    @rule(people=st.integers(1, 4), severe=st.booleans())
    def somebody_speaks(self, people: int, severe: bool) -> None:
        with clock.at(self.time):
            rung = "trend" if people > 2 else "voice"
            theme = Theme.objects.create(
                id=next(self.numbers), title="It is late", people=people, messages=people, rung=rung
            )
            Insight.objects.create(theme=theme, severity="high" if severe else "low")
            back(theme, people)

    @rule()
    def sweep(self) -> None:
        self.act(decide_all)

    @rule(pick=PICK, passes=st.booleans())
    def stands_at_the_gate(self, pick: int, passes: bool) -> None:
        passage = self.one(Passage.objects, pick)
        if passage and passes:
            self.act(gate.let_pass, passage, by=None)
        elif passage:
            self.act(gate.hold, passage, "Known already.", by=None)

    @rule(pick=PICK, where=PICK)
    def somebody_hands_over(self, pick: int, where: int) -> None:
        insight = self.one(Insight.objects, pick)
        if insight:
            self.act(loops.open_loop, insight, self.one(Pivot.objects, where), by=None)

    @rule(pick=PICK, step=st.sampled_from(["accept", "start", "deliver", "told", "confirmed"]))
    def goes_forward(self, pick: int, step: str) -> None:
        loop = self.one(Loop.objects, pick)
        if loop:
            self.act(getattr(loops, step), loop, by=None)

    @rule(pick=PICK, verb=st.sampled_from([loops.decline, loops.reopen]))
    def goes_back(self, pick: int, verb: Any) -> None:
        loop = self.one(Loop.objects, pick)
        if loop:
            self.act(verb, loop, "There is a reason.", by=None)

    @rule(pick=PICK, whom=PICK)
    def is_given_to(self, pick: int, whom: int) -> None:
        loop = self.one(Loop.objects, pick)
        if loop:
            self.act(loops.reassign, loop, self.one(User.objects.get_queryset(), whom), by=None)

    @rule(pick=PICK, outcome=st.sampled_from(["accepted", "changing", "delivered", "declined"]))
    def destination_answers(self, pick: int, outcome: str) -> None:
        handoff = self.one(Handoff.objects, pick)
        if handoff:
            self.act(answer, handoff, outcome, note="So it is.", key=str(pick % 3), actor_name="ERP")

    @rule(pick=PICK, seed=st.integers(0, 2**16))
    def rules_are_edited(self, pick: int, seed: int) -> None:
        """Other conditions, groups, more rules or none; also rules that ask what became of it before."""
        pivot, dice = self.one(Pivot.objects, pick), Random(seed)
        self.act(edit.save, {}, by=None, pivot=pivot, rules=[a_rule(dice) for _ in range(dice.randint(0, 3))])
        self.act(decide_all)

    @rule(pick=PICK, number=PICK)
    def a_version_comes_back(self, pick: int, number: int) -> None:
        version = self.one(PivotVersion.objects.filter(pivot=self.one(Pivot.objects, pick)), number)
        if version:
            self.act(versions.go_back, version, by=None, seen=bool(number % 2))
            self.act(decide_all)

    @rule(pick=PICK)
    def open_loops_are_moved_to_the_present_version(self, pick: int) -> None:
        self.act(move_loops, versions.current(self.one(Pivot.objects, pick)), by=None)

    @rule(pick=PICK, due=st.integers(0, 400))
    def a_playbook_is_written(self, pick: int, due: int) -> None:
        steps = [{"text": "Look into it", "who": ("owner", "lead")[due % 2], "due_hours": due}]
        self.act(edit.set_playbook, self.one(Pivot.objects, pick), steps, by=None)

    @rule(pick=PICK, where=PICK)
    def an_insight_goes_along(self, pick: int, where: int) -> None:
        insight, loop = self.one(Insight.objects, pick), self.one(Loop.objects, where)
        if insight and loop:
            self.act(attach.attach, insight, loop, by=None)

    @rule(pick=PICK)
    def it_goes_along_no_more(self, pick: int) -> None:
        row = self.one(Attachment.objects, pick)
        if row:
            self.act(attach.detach, row, by=None)
            self.act(decide_all)

    @rule(pick=PICK, who=PICK, seed=st.integers(0, 2**16))
    def the_front_line_may(self, pick: int, who: int, seed: int) -> None:
        drawn = a_rule(Random(seed))
        said = {"name": "At once", "may": "Pay it.", "template": "Paid.", "match": drawn["match"]}
        said |= {"conditions": drawn["conditions"], "owner": self.one(User.objects.get_queryset(), who)}
        self.act(standing.make, self.one(Pivot.objects, pick), said, by=None)
        self.act(standing.settle)

    @rule(pick=PICK)
    def the_front_line_may_no_more(self, pick: int) -> None:
        one = self.one(StandingAnswer.objects, pick)
        if one:
            self.act(standing.end, one, "It did not work.", by=None)

    @rule()
    def the_worker_dies_and_another_goes_on(self) -> None:
        """What was done is undone, what was recorded is dispatched later, once more."""
        with suppress(KeyboardInterrupt), clock.at(self.time), transaction.atomic():
            decide_all()
            raise KeyboardInterrupt
        self.act(journal.sweep)

    @rule(pick=PICK, gate=st.sampled_from(["open", "checked", "closed"]))
    def a_gate_is_set(self, pick: int, gate: str) -> None:
        self.act(edit.set_gate, self.one(Pivot.objects, pick), gate, by=None)

    @rule()
    def the_order_is_changed(self) -> None:
        self.act(edit.order, list(Pivot.objects.order_by("-position", "-pk")), by=None)

    @rule(outcomes=st.lists(st.sampled_from(["yes", "no", "hangs up"]), min_size=1, max_size=6))
    def hand_offs_go_out(self, outcomes: list[str]) -> None:
        """Some arrive, some are tried again, some arrive and nobody hears of it: the next time is the same key."""
        self.outcomes = outcomes
        with patch.object(tasks, "deliver", self.other_side):
            self.act(deliver)

    def other_side(self, handoff: Any, destination: Any) -> Sent:
        outcome = self.outcomes[len(self.sent) % len(self.outcomes)]
        self.sent.append(handoff.key)
        if outcome != "no":
            self.there.add(handoff.key)
        if outcome == "yes":
            return Sent()
        raise TransientError("The other side is tired.")

    @rule(who=PICK, to=PICK)
    def somebody_leaves(self, who: int, to: int) -> None:
        user = self.owner_or_anybody(User.objects.active(), who)
        self.act(leave, user, self.one(User.objects.active(), to), by=None)
        self.act(journal.sweep)

    @rule(who=PICK, role=st.sampled_from(["owner", "expert", "viewer", "lead"]))
    def somebody_gets_another_role(self, who: int, role: str) -> None:
        user = self.owner_or_anybody(User.objects.active().exclude(role="administrator"), who)
        if user:
            User.objects.get_queryset().filter(pk=user.pk).update(role=role)
            self.act(journal.record, "accounts.user_changed", user)
            self.act(journal.sweep)

    @rule(who=PICK, deputy=PICK, days=st.integers(0, 20))
    def somebody_is_away(self, who: int, deputy: int, days: int) -> None:
        user = self.owner_or_anybody(User.objects.active(), who)
        today = self.time.date()
        other = self.one(User.objects.get_queryset(), deputy)
        self.act(absences.note, user, today, today + timedelta(days=days), other, by=None)

    @rule(where=PICK, first=PICK, others=st.lists(PICK, max_size=2))
    def a_rota_is_made(self, where: int, first: int, others: list[int]) -> None:
        pivot = self.one(Pivot.objects, where)
        people = {pick: self.one(User.objects.get_queryset(), pick) for pick in (first, *others)}
        self.act(rotas.save, pivot, list(people.values()), by=None)
        self.act(edit.save, {"owned_by": "rota"}, by=None, pivot=pivot)

    @rule(who=PICK, to=PICK)
    def somebody_hands_over_all(self, who: int, to: int) -> None:
        user = self.owner_or_anybody(User.objects.active(), who)
        self.act(hand_over, user, self.one(User.objects.get_queryset(), to), by=None)
        self.act(journal.sweep)

    @rule(where=PICK, to=st.sampled_from(["lead", "owner", "next", "administrator"]), gives=st.booleans())
    def a_path_is_changed(self, where: int, to: str, gives: bool) -> None:
        steps = [{"after_hours": 0, "to": to, "gives": gives}] * (1 + where % 3)
        self.act(edit.set_escalation, self.one(Pivot.objects, where), steps, by=None)

    @rule(hours=st.integers(1, 400))
    def time_passes(self, hours: int) -> None:
        self.time += timedelta(hours=hours)
        self.act(escalate)

    @rule(gone=PICK, into=PICK)
    def themes_are_merged(self, gone: int, into: int) -> None:
        live = Theme.objects.filter(merged_into=None)
        one, other = self.one(live, gone), self.one(live, into)
        if one and one != other:
            Theme.objects.filter(pk=one.pk).update(merged_into=other)
            self.act(follow.follow_merged)

    @rule(pick=PICK)
    def a_merge_is_undone(self, pick: int) -> None:
        theme = self.one(Theme.objects.exclude(merged_into=None), pick)
        if theme:
            Theme.objects.filter(pk=theme.pk).update(merged_into=None)
            self.act(follow.come_back)

    @invariant()
    def every_open_loop_has_one_able_owner_and_a_due_date(self) -> None:
        for loop in Loop.objects.open().select_related("owner", "insight__theme"):
            assert able(loop.owner), f"{loop.owner} cannot act"
            assert loop.due_at is not None
            assert loop.insight.theme.merged_into_id is None
        for passage in Passage.objects.waiting().select_related("owner"):
            assert able(passage.owner)
        for pivot in Pivot.objects.select_related("owner"):
            assert able(pivot.owner), f"{pivot.owner} cannot answer for {pivot}"

    @invariant()
    def the_last_row_tells_where_a_loop_is(self) -> None:
        for loop in Loop.objects.prefetch_related("moves"):
            last = list(loop.moves.all())[-1]
            assert (last.stage, last.owner_id) == (loop.stage, loop.owner_id)
            assert loop.closed_at is None or loop.stage in CLOSED

    @invariant()
    def an_insight_is_open_once_at_a_pivot(self) -> None:
        twice = Loop.objects.open().values("insight", "pivot").annotate(n=Count("pk")).filter(n__gt=1)
        assert not twice

    @invariant()
    def no_hand_off_is_lost_or_doubled(self) -> None:
        for loop in Loop.objects.prefetch_related("handoffs"):
            keys = [handoff.key for handoff in loop.handoffs.all()]
            assert len(keys) == len(set(keys)) == 1 + loop.times_reopened

    @invariant()
    def what_was_sent_is_there_and_what_is_there_was_handed_over(self) -> None:
        known = set(Handoff.objects.values_list("key", flat=True))
        assert self.there <= known
        arrived = Handoff.objects.filter(state__in=[Handoff.State.SENT]).values_list("key", flat=True)
        assert set(arrived) <= self.there

    @invariant()
    def what_the_front_line_may_and_every_step_has_somebody_too(self) -> None:
        for one in StandingAnswer.objects.live().select_related("owner"):
            assert able(one.owner), f"{one.owner} cannot answer for {one}"
        steps = Task.objects.exclude(step_key=None)
        assert all(task.due_at is not None and task.owner_id for task in steps)
        assert not steps.values("loop", "step_key").annotate(n=Count("pk")).filter(n__gt=1)

    @invariant()
    def an_insight_goes_along_with_an_open_loop_once(self) -> None:
        rows = Attachment.objects.standing().values("loop", "attached")
        assert not rows.annotate(n=Count("pk")).filter(n__gt=1)

    def the_ledger_is_counted(self) -> None:
        counted = ledger(fresh=True)
        assert counted.balances, [(line.key, line.messages) for line in counted.lines]
        assert counted.received == Message.objects.count()

    @invariant()
    def an_insight_waits_at_one_gate(self) -> None:
        waits = Passage.objects.waiting().values("insight").annotate(n=Count("pk")).filter(n__gt=1)
        assert not waits


@pytest.mark.django_db
def test_no_loop_is_ever_without_its_owner(cast: Any, teams: Any) -> None:
    make_pivot(teams["finance"], cast["ines"], gate="open")
    severe = [{"field": "severity", "op": "is", "value": "high"}]
    make_pivot(teams["supply"], cast["joris"], "Safety", conditions=severe, position=1)
    once = settings(
        max_examples=15,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # shrinking a failure costs minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Switchyard, settings=once)
