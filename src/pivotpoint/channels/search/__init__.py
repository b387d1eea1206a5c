"""Find messages by their words.

SQLite: an FTS5 table over the messages, filled in bulk by `index_new`. PostgreSQL: an index over the words of each row.
Either way an erased message is out of the index in the transaction that erases it.
"""

from pivotpoint.channels.search.find import find
from pivotpoint.channels.search.index import index_new

__all__ = ["find", "index_new"]
