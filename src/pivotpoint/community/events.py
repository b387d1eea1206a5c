"""What this stage records."""

from pivotpoint.journal.record import register

register("community.erasure_asked", "A customer asked to be forgotten; a conversation says who sees to it.")
