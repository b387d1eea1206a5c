"""The organisation that this installation serves: one row."""

from __future__ import annotations

from django.db import models

from pivotpoint.lib import clock


class Installation(models.Model):
    """`set_up_at` is empty until the first-run wizard is through."""

    name = models.CharField(max_length=120)
    brand_names = models.JSONField(default=list, help_text="Names and handles that mean us.")
    rival_names = models.JSONField(default=list, help_text="Names and handles that mean a rival.")
    set_up_at = models.DateTimeField(null=True)
    demo_asked_at = models.DateTimeField(null=True, help_text="Somebody wants the demo story played into it.")
    demo_wish = models.JSONField(
        default=dict, blank=True, help_text="Seed and size of the story; empty: usual."
    )
    demo_day = models.PositiveSmallIntegerField(
        default=0, help_text="Days of the story that have been played."
    )
    demo_beat_at = models.DateTimeField(null=True, help_text="When the worker that plays it was last alive.")
    demo_played_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    # 1-2-3: how many different people make a pattern, and a trend.
    pattern_from = models.PositiveSmallIntegerField(default=2)
    trend_from = models.PositiveSmallIntegerField(default=3)
    two_pairs_of_eyes = models.BooleanField(
        default=False, help_text="A change of the switchyard counts once another person has approved it."
    )

    reads_mood = models.BooleanField(default=True, help_text="Show how people feel, and let rules use it.")
    hour_price = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, help_text="What an hour of a colleague's work costs."
    )
    currency = models.CharField(max_length=3, default="EUR")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def here(cls) -> Installation:
        """The one row; an unsaved one before the wizard."""
        return cls.objects.order_by("pk").first() or cls(name="")
