"""What the worker does here."""

from pivotpoint.channels.sending import send_due
from pivotpoint.jobs.beat import every

every("channels.send", seconds=2)(send_due)
