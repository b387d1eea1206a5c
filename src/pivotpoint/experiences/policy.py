"""Who lets a notice out: the channel has a policy, the pivot has one, and the stricter of the two counts."""

from __future__ import annotations

from pivotpoint.channels.models import Channel, Policy
from pivotpoint.pivot.models import Outbound, Pivot

STRICTER = (Policy.FREE, Policy.APPROVED, Policy.NONE)
OF_PIVOT = {Outbound.CHANNEL: Policy.FREE, Outbound.APPROVED: Policy.APPROVED, Outbound.NONE: Policy.NONE}


def outbound(channel: Channel, pivot: Pivot) -> Policy:
    """For what goes to people of this pivot's loops on this channel."""
    return max(Policy(channel.notices), OF_PIVOT[Outbound(pivot.notices)], key=STRICTER.index)


def silent(channel: Channel | None) -> str:
    """Why nothing goes out."""
    quiet = channel is None or channel.closed_at or channel.notices == Policy.NONE
    return "channel sends nothing" if quiet else "pivot sends nothing"
