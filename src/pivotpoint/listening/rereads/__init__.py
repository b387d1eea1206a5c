"""A whole history read anew, beside what is there; looked at, then accepted or dropped; and undone.

In: the texts, a version of the reader, the taught taxonomies. Out: candidate readings, exchanged with the readings.
Records: listening.reread_started, listening.reread_decided, listening.reread_finished.
"""
