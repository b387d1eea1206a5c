"""How far the telling of one loop has come."""

from __future__ import annotations

from django.db import models

from pivotpoint.insights.models import Theme
from pivotpoint.pivot.models import Attachment


class TellingQuerySet(models.QuerySet["Telling"]):
    def current(self) -> TellingQuerySet:
        """Of loops that have not been reopened since: what was told before that settles nothing any more."""
        return self.filter(round=models.F("loop__times_reopened"))

    def complete(self) -> TellingQuerySet:
        """Everyone who is behind the insight has a notice, or the reason why not."""
        return self.filter(drafted_at__isnull=False).exclude(_moved())

    def incomplete(self) -> TellingQuerySet:
        """Somebody may have joined since."""
        return self.filter(models.Q(drafted_at=None) | _moved())


def _moved() -> models.Q:
    """A theme that the loop stands for was counted again since; or at the same moment, with another result; or an
    insight was attached or detached."""
    along = Attachment.objects.standing().filter(loop=models.OuterRef(models.OuterRef("loop"))).order_by()
    own = models.Q(pk=models.OuterRef("loop__insight"))
    themes = Theme.objects.filter(own | models.Q(pk__in=along.values("insight"))).order_by()
    later = models.Exists(themes.filter(counted_at__gt=models.OuterRef("drafted_at")))
    summed = themes.values(all=models.Value(1)).annotate(sum=models.Sum("people")).values("sum")
    return models.Q(later) | ~models.Q(people=models.Subquery(summed))


class Telling(models.Model):
    """`drafted_at` and `people` are what the theme said of its counting when everyone behind it had a notice.

    Empty: somebody may still lack one. So the sweep looks only at loops whose people may have changed.
    """

    loop = models.OneToOneField(
        "pivot.Loop", primary_key=True, on_delete=models.CASCADE, related_name="telling"
    )
    change = models.ForeignKey(
        "experiences.Change",
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="None: declined.",
    )
    drafted_at = models.DateTimeField(null=True)
    people = models.IntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0, help_text="How often the loop had been reopened.")

    objects = TellingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Telling of loop {self.loop_id}"
