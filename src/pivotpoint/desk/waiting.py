"""What waits for a person: rows for the Today page, from every stage that has something due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from pivotpoint.channels.models import Conversation
from pivotpoint.collaboration.models import Task
from pivotpoint.experiences.models import Notice
from pivotpoint.insights.models import Alert, Insight, Rung
from pivotpoint.lib import clock
from pivotpoint.pivot.attach import handoffs_with_people, with_people
from pivotpoint.pivot.models import Handoff, Loop, Passage, Proposal, Stage
from pivotpoint.ui.templatetags.ui import span, way

SHOWN = 8
"""Rows of one kind; the rest is behind a link."""
OWN_WORK = ("agent", "owner", "expert", "partner")
"""Roles that come for what is theirs; the others for the whole."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A button: a form that posts, or a link. `asks`: a reason is typed in first."""

    label: str
    url: str
    post: bool = False
    primary: bool = False
    asks: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One decision. `due` is a moment, or `when` says it in words; a title in their `voice` is a customer's words."""

    icon: str
    title: str
    url: str
    words: str
    function: str = ""
    function_name: str = ""
    people: int = 0
    due: datetime | None = None
    when: str = ""
    owner: str = ""
    rung: str = ""
    voice: bool = False
    verbs: tuple[Verb, ...] = ()


@dataclass(slots=True)
class Section:
    """Rows of one urgency and how many there are in all."""

    key: str
    title: str
    rows: list[Row] = field(default_factory=list)
    count: int = 0
    more: str = ""

    def add(self, found: QuerySet[Any], row: Callable[[Any], Row]) -> None:
        """The first rows; counts only when there are more."""
        first = list(found[: SHOWN + 1])
        self.count += found.count() if len(first) > SHOWN else len(first)
        self.rows += [row(each) for each in first[:SHOWN]]


def shorter(sentence: str, most: int = 140) -> str:
    """The first sentences that fit, so that none ends half-way; else as many words as fit."""
    if len(sentence) <= most:
        return sentence
    whole = sentence[:most].rpartition(". ")[0]
    return f"{whole}." if whole else f"{sentence[:most].rsplit(' ', 1)[0]} …"


def _stage(loop: Loop) -> str:
    """What is missing, in words."""
    return {
        Stage.HANDED_OVER: "was handed over, nobody has accepted it",
        Stage.ACCEPTED: "is accepted, the change has not begun",
        Stage.CHANGING: "is changing",
        Stage.DELIVERED: "is delivered; people are still to be told",
        Stage.DECLINED: "is declined; the reason has to be told",
        Stage.TOLD: "is told; look at the verdicts",
    }.get(Stage(loop.stage), "waits")


def _loop_row(user: Any) -> Callable[[Loop], Row]:
    def row(loop: Loop) -> Row:
        url = reverse("desk:loop", args=[loop.pk])
        accept = Verb("Accept", reverse("desk:loop_step", args=[loop.pk, "accept"]), post=True)
        own = loop.owner_id == user.pk and user.may("loop.act") and loop.stage == Stage.HANDED_OVER
        look = Verb("Open", url)
        return Row(
            icon="x" if loop.stage == Stage.DECLINED else "circle",
            title=loop.insight.theme.title,
            url=url,
            words=f"Loop {loop.pk} {_stage(loop)}",
            function=loop.team.key,
            function_name=loop.team.name,
            people=loop.people,  # type: ignore[attr-defined]
            due=loop.due_at,
            owner=_name(loop.owner, user),
            verbs=(accept, Verb("Open", url)) if own else (look,),
        )

    return row


def mine_first(user: Any) -> bool:
    """Whether Today opens with this person's own work: for whoever does it, not for whoever oversees it."""
    return user.role in OWN_WORK


def _name(owner: Any, user: Any) -> str:
    return "you" if owner.pk == user.pk else str(owner)


def loops(user: Any, condition: Q) -> QuerySet[Loop]:
    rows = with_people(Loop.objects.visible_to(user).open().filter(condition))
    return rows.select_related("insight__theme", "team", "owner").order_by("due_at", "pk")


def _conversation_row(user: Any) -> Callable[[Conversation], Row]:
    def row(conversation: Conversation) -> Row:
        url = f"/inbox/{conversation.pk}/"
        return Row(
            icon="clock",
            title=conversation.subject or f"{conversation.customer} wrote",
            voice=bool(conversation.subject),
            url=url,
            words=f"{conversation.customer} waits for an answer by {conversation.channel}",
            people=1,
            due=conversation.due_at,
            owner=_name(conversation.owner, user),
            verbs=(Verb("Answer" if user.may("reply.send") else "Look", url),),
        )

    return row


def conversations(user: Any, condition: Q) -> QuerySet[Conversation]:
    rows = Conversation.objects.visible_to(user).open().filter(condition, waiting_since__isnull=False)
    return rows.select_related("customer", "channel", "owner").order_by("due_at", "pk")


def _passage_row(user: Any) -> Callable[[Passage], Row]:
    def row(passage: Passage) -> Row:
        url = reverse("desk:insight", args=[passage.insight_id])
        verbs: tuple[Verb, ...] = (Verb("Look", url),)
        if user.may("insight.change"):
            verbs = (
                Verb("Let it pass", reverse("desk:let_pass", args=[passage.pk]), post=True, primary=True),
                Verb("Hold", reverse("desk:hold", args=[passage.pk]), post=True, asks="Why not"),
            )
        return Row(
            icon="gate-checked",
            title=passage.insight.theme.title,
            url=url,
            words=f"{way(passage.pivot)}. {passage.why}",
            function=passage.pivot.team.key,
            function_name=passage.pivot.team.name,
            people=passage.insight.theme.people,
            due=passage.due_at,
            owner=_name(passage.owner, user),
            verbs=verbs,
        )

    return row


def passages(user: Any, condition: Q) -> QuerySet[Passage]:
    rows = Passage.objects.visible_to(user).waiting().filter(condition)
    return rows.select_related("insight__theme", "pivot__team", "owner").order_by("due_at", "pk")


def _handoff_row(user: Any) -> Callable[[Handoff], Row]:
    def row(handoff: Handoff) -> Row:
        loop, url = handoff.loop, reverse("desk:loop", args=[handoff.loop_id])
        replay = Verb("Replay", reverse("desk:handoff_replay", args=[handoff.pk]), post=True)
        return Row(
            icon="alert",
            title=f"{handoff.destination} did not take loop {loop.pk}",
            url=url,
            words=f"Stopped after {handoff.attempts_made} tr{'y' if handoff.attempts_made == 1 else 'ies'}. {shorter(handoff.error)}",
            function=loop.team.key,
            function_name=loop.team.name,
            people=handoff.people,  # type: ignore[attr-defined]
            when="needs a person",
            owner=_name(loop.owner, user),
            verbs=(replay, Verb("Look", url)) if user.may("loop.act") else (Verb("Look", url),),
        )

    return row


def dead(user: Any, condition: Q) -> QuerySet[Handoff]:
    rows = Handoff.objects.visible_to(user).filter(condition, state=Handoff.State.DEAD, loop__closed_at=None)
    with_all = rows.select_related("loop__insight__theme", "loop__team", "loop__owner", "destination")
    return handoffs_with_people(with_all).order_by("pk")


def _task_row(user: Any) -> Callable[[Task], Row]:
    def row(task: Task) -> Row:
        url = reverse("desk:insight", args=[task.insight_id]) + "#room" if task.insight_id else ""
        done = Verb("Done", reverse("desk:task_done", args=[task.pk]), post=True)
        return Row(
            icon="check",
            title=task.title,
            url=url,
            words=f"A task{' of loop ' + str(task.loop_id) if task.loop_id else ''}",
            function=task.team.key if task.team else "",
            function_name=task.team.name if task.team else "",
            people=task.insight.theme.people if task.insight else 0,
            due=task.due_at,
            owner=_name(task.owner, user),
            verbs=(done,) if user.may("room.write") else (Verb("Look", url),) if url else (),
        )

    return row


def tasks(user: Any, condition: Q) -> QuerySet[Task]:
    rows = Task.objects.visible_to(user).open().filter(condition)
    return rows.select_related("insight__theme", "team", "owner").order_by("due_at", "pk")


def _telling_row(user: Any) -> Callable[[Loop], Row]:
    def row(loop: Loop) -> Row:
        drafts = loop.drafts  # type: ignore[attr-defined]
        url = reverse("desk:notices", args=[loop.pk]) + "?state=draft"
        return Row(
            icon="send",
            title=f"Tell {drafts:,} {'person' if drafts == 1 else 'people'}: {loop.insight.theme.title}",
            url=url,
            words="Their channel wants a person's approval",
            function=loop.team.key,
            function_name=loop.team.name,
            people=drafts,
            due=loop.due_at,
            owner=_name(loop.owner, user),
            verbs=(Verb("Read them", url, primary=True),),
        )

    return row


def tellings(user: Any, condition: Q) -> QuerySet[Loop]:
    """Loops with notices to approve, for those who may."""
    if not user.may("notice.approve"):
        return Loop.objects.none()
    draft = Q(notices__state=Notice.State.DRAFT)
    return loops(user, condition).annotate(drafts=Count("notices", filter=draft)).filter(drafts__gt=0)


def _proposal_row(user: Any) -> Callable[[Proposal], Row]:
    def row(proposal: Proposal) -> Row:
        url = reverse("desk:proposals")
        names = ", ".join(change.content["name"] for change in proposal.changes.all())
        return Row(
            icon="edit",
            title=f"A change of {names}",
            url=url,
            words=f"{proposal.actor_name} asks for a second pair of eyes",
            when=f"waits for {span(proposal.waited_hours)}",
            verbs=(Verb("Look", url),),
        )

    return row


def proposals(user: Any) -> QuerySet[Proposal]:
    """What somebody else wants to change in the switchyard, for those who may approve it."""
    rows = Proposal.objects.visible_to(user).open() if user.may("pivot.change") else Proposal.objects.none()
    return rows.exclude(by=user).prefetch_related("changes").order_by("at")


def _climbed_row(user: Any) -> Callable[[Insight], Row]:
    def row(insight: Insight) -> Row:
        theme, url = insight.theme, reverse("desk:insight", args=[insight.pk])
        verbs: tuple[Verb, ...] = (Verb("Look", url),)
        if user.may("insight.change"):
            aside = Verb(
                "Not now", reverse("desk:set_aside", args=[insight.pk]), post=True, fields=(("days", "7"),)
            )
            verbs = (Verb("Hand over" if theme.rung == Rung.TREND else "Look", url), aside)
        return Row(
            icon="",
            title=theme.title,
            url=url,
            words=f"{theme.get_rung_display()} now; {insight.severity_why[:1].lower()}{insight.severity_why[1:]}",
            function=theme.concerns,
            people=theme.people,
            when="no owner",
            owner=_since(insight.climbed_at or insight.opened_at),
            rung=theme.rung,
            verbs=verbs,
        )

    return row


def _since(moment: datetime) -> str:
    return f"since {moment:%H:%M}" if moment.date() == clock.today() else f"since {moment.day} {moment:%b}"


def climbed(user: Any) -> QuerySet[Insight]:
    """Up a rung in the last three days and on no way yet, the largest first."""
    now = clock.now()
    here = OuterRef("pk")
    rows = Insight.objects.visible_to(user).of_one_matter().filter(climbed_at__gte=now - timedelta(days=3))
    rows = rows.exclude(theme__rung=Rung.VOICE).exclude(set_aside_until__gt=now)
    rows = rows.exclude(Exists(rises(user, Q(insight=here))))
    rows = rows.exclude(Exists(Loop.objects.filter(insight=here)))
    rows = rows.exclude(Exists(Passage.objects.filter(insight=here)))
    return rows.select_related("theme").order_by("-theme__people", "pk")


def _rising_row(user: Any) -> Callable[[Alert], Row]:
    def row(alert: Alert) -> Row:
        quote = f"“{alert.quote}”" if alert.quote else ""
        judge = reverse("desk:alert_verdict", args=[alert.pk])
        verbs: tuple[Verb, ...] = (Verb("Look", reverse("desk:insight", args=[alert.home])),)
        if user.may("insight.change"):
            verbs += tuple(
                Verb(label, judge, post=True, fields=(("value", value),))
                for label, value in (("Real", "real"), ("False alarm", "false"))
            )
        return Row(
            icon="alert",
            title=alert.heading,
            url=verbs[0].url,
            words=" ".join(filter(None, (quote, alert.counted, alert.where, alert.severity.title()))),
            function=alert.concerns,
            people=alert.behind,
            when=_since(alert.onset),
            owner=_name(alert.owner, user) if alert.owner else "nobody yet",
            verbs=verbs,
        )

    return row


def rises(user: Any, condition: Q) -> QuerySet[Alert]:
    """What rises and nobody has judged or taken up."""
    rows = Alert.objects.visible_to(user).waking().standing().unjudged().filter(condition, taken_up_at=None)
    return rows.with_quotes().order_by("-at", "-pk")


def sections(user: Any, mine: bool) -> list[Section]:
    """The page's lists, the most urgent first."""
    now = clock.now()
    tomorrow = (now + timedelta(days=2)).replace(hour=0, minute=0, second=0)
    own = Q(owner=user) if mine else Q()
    late, soon = Q(due_at__lt=now) & own, Q(due_at__gte=now, due_at__lt=tomorrow) & own
    first = Section("late", "Late", more=reverse("desk:loops") + "?view=late")
    first.add(loops(user, late), _loop_row(user))
    first.add(conversations(user, late), _conversation_row(user))
    first.add(passages(user, late), _passage_row(user))
    first.add(dead(user, Q(loop__owner=user) if mine else Q()), _handoff_row(user))
    first.add(tasks(user, late), _task_row(user))
    rising = Section("rising", "Rising", more=reverse("desk:alerts"))
    rising.add(rises(user, own), _rising_row(user))
    gates = Section("gates", "Waiting at a gate", more=reverse("desk:switchyard"))
    gates.add(passages(user, Q(due_at__gte=now) & own), _passage_row(user))
    gates.add(tellings(user, own), _telling_row(user))
    if not mine:
        gates.add(proposals(user), _proposal_row(user))
    rungs = Section("climbed", "Just climbed a rung", more=reverse("desk:insights") + "?view=new")
    if not mine:
        rungs.add(climbed(user), _climbed_row(user))
    due = Section("next", "Due by tomorrow evening", more=reverse("desk:loops") + "?view=soon")
    due.add(loops(user, soon), _loop_row(user))
    due.add(conversations(user, soon), _conversation_row(user))
    due.add(tasks(user, soon), _task_row(user))
    return [first, rising, gates, rungs, due]
