"""The friction map: where it waits, where somebody works, where it gets stuck, what bounces, whose queue is long."""

from pivotpoint.pivot.friction.count import friction
from pivotpoint.pivot.friction.hop import DAYS, Friction, Hop
from pivotpoint.pivot.friction.places import PLACES, Place
from pivotpoint.pivot.friction.queues import Queue, queues

__all__ = ["DAYS", "PLACES", "Friction", "Hop", "Place", "Queue", "friction", "queues"]
