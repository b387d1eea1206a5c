"""Any rule that a person could write, from dice: every field, every operator, groups in it."""

from __future__ import annotations

from random import Random
from typing import Any

from pivotpoint.pivot.conditions import FIELDS
from pivotpoint.pivot.conditions.fields import Field

SENTENCES = ["My refund is late", "The parcel came broken", "Where is my order?", "zzzz"]
WORDS = ["refund", "Größe", "late", "7"]


def _value(key: str, field: Field, op: str, dice: Random) -> Any:
    amount = op in ("at_least", "at_most")
    if field.choices:
        known = [choice for choice, _ in field.choices()]
        return dice.choice(known) if amount else dice.sample(known, min(len(known), dice.randint(1, 2)))
    if field.kind == "sentences":
        return dice.sample(SENTENCES[:3], dice.randint(1, 3))
    if field.kind == "own":
        return dice.choice([12, 12.5, 900]) if amount else dice.choice(["gold", "5", "900", "12.5", "true"])
    pools: dict[str, list[Any]] = {
        "language": ["de", "en", "fr"],
        "segment": ["business", "home"],
        "named": ["Aroma One", "Rostock"],
        "organisation": ["Acme", "Bolt", "Cord"],
    }
    if field.kind == "words":
        return dice.sample(pools.get(key, WORDS), dice.randint(1, 2))
    return {
        "percent": [0, 20, 33.3, 50, 60, 100],
        "days": [0, 1, 7, 30, 60],
        "decimal": [0, 0.4, 1, 1.2, 3],
        "number": [0, 1, 2, 3, 5],
    }[field.kind][dice.randint(0, 4)]


def a_condition(dice: Random) -> dict[str, Any]:
    key = dice.choice(list(FIELDS))
    field = FIELDS[key]
    op = dice.choice(field.operators)
    condition = {"field": key, "op": op, "value": _value(key, field, op, dice)}
    if field.of:
        of = {
            "mood_share": "negative",
            "intent_share": "request",
            "segment_share": "business",
            "named_share": "Aroma One",
        }
        condition["of"] = of.get(key) or dice.choice(["tier", "worth", "missing"])
    if field.kind == "sentences":
        condition["likeness"] = dice.choice([20, 55, 75])
    return condition


def a_rule(dice: Random) -> dict[str, Any]:
    conditions = [a_condition(dice) for _ in range(dice.randint(1, 3))]
    for _ in range(dice.choice([0, 0, 1, 2])):
        group = [a_condition(dice) for _ in range(dice.randint(1, 3))]
        conditions.append({"match": dice.choice(["all", "any"]), "conditions": group})
    return {
        "match": dice.choice(["all", "any"]),
        "excludes": dice.random() < 0.2,
        "conditions": conditions,
    }
