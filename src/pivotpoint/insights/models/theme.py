"""Messages that mean the same thing, under a stable id."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from pivotpoint.insights.intents import CALM, LEAST_TALK, TALK, is_idle, is_talk, kinds

SURE = 0.5
"""Share of the messages that point to a function, from which on it is named to readers."""

HARDLY, SEVERAL = 0.05, 2.0
"""People a day: before a rise, as good as nobody; and as many as make one where there was nobody."""


DOUBTS = ("mixed", "several", "subject", "unsure")
"""What may be said against a title, until a person gives one."""

SMALL = 64
"""Messages from which on a theme is one matter, whatever was doubted when it had few: `naming.belonging.mixed.SMALL`, which is not loaded with
the models."""


class Rung(models.TextChoices):
    """How many different people stand behind it."""

    VOICE = "voice", "Voice"
    PATTERN = "pattern", "Pattern"
    TREND = "trend", "Trend"


def talk(theme: str = "") -> models.Q:
    """The condition of which `Theme.is_talk` is the answer for one; `theme` leads to it, as "theme__"."""
    messages = Cast(models.F(f"{theme}messages"), models.FloatField())
    upset = Cast(models.F(f"{theme}negative"), models.FloatField())
    remarks = Coalesce(Cast(KeyTextTransform("other", f"{theme}intents"), models.FloatField()), 0.0)
    return (
        models.Q(**{f"{theme}messages__gte": LEAST_TALK})
        & models.Q(GreaterThanOrEqual(remarks, messages * TALK))
        & models.Q(LessThanOrEqual(upset, messages * CALM))
    )


def unsure(theme: str = "") -> models.Q:
    """The condition of a theme that may be held together by a word only; `theme` leads to it, as "theme__". What many
    speak of is a matter."""
    return models.Q(**{f"{theme}unsure": True, f"{theme}messages__lt": SMALL})


class ThemeQuerySet(models.QuerySet["Theme"]):
    def standing(self) -> ThemeQuerySet:
        return self.filter(merged_into=None, messages__gt=0)

    def live(self) -> ThemeQuerySet:
        """Those of which nobody said that they are not about us."""
        return self.standing().filter(about_us=True)

    def trends(self) -> ThemeQuerySet:
        """Live ones that several people stand behind, and of which it is sure what they say."""
        return self.live().filter(vague=False, mixed=False, rung=Rung.TREND).exclude(unsure()).exclude(talk())

    def unsettled(self) -> ThemeQuerySet:
        """Live ones that are none: mixed, less sure, or said by few; neither talk nor what a person gave its name."""
        doubted = models.Q(mixed=True) | unsure() | ~models.Q(rung=Rung.TREND)
        return self.live().filter(doubted, vague=False, titled_by=None).exclude(talk())

    def visible_to(self, user: Any) -> ThemeQuerySet:
        """A partner sees those of the insights that they see; everybody else sees all."""
        if not user.may("desk.view"):
            return self.none()
        if user.role == "partner":
            handed = models.Q(insight__loops__team=user.team_id)
            along = models.Q(
                insight__attachments__loop__team=user.team_id, insight__attachments__detached_at=None
            )
            return self.filter(pk__in=Theme.objects.filter(handed | along).order_by().values("pk"))
        return self


class Theme(models.Model):
    """`id` is the theme index's own id, for life. The counts are kept roll-ups of Backing (insights/rollup.py)."""

    id = models.BigIntegerField(primary_key=True)
    title = models.CharField(max_length=160)
    titled_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    keywords = models.JSONField(default=list)
    vague = models.BooleanField(
        default=False, help_text="Short replies, chit-chat: named as such, never switched."
    )
    mixed = models.BooleanField(
        default=False,
        help_text="No word holds its messages together: no trend, and never switched, until a person names it.",
    )
    several = models.BooleanField(
        default=False,
        help_text="Its messages share a thing, which is its title, and say all sorts of it; until a person names it.",
    )
    subject = models.BooleanField(
        default=False,
        help_text="Its title names what its people speak of, and nothing that they say of it; until a person names it.",
    )
    unsure = models.BooleanField(
        default=False,
        help_text="Its messages may share a word and no matter, while they are few; until a person names it.",
    )
    about_us = models.BooleanField(
        default=True,
        help_text="No: a person said so of all of it, and of what will join it (decisions/foreign.py).",
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="children")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_from")
    part_of = models.ForeignKey(
        "insights.WiderTheme", null=True, on_delete=models.SET_NULL, related_name="inside"
    )
    part_held = models.BooleanField(
        default=False, help_text="A person decided what it is part of, or that it is part of nothing."
    )
    see_also = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        help_text="A theme that is told in like words (gathering/see_also.py).",
    )
    fails_with = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="failing",
        help_text="The largest theme that tells of the same failing (gathering/see_also.py).",
    )
    people = models.IntegerField(default=0)
    doubtful = models.IntegerField(
        default=0, help_text="Of its people, how many may be another of them: a rung counts these once."
    )
    copied = models.IntegerField(
        default=0, help_text="Of its people, how many sent only a text that others sent as well."
    )
    copies = models.IntegerField(default=0, help_text="How many such texts: a rung counts each once.")
    messages = models.IntegerField(default=0)
    negative = models.IntegerField(default=0, help_text="Messages with a negative mood.")
    rung = models.CharField(max_length=8, choices=Rung.choices, default=Rung.VOICE)
    function = models.CharField(max_length=20, blank=True)
    function_share = models.FloatField(
        default=0, help_text="Share of its messages that point to this function."
    )
    intents = models.JSONField(default=dict, help_text="Its messages by what they want.")
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    onset = models.DateField(null=True)
    rate_before = models.FloatField(default=0, help_text="People a day before the onset.")
    rate_since = models.FloatField(default=0, help_text="People a day since the onset.")
    actionable = models.IntegerField(default=0, help_text="Messages that somebody could act on.")
    stakes = models.JSONField(default=dict, help_text="Share of its texts that speak of money, of safety.")
    titled_for = models.IntegerField(default=0, help_text="How many messages it had when it got its title.")
    title_open = models.BooleanField(
        default=False, help_text="It was titled before its parts were looked for: they may change its title."
    )
    parted_for = models.IntegerField(
        default=0, help_text="How many messages it had when its parts were looked for; 0: look again."
    )
    uncounted = models.IntegerField(
        default=0, help_text="Messages since the last count: the row is the queue entry."
    )
    counted_at = models.DateTimeField(null=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["rung", "-people"]),
            models.Index(fields=["-last_at"]),
            models.Index(fields=["id"], condition=models.Q(uncounted__gt=0), name="theme_uncounted"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def voices(self) -> int:
        """What its rung counts: people, where those who may be one person, and those who sent the same text, count
        once.

        A person who is both is subtracted twice, so that the rung is rather too low than too high.
        """
        return max(self.people - self.doubtful - self.copied + self.copies, min(self.people, 1))

    @property
    def mostly(self) -> str:
        """What its people mostly do: complain, ask, praise."""
        return kinds(self.intents)

    @property
    def is_unsure(self) -> bool:
        """Whether its messages may share a word and no matter: as `unsure` asks of many."""
        return self.unsure and self.messages < SMALL

    @property
    def is_talk(self) -> bool:
        """Whether hardly anybody in it asks, complains or praises."""
        return is_talk(self.intents, self.messages, self.negative_share)

    @property
    def concerns(self) -> str:
        """The function that surely has something to do here: at least half of the messages point to it, and not half or more are
        praise and remarks, which ask nothing of anybody."""
        return "" if self.function_share < SURE or is_idle(self.intents) else self.function

    @property
    def rose(self) -> date | None:
        """Since when more people say it; not where hardly anybody did and few do."""
        return self.onset if self.rate_before >= HARDLY or self.rate_since >= SEVERAL else None

    @property
    def negative_share(self) -> float:
        return self.negative / self.messages if self.messages else 0.0


class ThemeVector(models.Model):
    """The mean vector of a theme, to find similar ones without loading the whole index."""

    theme = models.OneToOneField(Theme, primary_key=True, on_delete=models.CASCADE, related_name="vector")
    vector = models.BinaryField(help_text="Unit length, float32.")

    def __str__(self) -> str:
        return f"Vector of {self.theme_id}"
