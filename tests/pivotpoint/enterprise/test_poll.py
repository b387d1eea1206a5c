"""Asking never skips, never answers twice, and survives whoever fails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.enterprise.answers import poll
from pivotpoint.enterprise.connectors import Heard, Sent, TransientError, find
from pivotpoint.enterprise.models import Counterpart, Cursor
from pivotpoint.enterprise.pacing.rounds import LEASE, LONGEST, PAUSE
from pivotpoint.insights.models import Insight, Theme
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Answer, Destination, Handoff, Loop, Stage
from tests.switchyard import make_pivot

pytestmark = pytest.mark.usefixtures("now", "maren")


class Ledger:
    """A connector whose other side is a dict: what it says of each hand-off's key."""

    LABEL, CONFIG, SIGNED, KEY, FORGETS = "Ledger", {"book": "Book"}, False, "", False

    def __init__(self) -> None:
        self.says: dict[str, str] = {}
        self.asked: list[str] = []
        self.down = False

    def check(self, destination: Destination) -> None:
        pass

    def deliver(self, handoff: Handoff, destination: Destination) -> Sent:
        return Sent(record=handoff.key)

    def hear(self, destination: Destination, handoffs: Mapping[Handoff, str]) -> list[Heard]:
        if self.down:
            raise TransientError("The ledger is closed.")
        self.asked += [handoff.key for handoff in handoffs]
        return [
            Heard(
                handoff, handoff.key, self.says.get(handoff.key, "new"), self.says.get(handoff.key, ""), "So."
            )
            for handoff in handoffs
        ]


@pytest.fixture
def ledger(monkeypatch: Any) -> Ledger:
    ledger = Ledger()
    monkeypatch.setitem(find.__globals__["kinds"](), "ledger", ledger)
    return ledger


@pytest.fixture
def many(ledger: Ledger, teams: Any, ines: Any) -> list[Handoff]:
    """Seven hand-offs that have gone out; three are asked for at once."""
    pivot = make_pivot(teams["finance"], ines, destinations=0)
    book = Destination.objects.create(pivot=pivot, name="Book", kind="ledger")
    themes = Theme.objects.bulk_create(Theme(id=n, title=f"Theme {n}") for n in range(1, 8))
    made = []
    for theme in themes:
        insight = Insight.objects.create(theme=theme)
        made.append(loops.open_loop(insight, pivot, by=None).handoffs.get(destination=book))
    Handoff.objects.update(state="sent", attempts_made=1, sent_at=clock.now())
    return made


def rounds(count: int) -> int:
    """Polls with pauses between them; the answers that came."""
    new = 0
    for n in range(count):
        with clock.at(clock.now() + n * (PAUSE + timedelta(seconds=1))):
            new += poll.poll()
    return new


def test_a_round_asks_for_everyone_in_bites(many: list[Handoff], ledger: Ledger, monkeypatch: Any) -> None:
    monkeypatch.setattr(poll, "BATCH", 3)
    assert poll.poll() == 0
    assert ledger.asked == [handoff.key for handoff in many]
    assert poll.poll() == 0
    assert len(ledger.asked) == 7  # the next round comes when the pause is over
    rounds(2)
    assert len(ledger.asked) == 14


def test_what_changes_behind_the_cursor_is_heard_in_the_next_round(
    many: list[Handoff], ledger: Ledger, monkeypatch: Any
) -> None:
    monkeypatch.setattr(poll, "BATCH", 3)
    rounds(1)
    for handoff in many[::3]:
        ledger.says[handoff.key] = "accepted"
    assert rounds(3) == 3
    assert Loop.objects.filter(stage=Stage.ACCEPTED).count() == 3
    assert Answer.objects.count() == 3


def test_the_same_state_is_one_answer_and_a_new_one_another(many: list[Handoff], ledger: Ledger) -> None:
    key = many[0].key
    for outcome, count in [("accepted", 1), ("accepted", 1), ("", 1), ("accepted", 2), ("delivered", 3)]:
        ledger.says[key] = outcome
        rounds(2)
        Cursor.objects.update(due_at=clock.now())
        assert Answer.objects.count() == count
    assert Loop.objects.get(pk=many[0].loop_id).stage == Stage.DELIVERED


def test_a_crash_between_two_answers_repeats_nothing(
    many: list[Handoff], ledger: Ledger, monkeypatch: Any
) -> None:
    ledger.says = {handoff.key: "accepted" for handoff in many}
    taken: list[Heard] = []
    take = poll.take

    def crash(heard: Heard, destination: Destination) -> int:
        if len(taken) == 4:
            raise SystemExit  # what a kill leaves: the claim stays, four answers are there
        taken.append(heard)
        return take(heard, destination)

    monkeypatch.setattr(poll, "take", crash)
    with pytest.raises(SystemExit):
        poll.poll()
    monkeypatch.setattr(poll, "take", take)
    assert (poll.poll(), Answer.objects.count()) == (0, 4)  # somebody may still be at it
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        assert poll.poll() == 3
    assert Answer.objects.count() == 7


def test_a_side_that_fails_is_asked_ever_more_rarely_and_from_the_same_place(
    many: list[Handoff], ledger: Ledger
) -> None:
    ledger.says, ledger.down = {many[0].key: "accepted"}, True
    assert poll.poll() == 0
    cursor = Cursor.objects.get()
    assert (cursor.failures, cursor.error, cursor.claimed_at) == (1, "The ledger is closed.", None)
    waits = []
    for _ in range(8):
        with clock.at(cursor.due_at):
            poll.poll()
            cursor.refresh_from_db()
            waits.append(cursor.due_at - clock.now())
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST
    ledger.down = False
    with clock.at(cursor.due_at):
        assert poll.poll() == 1
    cursor.refresh_from_db()
    assert (cursor.failures, cursor.error) == (0, "")


def test_two_workers_do_not_ask_at_once(many: list[Handoff], ledger: Ledger) -> None:
    cursor = Cursor.objects.create(destination=Destination.objects.get())
    assert poll._claim(cursor)
    assert not poll._claim(cursor)


def test_whoever_has_gone_on_is_not_asked_for(many: list[Handoff], ledger: Ledger, ines: Any) -> None:
    loops.decline(many[0].loop, "No.", by=ines)
    Handoff.objects.update(sent_at=clock.now() - poll.LATE - timedelta(minutes=1))
    Handoff.objects.filter(pk=many[1].pk).update(attempts_made=0, state="queued")
    poll.poll()
    assert ledger.asked == [handoff.key for handoff in many[2:]]
    assert Counterpart.objects.count() == 5
