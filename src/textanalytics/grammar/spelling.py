"""Spell the words of a title as most people write them, ignoring text in capitals."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from textanalytics.grammar.sentence import Text

FIXED = {
    "i": "I",
    "i'm": "I'm",
    "im": "I'm",
    "i've": "I've",
    "ive": "I've",
    "i'll": "I'll",
    "i'd": "I'd",
    "cant": "can't",
    "dont": "don't",
    "wont": "won't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "isnt": "isn't",
    "arent": "aren't",
    "wasnt": "wasn't",
    "havent": "haven't",
    "hasnt": "hasn't",
    "couldnt": "couldn't",
    "wouldnt": "wouldn't",
    "shouldnt": "shouldn't",
    "thats": "that's",
    "ios": "iOS",
    "iphone": "iPhone",
    "ipad": "iPad",
    "wifi": "Wi-Fi",
    "wi-fi": "Wi-Fi",
    "tv": "TV",
    "pc": "PC",
    "w": "with",
    "w/o": "without",
    "bc": "because",
    "cuz": "because",
    "hrs": "hours",
    "mins": "minutes",
    "acct": "account",
    "flt": "flight",
    "&": "and",
    "u": "you",
    **{
        word: word.upper()
        for word in "ai atm ceo cvv dvd faq gps hdmi iban pdf pto sms ui url usb vip vpn".split()
    },
}

BASE, INFLECTED, OFTEN = "be", ("is", "are", "was", "were"), 20
"""Who writes "be" so often, and hardly any of its forms, has had all words brought to their first form."""


LAZY = 3
"""In German one who writes a noun small was in a hurry; one who writes it large meant it. So large counts this often, but for
infinitives, which are written both ways: "beim Anmelden", "mich anmelden"."""

NOUN = re.compile(
    r"\w{3,}(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|ismus|nis|nisse)"
)
"""German words that are nouns by their ending."""


FUSED = frozenset(("beim", "zum", "vom", "am"))


class Spelling:
    """Learns from all texts; a word that only ever begins sentences is written small, but for German nouns."""

    def __init__(self, texts: Sequence[Text], languages: Sequence[str]) -> None:
        self._known: dict[tuple[str, str], str] = {}
        seen: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for text, language in zip(texts, languages, strict=True):
            if _shouts(text):
                continue
            forms, before = seen[language], -1
            for word, lower, clause in zip(text.words, text.lower, text.clause, strict=True):
                if clause == before:
                    meant = language == "de" and word.istitle() and not lower.endswith("en")
                    forms[lower][word] += LAZY if meant else 1
                before = clause
        self._uses = {
            language: Counter({word: forms[word].total() for word in (BASE, *INFLECTED) if word in forms})
            for language, forms in seen.items()
        }
        self._form = {
            language: {lower: max(some, key=lambda form: (some[form], form)) for lower, some in forms.items()}
            for language, forms in seen.items()
        }

    @cached_property
    def is_inflected(self) -> bool:
        """Whether English words are in the forms that people write: "video is not available", not "video be not available"."""
        known = self._uses.get("en", Counter())
        return known[BASE] < OFTEN or 10 * sum(known[form] for form in INFLECTED) > known[BASE]

    def phrase(self, words: Sequence[str], language: str) -> str:
        """The words as one line in sentence case."""
        written = " ".join(
            _as_noun(before, self.word(word, language)) if language == "de" else self.word(word, language)
            for before, word in zip(("", *words), words, strict=False)
        )
        return (
            written if any(letter.isupper() for letter in written[1:2]) else written[:1].upper() + written[1:]
        )

    def word(self, word: str, language: str) -> str:
        """Asked of the same few thousand words again and again, so each is worked out once."""
        if (found := self._known.get((word, language))) is None:
            found = self._known[word, language] = self._work_out(word, language)
        return found

    def _work_out(self, word: str, language: str) -> str:
        lower = word.lower()
        if language == "en" and lower in FIXED:
            return FIXED[lower]
        meant = word if language == "de" and word.istitle() else lower
        form = self._form.get(language, {}).get(lower, meant)
        if language == "de" and form.islower() and "-" in form:
            return self._hyphened(form)
        return form.capitalize() if language == "de" and NOUN.fullmatch(form) else form

    def knows(self, lower: str, language: str) -> bool:
        return lower in self._form.get(language, {})

    def _hyphened(self, form: str) -> str:
        """A German compound is a noun if its last part is; "Intercity-Verbindung", written small by the lazy."""
        parts = [self.word(part, "de") for part in form.split("-") if part]
        noun = bool(parts) and parts[-1][0].isupper()
        return "-".join([part[:1].upper() + part[1:] for part in parts]) if noun else form


def _as_noun(before: str, word: str) -> str:
    """A German infinitive after "beim" and the like is a noun."""
    return word.capitalize() if before.lower() in FUSED and word.endswith("en") and word.islower() else word


def _shouts(text: Text) -> bool:
    """More than half of the longer words are in capitals, or nearly all begin with one, as in a headline."""
    longer = [word for word in text.words if len(word) > 3]
    raised = sum([word.isupper() for word in longer])
    titled = sum([word[0].isupper() for word in longer])
    return len(longer) > 2 and (raised > len(longer) / 2 or titled > 0.8 * len(longer))
