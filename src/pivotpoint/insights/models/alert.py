"""Something rises: what, since when, how sure, who; who was told, and what people said of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from pivotpoint.insights.models.insight import Insight, Severity
from pivotpoint.insights.models.theme import Theme
from pivotpoint.jobs.letters import Letter
from pivotpoint.lib import clock
from textanalytics.rising.bursts import matter
from textanalytics.speakers.turns import quoted

MOSTLY = 0.5
"""Share of what rises that an insight has to hold, to be named with it, if its title has a word of what people say."""

NEARLY_ALL = 0.8
"""The same, if its title has none: an insight about pausing a subscription may hold most of a wave about newsletters."""

QUOTED = 200
"""Characters of a quote."""


class Quiet(models.TextChoices):
    """Why nobody was woken for it."""

    NO = "", "Somebody was told"
    PRAISE = "praise", "Praise"
    NO_FAULT = "no fault", "No fault"
    REPEATS = "repeats", "One sentence that many repeat"
    MUTED = "muted", "Muted by a person"
    TOLD = "told", "Told with another alert"


class AlertQuerySet(models.QuerySet["Alert"]):
    def waking(self) -> AlertQuerySet:
        return self.filter(quiet=Quiet.NO)

    def standing(self) -> AlertQuerySet:
        """Still rising, of an insight that is still there."""
        return self.filter(
            calmed_at=None,
            insight__theme__merged_into=None,
            insight__theme__messages__gt=0,
            insight__theme__about_us=True,
        )

    def judged(self) -> AlertQuerySet:
        return self.filter(models.Exists(AlertVerdict.objects.standing().filter(alert=models.OuterRef("pk"))))

    def unjudged(self) -> AlertQuerySet:
        return self.exclude(
            models.Exists(AlertVerdict.objects.standing().filter(alert=models.OuterRef("pk")))
        )

    def visible_to(self, user: Any) -> AlertQuerySet:
        """Whoever sees the insight."""
        if user.role == "partner":
            return self.filter(insight__in=Insight.objects.visible_to(user).order_by().values("pk"))
        return self.annotate(follows=models.Value(True)) if user.may("desk.view") else self.none()

    def with_quotes(self) -> AlertQuerySet:
        """And with the insights in which the quoted messages are now."""
        return self.select_related("insight__theme", "owner", "quoted__membership__cluster__theme__insight")


class Alert(models.Model):
    """One rise of one insight. What is written when it is raised stays; later facts have their own times. Its messages may
    have become another theme since: whoever sees all insights (`follows`, of `visible_to`) is led there.

    `people` spoke within `hours`, where `expected` were usual. `chance` is that of as many on an ordinary day;
    `false_share` the share of chance to be expected among alerts that are as sure.
    """

    insight = models.ForeignKey("insights.Insight", on_delete=models.CASCADE, related_name="alerts")
    at = models.DateTimeField(default=clock.now)
    onset = models.DateTimeField(help_text="The first message of the rise.")
    hours = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()
    expected = models.FloatField()
    chance = models.FloatField()
    false_share = models.FloatField()
    themes = models.PositiveIntegerField(help_text="How many were looked at, one among which it is.")
    severity = models.CharField(max_length=6, choices=Severity.choices)
    severity_why = models.CharField(max_length=160, blank=True)
    function = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=120, blank=True, help_text="The words that rise in it, as last seen.")
    share = models.FloatField(
        default=1, help_text="Of the messages that rise, the share that is of its insight."
    )
    quoted = models.ForeignKey(
        "channels.Message",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="One that tells of it.",
    )
    stems = models.CharField(
        max_length=200,
        blank=True,
        help_text="The words that set it apart, by which a rise of the same matter is known.",
    )
    told_with = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    quiet = models.CharField(max_length=8, choices=Quiet.choices, blank=True, default=Quiet.NO)
    rose_at = models.DateTimeField(help_text="When it was last seen to rise.")
    calmed_at = models.DateTimeField(null=True)
    many_at = models.DateTimeField(null=True, help_text="When the count alone would have shown it.")
    taken_up_at = models.DateTimeField(null=True, help_text="When the first loop opened for it.")

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["insight"], condition=Q(calmed_at=None), name="alert_standing_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.insight_id} rises since {self.onset:%d %b %H:%M}"

    @property
    def verdict(self) -> AlertVerdict | None:
        """The one that stands, as `alerts.listed` has fetched it or asked now."""
        fetched = getattr(self, "standing_verdicts", None)
        rows = self.verdicts.standing()[:1] if fetched is None else fetched
        return next(iter(rows), None)

    @property
    def called(self) -> str:
        """Its own words; an insight may be wide, and what rises a small part of it."""
        return self.words or self.insight.theme.title

    @property
    def heading(self) -> str:
        """The same for a page: people's words stand between quotation marks."""
        return f"“{self.words}”" if self.words else self.insight.theme.title

    @property
    def now_in(self) -> Theme | None:
        """The insight in which its messages are; None where the reader may not see it, or there is none any more."""
        membership = getattr(self.quoted, "membership", None)
        theme = membership.cluster.theme if membership else None
        if theme is None or theme.pk == self.insight_id:
            return self.insight.theme
        return theme if getattr(self, "follows", False) and hasattr(theme, "insight") else None

    @property
    def home(self) -> int:
        """Where to look at it."""
        return (self.now_in or self.insight).pk

    @property
    def quote(self) -> str:
        """What one person said of it, cut short; "" when it is gone, set aside, or in what the reader may not see."""
        if self.quoted is None or self.quoted.quarantined or self.now_in is None:
            return ""
        return Truncator(quoted(self.quoted.text)[0]).chars(QUOTED)

    @property
    def is_part(self) -> bool:
        """Whether other insights hold some of it: words rise, and not this insight as a whole."""
        return self.share < 1

    @property
    def behind(self) -> int:
        """How many people stand behind it: behind the insight, where that is what rises."""
        whole = not self.is_part and self.now_in == self.insight.theme
        return self.insight.theme.people if whole else self.people

    @property
    def is_mostly_there(self) -> bool:
        """Whether to say of what is in it that it is in this insight."""
        return is_mostly_in(self.insight.theme, self.share, self.words)

    @property
    def title(self) -> str:
        """For other systems: the insight's, where it is about that; else its own words."""
        return self.insight.theme.title if self.is_mostly_there else self.called

    @property
    def concerns(self) -> str:
        """The function to name: the insight's, where it is about that; else the one by which it was told."""
        return self.insight.theme.concerns if self.is_mostly_there else self.function

    @property
    def where(self) -> str:
        """In words, which insight holds it, where most of it is in one; "" otherwise, or where it is called by that."""
        if not self.words or not self.is_mostly_there or self.now_in is None:
            return ""
        if self.now_in.pk != self.insight_id:
            return f"Now in “{self.now_in.title}”."
        if not self.is_part:
            return f"In “{self.now_in.title}”."
        return f"Mostly in “{self.now_in.title}” ({100 * self.share:.0f} %)."

    @property
    def counted(self) -> str:
        """In words, how many spoke of it and how sure that is."""
        return f"{self._counts} {self._false}"

    @property
    def sentence(self) -> str:
        """The same with what they say: on the insight's page and for other systems."""
        words = f" They say: {self.words}." if self.words else ""
        return f"{self._counts}{words} {self._false}"

    @property
    def _counts(self) -> str:
        people = f"{self.people:,} {'person' if self.people == 1 else 'people'}"
        return f"{people} within {self.span}, usually {self.usual}."

    @property
    def _false(self) -> str:
        return f"Of alerts as sure as this, {self.sure} is false."

    @property
    def span(self) -> str:
        """In words: an hour, 6 hours, a day, 7 days."""
        count, unit = (self.hours, "hour") if self.hours < 24 else (self.hours // 24, "day")
        return f"{'an' if unit == 'hour' else 'a'} {unit}" if count == 1 else f"{count} {unit}s"

    @property
    def usual(self) -> str:
        """In words, how many would have spoken anyway: nobody, about 2."""
        return f"about {round(self.expected)}" if self.expected >= 0.5 else "nobody"

    @property
    def sure(self) -> str:
        """How sure in words: of so many alerts like it, one is chance."""
        one_in = round(1 / max(self.false_share, 1e-6))
        return f"1 in {one_in:,}" if one_in < 1000 else "less than 1 in 1,000"


def is_mostly_in(theme: Theme, share: float, words: str) -> bool:
    """Whether what rises by these words, of whose messages this share is the theme's, is about the theme."""
    if share >= NEARLY_ALL or share < MOSTLY:
        return share >= NEARLY_ALL
    return not set(matter(words, "")).isdisjoint(matter(theme.title, ""))


class VerdictQuerySet(models.QuerySet["AlertVerdict"]):
    def standing(self) -> VerdictQuerySet:
        return self.filter(undone_at=None)


class AlertVerdict(models.Model):
    """What a person said of an alert; one stands at a time. `noticed_at`: when they would have known without it."""

    class Value(models.TextChoices):
        REAL = "real", "It was real"
        FALSE = "false", "False alarm"
        KNOWN = "known", "Known already"

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="verdicts")
    value = models.CharField(max_length=5, choices=Value.choices)
    noticed_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert"], condition=Q(undone_at=None), name="alert_judged_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_value_display()}: {self.alert_id}"


class AlertLetter(Letter):
    """One person is told of one alert."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="letters")
    told = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["alert", "told"], name="alert_told_once")]
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(mailed_at=None), name="alert_letter_unmailed")
        ]

    def __str__(self) -> str:
        return f"{self.told_id} is told of {self.alert_id}"
