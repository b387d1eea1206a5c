"""A notice's words: the organisation's own, else these; in the customer's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.experiences.models import Wording
from pivotpoint.journal.record import record
from pivotpoint.pivot.refused import Refused

LINK = "{link}"
PLACES = {
    "name": "What the person is called",
    "title": "What they spoke about: the insight's title",
    "what": "What changed",
    "since": "Since when",
    "reason": "Why it was declined",
    "organisation": "The organisation's name",
    "link": "The person's own link: what came of it, and whether it helped",
}
"""What may stand in braces. `{link}` stays until the notice leaves, because it is made for one person."""


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    text: str


FIRST: dict[tuple[str, str], Words] = {
    ("changed", "en"): Words(
        "What came of what you told us: {title}",
        "Hello {name},\n\nyou told us about this: {title}. You were not the only one, and we changed it.\n\n"
        "{what}\n\nThis holds since {since}. Did it help? Answer with one click, and see the whole way here:\n"
        "{link}\n\n{organisation}\n",
    ),
    ("changed", "de"): Words(
        "Was aus Ihrem Hinweis wurde: {title}",
        "Guten Tag {name},\n\nSie haben uns das geschrieben: {title}. Andere auch, und wir haben es geändert.\n\n"
        "{what}\n\nDas gilt seit {since}. Hat es geholfen? Sie antworten mit einem Klick und sehen hier den ganzen Weg:\n"
        "{link}\n\n{organisation}\n",
    ),
    ("declined", "en"): Words(
        "What came of what you told us: {title}",
        "Hello {name},\n\nyou told us about this: {title}. We looked into it and will not change it now.\n\n"
        "The reason: {reason}\n\nThe whole way is here:\n{link}\n\n{organisation}\n",
    ),
    ("declined", "de"): Words(
        "Was aus Ihrem Hinweis wurde: {title}",
        "Guten Tag {name},\n\nSie haben uns das geschrieben: {title}. Wir haben es geprüft und ändern es jetzt nicht.\n\n"
        "Der Grund: {reason}\n\nDen ganzen Weg sehen Sie hier:\n{link}\n\n{organisation}\n",
    ),
}
LANGUAGES = ("en", "de")


def current() -> dict[tuple[str, str], Words]:
    """All kinds and languages with the words that hold now."""
    words = dict(FIRST)
    for row in Wording.objects.order_by("at", "pk"):
        words[row.kind, row.language] = Words(row.subject, row.text)
    return words


def language(code: str) -> str:
    """The language we have words in that is nearest to this one."""
    short = code.lower()[:2]
    return short if short in LANGUAGES else LANGUAGES[0]


def fill(words: Words, values: Mapping[str, str]) -> Words:
    """The words with their places filled; what has no value stays in braces (`{link}` does, on purpose)."""
    return Words(_fill(words.subject, values)[:200], _fill(words.text, values))


def with_link(text: str, link: str) -> str:
    """The text as it leaves."""
    return text.replace(LINK, link)


def _fill(text: str, values: Mapping[str, str]) -> str:
    if not values.get("name", "x"):
        # Nobody's name is known: "Hello ," becomes "Hello,".
        text = re.sub(r"\s*\{name\}", "", text)
    return re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), text)


def check(text: str) -> str:
    """The text, trimmed; Refused when the link is gone or braces name nothing we know."""
    text = text.strip()
    if LINK not in text:
        raise Refused("Keep {link} in the text: it is how the person answers whether it helped.")
    unknown = sorted(set(re.findall(r"\{(\w+)\}", text)) - set(PLACES))
    if unknown:
        known = ", ".join(f"{{{place}}}" for place in PLACES)
        raise Refused(f"{{{unknown[0]}}} means nothing here; use {known}.")
    return text + "\n"


def change(kind: str, code: str, *, subject: str, text: str, by: Any) -> Wording:
    """From now on notices of this kind and language begin with these words."""
    demand(by, "notice.approve")
    if (kind, code) not in FIRST:
        raise Refused("There are words for changed and declined, in en and de.")
    if not subject.strip():
        raise Refused("A subject is needed.")
    with transaction.atomic():
        row = Wording.objects.create(
            kind=kind, language=code, subject=subject.strip()[:200], text=check(text), by=user_of(by)
        )
        record("experiences.wording_changed", row, by=by, kind=kind, language=code)
    return row
