"""A named hand-off point, one per process."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from pivotpoint.accounts.visible import SeenWith
from pivotpoint.insights.models import Severity
from pivotpoint.lib import clock
from pivotpoint.lib.crypto import SecretField

WITHIN_A_YEAR = (
    MinValueValidator(1, "%(show_value)s is no target; write an hour at least."),
    MaxValueValidator(24 * 365, "%(show_value)s hours are more than a year."),
)
"""Of a target. Beyond that nothing would ever be due, and sums of dates come to their end."""
ONE_AT_LEAST = MinValueValidator(
    1, "A limit of 0 would send nothing; leave it empty for no limit, or close the destination."
)


class Gate(models.TextChoices):
    OPEN = "open", "Open: passes by itself"
    CHECKED = "checked", "Checked: a person confirms"
    CLOSED = "closed", "Closed: collect only"


class Ownership(models.TextChoices):
    """Who owns new loops. `owner` is accountable for the pivot itself, and owns loops when the others cannot."""

    PERSON = "person", "The owner"
    TEAM = "team", "The function's lead"
    ROTA = "rota", "Whose turn it is in the rota"


class Outbound(models.TextChoices):
    """Who releases notices about changes of this process. The stricter of this and the channel's policy applies."""

    CHANNEL = "channel", "As each channel says"
    APPROVED = "approved", "A person approves each"
    NONE = "none", "Nothing goes out"


class PivotQuerySet(SeenWith, models.QuerySet["Pivot"]):
    seen_with = "pivot.view"
    partner_sees = "team"

    def live(self) -> PivotQuerySet:
        return self.filter(closed_at=None)


def check_gates(gates: Any) -> None:
    """Validate {severity: gate}, such as {"high": "open"}."""
    known = isinstance(gates, dict) and set(gates) <= set(Severity.values)
    if not known or not set(gates.values()) <= set(Gate.values):
        raise ValidationError("A gate for each severity is open, checked or closed.")


class Pivot(models.Model):
    """ "Refunds → Finance". Hours are the targets for each hop. Both measures are needed (law 9)."""

    name = models.CharField(max_length=80, unique=True)
    process = models.CharField(max_length=120, blank=True, help_text="The process that it serves.")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="pivots")
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="pivots")
    owned_by = models.CharField(max_length=6, choices=Ownership.choices, default=Ownership.PERSON)
    gate = models.CharField(max_length=8, choices=Gate.choices, default=Gate.CHECKED)
    gates = models.JSONField(
        default=dict, blank=True, validators=[check_gates], help_text="By severity, where it is another one."
    )
    pass_hours = models.PositiveIntegerField(
        validators=WITHIN_A_YEAR, default=24, help_text="Decide at the gate."
    )
    accept_hours = models.PositiveIntegerField(
        validators=WITHIN_A_YEAR, default=48, help_text="Accept or decline."
    )
    act_hours = models.PositiveIntegerField(
        validators=WITHIN_A_YEAR, default=336, help_text="Deliver the change."
    )
    tell_hours = models.PositiveIntegerField(
        validators=WITHIN_A_YEAR, default=72, help_text="Tell everyone who asked."
    )
    notices = models.CharField(
        max_length=8,
        choices=Outbound.choices,
        default=Outbound.CHANNEL,
        help_text="Who lets the notices to its people out.",
    )
    calendar = models.ForeignKey(
        "pivot.Calendar",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pivots",
        help_text="None: the function's, else plain hours.",
    )
    inside_measure = models.CharField(max_length=120, blank=True)
    outside_measure = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PivotQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def gate_for(self, severity: str) -> str:
        """The gate for an insight of this severity."""
        return self.gates.get(severity) or self.gate

    def gates_now(self) -> dict[str, str]:
        """The gate for each severity, the most severe first; {"": gate} when it is the same for all."""
        found = {severity: self.gate_for(severity) for severity in reversed(Severity.values)}
        return found if len(set(found.values())) > 1 else {"": found[Severity.LOW]}


class Rule(models.Model):
    """Conditions without code: [{"field": …, "op": …, "value": …}] or groups of them (see pivot/conditions)."""

    class Match(models.TextChoices):
        ALL = "all", "All of these"
        ANY = "any", "Any of these"

    pivot = models.ForeignKey(Pivot, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(default=0)
    match = models.CharField(max_length=3, choices=Match.choices, default=Match.ALL)
    conditions = models.JSONField(default=list)
    excludes = models.BooleanField(
        default=False, help_text="What this rule catches does not go through this pivot."
    )

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return f"Rule {self.position + 1} of {self.pivot}"


class DestinationManager(models.Manager["Destination"]):
    """Loads the secret only when it is used, so that a changed SECRET_KEY does not break the pages."""

    def get_queryset(self) -> models.QuerySet[Destination]:
        return super().get_queryset().defer("secret", "former_secret")


class Destination(models.Model):
    """Where a loop is delivered. `kind` names a connector (enterprise/connectors/<kind>/)."""

    class How(models.TextChoices):
        ALWAYS = "always", "Every loop"
        FALLBACK = "fallback", "Only when none before it takes it"

    pivot = models.ForeignKey(Pivot, on_delete=models.CASCADE, related_name="destinations")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    config = models.JSONField(default=dict, help_text="The connector's own settings: address, team …")
    how = models.CharField(max_length=8, choices=How.choices, default=How.ALWAYS)
    at_once = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[ONE_AT_LEAST],
        help_text="Most hand-offs on their way to that system at the same time.",
    )
    per_minute = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[ONE_AT_LEAST],
        help_text="Most attempts to that system within a minute.",
    )
    secret = SecretField(blank=True, default="")
    former_secret = SecretField(blank=True, default="")
    former_until = models.DateTimeField(
        null=True, blank=True, help_text="So long the secret before it counts as well."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="Failed attempts in a row.")
    rests_until = models.DateTimeField(null=True, blank=True, help_text="Nothing is sent before.")

    objects = DestinationManager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def secrets(self) -> list[str]:
        """The secrets that sign now: the current one and, for a while, the former one, so that the other side can
        switch."""
        if not self.secret:
            return []
        changing = self.former_until is not None and self.former_until > clock.now()
        return [self.secret, self.former_secret] if changing and self.former_secret else [self.secret]
