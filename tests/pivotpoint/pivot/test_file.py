"""The switchyard as a file: written, taken in again, refused with one sentence, all of it or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pivotpoint.accounts.models import Installation
from pivotpoint.config.cli.switchyard import command
from pivotpoint.pivot import edit, proposals
from pivotpoint.pivot.changing import Proposed
from pivotpoint.pivot.content import content
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.file import compare, take_in, write
from pivotpoint.pivot.models import (
    Destination,
    EscalationStep,
    Pivot,
    PivotVersion,
    PlaybookStep,
    Rota,
    Rule,
    Turn,
)
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight, make_pivot


def changed(text: str, change: Any) -> str:
    """The file after `change(pivots)`."""
    body = yaml.safe_load(text)
    change(body["pivots"])
    return yaml.safe_dump(body, sort_keys=False)


def test_the_file_reads_by_itself(yard: SimpleNamespace) -> None:
    text = write()
    assert text.startswith("# The switchyard of Fjordhus: which insights go where")
    assert "{field: channel, op: is, value: Web form}" in text
    assert "hush" not in text
    first, second = yaml.safe_load(text)["pivots"]
    assert (first["name"], first["team"], first["owner"]) == ("Refunds → Finance", "finance", yard.ines.email)
    assert first["destinations"][1] == {
        "name": "ERP",
        "kind": "webhook",
        "config": {"url": "https://erp.example"},
    }
    assert "position" not in second
    assert second["inside_measure"] == "Codes a day"


def test_the_same_file_changes_nothing(yard: SimpleNamespace) -> None:
    text, before = write(), PivotVersion.objects.count()
    assert take_in(text, by=yard.maren, name="yard.yaml") == []
    assert PivotVersion.objects.count() <= before + 2  # the first of each, when it had none
    before = PivotVersion.objects.count()
    assert take_in(text, by=yard.maren) == compare(text) == []
    assert PivotVersion.objects.count() == before
    assert write() == text
    assert Destination.objects.get(name="ERP").secret == "hush"


def test_an_empty_installation_becomes_what_the_file_says(yard: SimpleNamespace) -> None:
    text = write()
    Pivot.objects.all().delete()
    assert [(line.pivot, line.does) for line in take_in(text, by=yard.maren, name="yard.yaml")] == [
        ("Refunds → Finance", "new"),
        ("Lockers", "new"),
    ]
    assert write() == text
    version = Pivot.objects.get(name="Lockers").versions.get()
    assert (version.number, version.reason, version.by) == (1, "From file yard.yaml.", yard.maren)


def test_what_changes_is_said_first_and_then_done(yard: SimpleNamespace) -> None:
    def change(pivots: list[Any]) -> None:
        pivots.reverse()
        pivots[0] |= {"act_hours": 240, "owner": yard.ines.email}
        del pivots[1]["destinations"]

    text = changed(write(), change)
    said = compare(text)
    assert [(line.pivot, line.does, line.differences) for line in said] == [
        (
            "Lockers",
            "changed",
            ["Owner Joris Tamm → Ines Halloran", "Act within 14 days → 10 days", "Order 4 → 0"],
        ),
        (
            "Refunds → Finance",
            "changed",
            ["Order 0 → 1", "Destination Tasks 0 is closed", "Destination ERP is closed"],
        ),
    ]
    assert [pivot.name for pivot in Pivot.objects.live()] == ["Refunds → Finance", "Lockers"]
    assert take_in(text, by=yard.maren) == said
    assert take_in(text, by=yard.maren) == []


def test_pivots_that_are_not_in_the_file_stay_unless_pruned(yard: SimpleNamespace) -> None:
    text = changed(write(), lambda pivots: pivots.pop(0))
    assert take_in(text, by=yard.maren) == []
    assert [(line.pivot, line.does) for line in take_in(text, by=yard.maren, prune=True)] == [
        ("Refunds → Finance", "closed")
    ]
    assert [pivot.name for pivot in Pivot.objects.live()] == ["Lockers"]
    assert take_in(text, by=yard.maren, prune=True) == []


def test_somebody_at_the_gate_keeps_the_whole_file_out(yard: SimpleNamespace) -> None:
    edit.set_gate(yard.refunds, "checked", by=yard.maren)
    insight = make_insight()
    insight.theme.channels.update(channel=yard.form)
    assert decide(insight) is not None
    text = changed(write(), lambda pivots: (pivots.pop(0), pivots[0].update(act_hours=1)))
    with pytest.raises(Refused, match="Pivot “Refunds → Finance”: 1 insight waits at this gate"):
        take_in(text, by=yard.maren, prune=True)
    assert Pivot.objects.get(name="Lockers").act_hours == 336


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"team": "fin"}, "Pivot “Lockers”: team: there is no “fin”; there are service, sales"),
        ({"owner": "x@y.example"}, "Pivot “Lockers”: owner: nobody here has the e-mail x@y.example."),
        ({"owner": "bo@fjordhus.example"}, "Pivot “Lockers”: Bo Aramis may not act on loops"),
        ({"owner": None}, "Pivot “Lockers”: owner is missing"),
        ({"gate": "ajar"}, "Pivot “Lockers”: gate: Value 'ajar' is not a valid choice."),
        ({"act_hours": "soon"}, "Pivot “Lockers”: act_hours: “soon” value must be an integer."),
        ({"act_hours": [1]}, "Pivot “Lockers”: act_hours is one value"),
        ({"process": None}, "Pivot “Lockers”: process has no value; leave the line out"),
        ({"act_hours": 9_000_000}, "Pivot “Lockers”: act_hours: 9000000 hours are more than a year."),
        ({"tell_hours": 0}, "Pivot “Lockers”: tell_hours: 0 is no target"),
        (
            {"destinations": [{"name": "A", "kind": "tasks", "per_minute": 0}]},
            "Pivot “Lockers”: Destination 1: per_minute: A limit of 0 would send nothing",
        ),
        (
            {"rules": [{"conditions": []} for _ in range(301)]},
            "Pivot “Lockers”: A pivot has 300 rules at most",
        ),
        ({"colour": "red"}, "Pivot 2 “Lockers”: a pivot has no colour."),
        ({"name": ""}, "Pivot 2 has no name."),
        ({"name": "Refunds → Finance"}, "Pivot “Refunds → Finance” stands there twice."),
        ({"rules": "all"}, "Pivot “Lockers”: rules is a list of rules"),
        ({"rules": [{"conditions": [{"field": "x"}]}]}, "Rule 1, condition 1: there is no field “x”"),
        (
            {"rules": [{"conditions": [{"field": "channel", "op": "is", "value": "Fax"}]}]},
            "Pivot “Lockers”: Said on channel: there is no “Fax”; there are Letters, Web form.",
        ),
        ({"rules": [{"if": 1}]}, "Pivot “Lockers”: Rule 1 has no if."),
        (
            {"destinations": [{"kind": "tasks"}]},
            "Pivot “Lockers”: Destination 1: name: This field cannot be blank.",
        ),
        (
            {"destinations": [{"name": "A", "kind": "fax"}]},
            "there is no kind “fax” of destination; there are",
        ),
        ({"destinations": [{"name": "A", "kind": "tasks", "secret": "x"}]}, "Destination 1 has no secret."),
        (
            {"destinations": [{"name": "A", "kind": kind} for kind in ("tasks", "webhook")]},
            "destinations: A stands there twice.",
        ),
        ({"destinations": [{"name": "A", "kind": "tasks", "config": 1}]}, "Destination 1: config is made of"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_half_done(
    yard: SimpleNamespace, change: dict[str, Any], sentence: str
) -> None:
    make_insight()  # brings the channel Letters
    before = write()
    text = changed(before, lambda pivots: (pivots[0].update(act_hours=1), pivots[1].update(change)))
    for verb in (compare, lambda *a, **k: take_in(*a, by=yard.maren, **k)):
        with pytest.raises(Refused) as refused:
            verb(text, kinds=("tasks", "webhook"))
        assert sentence in str(refused.value)
        assert len(refused.value.messages) == 1
    assert write() == before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file has no list “pivots”"),
        ("pivots: []", "schema is “”; this Pivotpoint reads pivotpoint.switchyard/1."),
        ("schema: pivotpoint.switchyard/1\npivots: []\nteams: []", "A switchyard has no teams."),
        ("pivots: [", "Line 1: this is not YAML"),
        ("a: &x 1\nb: *x", "Line 2: write it out"),
        ("a: 1\na: 2", "Line 2: a stands there twice."),
        ("a: !!python/object:os.system {}", "this is not YAML"),
        ("[" * 40 + "]" * 40, "nested too deep"),
        ('a: "\\0"', "characters that cannot be kept"),
        ("x" * 1_000_001, "more than 1,000,000 characters"),
    ],
)
def test_what_is_no_switchyard_is_said(yard: SimpleNamespace, text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        take_in(text, by=yard.maren)
    assert sentence in str(refused.value)


def test_no_is_a_language_not_an_answer(yard: SimpleNamespace) -> None:
    text = write().replace(
        "{field: channel, op: is, value: Web form}", "{field: language, op: is, value: no}", 1
    )
    take_in(text, by=yard.maren)
    assert yard.refunds.rules.get().conditions == [{"field": "language", "op": "is", "value": "no"}]


def test_with_two_pairs_of_eyes_a_file_is_one_proposal(yard: SimpleNamespace) -> None:
    Installation.objects.update(two_pairs_of_eyes=True)
    before = write()
    text = changed(before, lambda pivots: [pivot.update(act_hours=24) for pivot in pivots])
    with pytest.raises(Proposed) as asked:
        take_in(text, by=yard.maren, name="yard.yaml")
    assert asked.value.proposal.changes.count() == 2
    assert write() == before


def asks_about(first: str, second: str) -> str:
    """Two pivots; the first has a rule that asks about the second, which stands further down."""
    before = [{"field": "declined", "op": "is", "value": second}]
    return yaml.safe_dump(
        {
            "schema": "pivotpoint.switchyard/1",
            "pivots": [
                {"name": name, "team": "finance", "owner": "ines@fjordhus.example", "rules": rules}
                for name, rules in ((first, [{"conditions": before}]), (second, []))
            ],
        }
    )


def test_a_rule_may_name_a_pivot_that_stands_further_down(yard: SimpleNamespace) -> None:
    Pivot.objects.all().delete()
    text = asks_about("Second look", "First look")
    assert [line.does for line in compare(text)] == ["new", "new"]
    take_in(text, by=yard.maren)
    first, second = Pivot.objects.get(name="Second look"), Pivot.objects.get(name="First look")
    assert first.rules.get().conditions[0]["value"] == str(second.pk)
    assert take_in(write(), by=yard.maren) == []


def test_new_pivots_that_name_each_other_can_be_proposed_and_approved(yard: SimpleNamespace) -> None:
    Installation.objects.update(two_pairs_of_eyes=True)
    Pivot.objects.all().delete()
    with pytest.raises(Proposed) as asked:
        take_in(asks_about("Second look", "First look"), by=yard.maren)
    proposals.approve(asked.value.proposal, by=yard.ada)
    first, second = Pivot.objects.get(name="Second look"), Pivot.objects.get(name="First look")
    assert first.rules.get().conditions[0]["value"] == str(second.pk)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(command, list(arguments))


def test_the_command_writes_says_and_takes_in(yard: SimpleNamespace, tmp_path: Path) -> None:
    file = tmp_path / "yard.yaml"
    assert run("export", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8") == run("export").output == write()
    assert run("import", str(file)).output == "The switchyard is as the file says.\n"
    file.write_text(changed(write(), lambda pivots: pivots[0].update(act_hours=240)), encoding="utf-8")
    said = "Refunds → Finance would be changed.\n  Act within 14 days → 10 days\n"
    assert run("import", str(file), "--dry-run").output == said
    assert Pivot.objects.get(pk=yard.refunds.pk).act_hours == 336
    answer = json.loads(run("import", str(file), "--json").output)
    assert answer["changes"] == [
        {
            "pivot": "Refunds → Finance",
            "does": "changed",
            "differences": ["Act within 14 days → 10 days"],
            "warning": "",
            "of": "pivot",
        }
    ]
    assert Pivot.objects.get(pk=yard.refunds.pk).act_hours == 240
    assert Pivot.objects.get(pk=yard.refunds.pk).versions.first().reason == "From file yard.yaml."


def test_the_command_says_what_is_wrong_and_ends_with_2(yard: SimpleNamespace, tmp_path: Path) -> None:
    file = tmp_path / "yard.yaml"
    assert run("import", str(file)).exit_code == 2
    file.write_bytes(b"\xff\xfe")
    assert run("import", str(file)).exit_code == 2
    file.write_text(changed(write(), lambda pivots: pivots[0].update(team="fin")), encoding="utf-8")
    failed = run("import", str(file))
    assert failed.exit_code == 2
    assert failed.stderr.endswith("supply.\n")
    assert "Pivot “Refunds → Finance”: team: there is no “fin”" in failed.stderr
    Installation.objects.update(two_pairs_of_eyes=True)
    file.write_text(changed(write(), lambda pivots: pivots[0].update(act_hours=24)), encoding="utf-8")
    waits = run("import", str(file))
    assert (waits.exit_code, "another person" in waits.output) == (0, True)


def test_the_file_costs_as_many_statements_for_ten_pivots_as_for_one(
    yard: SimpleNamespace,
) -> None:
    with CaptureQueriesContext(connection) as before:
        write()
    for number in range(8):
        more = make_pivot(yard.teams["supply"], yard.joris, f"Pivot {number}", position=number + 5)
        PlaybookStep.objects.create(
            pivot=more, position=0, text="Call them", who="person", person=yard.ines, due_hours=8
        )
        EscalationStep.objects.create(pivot=more, position=0, to="person", person=yard.ines, after_hours=4)
        rota = Rota.objects.create(pivot=more, turn_days=7)
        Turn.objects.create(rota=rota, position=0, user=yard.joris)
    with CaptureQueriesContext(connection) as after:
        text = write()
    assert text.count("Call them") == 8
    # What was empty before is looked into now: the turns of rotas, and the people of steps.
    assert len(after) <= len(before) + 5, [query["sql"][:120] for query in after]


def test_a_pivot_is_read_as_its_rows_are_now(yard: SimpleNamespace) -> None:
    old = Pivot.objects.prefetch_related("rules", "destinations").get(pk=yard.refunds.pk)
    assert len(old.rules.all()) == 1 and old.destinations.all()
    Rule.objects.filter(pivot=old).delete()
    Destination.objects.filter(pivot=old).delete()
    assert "rules" not in content(old) or content(old)["rules"] == []
    assert not content(old)["destinations"]
