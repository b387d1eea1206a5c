"""SQLite's part: FTS5 over channels_message without a second copy of the text."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

MAKE = (
    """CREATE VIRTUAL TABLE channels_words USING fts5(
        subject, text, content='channels_message', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2", detail=full)""",
    """CREATE TRIGGER channels_words_in AFTER INSERT ON channels_message BEGIN
        INSERT INTO channels_words(rowid, subject, text) VALUES (new.id, new.subject, new.text); END""",
    """CREATE TRIGGER channels_words_out AFTER DELETE ON channels_message BEGIN
        INSERT INTO channels_words(channels_words, rowid, subject, text)
        VALUES ('delete', old.id, old.subject, old.text); END""",
    """CREATE TRIGGER channels_words_changed AFTER UPDATE OF subject, text ON channels_message BEGIN
        INSERT INTO channels_words(channels_words, rowid, subject, text)
        VALUES ('delete', old.id, old.subject, old.text);
        INSERT INTO channels_words(rowid, subject, text) VALUES (new.id, new.subject, new.text); END""",
    "INSERT INTO channels_words(channels_words) VALUES ('rebuild')",
)
DROP = (
    "DROP TRIGGER IF EXISTS channels_words_in",
    "DROP TRIGGER IF EXISTS channels_words_out",
    "DROP TRIGGER IF EXISTS channels_words_changed",
    "DROP TABLE IF EXISTS channels_words",
)
FIND = "SELECT rowid FROM channels_words WHERE channels_words MATCH %s ORDER BY rank LIMIT %s"
NEWEST = "SELECT rowid FROM channels_words WHERE channels_words MATCH %s ORDER BY rowid DESC LIMIT %s"
COMMON = 20_000
"""So many matches that ranking them all would take long: then the newest come first."""


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
