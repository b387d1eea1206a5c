"""What earlier stages tell us, and what we do about it."""

from pivotpoint.customers.belongings import belongs
from pivotpoint.customers.erase import before_erasing
from pivotpoint.insights.follow import (
    count_again,
    count_doubt,
    erase,
    follow_reading,
    leave_nothing,
    spoken_by,
)
from pivotpoint.insights.gathering import leave  # noqa: F401 registers itself
from pivotpoint.insights.grave import judge_all
from pivotpoint.insights.rereads import (
    reencode,  # noqa: F401 they register themselves
    report,  # noqa: F401 they register themselves
)
from pivotpoint.insights.rereads.reread import follow_exchange
from pivotpoint.journal.record import subscribe
from pivotpoint.listening.rereads.beside import takes_part
from pivotpoint.listening.rereads.swap import follows

belongs("insights.Membership", spoken_by=spoken_by)
before_erasing(leave_nothing)
follows(follow_exchange)
takes_part(reencode)
subscribe("customers.merged", count_again)
subscribe("customers.unmerged", count_again)
subscribe("customers.merge_suggested", count_doubt)
subscribe("customers.merge_rejected", count_doubt)
subscribe("customers.erased", erase)
subscribe("accounts.organisation_changed", judge_all)
subscribe("listening.reading_corrected", follow_reading)
