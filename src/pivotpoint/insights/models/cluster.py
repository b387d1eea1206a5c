"""A message joins a micro-cluster for life; a micro-cluster belongs to a theme and may move."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class MicroCluster(models.Model):
    """One row of the theme index. Folded clusters keep their row and follow the theme of the one they folded into."""

    id = models.BigIntegerField(primary_key=True)
    theme = models.ForeignKey("insights.Theme", null=True, on_delete=models.PROTECT, related_name="clusters")
    folded_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="folded")
    held = models.BooleanField(default=False, help_text="A person decided where it belongs.")
    count = models.IntegerField(default=0)
    vector = models.BinaryField(help_text="Sum of its messages' vectors, float32.")
    samples = models.JSONField(default=list)
    seen = models.BinaryField(default=bytes, help_text="Fingerprints of its texts: same text, same cluster.")

    def __str__(self) -> str:
        return f"Cluster {self.pk}"


class IndexState(models.Model):
    """The theme index's scalars (one row), and how many messages it had when it was last consolidated.

    `stamp` is a new random number with every change of the rows; a process whose copy has another one reloads the
    index.
    """

    stamp = models.BigIntegerField(default=0)
    state = models.JSONField(default=dict)
    encoder = models.CharField(max_length=40)
    gathered = models.BigIntegerField(default=0)
    consolidated = models.BigIntegerField(default=0)
    consolidated_at = models.DateTimeField(null=True)
    parted = models.BigIntegerField(default=0, help_text="Up to which message other matters were looked for.")
    beside = models.BigIntegerField(
        default=0, help_text="How many messages were in order when themes beside others were looked for."
    )
    gleaned = models.BigIntegerField(
        default=0, help_text="How many messages were in order when it was looked who states the same."
    )

    def __str__(self) -> str:
        return f"{self.gathered} gathered"


class Membership(models.Model):
    """Which micro-cluster a message joined; and what its reading says, kept here for set-based counting."""

    message = models.OneToOneField(
        "channels.Message", primary_key=True, on_delete=models.CASCADE, related_name="membership"
    )
    cluster = models.ForeignKey(
        MicroCluster, on_delete=models.PROTECT, related_name="members", db_index=False
    )
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(
        "channels.Channel", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    said_at = models.DateTimeField()
    day = models.DateField()
    negative = models.BooleanField()
    positive = models.BooleanField(
        null=True, help_text="Not known of what was gathered before this was kept (gathering/moods.py)."
    )
    actionable = models.BooleanField(default=False)
    function = models.CharField(max_length=20, blank=True)
    intent = models.CharField(max_length=12, blank=True)
    copy_mark = models.BigIntegerField(
        default=0, help_text="What its text shares with its copies; 0 when it is too short to be one."
    )
    near_first = models.BigIntegerField(default=0, help_text="The same but for its first third.")
    near_middle = models.BigIntegerField(default=0, help_text="The same but for its middle third.")
    near_last = models.BigIntegerField(default=0, help_text="The same but for its last third.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["cluster", "message"]),
            models.Index(
                fields=["message"], condition=models.Q(positive=None), name="membership_mood_unknown"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} in {self.cluster_id}"


class ClusterMood(models.Model):
    """How many of a cluster's messages praise and blame. No row: not known, or not any more (insights/cluster_moods.py)."""

    cluster = models.OneToOneField(
        MicroCluster, primary_key=True, on_delete=models.CASCADE, related_name="mood"
    )
    praise = models.IntegerField()
    blame = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.praise} praise, {self.blame} blame"


class ClusterVector(models.Model):
    """The sum of a cluster's vectors as another encoder makes it; after the run was accepted, as it was before.

    `beside` identifies the state of the cluster for which it was made; if that has changed, it is made again.
    `theme` is the cluster's theme when the vectors were exchanged.
    """

    run = models.ForeignKey("listening.Reread", on_delete=models.CASCADE, related_name="+", db_index=False)
    cluster = models.ForeignKey(MicroCluster, on_delete=models.CASCADE, related_name="+", db_index=False)
    vector = models.BinaryField(help_text="Sum of its messages' vectors, float32.")
    beside = models.CharField(max_length=32)
    theme = models.ForeignKey("insights.Theme", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "cluster"], name="cluster_vector_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cluster_id} in run {self.run_id}"
