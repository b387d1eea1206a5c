"""A theme judged actionable."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from pivotpoint.lib import clock


class Severity(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class InsightQuerySet(models.QuerySet["Insight"]):
    def standing(self) -> InsightQuerySet:
        return self.filter(theme__merged_into=None, theme__messages__gt=0)

    def live(self) -> InsightQuerySet:
        """Those of which nobody said that they are not about us."""
        return self.standing().filter(theme__about_us=True)

    def of_one_matter(self) -> InsightQuerySet:
        """Those of which it can be said what their people say: neither short replies nor what no word holds together."""
        return self.live().filter(theme__vague=False, theme__mixed=False)

    def visible_to(self, user: Any) -> InsightQuerySet:
        """A partner sees what concerns or was handed to their function; everybody else sees all."""
        if not user.may("desk.view"):
            return self.none()
        if user.role == "partner":
            handed = models.Q(loops__team=user.team_id)
            along = models.Q(attachments__loop__team=user.team_id, attachments__detached_at=None)
            return self.filter(pk__in=Insight.objects.filter(handed | along).order_by().values("pk"))
        return self


class Insight(models.Model):
    """One per actionable theme, with the theme's own id. Its evidence is the theme's messages."""

    theme = models.OneToOneField(
        "insights.Theme", primary_key=True, on_delete=models.CASCADE, related_name="insight"
    )
    severity = models.CharField(max_length=6, choices=Severity.choices, default=Severity.LOW)
    severity_why = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    climbed_at = models.DateTimeField(null=True, help_text="When it last reached a higher rung.")
    set_aside_until = models.DateTimeField(null=True, help_text="Not now.")
    set_aside_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = InsightQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-climbed_at"]), models.Index(fields=["-opened_at"])]

    def __str__(self) -> str:
        return self.theme.title
