"""Which conversations the inbox shows, and one line about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from pivotpoint.channels.models import Conversation, Message
from pivotpoint.lib import clock
from pivotpoint.lib.paging import Page, page
from pivotpoint.lib.problems import Problem
from pivotpoint.listening.models import Mention
from textanalytics.base import INTENTS
from textanalytics.entities import NAME, NUMBER, PLACE

TABS = {"mine": "Mine", "nobody": "Nobody’s", "all": "All", "closed": "Closed", "apart": "Apart"}
MOODS = {"negative": "Upset", "neutral": "Neutral", "positive": "Pleased"}
ENDED = ("closed", "apart")
A_PAGE = 30
NOBODY = Q(owner__is_active=False) | Q(owner__left_at__isnull=False)
"""Law 3: there is never one. The tab is there to prove it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for; a tab that it does not name is chosen by what there is."""

    tab: str = ""
    channel: str = ""
    mood: str = ""
    intent: str = ""
    name: str = ""
    late: str = ""
    cursor: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """The part of the address that brings the same view back."""
        asked = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in asked.items() if value}

    @property
    def filters(self) -> dict[str, str]:
        """Without the place in the list."""
        return {name: value for name, value in self.chosen.items() if name != "cursor"}


@dataclass(frozen=True, slots=True)
class Line:
    """One conversation with the customer's latest words, and how many times they have written."""

    conversation: Conversation
    last: Message | None
    contacts: int

    @property
    def title(self) -> str:
        """The subject, unless it only repeats how their words begin."""
        subject, said = self.conversation.subject, self.last.text if self.last else ""
        return self.conversation.channel.name if not subject or said.startswith(subject[:40]) else subject

    @property
    def gist(self) -> str:
        """3rd message, refund does not arrive."""
        parts = [f"{ordinal(self.contacts)} message"] if self.contacts > 1 else []
        theme = theme_of(self.last)
        parts += [theme.title] if theme else []
        return ", ".join(parts) or self.conversation.channel.name


def asked(given: Mapping[str, str], counts: Mapping[str, int], *, feeling: bool = True) -> Wish:
    """Without `feeling` nobody is found by a mood."""
    tab = given.get("tab", "")
    channel, mood = given.get("channel", ""), given.get("mood", "")
    return Wish(
        tab=tab if tab in TABS else "mine" if counts["mine"] else "all",
        channel=channel if channel.isdecimal() and len(channel) < 12 else "",
        mood=mood if feeling and mood in MOODS else "",
        intent=intent if (intent := given.get("intent", "")) in INTENTS else "",
        name=given.get("name", "").strip()[:60],
        late="1" if given.get("late") else "",
        cursor=given.get("cursor", ""),
    )


def counts(user: Any) -> dict[str, int]:
    """How many open conversations each tab has."""
    return (
        Conversation.objects.visible_to(user)
        .open()
        .aggregate(mine=Count("pk", filter=Q(owner=user)), nobody=Count("pk", filter=NOBODY), all=Count("pk"))
    )


def lines(wish: Wish, user: Any) -> tuple[list[Line], str | None]:
    """One page, the most urgent first, and the cursor of the next; four queries for any number."""
    found = _page(_found(wish, user), wish)
    last = _messages([row.last_said for row in found.items])
    ids = [row.pk for row in found.items]
    heard = Message.objects.heard().filter(conversation__in=ids).order_by()
    contacts = dict(heard.values_list("conversation").annotate(Count("pk")))
    return [Line(row, last.get(row.last_said), contacts.get(row.pk, 0)) for row in found.items], found.next


def _found(wish: Wish, user: Any) -> QuerySet[Any]:
    rows = Conversation.objects.visible_to(user).select_related("channel", "customer", "owner")
    rows = rows.open() if wish.tab not in ENDED else rows.exclude(closed_at=None)
    if wish.tab in ENDED:
        rows = rows.exclude(apart="") if wish.tab == "apart" else rows.filter(apart="")
    if wish.tab == "mine":
        rows = rows.filter(owner=user)
    if wish.tab == "nobody":
        rows = rows.filter(NOBODY)
    if wish.channel:
        rows = rows.filter(channel=int(wish.channel))
    if wish.late:
        rows = rows.filter(due_at__lt=clock.now())
    theirs = Message.objects.heard().filter(conversation=OuterRef("pk")).order_by("-said_at", "-pk")
    if wish.mood:
        rows = rows.annotate(mood=Subquery(theirs.values("reading__mood")[:1])).filter(mood=wish.mood)
    if wish.intent:
        rows = rows.annotate(intent=Subquery(theirs.values("reading__intent")[:1])).filter(intent=wish.intent)
    if wish.name:
        rows = rows.filter(Exists(_naming(wish.name)))
    return rows.annotate(last_said=Subquery(theirs.values("pk")[:1]))


def _naming(name: str) -> QuerySet[Mention]:
    """Words of the conversation's customer in which the name is, the number of an order, or the place."""
    kinds = (NAME, NUMBER, PLACE)
    spelt = Q(value=name) | Q(value=name.upper())
    return Mention.objects.filter(spelt, kind__in=kinds, message__conversation=OuterRef("pk"))


def _page(rows: QuerySet[Any], wish: Wish) -> Page:
    key = "-last_at" if wish.tab in ENDED else "due_at"
    try:
        return page(rows, wish.cursor, A_PAGE, key=key)
    except Problem:
        return page(rows, None, A_PAGE, key=key)


def _messages(ids: Sequence[int | None]) -> dict[int | None, Message]:
    rows = Message.objects.filter(pk__in=[pk for pk in ids if pk]).select_related(
        "reading", "membership__cluster__theme"
    )
    return {row.pk: row for row in rows}


def theme_of(message: Message | None) -> Any:
    """The theme that a message joined, when it has joined one that says something."""
    membership = getattr(message, "membership", None)
    theme = membership.cluster.theme if membership else None
    return None if theme is None or theme.vague else theme


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 20 else ending}"
