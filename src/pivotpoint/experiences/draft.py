"""From people to drafted notices: each person once, in the channel they used, in their language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from pivotpoint.accounts.models import Installation
from pivotpoint.channels import outbox
from pivotpoint.channels.models import Channel, Policy
from pivotpoint.customers.models import Customer, Purpose
from pivotpoint.experiences import audience, wording
from pivotpoint.experiences.models import Change, Correction, Notice, Telling
from pivotpoint.experiences.policy import outbound, silent
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Loop, Pivot, Stage

TWICE = "Told about the same change already"
BATCH = 2_000


@transaction.atomic
def draft(loop: Loop, change: Change | None, *, limit: int = BATCH) -> int:
    """Notices for up to `limit` people who have none about this; how many were written. May be repeated at will."""
    corrected = change is not None and _hold(change)
    telling = _telling(loop, change)
    counted = audience.counted(loop)
    people = audience.without_notice(loop, change, limit)
    if people:
        titles = audience.titles(loop, counted.themes, people) if len(counted.themes) > 1 else {}
        spoken = audience.languages(counted.themes, people)
        Notice.objects.bulk_create(
            _notices(loop, change, spoken, titles, people, corrected=corrected), ignore_conflicts=True
        )
        record("experiences.notices_drafted", loop, people=len(people), change=change.pk if change else None)
    if len(people) < limit:
        telling.drafted_at, telling.people = counted.at or clock.now(), counted.people
    telling.save()
    return len(people)


def _hold(change: Change) -> bool:
    """Those who draft for one change queue up here, so that nobody gets two notices through two loops. Whether it has been
    corrected."""
    lines = Correction.objects.filter(change=OuterRef("pk"))
    return Change.objects.select_for_update().annotate(corrected=Exists(lines)).get(pk=change.pk).corrected


def _telling(loop: Loop, change: Change | None) -> Telling:
    """The loop's telling, locked. When it begins anew, everybody is looked at again."""
    telling, _ = Telling.objects.select_for_update().get_or_create(loop=loop)
    times = Loop.objects.values_list("times_reopened", flat=True).get(pk=loop.pk)
    if (telling.change_id, telling.round) != (change.pk if change else None, times):
        telling.change, telling.round, telling.drafted_at = change, times, None
    return telling


def _notices(
    loop: Loop,
    change: Change | None,
    spoken: Mapping[int, str],
    titles: Mapping[int, str],
    people: Sequence[int],
    *,
    corrected: bool,
) -> list[Notice]:
    """`spoken`: the language of each; `titles`: what those said whose own words the loop's title does not say."""
    customers = Customer.objects.filter(pk__in=people).order_by("pk")
    routes = outbox.route(list(people), Purpose.NOTICE)
    told = _told_elsewhere(loop, change, people)
    words = wording.current()
    facts = _facts(loop, change, corrected)
    notices = []
    for customer in customers:
        pk = customer.pk
        code = wording.language(customer.language or spoken.get(pk, ""))
        filled = wording.fill(
            words["changed" if change else "declined", code],
            {**facts[code], "title": titles.get(pk, facts[code]["title"]), "name": customer.name},
        )
        notice = Notice(loop=loop, change=change, customer=customer, subject=filled.subject, text=filled.text)
        _send_by(notice, TWICE if pk in told else routes.get(pk, "no channel"), loop.pivot)
        notices.append(notice)
    return notices


def _send_by(notice: Notice, route: Channel | str, pivot: Pivot) -> None:
    """The policy says who lets it out; a reason instead of a channel means nobody does."""
    if isinstance(route, str):
        notice.state, notice.why_not = Notice.State.SKIPPED, route[:120]
        return
    notice.channel = route
    policy = outbound(route, pivot)
    if policy == Policy.FREE:
        notice.state, notice.approved_at = Notice.State.APPROVED, clock.now()
    elif policy == Policy.NONE:
        notice.state, notice.why_not = Notice.State.SKIPPED, silent(route)


def _told_elsewhere(loop: Loop, change: Change | None, people: Sequence[int]) -> set[int]:
    """Who hears of this change through another loop that it settles."""
    if change is None:
        return set()
    others = Notice.objects.filter(change=change, customer__in=people).exclude(loop=loop)
    return set(others.exclude(state=Notice.State.SKIPPED).values_list("customer_id", flat=True))


def _facts(loop: Loop, change: Change | None, corrected: bool) -> Mapping[str, Mapping[str, str]]:
    """What a notice may say, by language."""
    common = {"title": loop.insight.theme.title, "organisation": Installation.here().name}
    if change is None:
        declined = loop.moves.filter(stage=Stage.DECLINED).last()
        common["reason"] = declined.told if declined else ""
        return dict.fromkeys(wording.LANGUAGES, common)
    lines = list(change.corrections.all()) if corrected else []
    return {
        code: {**common, "what": _with(change.what, lines, code), "since": _day(change.live_since, code)}
        for code in wording.LANGUAGES
    }


def _with(what: str, lines: Sequence[Correction], code: str) -> str:
    """What changed, and below it what was put right since."""
    said = "Berichtigt am" if code == "de" else "Put right on"
    added = [f"{said} {_day(timezone.localtime(line.at).date(), code)}: {line.text}" for line in lines]
    return "\n\n".join([what, *added])


def _day(day: date, code: str) -> str:
    with override(code):
        return date_format(day, "j. F Y" if code == "de" else "j F Y")
