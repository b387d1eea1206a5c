"""How far the telling of one loop has come."""

from __future__ import annotations

from django.db import models


class Telling(models.Model):
    """`drafted_at` is the theme's `counted_at` up to which everyone behind it has a notice about `change`.

    Empty: somebody may still lack one. So the sweep looks only at loops whose people may have changed.
    """

    loop = models.OneToOneField(
        "pivot.Loop", primary_key=True, on_delete=models.CASCADE, related_name="telling"
    )
    change = models.ForeignKey(
        "experiences.Change", null=True, on_delete=models.CASCADE, related_name="+", help_text="None: declined."
    )
    drafted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Telling of loop {self.loop_id}"
