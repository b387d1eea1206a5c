"""Reads every message and keeps what it made of it, with its evidence.

In: unread messages. Out: readings. Records: listening.reading_corrected, listening.reader_learnt.
"""
