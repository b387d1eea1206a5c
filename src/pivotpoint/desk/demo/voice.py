"""How a customer puts a matter into words: by channel, by temper, in haste. Pure; every choice comes from `random`."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from pivotpoint.desk.demo.people import Person

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_WORD = re.compile(r"[a-zäöü]{5,}")
LETTERS = ("mail",)
SHORT = ("social", "survey", "call")
STARS = {"complaint": "★", "praise": "★★★★★", "request": "★★★★", "question": "★★★"}


def fill(text: str, slots: dict[str, list[str]], random: Random) -> str:
    """`[a|b]` becomes one of the two, `{slot}` one of its words."""
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda found: random.choice(found[1].split("|")), text)
    text = text.format(**{name: random.choice(words) for name, words in slots.items()})
    return re.sub(r"  +", " ", text).strip()


class Voice:
    """Writes one message; `book` is the whole book."""

    def __init__(self, book: dict[str, Any], random: Random) -> None:
        self.book, self.random = book, random

    def say(self, topic: dict[str, Any], channel: str, person: Person, core: list[str]) -> str:
        """`core` are the sentences to choose from that carry the matter."""
        german = person.language == "de" and bool(topic.get("de"))
        if channel == "call" and "call" in topic:
            return self._fill(topic["call"])
        parts = [] if german else self._lead(topic, channel)
        parts.append(self._fill(topic["de"] if german else core, german=german))
        parts += self._more(topic, channel, german)
        text = _hasten(_joined(parts), person, self.random)
        return self._dress(text, topic.get("kind", "complaint"), channel, person, german)

    def also(self, text: str, other: dict[str, Any]) -> str:
        """The same message with a second matter in it."""
        return f"{text} {self._fill(self.book['voice']['also'])} {_lower_first(self._fill(other['en']))}"

    def plain(self, core: list[str]) -> str:
        """Words that nobody dresses up: advertisements, small talk."""
        return self._fill(core)

    def _fill(self, choices: list[str], *, german: bool = False) -> str:
        return fill(self.random.choice(choices), self.book["slots"]["de" if german else "en"], self.random)

    def _lead(self, topic: dict[str, Any], channel: str) -> list[str]:
        """Some do not come to the point at once."""
        leads = self.book["voice"]["lead"][topic.get("kind", "complaint")]
        return [_upper_first(self._fill(leads))] if self._chance(0.12 if channel in SHORT else 0.3) else []

    def _more(self, topic: dict[str, Any], channel: str, german: bool) -> list[str]:
        """Circumstances, temper and what they want; letters have more of it than posts."""
        kind, short = topic.get("kind", "complaint"), channel in SHORT
        feelings = self.book["voice"]["feel"][f"{kind}_de" if german else kind]
        parts = []
        if not german and "more" in topic and self._chance(0.25 if short else 0.55):
            parts.append(_upper_first(self._fill(topic["more"])))
        if self._chance(0.15 if short else 0.3):
            parts.append(self._fill(feelings))
        if not german and "ask" in topic and self._chance(0.1 if short else 0.45):
            parts.append(self._fill(topic["ask"]))
        return [part for part in parts if part]

    def _dress(self, text: str, kind: str, channel: str, person: Person, german: bool) -> str:
        words, language = self.book["voice"], "_de" if german else ""
        if channel in LETTERS and self._chance(0.8):
            names = {"first": person.first, "name": person.name}
            greet = self.random.choice(words[f"greet{language}"])
            sign = self.random.choice(words[f"sign{language}"]).format(**names)
            return f"{greet}\n\n{text}\n\n{sign}"
        if channel == "social":
            return self._post(text, kind)
        if channel == "review" and self._chance(0.35):
            return f"{STARS[kind]} {text}"
        return text

    def _post(self, text: str, kind: str) -> str:
        words = self.book["voice"]
        text = f"@larkfield {text}" if self._chance(0.6) else text
        if self._chance(0.25):
            text += " " + self.random.choice(words["tags_praise" if kind == "praise" else "tags"])
        if kind == "complaint" and self._chance(0.2):
            text += " " + self.random.choice(words["faces"])
        return text

    def _chance(self, share: float) -> bool:
        return self.random.random() < share


def _joined(parts: list[str]) -> str:
    """One text; whoever forgets the full stop at the end of a sentence seldom does so in the middle of a text."""
    ended = [part if part[-1] in ".!?:)" else f"{part}." for part in parts[:-1]]
    return " ".join([*ended, parts[-1]])


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower_first(text: str) -> str:
    """Unless it begins with I, or with a name or an abbreviation."""
    begins = text.split(" ", 1)[0]
    return text if begins in ("I", "I'm") or not begins[1:].islower() else text[:1].lower() + text[1:]


def _hasten(text: str, person: Person, random: Random) -> str:
    """The writer's habits: small letters, no full stop, a slip of the finger, capitals."""
    if person.habit == "lower":
        return text.lower().rstrip(".").replace("'", "")
    if person.habit == "loud":
        return text.replace(".", "!!") if random.random() < 0.7 else text.upper()
    if person.habit == "slips":
        return _slip(_slip(text, random), random)
    return text.rstrip(".") if person.habit == "brief" else text


def _slip(text: str, random: Random) -> str:
    """Two letters swapped, one lost or one doubled, inside one longer word."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = random.choice(words)
    at = word.start() + random.randrange(1, len(word[0]) - 2)
    how = random.randrange(3)
    if how == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :] if how == 1 else text[:at] + text[at] + text[at:]
