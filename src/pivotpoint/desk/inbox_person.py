"""The person beside a conversation: who they are, what they allow, what they stand behind, what they were told."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from pivotpoint.channels.models import Channel, Conversation, Delivery, Kind, Message
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Purpose
from pivotpoint.desk.places import places
from pivotpoint.experiences.models import Notice
from pivotpoint.insights.models import Backing, Insight
from pivotpoint.lib import clock

MOST = 4
KINDS = {"email": "e-mail address", "form": "form name", "portal": "portal name", "call": "phone number"}


def person(conversation: Conversation, user: Any) -> dict[str, Any]:
    """A constant number of queries."""
    customer, channel = conversation.customer, conversation.channel
    return {
        "customer": customer,
        "known_as": known_as(customer),
        "may_write": may_write(customer),
        "notices_used": _this_week(customer),
        "notices_most": channel.notices_per_week,
        "stands_behind": stands_behind(customer, user),
        "told": list(_told(customer)),
        "others": list(_others(conversation)),
    }


def known_as(customer: Customer) -> str:
    """2 e-mail addresses, 1 handle."""
    counted = Counter(
        KINDS.get(kind, "handle") for kind in customer.identities.values_list("kind", flat=True)
    )
    words = [
        f"{n} {one}{('es' if one.endswith('s') else 's') if n > 1 else ''}" for one, n in counted.items()
    ]
    return ", ".join(words) or "nobody yet: no address or handle"


def may_write(customer: Customer) -> dict[str, str]:
    """For answers and for news: on which kinds of channel they allow it, in words."""
    labels = dict(Kind.choices)
    kinds = sorted(
        set(Channel.objects.filter(closed_at=None).exclude(notices="none").values_list("kind", flat=True))
    )
    said = {}
    for purpose, name in ((Purpose.REPLY, "Answers"), (Purpose.NOTICE, "News")):
        allowed = consent.allowed([customer.pk], purpose)[customer.pk]
        on = [labels[kind].lower() for kind in kinds if kind in allowed]
        said[name] = "nowhere" if not on else "everywhere" if len(on) == len(kinds) > 1 else ", ".join(on)
    return said


def _this_week(customer: Customer) -> int:
    sent = Delivery.objects.filter(customer=customer, purpose=Purpose.NOTICE, state=Delivery.State.SENT)
    return sent.filter(sent_at__gt=clock.now() - timedelta(days=7)).count()


def stands_behind(customer: Customer, user: Any, most: int = MOST) -> list[dict[str, Any]]:
    """The insights that this person is counted in, the latest first, and where each is on its way."""
    latest = Backing.objects.filter(customer=customer).order_by("-last_at", "-pk")
    ids = list(latest.values_list("theme", flat=True)[: 4 * most])
    mine = Insight.objects.visible_to(user).live().filter(pk__in=ids, theme__vague=False)
    by_pk = {one.pk: one for one in mine.select_related("theme")}
    found = [by_pk[pk] for pk in ids if pk in by_pk][:most]
    where = places(found)
    return [{"insight": one, "theme": one.theme, "place": where[one.pk]} for one in found]


def _told(customer: Customer) -> Any:
    rows = Notice.objects.filter(customer=customer, state=Notice.State.TOLD)
    return rows.select_related("change").prefetch_related("verdicts").order_by("-told_at")[:MOST]


def _others(conversation: Conversation) -> Any:
    """Their latest words in other places."""
    rows = Message.objects.heard().filter(customer=conversation.customer_id, quarantined="")
    return (
        rows.exclude(conversation=conversation.pk).select_related("channel").order_by("-said_at", "-pk")[:3]
    )
