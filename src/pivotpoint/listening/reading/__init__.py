"""Unread messages are read in batches, ahead in a second process where there are many, and read again when let in again."""
