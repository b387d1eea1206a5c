"""Use a standing answer: records one use within its limits and returns text for the reply box. Sends nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.channels.models import Conversation, Direction, Message
from pivotpoint.insights.models import Insight, Membership
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.covering import covers
from pivotpoint.pivot.models import StandingAnswer, Use
from pivotpoint.pivot.refused import Refused

WEEK = timedelta(days=7)
MARKS = re.compile(r"\{(name|agent|amount)\}")


@dataclass(frozen=True, slots=True)
class Offer:
    """A standing answer that applies to a customer's last message. `left` this week; None is without limit."""

    standing: StandingAnswer
    left: int | None
    used: Use | None

    @property
    def spent(self) -> bool:
        return self.left == 0 and self.used is None


def offers(message: Message, theme: int) -> list[Offer]:
    """The standing answers that apply to this message of this theme; three queries."""
    live = StandingAnswer.objects.live().select_related("pivot", "owner").order_by("since", "pk")
    standing = covers([theme], list(live)).get(theme, [])
    if not standing:
        return []
    here = Use.objects.counted().filter(message=message, standing__in=standing).select_related("agent")
    used = {use.standing_id: use for use in here}
    spent = _spent(standing)
    return [Offer(one, _left(one, spent.get(one.pk, 0)), used.get(one.pk)) for one in standing]


def _spent(standing: list[StandingAnswer]) -> dict[int, int]:
    """Uses of the last seven days."""
    lately = Q(uses__taken_back_at=None, uses__at__gt=clock.now() - WEEK)
    rows = StandingAnswer.objects.filter(pk__in=[one.pk for one in standing]).order_by("pk")
    return dict(rows.annotate(lately=Count("uses", filter=lately)).values_list("pk", "lately"))


def _left(standing: StandingAnswer, spent: int) -> int | None:
    return None if standing.most_a_week is None else max(0, standing.most_a_week - spent)


@transaction.atomic
def use(
    standing: StandingAnswer, conversation: Conversation, *, by: Any, amount: Decimal | None = None
) -> Use:
    """Use it for the last message of this conversation. Idempotent; Refused when a limit is reached."""
    demand(by, "reply.send")
    agent = user_of(by)
    if agent is None:
        raise Refused("A person uses a standing answer, in their own name.")
    standing.refresh_from_db(from_queryset=StandingAnswer.objects.select_for_update())
    if standing.ended_at:
        raise Refused(f"“{standing}” ended on {standing.ended_at:%-d %B}: {standing.why_ended}")
    message, insight = _covered(standing, conversation)
    known = Use.objects.filter(standing=standing, message=message).first()
    if known is not None and known.taken_back_at is None:
        return known
    _demand_limits(standing, amount)
    given = amount if standing.most_amount is not None else None
    row, _ = Use.objects.update_or_create(
        standing=standing,
        message=message,
        defaults={
            "insight_id": insight,
            "conversation": conversation,
            "agent": agent,
            "amount": given,
            "at": clock.now(),
            "taken_back_at": None,
            "taken_back_by": None,
        },
    )
    record("pivot.standing_used", row, by=by, standing=standing.pk, insight=insight)
    return row


def _covered(standing: StandingAnswer, conversation: Conversation) -> tuple[Message, int]:
    """Their last words and the insight that they belong to."""
    last = conversation.messages.filter(direction=Direction.IN).order_by("-said_at", "-pk").first()  # type: ignore[attr-defined]
    theme = Membership.objects.filter(message=last).values_list("cluster__theme", flat=True).first()
    if last is None or theme is None or standing not in covers([theme], [standing]).get(theme, []):
        raise Refused(f"Their last words are about something else; “{standing}” does not cover it.")
    return last, Insight.objects.values_list("pk", flat=True).get(pk=theme)


def _demand_limits(standing: StandingAnswer, amount: Decimal | None) -> None:
    most = standing.most_amount
    if most is not None:
        if amount is None or amount <= 0:
            raise Refused(f"Say how much, up to {_plain(most)} {standing.unit}.")
        if amount > most:
            raise Refused(
                f"{_plain(amount)} {standing.unit} is more than {_plain(most)}; "
                f"{standing.owner} decides beyond that."
            )
    if standing.most_a_week is not None and _spent([standing])[standing.pk] >= standing.most_a_week:
        raise Refused(
            f"“{standing}” was used {standing.most_a_week} times in seven days, which is its limit; "
            f"{standing.owner} decides beyond that."
        )


@transaction.atomic
def take_back(row: Use, *, by: Any) -> Use:
    """Withdraw a use: it no longer counts against the limit."""
    demand(by, "reply.send")
    row.refresh_from_db(from_queryset=Use.objects.select_for_update())
    if row.taken_back_at is None:
        row.taken_back_at, row.taken_back_by = clock.now(), user_of(by)
        row.save(update_fields=["taken_back_at", "taken_back_by"])
        record("pivot.standing_taken_back", row, by=by, standing=row.standing_id)
    return row


def words(row: Use) -> str:
    """The text for this customer. Placeholders are replaced once and only by known names, so that neither a
    template nor a name can inject anything."""
    standing = row.standing
    amount = f"{_plain(row.amount)} {standing.unit}" if row.amount is not None else ""
    filled = {"name": str(row.conversation.customer), "agent": str(row.agent), "amount": amount}
    return MARKS.sub(lambda mark: filled[mark[1]], standing.template)


def _plain(amount: Decimal) -> str:
    """50, 19.90."""
    return f"{amount:.2f}".removesuffix(".00")
