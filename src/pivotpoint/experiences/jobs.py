"""What the worker does for this stage."""

from pivotpoint.experiences import again, joined, tell
from pivotpoint.experiences import (
    honesty as honesty,
)  # declares a figure; the worker loads no pages
from pivotpoint.experiences import projected as projected  # declares a figure, too
from pivotpoint.jobs.beat import every

every("experiences.try_again_after_a_yes", seconds=60)(joined.try_again_after_a_yes)
every("experiences.draft_for_joiners", seconds=10)(joined.draft_for_joiners)
every("experiences.send_notices", seconds=2)(tell.send)
every("experiences.take_outcomes", seconds=5)(tell.take_outcomes)
every("experiences.finish_telling", seconds=5)(tell.finish)
every("experiences.reopen_where_people_still_join", seconds=30)(again.reopen_where_people_still_join)
