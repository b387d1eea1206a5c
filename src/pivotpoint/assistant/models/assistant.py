"""The assistant's settings: model, uses and budget. One row."""

from __future__ import annotations

from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.lib.crypto import SecretField


class Use(models.TextChoices):
    TITLE = "title", "Titles of insights"
    ANSWER = "answer", "Draft answers"
    NOTICE = "notice", "Notices of changes"


class AssistantQuerySet(SeenWith, models.QuerySet["Assistant"]):
    seen_with = "journal.view"


class Assistant(models.Model):
    """`url` is the base of an OpenAI-compatible API. Prices are per million tokens; without them only tokens are counted.

    Who last changed it stands in the journal.
    """

    url = models.CharField(max_length=300, blank=True)
    model = models.CharField(max_length=120, blank=True)
    key = SecretField(blank=True)
    titles = models.BooleanField(default=False)
    answers = models.BooleanField(default=False)
    notices = models.BooleanField(default=False)
    monthly_tokens = models.PositiveIntegerField(default=200_000)
    monthly_cost = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    price_in = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    price_out = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")

    objects = AssistantQuerySet.as_manager()

    def __str__(self) -> str:
        return self.model or "No assistant"

    @classmethod
    def here(cls) -> Assistant:
        """The one row, without its key: whether the key can be read matters only to who asks the model."""
        return cls.objects.defer("key").order_by("pk").first() or cls()

    def does(self, use: str) -> bool:
        """Whether it is set up, and on for this."""
        on = {Use.TITLE: self.titles, Use.ANSWER: self.answers, Use.NOTICE: self.notices}
        return bool(self.url and self.model and on[Use(use)])

    @property
    def on(self) -> bool:
        return self.titles or self.answers or self.notices
