"""What a follow link opens: a customer's own messages about one matter, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from pivotpoint.channels.models import Message
from pivotpoint.customers.models import Customer
from pivotpoint.experiences import links
from pivotpoint.experiences.models import Notice
from pivotpoint.insights.models import Backing, Membership, Theme
from pivotpoint.pivot.attach import insights_of

WORDS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Followed:
    """`theme` is None until the message has joined a theme."""

    token: str
    customer: Customer | None
    messages: list[Message]
    theme: Theme | None


def followed(token: str) -> Followed:
    """Http404 for a token that is not ours, or whose person was erased."""
    subject: Any = links.find(token)
    if isinstance(subject, Notice):
        theme = _said_theme(subject)
        return Followed(token, subject.customer.person, _words(subject.customer_id, theme), theme)
    if not isinstance(subject, Message):
        raise Http404("This link is not complete, or it belongs to words that were erased.")
    found = Message.objects.select_related(
        "channel", "customer", "conversation", "membership__cluster__theme__merged_into"
    ).filter(pk=subject.pk)
    message = found.first()
    if message is None:
        raise Http404("These words were erased.")
    customer = message.customer.person if message.customer else None
    return Followed(token, customer, [message], _theme(message))


def _said_theme(notice: Notice) -> Theme:
    """The loop's own theme where they stand behind it, else what they said that goes along with it."""
    loop = notice.loop
    mine = Backing.objects.filter(theme__in=insights_of(loop), customer=notice.customer_id)
    rows = list(mine.select_related("theme").order_by("first_at", "theme"))
    own = next((row.theme for row in rows if row.theme_id == loop.insight_id), None)
    return own or (rows[0].theme if rows else loop.insight.theme)


def _words(customer: int, theme: Theme) -> list[Message]:
    """What this person said about it, the first of it first."""
    ids = Membership.objects.filter(cluster__theme=theme, customer=customer).order_by("said_at")
    rows = Message.objects.select_related("channel", "conversation")
    return list(rows.filter(pk__in=list(ids.values_list("pk", flat=True)[:WORDS_SHOWN])).order_by("said_at"))


def _theme(message: Message) -> Theme | None:
    membership: Membership | None = getattr(message, "membership", None)
    theme = membership.cluster.theme if membership else None
    while theme is not None and theme.merged_into is not None:
        theme = theme.merged_into
    return theme
