"""One search, two dialects."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

from pivotpoint.channels.models import Message
from pivotpoint.channels.search import postgres, sqlite

LONGEST, MOST_WORDS = 200, 12
_word = re.compile(r"\w+")


def find(text: str, user: Any, limit: int = 20) -> list[int]:
    """Ids of messages that hold all these words (the last one as a beginning), best first, that the user may see."""
    words = _word.findall(text[:LONGEST].casefold())[:MOST_WORDS]
    if not words or limit < 1:
        return []
    dialect = postgres if connection.vendor == "postgresql" else sqlite
    found = dialect.matching(words, min(limit, 200))
    seen = set(Message.objects.visible_to(user).filter(pk__in=found).values_list("pk", flat=True))
    return [pk for pk in found if pk in seen]
