"""How severe: a rule that one can read, with its reason in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pivotpoint.insights.models import Severity, Theme
from textanalytics.rising.alerts import is_believed

SAFETY_FROM, FRAUD_FROM, MONEY_FROM, UPSET_FROM = 0.2, 0.2, 0.4, 0.6
FAST, FASTER = 0.5, 2.0
"""People a day, and how many times as many as before the onset."""
MANY = 10
UPSET = re.compile(r"(?:, )?\b(?:\d+ %|most) of its messages upset|, little upset", re.IGNORECASE)
NONE: Mapping[str, int] = MappingProxyType({})


def judge(theme: Theme, grave: Mapping[str, int] = NONE, *, feeling: bool = True) -> tuple[Severity, str]:
    """Safety and a crisis are always high. Otherwise one point each for money, theft or fraud, anger, people who are about to leave,
    speed and many people: 2 medium, 3 high. `grave`: how many people each of SIGNALS was read from.
    Without `feeling` moods neither count nor are said."""
    upset = theme.negative_share
    if theme.stakes.get("safety", 0) >= SAFETY_FROM and (upset >= 0.3 or not feeling):
        return Severity.HIGH, "Safety: one voice is enough"
    if is_believed(grave.get("crisis", 0), theme.people):
        return Severity.HIGH, f"Crisis: {_people(grave['crisis'])} of it"
    reasons = []
    if theme.stakes.get("money", 0) >= MONEY_FROM:
        reasons.append("money at stake")
    if theme.stakes.get("fraud", 0) >= FRAUD_FROM:
        reasons.append("theft or fraud")
    if feeling and upset >= UPSET_FROM:
        reasons.append("most of its messages upset")
    if is_believed(leaving := grave.get("churn threat", 0), theme.people):
        reasons.append(f"{leaving} about to leave")
    if theme.rose and theme.rate_since >= max(FAST, FASTER * theme.rate_before):
        reasons.append(f"{theme.rate_since:.1f} people a day, was {theme.rate_before:.1f}")
    if theme.people >= MANY and theme.voices >= MANY:
        reasons.append(f"{theme.people} people")
    level = Severity.HIGH if len(reasons) >= 3 else Severity.MEDIUM if len(reasons) == 2 else Severity.LOW
    why = ", ".join(reasons) or ("few people, little upset" if feeling else "few people")
    return level, why[:1].upper() + why[1:]


def unfelt(why: str) -> str:
    """A reason that was written down while moods were shown, without them."""
    rest = UPSET.sub("", why).removeprefix(", ") or "few people"
    return rest[:1].upper() + rest[1:]


def _people(count: int) -> str:
    return f"{count} {'person speaks' if count == 1 else 'people speak'}"
