"""Find people by their names, handles and organisations.

SQLite: an FTS5 table over the names, filled in bulk by `index_new`. PostgreSQL: an index over the words of each name.
Either way an erased person is out of the index in the transaction that erases them.
"""

from pivotpoint.customers.search.find import find
from pivotpoint.customers.search.index import index_new

__all__ = ["find", "index_new"]
