"""A pivot's playbook: part of its versions and its file, and tasks of the loops that are accepted under it."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.collaboration import tasks
from pivotpoint.collaboration.models import Task
from pivotpoint.lib import clock
from pivotpoint.pivot import calendars, edit, loops, versions
from pivotpoint.pivot.content import content
from pivotpoint.pivot.file import compare, take_in, write
from pivotpoint.pivot.models import Loop, Pivot, PlaybookStep
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight, make_pivot

STEPS: list[dict[str, Any]] = [
    {"text": "Find every open refund", "due_hours": 4, "checklist": "Bank file\nThe ERP's list"},
    {"text": "Stop the double charge", "who": "lead", "team": "supply", "due_hours": 24},
    {
        "text": "Answer them",
        "who": "person",
        "person": "maren@fjordhus.example",
        "answer": "We have paid it.",
    },
]


@pytest.fixture
def yard(
    now: datetime, cast: dict[str, Any], teams: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> SimpleNamespace:
    refunds = make_pivot(teams["finance"], cast["ines"])
    versions.current(refunds)
    edit.set_playbook(refunds, STEPS, by=cast["maren"], reason="So that nothing is forgotten.")
    return SimpleNamespace(
        refunds=refunds, teams=teams, dispatched=django_capture_on_commit_callbacks, **cast
    )


def move(yard: SimpleNamespace, loop: Loop, stage: str) -> None:
    """With what is subscribed to it."""
    with yard.dispatched(execute=True):
        loops.move(loop, stage, by=yard.ines, reason="Not ours." if stage == "declined" else "")


def accepted(yard: SimpleNamespace, number: int = 1) -> Loop:
    loop = loops.open_loop(make_insight(number), yard.refunds, by=yard.maren)
    move(yard, loop, "accepted")
    return loop


def test_an_accepted_loop_has_its_steps_as_tasks_once(yard: SimpleNamespace, now: datetime) -> None:
    loop = loops.open_loop(make_insight(), yard.refunds, by=yard.maren)
    assert not Task.objects.exclude(step_key=None).exists()
    move(yard, loop, "accepted")
    made = list(Task.objects.exclude(step_key=None).order_by("step_key"))
    assert [(task.title, task.owner, task.due_at - now) for task in made] == [
        ("Find every open refund", yard.ines, timedelta(hours=4)),
        ("Stop the double charge", yard.teams["supply"].lead or yard.ines, timedelta(hours=24)),
        ("Answer them", yard.maren, timedelta(hours=24)),
    ]
    assert made[0].note == "☐ Bank file\n☐ The ERP's list"
    assert made[2].note == "We have paid it."
    move(yard, loop, "changing")
    assert tasks.begin_playbook(loop.pk) == []
    assert Task.objects.exclude(step_key=None).count() == 3


def test_whoever_begins_without_accepting_begins_the_playbook_too(yard: SimpleNamespace) -> None:
    loop = loops.open_loop(make_insight(), yard.refunds, by=yard.maren)
    move(yard, loop, "changing")
    assert Task.objects.exclude(step_key=None).count() == 3


def test_steps_are_due_in_business_hours(yard: SimpleNamespace, now: datetime) -> None:
    calendar = calendars.save("Office", "UTC", ["9-17"] * 5 + ["", ""], "", by=yard.maren)
    edit.save({"calendar": calendar}, by=yard.maren, pivot=Pivot.objects.get())
    friday = datetime(2026, 11, 27, 16, tzinfo=now.tzinfo)
    with clock.at(friday):
        accepted(yard)
    assert Task.objects.get(title="Find every open refund").due_at == datetime(
        2026, 11, 30, 12, tzinfo=now.tzinfo
    )


def test_loops_keep_the_playbook_that_they_began_with(yard: SimpleNamespace) -> None:
    loop = loops.open_loop(make_insight(), yard.refunds, by=yard.maren)
    edit.set_playbook(yard.refunds, [{"text": "Ask the bank"}], by=yard.maren)
    move(yard, loop, "accepted")
    assert Task.objects.filter(loop=loop).exclude(step_key=None).count() == 3
    later = accepted(yard, 2)
    assert Task.objects.filter(loop=later).exclude(step_key=None).get().title == "Ask the bank"


def test_a_declined_loop_needs_no_more_steps_and_a_reopened_one_begins_anew(yard: SimpleNamespace) -> None:
    loop = accepted(yard)
    own = tasks.add(loop.insight, "Call her", yard.ines, clock.now(), by=yard.ines, loop=loop)
    move(yard, loop, "declined")
    assert Task.objects.open().get() == own
    loops.reopen(loop, "It is ours.", by=yard.ines)
    move(yard, loop, "accepted")
    assert Task.objects.open().exclude(step_key=None).count() == 3


def test_a_task_of_its_own_keeps_its_own_date(yard: SimpleNamespace, now: datetime) -> None:
    loop = loops.open_loop(make_insight(), yard.refunds, by=yard.maren)
    own = tasks.add(loop.insight, "Call her", yard.ines, now + timedelta(hours=1), by=yard.ines, loop=loop)
    move(yard, loop, "accepted")
    own.refresh_from_db()
    assert own.due_at == now + timedelta(hours=1)


def test_whoever_is_gone_is_stood_in_for(yard: SimpleNamespace) -> None:
    yard.maren.left_at = clock.now()
    yard.maren.is_active = False
    yard.maren.save()
    loop = loops.open_loop(make_insight(), yard.refunds, by=yard.ada)
    move(yard, loop, "accepted")
    assert Task.objects.get(title="Answer them").owner == yard.ines


def test_a_change_is_a_version_in_words_and_can_be_taken_back(yard: SimpleNamespace) -> None:
    latest = yard.refunds.versions.first()
    assert latest.reason == "So that nothing is forgotten."
    supply = yard.teams["supply"].name
    assert latest.difference == [
        "Playbook 1 is new: Find every open refund (the loop's owner, 4 h; 2 to tick)",
        f"Playbook 2 is new: Stop the double charge (the lead of {supply}, 24 h)",
        "Playbook 3 is new: Answer them (Maren Oduya, 24 h; “We have paid it.”)",
    ]
    before = content(yard.refunds)
    edit.set_playbook(yard.refunds, [STEPS[0] | {"due_hours": 8}], by=yard.maren)
    assert yard.refunds.versions.first().difference[0] == (
        "Playbook 1: Find every open refund (the loop's owner, 4 h; 2 to tick) → "
        "Find every open refund (the loop's owner, 8 h; 2 to tick)"
    )
    versions.go_back(latest, by=yard.maren)
    assert content(yard.refunds) == before
    assert edit.set_playbook(yard.refunds, STEPS, by=yard.maren)
    assert yard.refunds.versions.first().reason.startswith("Back to version")


def test_the_file_has_it_and_shows_the_difference(yard: SimpleNamespace) -> None:
    text = write()
    assert take_in(text, by=yard.maren) == []
    (line,) = compare(text.replace("due_hours: 4", "due_hours: 6"))
    assert "4 h; 2 to tick) → Find every open refund (the loop's owner, 6 h" in line.differences[0]
    PlaybookStep.objects.all().delete()
    take_in(text, by=yard.maren)
    assert write() == text


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"text": " "}, "Step 1: say what is to be done"),
        ({"text": "x", "who": "boss"}, "Step 1: “boss” is nobody"),
        ({"text": "x", "who": "person"}, "say which person does it"),
        ({"text": "x", "who": "person", "person": "victor@fjordhus.example"}, "may not act on loops"),
        ({"text": "x", "team": "moon", "who": "lead"}, "there is no “moon”"),
        ({"text": "x", "due_hours": -1}, "due_hours"),
        ({"text": "x", "due_hours": 99_999}, "within a year"),
        ({"text": "x", "colour": "red"}, "Step 1 has no colour"),
    ],
)
def test_what_is_no_step_is_one_sentence(yard: SimpleNamespace, step: Any, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        edit.set_playbook(yard.refunds, [step], by=yard.maren)
    assert PlaybookStep.objects.count() == 3


def test_only_who_may_change_pivots_writes_it(yard: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        edit.set_playbook(yard.refunds, [], by=yard.ines)
