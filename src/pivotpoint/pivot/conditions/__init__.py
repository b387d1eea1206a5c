"""Conditions without code: which insights a pivot takes. Everything compiles to one query."""

from pivotpoint.pivot.conditions.check import ConditionError, check
from pivotpoint.pivot.conditions.describe import describe
from pivotpoint.pivot.conditions.fields import FIELDS, Field
from pivotpoint.pivot.conditions.match import first_rule, matching, switchable

__all__ = [
    "FIELDS",
    "ConditionError",
    "Field",
    "check",
    "describe",
    "first_rule",
    "matching",
    "switchable",
]
