"""Append-only facts.

In: `record()` from every stage, in the same transaction as the fact itself.
Out: each event to its subscribers after the commit, again by the sweeper until they have succeeded.
Records: nothing of its own.
"""
