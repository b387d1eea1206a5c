"""The watch: raises an alert for what rises, keeps it while that lasts, and says when it is over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q

from pivotpoint.insights import events
from pivotpoint.insights.alerts.raised import WIDTH, raise_alert
from pivotpoint.insights.alerts.rising import Rising, rising
from pivotpoint.insights.alerts.said import telling
from pivotpoint.insights.gathering.busy import is_busy
from pivotpoint.insights.models import Alert, AlertVerdict
from pivotpoint.insights.severity import MANY
from pivotpoint.journal.record import Fact, record_facts
from pivotpoint.lib import clock
from textanalytics.rising.waves import one_matter, share_messages

CALM_AFTER = timedelta(days=2)
AGAIN_AFTER = timedelta(days=7)
"""A rise that comes back within these is the same one: nobody is woken twice."""

NOTED_EVERY = timedelta(hours=1)


def watch() -> int:
    """One look at everything; how many alerts changed. While an import runs, the counts are not whole: no look."""
    if is_busy():
        return 0
    now = clock.now()
    found = {one.theme.pk: one for one in rising()}
    changed = _carry_on(found, now) + _reword(found.values()) + _calm(found, now) + _count_many(now)
    return changed + sum(raise_alert(one, _told_with(one, found, now)) for one in _new(found, now))


def _recent(now: datetime) -> Q:
    return Q(calmed_at=None) | Q(rose_at__gt=now - AGAIN_AFTER)


def _new(found: Mapping[int, Rising], now: datetime) -> list[Rising]:
    """Those of which nobody was told, the surest first; what was quiet is looked at again, for it may have become a fault."""
    told = Alert.objects.waking().filter(_recent(now), insight__in=found).values_list("insight", flat=True)
    new = [found[pk] for pk in set(found) - set(told)]
    return sorted(new, key=lambda one: (one.rise.chance, one.theme.pk))


def _told_with(one: Rising, found: Mapping[int, Rising], now: datetime) -> Alert | None:
    """The alert by which people were told of the same matter in another insight; what they called a false alarm
    hushes nothing."""
    false = AlertVerdict.objects.standing().filter(alert=OuterRef("pk"), value=AlertVerdict.Value.FALSE)
    recent = Alert.objects.waking().filter(_recent(now)).exclude(insight=one.theme.pk)
    for alert in recent.exclude(Exists(false)).order_by("at", "pk"):
        other = found.get(alert.insight_id)
        shares = other is not None and share_messages(one.heard, other.heard)
        # What rose by its words alone may have become an insight of its own since: the quoted message went there.
        shares |= alert.quoted_id in one.heard
        if shares or one_matter(one.stems, alert.stems.split()):
            return alert
    return None


def _carry_on(found: Collection[int], now: datetime) -> int:
    """What rises still, or again, is noted on its alert."""
    still = Alert.objects.filter(insight__in=found, rose_at__lt=now - NOTED_EVERY)
    still.filter(calmed_at=None).update(rose_at=now)
    standing = Alert.objects.filter(insight__in=found, calmed_at=None).values("insight")
    again = Alert.objects.waking().filter(
        insight__in=found, calmed_at__isnull=False, rose_at__gt=now - AGAIN_AFTER
    )
    latest: dict[int, int] = {}
    for insight, pk in again.exclude(insight__in=standing).order_by("at").values_list("insight", "pk"):
        latest[insight] = pk
    return Alert.objects.filter(pk__in=latest.values()).update(calmed_at=None, rose_at=now)


def _reword(found: Iterable[Rising]) -> int:
    """What the people of a standing alert speak of now."""
    said = {one.theme.pk: one for one in found if one.words}
    if not said:
        return 0
    changed = []
    for alert in Alert.objects.filter(calmed_at=None, insight__in=said):
        one = said[alert.insight_id]
        now = (one.words[:WIDTH], " ".join(one.stems))
        if now != (alert.words, alert.stems):
            alert.words, alert.stems = now
            alert.share, alert.quoted_id = one.share, telling(one)
            changed.append(alert)
    Alert.objects.bulk_update(changed, ["words", "stems", "share", "quoted"])
    return len(changed)


@transaction.atomic
def _calm(found: Collection[int], now: datetime) -> int:
    """What has not risen for a while, or whose insight went into another one, is over."""
    gone = Q(insight__theme__merged_into__isnull=False) | Q(insight__theme__messages=0)
    quiet_again = Q(rose_at__lt=now - CALM_AFTER) & ~Q(insight__in=found)
    over = list(Alert.objects.filter(gone | quiet_again, calmed_at=None).select_related("insight"))
    Alert.objects.filter(pk__in=[alert.pk for alert in over]).update(calmed_at=now)
    record_facts(
        [Fact(events.CALMED, alert.insight, {"alert": alert.pk}) for alert in over if not alert.quiet]
    )
    return len(over)


def _count_many(now: datetime) -> int:
    """When so many have said it since the onset that the count alone would have shown it: beside the alert's time,
    that is what the alert was worth."""
    backings = "insight__theme__backings"
    since = Count(backings, filter=Q(**{f"{backings}__last_at__gte": F("onset")}))
    few = Alert.objects.waking().filter(calmed_at=None, many_at=None)
    many = list(few.annotate(since=since).filter(since__gte=MANY).values_list("pk", flat=True))
    return Alert.objects.filter(pk__in=many).update(many_at=now)
