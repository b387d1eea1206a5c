"""One import of a file: its mapping, how far it got, what it refused. The row is the queue entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib import clock


class ImportQuerySet(SeenWith, models.QuerySet["ImportRun"]):
    seen_with = "message.write"


class ImportRun(models.Model):
    """`done_rows` is the number of file rows that are committed: after a kill, work goes on behind it."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being mapped"
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Under way"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Stopped"
        GOING = "going", "Being taken back"
        BACK = "back", "Taken back"
        COMING = "coming", "Being let in again"

    channel = models.ForeignKey(
        "channels.Channel", null=True, on_delete=models.PROTECT, related_name="imports"
    )
    file_name = models.CharField(max_length=255)
    path = models.CharField(max_length=500, help_text="Below the data folder.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    size = models.BigIntegerField(default=0)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict, help_text="Our field → the file's column.")
    where = models.JSONField(default=dict, blank=True, help_text="Only rows where column = value.")
    consent_source = models.CharField(
        max_length=120, blank=True, help_text="Where these people said that we may tell them what changed."
    )
    dry_run = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    total_rows = models.IntegerField(null=True)
    done_rows = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    repeated = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0, help_text="Rows that the condition left out.")
    error = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="imports")
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    why_back = models.CharField(max_length=90, blank=True, help_text="Why it was taken back.")
    moved = models.IntegerField(default=0, help_text="Messages set aside, or let in again, so far.")
    moved_to = models.BigIntegerField(default=0, help_text="The last message that was looked at.")

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Whether there is still something to wait for."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def is_moving(self) -> bool:
        """Whether its messages are on their way back, or in again."""
        return self.state in (self.State.GOING, self.State.COMING)

    @property
    def can_be_taken_back(self) -> bool:
        ended = self.state in (self.State.DONE, self.State.CANCELLED, self.State.FAILED)
        return ended and not self.dry_run and self.accepted > 0

    @property
    def is_changeable(self) -> bool:
        """Nothing has been taken in: its columns may be said anew, and it may be started."""
        return self.state == self.State.DRAFT or (self.state == self.State.DONE and self.dry_run)

    @property
    def share(self) -> float | None:
        """How far it got, 0 to 1; None while nobody knows how long the file is."""
        if self.state == self.State.DONE:
            return 1.0
        return min(0.99, self.done_rows / self.total_rows) if self.total_rows else None


class Reject(models.Model):
    """A row that was not taken, with the reason and what it held."""

    import_run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejects")
    row_number = models.IntegerField()
    reason = models.CharField(max_length=200)
    raw = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["import_run", "row_number"], name="reject_once"),
        ]

    def __str__(self) -> str:
        return f"Row {self.row_number}: {self.reason}"
