"""The sweep that reads."""

from pivotpoint.jobs.beat import every
from pivotpoint.listening.read import read_unread

every("listening.read", seconds=1)(read_unread)
