"""A quiet past, and an insight that rises in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pivotpoint.channels.models import Message
from pivotpoint.insights.alerts.watch import watch
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.models import Alert, Insight, Matter, Membership, MicroCluster, Theme, ThemeDay
from pivotpoint.lib import clock
from tests.switchyard import make_insight

WORDS = (
    "I cannot log in since this morning",
    "login says wrong password again and again",
    "your app throws me out at once",
    "locked out of my account, please help",
    "sign in fails on two phones",
    "no access since the update",
    "why does the password page stay white",
    "my code never arrives",
    "tried ten times, nothing opens",
    "is the service down?",
    "account gone after the update",
    "error 500 when I enter my name",
)
PAST = 9_000
"""The theme of all that is said otherwise."""


def past(days: int = 60, people: int = 40) -> None:
    """Every day so many people spoke of other things, today included."""
    theme = Theme.objects.create(id=PAST, title="This and that", people=people, messages=people)
    today = clock.today()
    ThemeDay.objects.bulk_create(
        ThemeDay(theme=theme, day=today - timedelta(days=n), people=people, messages=people, negative=0)
        for n in range(days)
    )


def rise(
    number: int = 1, people: int = 9, *, negative: bool = True, words: Any = WORDS, **more: Any
) -> Insight:
    """So many people spoke of it today, within the last hours; nobody did before."""
    insight = make_insight(number, people, **more)
    members = Membership.objects.filter(cluster__theme=number)
    members.update(negative=negative, actionable=negative, day=clock.today())
    for text, member in zip(words, members, strict=False):
        Message.objects.filter(pk=member.pk).update(text=text)
    ThemeDay.objects.create(
        theme=insight.theme, day=clock.today(), people=people, messages=people, negative=people * negative
    )
    return insight


def alerted(number: int = 1, **more: Any) -> Alert:
    """The alert of such an insight."""
    insight = rise(number, **more)
    watch()
    return Alert.objects.select_related("insight__theme").get(insight=insight)


def say_besides(
    number: int, people: int, *, negative: bool = True, ago: timedelta = timedelta(minutes=20)
) -> None:
    """So many people who are behind another insight say this of insight `number`, too, at the end of their message."""
    elsewhere = make_insight(number + 500, people, title="The flight was great")
    members = Membership.objects.filter(cluster__theme=elsewhere.pk).order_by("pk")
    at = clock.now() - ago
    members.update(negative=False, actionable=False, said_at=at, day=clock.today())
    cluster = MicroCluster.objects.filter(theme=number).earliest("pk")
    for member, words in zip(members, WORDS, strict=False):
        text = f"The flight was great. {words}"
        Message.objects.filter(pk=member.pk).update(text=text)
        Matter.objects.create(
            membership=member,
            start=text.index(words),
            end=len(text),
            cluster=cluster,
            negative=negative,
            actionable=negative,
        )
    recount([number, elsewhere.pk])
