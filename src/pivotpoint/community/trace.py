"""The customer's view from their message to the change. It shows nobody else's words and no colleague's surname."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Delivery, Direction, Message
from pivotpoint.community.followed import Followed
from pivotpoint.experiences.models import Change, Notice, Verdict
from pivotpoint.experiences.verdicts import may_judge
from pivotpoint.insights.models import Backing, Theme
from pivotpoint.pivot.attach import loops_of
from pivotpoint.pivot.models import Loop, Stage, StageMove


@dataclass(frozen=True, slots=True)
class Step:
    """One station. `voice`: the words are the customer's own. `notice`: it asks for (or shows) their verdict."""

    at: datetime
    title: str = ""
    text: str = ""
    small: str = ""
    voice: bool = False
    now: bool = False
    notice: Notice | None = None
    verdict: Verdict | None = None


def trace(followed: Followed) -> list[Step]:
    """The stations in order; a constant number of statements."""
    steps = [_said(message) for message in followed.messages]
    steps += _replies(followed.messages)
    theme, customer = followed.theme, followed.customer
    if theme is None or customer is None:
        return _in_order([*steps, *_waiting(followed)])
    steps += _others(theme, customer.pk)
    theirs = Loop.objects.filter(loops_of([theme.pk])).select_related("team")
    loops = list(theirs.order_by("opened_at", "pk"))
    moves = StageMove.objects.filter(loop__in=loops).order_by("at", "pk")
    changes = _changes(loops)
    since = min((step.at for step in steps), default=None)
    for loop in loops:
        way = _way(loop, [move for move in moves if move.loop_id == loop.pk], changes[loop.pk])
        steps += _since_then(way, since)
    notices = Notice.objects.filter(loop__in=loops, customer=customer).select_related("loop", "change")
    steps += _notices(list(notices.prefetch_related("verdicts").order_by("pk")))
    if not loops:
        steps += _waiting(followed)
    return _in_order(steps)


def _in_order(steps: list[Step]) -> list[Step]:
    """By time; what is asked of the customer stands last."""
    return sorted(steps, key=lambda step: (step.now, step.at))


def _said(message: Message) -> Step:
    return Step(message.said_at, text=message.text, small=f"You, by {message.channel.name}.", voice=True)


def _replies(messages: Iterable[Message]) -> list[Step]:
    """What we have answered in person; what came before these words was about something else."""
    messages = list(messages)
    threads = {message.conversation_id for message in messages if message.conversation_id}
    if not threads:
        return []
    first = min(message.said_at for message in messages)
    sent = Message.objects.filter(conversation__in=threads, direction=Direction.OUT, said_at__gte=first)
    sent = sent.filter(delivery__state=Delivery.State.SENT).select_related("author")
    return [
        Step(
            reply.said_at,
            title=f"{reply.author.first_name if reply.author else 'We'} answered:",
            text=reply.text,
        )
        for reply in sent.order_by("said_at")[:20]
    ]


def _waiting(followed: Followed) -> list[Step]:
    last = max((message.received_at for message in followed.messages), default=None)
    if last is None:
        return []
    return [
        Step(
            last,
            title="We have it.",
            text="A person reads it. If others say the same, it goes to those who can change it.",
        )
    ]


def _others(theme: Theme, customer: int) -> list[Step]:
    """Where they stood among those who said the same; a number, and the theme's own title."""
    mine = Backing.objects.filter(theme=theme, customer=customer).first()
    if mine is None:
        return []
    place = Backing.objects.filter(theme=theme, first_at__lte=mine.first_at).count()
    if theme.people < Installation.here().pattern_from:
        return []
    first = "You were the first to say so." if place == 1 else f"You were number {place} to say so."
    return [Step(mine.first_at, title=_ended(theme.title), text=f"{first} By now you are {theme.people}.")]


def _ended(title: str) -> str:
    """With a full stop, as a sentence follows it."""
    return title if title[-1:] in ".!?" else f"{title}."


def _changes(loops: list[Loop]) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = defaultdict(list)
    links = Change.loops.through.objects.filter(loop__in=loops, change__taken_back_at=None)
    links = links.select_related("change").prefetch_related("change__corrections")
    for link in links.order_by("change__at"):
        found[link.loop_id].append(link.change)
    return found


def _way(loop: Loop, moves: list[StageMove], changes: list[Change]) -> list[Step]:
    """The loop's stages in public words. A new owner at the same stage is our own business."""
    steps, before = [], ""
    for move in moves:
        if move.stage == before and not move.reopened:
            continue
        before = move.stage
        said = _public(move, loop.team.name)
        if said:
            steps.append(Step(move.at, title=said[0], text=said[1]))
    steps += [
        Step(change.at, title=f"Changed: {_ended(change.title)}", text=change.what) for change in changes
    ]
    steps += [
        Step(line.at, title=f"Put right: {_ended(change.title)}", text=line.text)
        for change in changes
        for line in change.corrections.all()
    ]
    return steps


def _since_then(way: list[Step], since: datetime | None) -> list[Step]:
    """What happened before they spoke is not their way: only where it stood then."""
    if since is None:
        return way
    before = sorted((step for step in way if step.at < since), key=lambda step: step.at)
    stood = [replace(before[-1], at=since, small="So it stood already.")] if before else []
    return [*stood, *(step for step in way if step.at >= since)]


def _public(move: StageMove, team: str) -> tuple[str, str] | None:
    if move.reopened:
        return "Opened again.", f"It was not solved for everyone, so {team} looks at it again."
    return {
        Stage.HANDED_OVER: (f"Handed to {team}.", ""),
        Stage.ACCEPTED: (f"{team} took it on.", ""),
        Stage.CHANGING: ("Work on it has begun.", ""),
        Stage.DECLINED: ("No, not now.", move.told),
        Stage.CONFIRMED: ("Those who asked say that it helped.", ""),
    }.get(Stage(move.stage))


def _notices(notices: list[Notice]) -> list[Step]:
    """What we wrote to them, and the question that belongs to the newest change."""
    told = [notice for notice in notices if notice.state == Notice.State.TOLD and notice.told_at]
    steps = [Step(notice.told_at, title="We wrote to you.") for notice in told if notice.told_at]
    asked = [notice for notice in notices if may_judge(notice)]
    if asked:
        notice = asked[-1]
        verdict = list(notice.verdicts.all())[-1] if notice.verdicts.all() else None
        at = verdict.at if verdict else notice.told_at or notice.created_at
        steps.append(Step(at, title="Did it help?", now=True, notice=notice, verdict=verdict))
    return steps
