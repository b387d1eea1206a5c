"""What the worker does here."""

from pivotpoint.channels.limits import forget_old
from pivotpoint.channels.sending import send_due
from pivotpoint.jobs.beat import every

every("channels.send", seconds=2)(send_due)
every("channels.forget_old_arrivals", seconds=600)(forget_old)
