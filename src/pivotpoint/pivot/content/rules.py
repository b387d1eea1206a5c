"""A pivot's rules as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotpoint.accounts import moods
from pivotpoint.pivot import expected
from pivotpoint.pivot.conditions import ConditionError, check, describe
from pivotpoint.pivot.conditions.clause import Clause, leaves
from pivotpoint.pivot.conditions.fields import FEELING, FIELDS
from pivotpoint.pivot.content.difference import changes
from pivotpoint.pivot.content.parts import Part
from pivotpoint.pivot.models import Pivot, Rule
from pivotpoint.pivot.refused import Refused

KEYS = ("match", "conditions", "excludes")
MOST = 300
"""Rules of one pivot: what its form can hold and a person may still read."""


def read(pivot: Pivot) -> list[dict[str, Any]]:
    return [
        {"match": rule.match, "conditions": rule.conditions} | ({"excludes": True} if rule.excludes else {})
        for rule in pivot.rules.all()
    ]


def write(pivot: Pivot, wanted: Any) -> None:
    """Replace all rules. They keep their rows by position, so that passages still point at them."""
    wanted = expected.mappings(wanted, "rules is a list of rules, each with match and conditions.")
    if len(wanted) > MOST:
        raise Refused(f"A pivot has {MOST} rules at most; make two pivots of it.")
    for number, one in enumerate(wanted, 1):
        _shaped(one, f"Rule {number}")
    clauses = check(wanted)
    rows = list(Rule.objects.filter(pivot=pivot))
    _without_new_moods(clauses, rows)
    for position, clause in enumerate(clauses):
        row = rows[position] if position < len(rows) else Rule(pivot=pivot)
        row.position, row.match = position, clause.match
        row.conditions, row.excludes = clause.conditions, clause.excludes
        row.save()
    for row in rows[len(clauses) :]:
        row.delete()


def _without_new_moods(clauses: list[Clause], rows: list[Rule]) -> None:
    """Where moods are switched off no rule may begin to ask for one; what asks already goes on until it is changed."""
    standing = [one for row in rows for one in leaves(row.conditions)]
    for number, one in enumerate(clauses, 1):
        new = [leaf for leaf in leaves(one.conditions) if leaf["field"] in FEELING and leaf not in standing]
        if new and not moods.shown():
            label = FIELDS[new[0]["field"]].label
            raise Refused(f"Rule {number} asks for “{label}”, but moods are switched off here.")


def _shaped(rule: Mapping[str, Any], where: str) -> None:
    expected.demand_known(rule, KEYS, where)
    if not isinstance(rule.get("conditions", []), list | tuple):
        raise Refused(f"{where}: conditions is a list.")
    if not isinstance(rule.get("excludes", False), bool):
        raise Refused(f"{where}: excludes is true or false, not “{rule['excludes']}”.")


def words(old: Any, new: Any) -> list[str]:
    """“Rule 1: at least 3 people → At least 5 people”; what moved is dropped at one place and new at another."""
    was, now = ([sentence(rule) for rule in each or []] for each in (old, new))
    return changes(was, now, "Rule", dropped="Rule")


def sentence(rule: Mapping[str, Any]) -> str:
    """In words, also when a version is older than the fields that conditions know today."""
    try:
        return describe(rule)
    except (KeyError, TypeError, ConditionError):
        return "a rule that is no longer understood"


PART = Part("rules", read, write, words, label="Rules", rows=("rules",))
