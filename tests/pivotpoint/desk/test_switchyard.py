"""The switchyard: figures that add up, a drawing of them, pivots made and changed on the page."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from pivotpoint.desk import rule_form
from pivotpoint.desk.flows import Flows, count, flows
from pivotpoint.desk.hops import hops
from pivotpoint.desk.tracks import path
from pivotpoint.desk.yard import draw, scale
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, loops
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.models import Destination, Pivot
from tests.pivotpoint.desk.scene import url


def test_everybody_heard_is_in_exactly_one_place(yard: SimpleNamespace) -> None:
    decide(yard.trend)
    loops.open_loop(yard.pattern, yard.refunds, by=yard.maren)
    value = count("28")
    assert sum(value["channels"].values()) == 8
    assert value["pivots"] == {str(yard.refunds.pk): {"waiting": 5, "acting": 2}}
    assert (value["answered"], value["low"]) == (0, 1)


def test_words_before_the_period_do_not_count(yard: SimpleNamespace, now: Any) -> None:
    with clock.at(now.replace(year=2027)):
        assert flows(7).heard == 0


def test_a_gate_by_severity_is_seen_at_a_glance(lead: Client, yard: SimpleNamespace) -> None:
    Pivot.objects.update(gates={"high": "open"})
    page = lead.get(url("switchyard")).content.decode()
    assert "Refunds: 0 people, gate high open, medium checked, low checked" in page
    assert page.count('<g class="sem') == 3
    assert "H, M, L: the gate for high, medium and low severity." in page
    table = page[page.index("yard-table") :]
    assert [table.count(f"<dt>{word}</dt>") for word in ("High", "Medium", "Low")] == [1, 1, 1]
    Pivot.objects.update(gates=dict.fromkeys(("low", "medium", "high"), "closed"))
    page = lead.get(url("switchyard")).content.decode()
    assert "Refunds: 0 people, gate closed" in page
    assert page.count('<g class="sem') == 1
    assert "collected only" in page


def test_the_drawing_has_every_pivot_and_the_table_says_the_same(lead: Client, yard: SimpleNamespace) -> None:
    decide(yard.trend)
    page = lead.get(url("pivot", yard.refunds.pk)).content.decode()
    assert "Refunds: 5 people, gate checked, 1 wait" in page
    assert (
        "8 people heard = 0 answered in person + 3 waiting on a low rung + 5 at the pivots"
        in page.replace("\n", " ")
    )
    assert "No inside measure" in page
    assert page.count('class="sig">no measure') == 2


def test_more_pivots_than_are_drawn(lead: Client, yard: SimpleNamespace) -> None:
    """What is looked at is drawn, whoever it has; the rest is named."""
    for number in range(9):
        made = Pivot.objects.create(
            name=f"Pivot {number}", team=yard.refunds.team, owner=yard.ines, position=number
        )
    decide(yard.trend)
    page = lead.get(url("pivot", made.pk))
    drawn = [node.pivot for node in page.context["yard"].nodes]
    assert (len(drawn), made in drawn, yard.refunds in drawn) == (7, True, True)
    assert "the table has 3 more" in page.content.decode()


def test_all_tracks_stay_within_the_drawing(yard: SimpleNamespace) -> None:
    for number in range(6):
        pivot = Pivot.objects.create(name=f"P{number}", team=yard.refunds.team, owner=yard.ines)
        Destination.objects.create(pivot=pivot, name=f"Tasks {number}", kind="tasks")
    pivots = list(Pivot.objects.prefetch_related("destinations").select_related("team"))
    people = {pivot.pk: {"acting": 600 if pivot == pivots[0] else 1} for pivot in pivots}
    crowd = Flows(28, {1: 700}, 0, 0, people, clock.now())
    bands = draw(crowd, [], pivots, {}).bands
    ends = [max(map(float, re.findall(r"[ML](\d+\.\d)", one.d))) + one.width / 2 for one in bands]
    assert max(ends) <= 1124


def test_widths_stay_within_their_room() -> None:
    crowd = Flows(28, {1: 900_000}, 300_000, 100_000, {1: {"acting": 500_000}}, clock.now())
    k = scale(crowd)
    assert 900_000 * k <= 90.01
    assert 300_000 * k <= 44.01
    assert 500_000 * k <= 42.01


def test_an_empty_yard_is_drawn(db: None) -> None:
    empty = Flows(28, {}, 0, 0, {}, clock.now())
    assert draw(empty, [], [], {}).bands == []


def test_a_track_is_smooth_and_ends_where_it_should() -> None:
    drawn = path([(0, 0), (100, 0), (150, 50), (300, 50)], 20)
    assert drawn.startswith("M0.0 0.0L")
    assert drawn.endswith("L300.0 50.0")
    assert len(re.findall("A", drawn)) == 2


def test_the_gate_says_who_waits_and_for_how_long(yard: SimpleNamespace, now: Any) -> None:
    decide(yard.trend)
    with clock.at(now.replace(hour=18)):
        taken = hops([yard.refunds])[yard.refunds.pk]
    assert (taken.waiting, taken.longest) == (1, "9 h")


RULES = {
    "r0-match": "all",
    "r0-c0-field": "rung",
    "r0-c0-op": "at_least",
    "r0-c0-value": "pattern",
    "r0-c1-field": "about",
    "r0-c1-op": "contains",
    "r0-c1-value": "locker, code",
}


def fields(yard: SimpleNamespace, **other: Any) -> dict[str, Any]:
    plain = {
        "name": "Pick-up",
        "team": yard.samir.team_id,
        "owner": yard.ines.pk,
        "gate": "open",
        "position": 3,
    }
    hours = {"pass_hours": 24, "accept_hours": 48, "act_hours": 336, "tell_hours": 72}
    return plain | hours | RULES | other


def test_a_pivot_is_made_with_its_rules(lead: Client, yard: SimpleNamespace) -> None:
    lead.post(url("pivot_new"), fields(yard))
    made = Pivot.objects.get(name="Pick-up")
    assert made.rules.get().conditions == [
        {"field": "rung", "op": "at_least", "value": "pattern"},
        {"field": "about", "op": "contains", "value": ["locker", "code"]},
    ]


def test_what_the_rules_would_have_matched_is_shown_before_saving(
    lead: Client, yard: SimpleNamespace
) -> None:
    page = lead.post(url("rules_try"), RULES).content.decode()
    assert "would have matched 1 insight in the last 90 days" in page
    assert "Locker code comes late" in page
    assert not Pivot.objects.filter(name="Pick-up").exists()


def test_editing_a_pivot_does_not_take_from_itself(lead: Client, yard: SimpleNamespace) -> None:
    replay = lead.get(url("pivot_edit", yard.refunds.pk)).context["replay"]
    assert (replay.caught.insights, replay.taken_from) == (1, {})


def test_a_pivot_of_three_hundred_rules_loses_none(lead: Client, yard: SimpleNamespace) -> None:
    sent = fields(yard) | dict.fromkeys(RULES, "")
    for number in range(300):
        sent |= {f"r{number}-match": "all"}
        for place, (field, op, value) in enumerate((("people", "at_least", number), ("rung", "is", "trend"))):
            name = f"r{number}-c{place}"
            sent |= {f"{name}-field": field, f"{name}-op": op, f"{name}-value": value}
    assert lead.post(url("pivot_new"), sent).status_code == 302
    made = Pivot.objects.get(name="Pick-up")
    assert [rule.conditions[0]["value"] for rule in made.rules.all()] == list(range(300))
    page = lead.get(url("pivot_edit", made.pk))
    assert len(page.context["rules"]) == 300
    assert len(rule_form.edited(page.context["rules"], "drop-250")) == 299


def test_the_order_of_the_form_counts_in_what_is_shown(lead: Client, yard: SimpleNamespace) -> None:
    Pivot.objects.update(position=5)
    rules = {"r0-match": "all", "r0-c0-field": "rung", "r0-c0-op": "is", "r0-c0-value": "trend"}
    taken = lead.post(url("rules_try"), rules | {"position": 0}).context["replay"]
    kept = lead.post(url("rules_try"), rules | {"position": 9}).context["replay"]
    assert (list(taken.taken_from), list(taken.kept_by)) == ([yard.refunds], [])
    assert (list(kept.taken_from), list(kept.kept_by)) == ([], [yard.refunds])


def test_who_saves_second_is_told_what_the_first_changed(lead: Client, yard: SimpleNamespace) -> None:
    page = lead.get(url("pivot_edit", yard.refunds.pk))
    version = page.context["version"]
    assert f'name="version" value="{version}"' in page.content.decode()
    edit.save({"act_hours": 100}, by=yard.ada, pivot=yard.refunds)
    said = lead.post(url("pivot_edit", yard.refunds.pk), fields(yard, act_hours=240, version=version))
    assert "Ada Winther has changed this meanwhile: Act within." in said.content.decode()
    assert Pivot.objects.get(pk=yard.refunds.pk).act_hours == 100
    assert said.context["version"] == version


def test_the_form_shows_how_it_has_worked_before_the_gate_opens(lead: Client, yard: SimpleNamespace) -> None:
    page = lead.get(url("pivot_edit", yard.refunds.pk)).content.decode()
    assert "Before you open it: how it has worked in 180 days" in page


def test_a_wrong_condition_is_one_sentence(lead: Client, yard: SimpleNamespace) -> None:
    wrong = {"r0-c0-field": "people", "r0-c0-op": "at_least", "r0-c0-value": "many"}
    assert "needs a number, not “many”" in lead.post(url("rules_try"), wrong).content.decode()
    page = lead.post(url("pivot_new"), fields(yard, **wrong)).content.decode()
    assert "needs a number" in page
    assert not Pivot.objects.filter(name="Pick-up").exists()


@pytest.mark.parametrize(
    ("edit", "conditions"),
    [
        ("add-rule", [2, 1]),
        ("add-0", [3]),
        ("group-0", [3]),
        ("down-0", [2]),
        ("drop-0", []),
        ("drop-0-1", [1]),
        ("nonsense", [2]),
        ("drop-9", [2]),
    ],
)
def test_the_buttons_of_the_rules(
    lead: Client, yard: SimpleNamespace, edit: str, conditions: list[int]
) -> None:
    page = lead.post(url("pivot_new"), fields(yard, edit=edit))
    assert [len(rule["parts"]) for rule in page.context["rules"]] == conditions
    assert not Pivot.objects.filter(name="Pick-up").exists()


def test_sent_rules_keep_their_order_and_lists() -> None:
    data = QueryDict(
        "r1-match=any&r1-c0-field=people&r1-c0-op=at_least&r1-c0-value=2&r0-excludes=on&r0-c0-field=severity&r0-c0-op=is&r0-c0-value=low&r0-c0-value=high"
    )
    first, second = rule_form.sent(data)
    assert first["excludes"] is True
    assert first["conditions"][0]["value"] == ["low", "high"]
    assert second == {
        "match": "any",
        "excludes": False,
        "conditions": [{"field": "people", "op": "at_least", "value": "2"}],
    }


GROUPED = {
    "r0-match": "all",
    "r0-c0-field": "people",
    "r0-c0-op": "at_least",
    "r0-c0-value": "2",
    "r0-c1-match": "any",
    "r0-c1-c0-field": "meaning",
    "r0-c1-c0-op": "like",
    "r0-c1-c0-value": "Locker code, late\r\nNo code yet",
    "r0-c1-c0-likeness": "55",
    "r0-c1-c1-field": "intent_share",
    "r0-c1-c1-op": "at_least",
    "r0-c1-c1-of": "complaint",
    "r0-c1-c1-value": "50",
}


def test_a_group_is_sent_tried_and_kept(lead: Client, yard: SimpleNamespace) -> None:
    page = lead.post(url("rules_try") + "?part=rules", GROUPED).content.decode()
    assert "would have matched 2 insights in the last 90 days" in page
    assert "from 55 % alike" in page
    lead.post(url("pivot_new"), fields(yard) | dict.fromkeys(RULES, "") | GROUPED)
    made = Pivot.objects.get(name="Pick-up")
    assert made.rules.get().conditions[1]["conditions"] == [
        {"field": "meaning", "op": "like", "value": ["Locker code, late", "No code yet"], "likeness": 55},
        {"field": "intent_share", "op": "at_least", "value": 50, "of": "complaint"},
    ]
    again = lead.get(url("pivot_edit", made.pk)).content.decode()
    assert 'name="r0-c1-c1-of"' in again
    assert "Locker code, late\nNo code yet</textarea>" in again


def test_rules_change_places_and_groups_grow() -> None:
    rules = rule_form.sent(QueryDict("r0-c0-field=people&r1-c0-match=any&r1-c0-c0-field=title"))
    assert rule_form.edited(rules, "add-1-0")[1]["conditions"][0]["conditions"][1] == rule_form.EMPTY
    assert [len(rule["conditions"][0]) for rule in rule_form.edited(rules, "up-1")] == [2, 3]
    assert rule_form.edited(rules, "drop-0-0-0")[0]["conditions"][0]["conditions"] == [rule_form.EMPTY]


def test_another_field_begins_with_a_value_of_its_own() -> None:
    data = QueryDict("r0-c0-field=meaning&r0-c0-op=at_least&r0-c0-value=3")
    assert rule_form.sent(data, "r0-c0-field")[0]["conditions"][0]["value"] == []
    data = QueryDict("r0-c0-field=mood_share&r0-c0-op=at_least&r0-c0-value=3")
    assert rule_form.sent(data, "r0-c0-field")[0]["conditions"][0]["value"] == "50"


def test_what_nobody_catches_has_a_page_that_begins_a_rule(lead: Client, yard: SimpleNamespace) -> None:
    page = lead.get(url("uncovered")).content.decode()
    assert "2 insights with <b>3 people</b> behind them fit no pivot’s rules." in page
    assert "Locker code comes late" in page
    assert "Refund still missing" not in page
    begun = lead.get(url("pivot_new") + f"?insight={yard.pattern.pk}")
    assert begun.context["replay"].caught.insights == 1
    assert begun.context["rules"][0]["parts"][0]["group"]


def test_gate_destination_and_secret(lead: Client, yard: SimpleNamespace) -> None:
    lead.post(url("pivot_gate", yard.refunds.pk), {"gate": "open"})
    yard.refunds.refresh_from_db()
    assert yard.refunds.gate == "open"
    data = {"name": "ERP", "kind": "webhook", "webhook-url": "https://erp.example/in"}
    page = lead.post(url("destination_new", yard.refunds.pk), data)
    made = Destination.objects.get(name="ERP")
    assert made.config == {"url": "https://erp.example/in"}
    assert made.secret.startswith("whsec_")
    assert made.secret in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    lead.post(url("destination_close", made.pk))
    made.refresh_from_db()
    assert made.closed_at is not None


def test_the_key_of_the_other_side_is_kept_and_never_shown(lead: Client, yard: SimpleNamespace) -> None:
    key = "an application key of somebody else"
    data = {"name": "ERP", "kind": "tryton", "tryton-url": "http://127.0.0.1:9", "tryton-database": "erp"}
    page = lead.post(url("destination_new", yard.refunds.pk), data, follow=True).content.decode()
    assert "It has no application key yet; enter one." in page
    made = Destination.objects.get(name="ERP")
    assert made.config == {"url": "http://127.0.0.1:9", "database": "erp"}
    page = lead.post(url("destination_key", made.pk), {"key": key}, follow=True).content.decode()
    assert "is at the private address" in page
    assert Destination.objects.get(pk=made.pk).secret == key
    assert key not in page + lead.get(url("pivot", yard.refunds.pk)).content.decode()
    page = lead.post(url("destination_key", made.pk), {"key": " "}, follow=True).content.decode()
    assert "Enter the key." in page
    assert Destination.objects.get(pk=made.pk).secret == key


def test_an_unknown_gate_is_refused(lead: Client, yard: SimpleNamespace) -> None:
    lead.post(url("pivot_gate", yard.refunds.pk), {"gate": "ajar"})
    yard.refunds.refresh_from_db()
    assert yard.refunds.gate == "checked"


def test_a_pivot_with_somebody_at_its_gate_is_not_closed(lead: Client, yard: SimpleNamespace) -> None:
    decide(yard.trend)
    page = lead.post(url("pivot_close", yard.refunds.pk), follow=True).content.decode()
    assert "1 insight waits at this gate" in page
    yard.refunds.refresh_from_db()
    assert yard.refunds.closed_at is None
