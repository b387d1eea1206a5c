"""The month's budget of tokens and money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone

from pivotpoint.assistant.models import Assistant, Request
from pivotpoint.lib import clock

MILLION = Decimal(1_000_000)
BYTES_A_TOKEN = 3
"""A careful guess before the endpoint has counted: most languages need four."""


@dataclass(frozen=True, slots=True)
class Spent:
    """This calendar month; requests whose answer is not there yet count as much as they can need."""

    tokens: int
    cost: Decimal


def spent() -> Spent:
    first = datetime.combine(clock.today().replace(day=1), time.min)
    rows = Request.objects.filter(at__gte=timezone.make_aware(first))
    sums = rows.aggregate(tokens=Sum("tokens"), cost=Sum("cost"))
    return Spent(sums["tokens"] or 0, sums["cost"] or Decimal(0))


def guess(text: str) -> int:
    """An upper estimate of a text's tokens."""
    return len(text.encode()) // BYTES_A_TOKEN + 1


def cost(assistant: Assistant, tokens_in: int, tokens_out: int) -> Decimal | None:
    """The cost in the currency of the prices; None when no prices are set."""
    if assistant.price_in is None or assistant.price_out is None:
        return None
    return (assistant.price_in * tokens_in + assistant.price_out * tokens_out) / MILLION


def demand_room(assistant: Assistant, tokens: int, price: Decimal | None) -> None:
    """Refused, in one sentence, when the month's budget has no room for so much more."""
    now = spent()
    if now.tokens + tokens > assistant.monthly_tokens:
        raise ValidationError(
            "The assistant's tokens for this month are spent; write it yourself, or raise the budget."
        )
    limit = assistant.monthly_cost
    if limit is not None and price is not None and now.cost + price > limit:
        raise ValidationError(
            "The assistant's money for this month is spent; write it yourself, or raise the budget."
        )
