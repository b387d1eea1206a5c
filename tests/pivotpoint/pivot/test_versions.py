"""Every change of a pivot is a version: compared in words, taken back with one verb, kept by what is under way."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from pivotpoint.accounts.leave import leave
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, loops, migrations, rotas, versions
from pivotpoint.pivot.changing import changing
from pivotpoint.pivot.content import Part, apply, columns, content, differences, parts
from pivotpoint.pivot.leave import move_work
from pivotpoint.pivot.loop_version import elsewhere, move_loops
from pivotpoint.pivot.models import Destination, EscalationStep, Pivot, PivotVersion, Rota
from pivotpoint.pivot.refused import Refused
from tests.switchyard import TREND, make_insight, make_pivot

FOLDER = Path(migrations.__file__).parent
MANY = [{"field": "people", "op": "at_least", "value": 5}]


@pytest.fixture
def yard(now: datetime, cast: dict[str, Any], teams: dict[str, Any]) -> SimpleNamespace:
    """Refunds, with a destination, made by Maren."""
    fields = {"name": "Refunds", "team": teams["finance"], "owner": cast["ines"]}
    refunds = edit.save(fields, by=cast["maren"], rules=[{"conditions": TREND}])
    erp = edit.save_destination(
        refunds, name="ERP", kind="webhook", config={"url": "https://erp.example/in"}, by=cast["maren"]
    )
    return SimpleNamespace(refunds=refunds, erp=erp, teams=teams, **cast)


def numbers(pivot: Pivot) -> list[int]:
    return list(pivot.versions.values_list("number", flat=True))


def test_each_change_is_a_version_with_author_reason_and_words(yard: SimpleNamespace) -> None:
    edit.save({"act_hours": 240}, by=yard.maren, pivot=yard.refunds, reason="Fourteen days are too long.")
    version = yard.refunds.versions.first()
    assert (version.number, version.by, version.actor_name) == (3, yard.maren, "Maren Oduya")
    assert version.reason == "Fourteen days are too long."
    assert version.difference == ["Act within 14 days → 10 days"]
    assert yard.refunds.versions.last().difference == []
    assert Event.objects.filter(name="pivot.version_made").count() == 3


def test_two_people_at_once_take_nothing_back_unseen(yard: SimpleNamespace) -> None:
    """Both had version 2 before them. Whoever saves second sends all fields, those that the first changed too."""
    had = versions.current(yard.refunds).number
    edit.save({"gate": "open"}, by=yard.ada, pivot=yard.refunds, rules=[{"conditions": MANY}], over=had)
    old = {"gate": "checked", "act_hours": 240}
    edit.save(old, by=yard.maren, pivot=yard.refunds, rules=[{"conditions": TREND}], over=had)
    row = Pivot.objects.get(pk=yard.refunds.pk)
    assert (row.gate, row.act_hours, row.rules.get().conditions) == ("open", 240, MANY)
    with pytest.raises(Refused, match="Maren Oduya has changed this meanwhile: Act within. Open the page"):
        edit.save({"act_hours": 100}, by=yard.ada, pivot=yard.refunds, over=had)
    with pytest.raises(Refused, match="has no version 99"):
        edit.save({"act_hours": 100}, by=yard.ada, pivot=yard.refunds, over=99)
    assert Pivot.objects.get(pk=yard.refunds.pk).act_hours == 240
    edit.set_playbook(yard.refunds, [{"text": "Look at it"}], by=yard.ada, over=had)
    with pytest.raises(Refused, match="Ada Winther has changed this meanwhile: Playbook"):
        edit.set_playbook(yard.refunds, [{"text": "Ring them"}], by=yard.maren, over=had)


def test_what_was_read_long_ago_is_not_written_back(yard: SimpleNamespace) -> None:
    read = Pivot.objects.get(pk=yard.refunds.pk)
    edit.save({"gate": "open"}, by=yard.ada, pivot=yard.refunds)
    edit.save({"act_hours": 240}, by=yard.maren, pivot=read)
    assert Pivot.objects.get(pk=yard.refunds.pk).gate == "open"


def test_what_changes_nothing_is_no_version(yard: SimpleNamespace) -> None:
    edit.save({"act_hours": 336}, by=yard.maren, pivot=yard.refunds)
    edit.new_secret(yard.erp, by=yard.maren)
    edit.order([yard.refunds], by=yard.maren)
    assert numbers(yard.refunds) == [2, 1]


def test_rules_gate_owner_and_destinations_are_said_in_words(yard: SimpleNamespace) -> None:
    edit.save(
        {"gate": "open", "owner": yard.joris}, by=yard.maren, pivot=yard.refunds, rules=[{"conditions": MANY}]
    )
    assert yard.refunds.versions.first().difference == [
        "Owner Ines Halloran → Joris Tamm",
        "Gate checked → open",
        "Rule 1: Rung is at least Trend → At least 5 people",
    ]
    config = {"url": "https://erp.example/out"}
    edit.save_destination(
        yard.refunds, name="ERP", kind="webhook", config=config, by=yard.maren, destination=yard.erp
    )
    assert yard.refunds.versions.first().difference == [
        "Destination ERP: Address that takes the hand-off https://erp.example/in → https://erp.example/out"
    ]
    edit.close_destination(yard.erp, by=yard.maren)
    assert yard.refunds.versions.first().difference == ["Destination ERP is closed"]
    edit.close(yard.refunds, by=yard.maren)
    assert yard.refunds.versions.first().difference == ["It is closed"]


def test_a_secret_is_in_no_version(yard: SimpleNamespace) -> None:
    secret = edit.new_secret(yard.erp, by=yard.maren)
    edit.set_key(yard.erp, "a key of the other side", by=yard.maren)
    edit.save({"gate": "open"}, by=yard.maren, pivot=yard.refunds)
    kept = str(list(PivotVersion.objects.values()))
    assert secret not in kept
    assert "other side" not in kept


def test_going_back_is_a_new_version_with_the_old_content(yard: SimpleNamespace) -> None:
    secret = edit.new_secret(yard.erp, by=yard.maren)
    before = content(yard.refunds)
    edit.save(
        {"gate": "open", "accept_hours": 4},
        by=yard.maren,
        pivot=yard.refunds,
        rules=[{"conditions": MANY}] * 2,
    )
    edit.close_destination(yard.erp, by=yard.maren)
    edit.close(yard.refunds, by=yard.maren)
    versions.go_back(yard.refunds.versions.get(number=2), by=yard.ada, reason="It was better.")
    pivot = Pivot.objects.get()
    assert content(pivot) == before
    assert numbers(pivot) == [6, 5, 4, 3, 2, 1]
    assert pivot.versions.first().reason == "Back to version 2. It was better."
    again = Destination.objects.get(closed_at=None)
    assert (again.pk, again.secret) == (yard.erp.pk, secret)
    with pytest.raises(Refused, match="is as in version 2 already"):
        versions.go_back(pivot.versions.get(number=2), by=yard.ada)
    with pytest.raises(PermissionDenied):
        versions.go_back(pivot.versions.get(number=1), by=yard.ines)


def test_rota_and_escalation_are_part_of_a_version_and_come_back(yard: SimpleNamespace) -> None:
    before = numbers(yard.refunds)[0]
    rotas.save(yard.refunds, [yard.ines, yard.joris], by=yard.maren, turn_days=3)
    steps = [{"after_hours": 4, "to": "person", "person": yard.joris, "gives": True}]
    edit.set_escalation(yard.refunds, steps, by=yard.maren, reason="The lead is never there.")
    said = yard.refunds.versions.first()
    assert said.difference == [f"When it is late: the usual way → {yard.joris.email} owns it after 4 h"]
    wanted = content(yard.refunds)
    assert wanted["rota"]["people"] == [yard.ines.email, yard.joris.email]

    versions.go_back(yard.refunds.versions.get(number=before), by=yard.maren)
    assert not Rota.objects.filter(pivot=yard.refunds).exists()
    assert not EscalationStep.objects.filter(pivot=yard.refunds).exists()
    versions.go_back(said, by=yard.maren)
    assert content(yard.refunds) == wanted


def test_nobody_gets_a_pivot_back_who_has_left(yard: SimpleNamespace) -> None:
    edit.save({"owner": yard.joris, "gate": "open"}, by=yard.maren, pivot=yard.refunds)
    leave(yard.ines, yard.joris, by=yard.ada)
    versions.go_back(yard.refunds.versions.get(number=2), by=yard.maren)
    pivot = Pivot.objects.get()
    assert (pivot.owner, pivot.gate) == (yard.joris, "checked")


def test_a_leavers_pivot_changes_hands_in_a_version(yard: SimpleNamespace) -> None:
    yard.ines.role = "viewer"
    yard.ines.save()
    move_work(yard.ines, yard.joris)
    version = yard.refunds.versions.first()
    assert version.difference == ["Owner Ines Halloran → Joris Tamm"]
    assert version.reason == "Ines Halloran may no longer act on loops."


def test_what_was_changed_past_the_verbs_is_a_version_of_its_own(yard: SimpleNamespace) -> None:
    Pivot.objects.update(act_hours=24)
    yard.refunds.refresh_from_db()
    edit.save({"gate": "open"}, by=yard.maren, pivot=yard.refunds)
    found, made = yard.refunds.versions.get(number=3), yard.refunds.versions.get(number=4)
    assert (found.by, found.difference) == (None, ["Act within 14 days → 24 hours"])
    assert made.difference == ["Gate checked → open"]


def test_a_refused_change_leaves_no_version(yard: SimpleNamespace) -> None:
    with pytest.raises(Refused):
        edit.save({"owner": yard.bo}, by=yard.maren, pivot=yard.refunds)
    assert numbers(yard.refunds) == [2, 1]


def test_every_field_that_can_be_changed_is_in_the_content(yard: SimpleNamespace) -> None:
    assert set(edit.FIELDS) == set(columns.names())


def test_another_room_adds_its_own_part(yard: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_parts", dict(parts._parts))
    notes: dict[int, str] = {}
    part = Part(
        "note",
        lambda pivot: notes.get(pivot.pk),
        lambda pivot, value: notes.__setitem__(pivot.pk, value),
        lambda old, new: [f"Note {old} → {new}"],
    )
    parts.add(part)
    with changing(yard.refunds, by=yard.maren):
        notes[yard.refunds.pk] = "read me"
    assert yard.refunds.versions.first().difference == ["Note None → read me"]
    apply(yard.refunds, yard.refunds.versions.get(number=2).content)
    assert notes[yard.refunds.pk] is None


def test_a_rule_that_nobody_understands_any_more_is_still_compared(yard: SimpleNamespace) -> None:
    old = content(yard.refunds)
    new = old | {"rules": [{"match": "all", "conditions": [{"field": "gone", "op": "is", "value": 1}]}]}
    assert differences(old, new)[0].endswith("→ a rule that is no longer understood")


def test_a_loop_keeps_the_targets_that_it_opened_under(yard: SimpleNamespace, now: datetime) -> None:
    loop = loops.open_loop(make_insight(), yard.refunds, by=yard.maren)
    assert loop.version == yard.refunds.versions.first()
    edit.save({"act_hours": 24}, by=yard.maren, pivot=yard.refunds)
    loops.accept(loop, by=yard.ines)
    assert loop.due_at == now + timedelta(hours=336)
    later = loops.open_loop(make_insight(2), yard.refunds, by=yard.maren)
    assert loops.accept(later, by=yard.ines).due_at == now + timedelta(hours=24)


def test_open_loops_move_to_a_version_on_purpose(yard: SimpleNamespace, now: datetime) -> None:
    first, second, chosen, closed = (
        loops.open_loop(make_insight(n), yard.refunds, by=yard.maren) for n in range(1, 5)
    )
    loops.accept(second, by=yard.ines)
    loops.accept(chosen, by=yard.ines, due_at=now + timedelta(days=3))
    loops.decline(closed, "No.", by=yard.ines)
    loops.told(closed, by=yard.ines)
    edit.save({"accept_hours": 4, "act_hours": 100}, by=yard.maren, pivot=yard.refunds)
    latest = yard.refunds.versions.first()
    with clock.at(now + timedelta(hours=10)):
        assert move_loops(latest, by=yard.maren, reason="They shall be faster.") == 3
        assert move_loops(latest, by=yard.maren) == 0
    for loop in (first, second, chosen, closed):
        loop.refresh_from_db()
    assert first.due_at == now + timedelta(hours=4)
    assert second.due_at == now + timedelta(hours=100)
    assert chosen.due_at == now + timedelta(days=3)
    assert (closed.version.number, first.version, chosen.version) == (2, latest, latest)
    assert first.moves.last().reason == "Moved to version 3. They shall be faster."
    assert not elsewhere(latest).exists()
    assert Event.objects.get(name="pivot.loops_moved").data == {"version": 3, "loops": 3}
    with pytest.raises(PermissionDenied):
        move_loops(latest, by=yard.ines)


def test_a_loop_of_before_there_were_versions_goes_on(yard: SimpleNamespace, now: datetime) -> None:
    old = make_pivot(yard.teams["finance"], yard.ines, "Old")
    loop = loops.open_loop(make_insight(), old, by=yard.maren)
    assert loop.version.number == 1
    type(loop).objects.update(version=None)
    loop.refresh_from_db()
    assert loops.accept(loop, by=yard.ines).due_at == now + timedelta(hours=336)


def test_pivots_of_before_become_version_1_of_themselves(yard: SimpleNamespace) -> None:
    loop = loops.open_loop(make_insight(), yard.refunds, by=yard.maren)
    closed = edit.close(
        make_pivot(yard.teams["finance"], yard.ines, "Old", inside_measure="Days"), by=yard.maren
    )
    type(loop).objects.update(version=None)
    PivotVersion.objects.all().delete()
    name = next(path.stem for path in FOLDER.glob("*_first_versions.py"))
    import_module(f"pivotpoint.pivot.migrations.{name}").first_versions(apps, None)
    loop.refresh_from_db()
    for pivot in (yard.refunds, closed):
        assert pivot.versions.get().content == content(pivot)
        assert pivot.versions.get().number == 1
    assert loop.version == yard.refunds.versions.get()
    edit.save({}, by=yard.maren, pivot=yard.refunds)
    assert numbers(yard.refunds) == [1]
