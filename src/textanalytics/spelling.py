"""How words are written in a title: as people mostly write them when they do not shout."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from textanalytics.phrases import Text

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
}


class Spelling:
    """Learns from all texts; a word that only ever begins sentences is written small."""

    def __init__(self, texts: Sequence[Text], languages: Sequence[str]) -> None:
        self._english = Counter(languages).most_common(1)[:1] == [("en", languages.count("en"))]
        forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            if _shouts(text):
                continue
            before = -1
            for word, lower, clause in zip(text.words, text.lower, text.clause, strict=True):
                if clause == before:
                    forms[lower][word] += 1
                before = clause
        self._form = {lower: max(seen, key=lambda form: (seen[form], form)) for lower, seen in forms.items()}

    def phrase(self, words: Sequence[str]) -> str:
        """The words as one line in sentence case."""
        written = " ".join(self.word(word) for word in words)
        return (
            written if any(letter.isupper() for letter in written[1:2]) else written[:1].upper() + written[1:]
        )

    def word(self, word: str) -> str:
        lower = word.lower()
        return (self._english and FIXED.get(lower)) or self._form.get(lower, lower)


def _shouts(text: Text) -> bool:
    """More than half of the longer words are in capitals, or nearly all begin with one, as in a headline."""
    longer = [word for word in text.words if len(word) > 3]
    raised = sum(word.isupper() for word in longer)
    titled = sum(word[0].isupper() for word in longer)
    return len(longer) > 2 and (raised > len(longer) / 2 or titled > 0.8 * len(longer))
