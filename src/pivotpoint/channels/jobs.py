"""What the worker does here."""

from pivotpoint.channels.imports.forget import tidy
from pivotpoint.channels.imports.sweep import work_off
from pivotpoint.channels.imports.take_back import move_some
from pivotpoint.channels.limits import forget_old
from pivotpoint.channels.search import index_new
from pivotpoint.channels.sending import send_due
from pivotpoint.jobs.beat import every

every("channels.send", seconds=2)(send_due)
every("channels.forget_old_arrivals", seconds=600)(forget_old)
every("channels.import", seconds=1)(work_off)
every("channels.take_back", seconds=2)(move_some)
every("channels.index", seconds=5)(index_new)
every("channels.tidy_imports", seconds=600)(tidy)
