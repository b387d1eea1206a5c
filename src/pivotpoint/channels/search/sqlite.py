"""SQLite's part: FTS5 over channels_message without a second copy of the text.

New messages are indexed many at once: a trigger for each would make FTS5 write a segment for each, which takes three
times as long as storing them. Keys grow and SQLite has one writer, so one number says how far the index reaches.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

INDEXED = "old.id <= (SELECT last FROM channels_words_reach)"
OUT = """INSERT INTO channels_words(channels_words, rowid, subject, text)
        VALUES ('delete', old.id, old.subject, old.text);"""
MAKE = (
    """CREATE VIRTUAL TABLE channels_words USING fts5(
        subject, text, content='channels_message', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2", detail=full)""",
    "CREATE TABLE channels_words_reach (last INTEGER NOT NULL)",
    "INSERT INTO channels_words_reach SELECT coalesce(max(id), 0) FROM channels_message",
    f"CREATE TRIGGER channels_words_out AFTER DELETE ON channels_message WHEN {INDEXED} BEGIN {OUT} END",
    f"""CREATE TRIGGER channels_words_changed AFTER UPDATE OF subject, text ON channels_message WHEN {INDEXED} BEGIN
        {OUT} INSERT INTO channels_words(rowid, subject, text) VALUES (new.id, new.subject, new.text); END""",  # noqa: S608
    "INSERT INTO channels_words(channels_words) VALUES ('rebuild')",
)
DROP = (
    "DROP TRIGGER IF EXISTS channels_words_out",
    "DROP TRIGGER IF EXISTS channels_words_changed",
    "DROP TABLE IF EXISTS channels_words",
    "DROP TABLE IF EXISTS channels_words_reach",
)
ADD = """INSERT INTO channels_words(rowid, subject, text) SELECT id, subject, text FROM channels_message
    WHERE id > (SELECT last FROM channels_words_reach) ORDER BY id LIMIT %s"""
REACH = """UPDATE channels_words_reach SET last = coalesce((SELECT max(id) FROM (SELECT id FROM channels_message
    WHERE id > (SELECT last FROM channels_words_reach) ORDER BY id LIMIT %s)), last)"""
FIND = "SELECT rowid FROM channels_words WHERE channels_words MATCH %s ORDER BY rank LIMIT %s"
NEWEST = "SELECT rowid FROM channels_words WHERE channels_words MATCH %s ORDER BY rowid DESC LIMIT %s"
COMMON = 20_000
"""So many matches that ranking them all would take long: then the newest come first."""


@transaction.atomic(savepoint=False)
def index_new(limit: int) -> int:
    """Index up to so many of the messages that are not yet in the index, oldest first; how many."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, [limit])
        added: int = cursor.rowcount
        cursor.execute(REACH, [limit])
    return max(added, 0)


def matching(words: Sequence[str], limit: int) -> list[int]:
    """Ids of messages with all words, the last as a prefix."""
    quoted = [f'"{word}"' for word in words]
    wanted = " ".join(quoted) + "*"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM channels_words WHERE channels_words MATCH %s LIMIT %s)",
            [wanted, COMMON],
        )
        common = cursor.fetchone()[0] == COMMON
        cursor.execute(NEWEST if common else FIND, [wanted, limit])
        return [row[0] for row in cursor.fetchall()]
