"""PostgreSQL's part: a GIN index over the words of each message."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

# Longer than 200,000 characters no tsvector takes; what is kept apart for its length has no words beyond that.
WORDS = "to_tsvector('simple', subject || ' ' || left(text, 200000))"
MAKE = (f"CREATE INDEX channels_words ON channels_message USING gin ({WORDS})",)
DROP = ("DROP INDEX IF EXISTS channels_words",)
FIND = f"""SELECT id FROM channels_message WHERE {WORDS} @@ to_tsquery('simple', %s)
    ORDER BY id DESC LIMIT %s"""  # noqa: S608 WORDS is the constant above


def matching(words: Sequence[str], limit: int) -> list[int]:
    """Ids of messages with all words, the last as a prefix; the newest first."""
    wanted = " & ".join(f"'{word}'" for word in words) + ":*"
    with connection.cursor() as cursor:
        cursor.execute(FIND, [wanted, limit])
        return [row[0] for row in cursor.fetchall()]
