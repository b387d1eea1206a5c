"""A table of feedback goes in, the ladder comes out: trends, patterns, voices, and where every row is. No Django.

`hear` takes the messages out of a table, `climb` makes the `Ladder` of them; `as_text`, `as_json` and `as_page`
show it.
"""

from pivotpoint.insights.ladder.climb import climb
from pivotpoint.insights.ladder.heard import Heard, hear
from pivotpoint.insights.ladder.ladder import Ladder, Ledger, Quote, Theme

__all__ = ["Heard", "Ladder", "Ledger", "Quote", "Theme", "climb", "hear"]
