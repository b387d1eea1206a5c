"""In which language texts are, and who is spoken to: what naming has to know of them besides their words."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from pivotpoint.insights.models import Membership
from textanalytics.grammar.addressed import addressed
from textanalytics.language import LanguageAnalyser
from textanalytics.words.page import Vocabulary, open_page

LATEST = 2_000
"""Messages that tell who is spoken to."""

REMEMBERED = 20_000
"""Texts whose language is remembered."""

_analyser, _vocabulary, _reading = LanguageAnalyser(), Vocabulary(), Lock()
_known: dict[str, str] = {}
"""What is known of words and texts is kept from one time to the next; one thread at a time, because it grows."""


def spoken_to() -> frozenset[str]:
    """Names that many of the latest messages are addressed to, as they were written: no matter of any theme."""
    latest = Membership.objects.order_by("-pk").values_list("message__text", flat=True)[:LATEST]
    return addressed(list(latest))


def languages(texts: Sequence[str]) -> list[str]:
    """What each is in. The same texts are asked again and again: whoever is named is named beside all others."""
    with _reading:
        new = [text for text in dict.fromkeys(texts) if text not in _known]
        if len(_known) + len(new) > REMEMBERED:
            _known.clear()
            new = list(dict.fromkeys(texts))
        _known.update(zip(new, _analyser.read(open_page(new, _vocabulary)).value, strict=True))
        return [_known[text] for text in texts]
