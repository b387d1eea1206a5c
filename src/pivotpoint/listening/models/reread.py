"""Rereading the history into separate rows, until somebody accepts the run."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock
from pivotpoint.listening.models.reading import ReadingFields


class RereadQuerySet(SeenWith, models.QuerySet["Reread"]):
    seen_with = "desk.view"

    def open(self) -> RereadQuerySet:
        """The run that is in progress or waits for a person; at most one."""
        return self.filter(state__in=Reread.OPEN)


class Reread(models.Model):
    """From the reader that is live (`before`, kept when it is accepted) to `version`, with the taxonomies as `taggers` says,
    and to the `encoder`, if one is named.

    `position` is the last message that is read, `swapped` the last candidate that was exchanged with its reading: after
    a kill, work goes on behind them. `report` says what would move, empty until it is counted.
    """

    class State(models.TextChoices):
        RUNNING = "running", "Reading"
        PAUSED = "paused", "Paused"
        READ = "read", "Waits for a decision"
        ACCEPTING = "accepting", "Being switched over"
        ACCEPTED = "accepted", "Accepted"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"
        CANCELLED = "cancelled", "Cancelled"

    OPEN: ClassVar = (State.RUNNING, State.PAUSED, State.READ, State.ACCEPTING, State.UNDOING)

    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    version = models.ForeignKey(
        "listening.ModelVersion", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    before = models.ForeignKey(
        "listening.ModelVersion", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    encoder = models.ForeignKey(
        "listening.EncoderVersion",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty when the encoder stays the same.",
    )
    encoder_before = models.ForeignKey(
        "listening.EncoderVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reader = models.CharField(max_length=24, help_text="What its readings have as their version.")
    taggers = models.JSONField(default=list, help_text="Versions of the taxonomies that it reads with.")
    gazetteer = models.ForeignKey(
        "listening.Gazetteer",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The names that it looks for; empty when nothing was learnt.",
    )
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    position = models.BigIntegerField(default=0)
    swapped = models.BigIntegerField(default=0)
    report = models.JSONField(default=dict)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    worked_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(
        null=True, help_text="A pool of processes reads; the worker leaves it to them."
    )
    read_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = RereadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"Read anew with {self.reader}"

    @property
    def goes_on(self) -> bool:
        """It changes by itself: a page that shows it asks again."""
        return self.state in (self.State.RUNNING, self.State.ACCEPTING, self.State.UNDOING)

    @property
    def share(self) -> float:
        """How far the reading got, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 1.0


class CandidateReading(ReadingFields):
    """The run's reading of one message; after the run was accepted, the message's earlier reading."""

    run = models.ForeignKey(Reread, on_delete=models.CASCADE, related_name="candidates", db_index=False)
    message = models.ForeignKey("channels.Message", on_delete=models.CASCADE, related_name="candidates")
    tags = models.JSONField(default=list, help_text="Class, confidence, evidence and version of each.")
    mentions = models.JSONField(null=True, help_text="What it named before; empty until it is exchanged.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "message"], name="candidate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} in run {self.run_id}"


class LentFile(models.Model):
    """The files that a run needs, for workers on other machines; stored only while a cluster reads.

    Its key changes when it is made again. Like the original file it holds texts that people judged.
    """

    run = models.ForeignKey(Reread, on_delete=models.CASCADE, related_name="lent")
    name = models.CharField(max_length=24, help_text="The reader, or a taxonomy's version.")
    version = models.CharField(max_length=24)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "name"], name="lent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} for run {self.run_id}"
