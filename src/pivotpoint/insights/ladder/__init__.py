"""From a table of feedback to the ladder: trends, patterns, voices, and where every row went. No Django.

`hear` reads the messages of a table, `climb` makes the `Ladder`, `climb_each` one for each house; `as_text`, `as_json` and `as_page` show it.
"""

from pivotpoint.insights.ladder.climb import climb
from pivotpoint.insights.ladder.each import Each, climb_each
from pivotpoint.insights.ladder.heard import Heard, hear
from pivotpoint.insights.ladder.ladder import Ladder, Ledger, Quote, Theme

__all__ = ["Each", "Heard", "Ladder", "Ledger", "Quote", "Theme", "climb", "climb_each", "hear"]
