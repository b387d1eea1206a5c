"""Find messages by their words. The database keeps the index itself, in the transaction of each change.

SQLite: an FTS5 table over the messages, kept by triggers. PostgreSQL: an index over the words of each row. Either way
an import indexes at the speed of its inserts, an erased message is out of the index, and nothing can be forgotten.
"""

from pivotpoint.channels.search.find import find

__all__ = ["find"]
