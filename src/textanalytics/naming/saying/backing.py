"""What the texts of one theme say for a phrase: how many hold its words, turn them round, or ask."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import islice

import numpy as np

from textanalytics.base import BoolArray, IntArray
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.negation import denial, denied
from textanalytics.grammar.sentence import Text
from textanalytics.naming.saying.titling import HOW_TO

HALF = 0.5
"""Of a title's weight that a text has to hold to be what the title says."""

MOSTLY = 0.6
"""Share of the texts with a word that must deny it, for it to be listed as denied."""

SEVERAL = 3
"""And so many texts."""

ONE_UNIT = 0.5
"""Share of the rarer of two neighbouring words that stands beside the other: then the two are one name."""

BEHIND = 3
"""Words behind a verb at which its other half may stand: "log me in"."""

HOLDS = frozenset({Kind.PREPOSITION, Kind.ATTRIBUTE})
"""What may be the first half of a name."""

ENDS = frozenset({Kind.PREPOSITION, Kind.PARTICLE})
"""And the last."""

KINDS = kinds("en")
FRONTED = frozenset({Kind.SUBJECT, Kind.DETERMINER})
"""What stands behind the verb that opens a question: "do you", "is the"."""


class Backing:
    """Which texts hold which words, by stem and by spelling; built once a theme, asked for each phrase."""

    def __init__(
        self, texts: Sequence[Text], stems: Sequence[Sequence[int]], places: Sequence[int] | None = None
    ) -> None:
        """`stems[i]` has one entry per word of `texts[i]`, -1 where it has no meaning of its own; `places[i]` is its number
        among all texts."""
        self.size = len(texts)
        self.places: IntArray = np.arange(len(texts)) if places is None else np.array(places, np.int64)
        self._texts, self._stems = texts, stems
        self._denying: set[int] = set()
        self._denied: dict[int, set[int]] = {}
        self._stated: dict[int, set[int]] = {}
        """What else is said in the texts that deny something."""
        self._asking: set[int] = set()
        of: defaultdict[int | str, set[int]] = defaultdict(set)
        for number, (text, own) in enumerate(zip(texts, stems, strict=True)):
            said: set[int | str] = {*own, *text.lower}
            for word in said:
                of[word].add(number)
            self._read_denials(number, own, denied(text))
            if text.asked:
                self._asking.add(number)
        of.pop(-1, None)
        self._of = dict(of)

    @cached_property
    def _pairs(self) -> Counter[tuple[int, int]]:
        """How many texts have the second word right behind the first; only few themes ask."""
        found: Counter[tuple[int, int]] = Counter()
        for own in self._stems:
            found.update({(a, b) for a, b in zip(own, own[1:], strict=False) if a >= 0 and b >= 0 and a != b})
        return found

    def _read_denials(self, number: int, stems: Sequence[int], denials: Sequence[bool]) -> None:
        if not any(denials):
            return
        self._denying.add(number)
        for stem, turned in zip(stems, denials, strict=True):
            if stem >= 0:
                (self._denied if turned else self._stated).setdefault(stem, set()).add(number)

    def holding(self, word: int | str) -> set[int]:
        return self._of.get(word, set())

    @cached_property
    def repeated(self) -> tuple[int, ...]:
        """The stems that two texts hold at least."""
        return tuple(word for word, texts in self._of.items() if isinstance(word, int) and len(texts) > 1)

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        return tuple(word for word in self._of if isinstance(word, str))

    def any_of(self, words: Sequence[int] | Sequence[str]) -> BoolArray:
        """(size,) whether each text holds one of them."""
        return self._marked(set[int]().union(*(self.holding(word) for word in words)))

    @cached_property
    def denies_any(self) -> BoolArray:
        """(size,) whether each text denies anything."""
        return self._marked(self._denying)

    def denying_all(self, stems: Sequence[int]) -> BoolArray:
        """(size,) whether each text denies all of these words."""
        if not stems:
            return np.zeros(self.size, np.bool_)
        return self._marked(set.intersection(*(self._denied.get(stem, set()) for stem in stems)))

    def denying_any(self, stems: Sequence[int]) -> BoolArray:
        """(size,) whether each text has a "not" right before one of these words, as far as small ones let it."""
        return self._marked(set[int]().union(*(self._outright.get(stem, set()) for stem in stems)))

    @cached_property
    def _outright(self) -> dict[int, set[int]]:
        """The texts that deny each word itself, and not just something in its sentence."""
        found: dict[int, set[int]] = {}
        for number in self._denying:
            for place, stem in enumerate(self._stems[number]):
                if stem >= 0 and denial(self._texts[number], place):
                    found.setdefault(stem, set()).add(number)
        return found

    def _marked(self, texts: set[int]) -> BoolArray:
        marked = np.zeros(self.size, np.bool_)
        marked[list(texts)] = True
        return marked

    def share(self, word: int | str) -> float:
        return len(self.holding(word)) / self.size

    def follows_how(self, stems: Sequence[int]) -> bool:
        """Whether it is a word that mostly asks for a measure: "how long"."""
        return len(stems) == 1 and self.preceding(stems[0])["how"] >= HALF * len(self.holding(stems[0]))

    def before(self, stems: Sequence[int]) -> str:
        """The small word without which most do not say this one: "on" of "on hold", "new" of "New York"; "" for none."""
        before = self.preceding(stems[0])
        word = max(before, key=lambda word: (before[word], word), default="")
        kept = KINDS.get(word) in HOLDS and before[word] >= MOSTLY * len(self.holding(stems[0]))
        return word if kept else ""

    def behind(self, stem: int, word: str) -> str:
        """The small word right behind most uses of a word which some write as one with it: "on" of "carry on", "carry-on"; "" for none."""
        found: Counter[str] = Counter()
        for number in self.holding(stem):
            own, lower = self._stems[number], self._texts[number].lower
            found.update({lower[place + 1] for place in range(len(own) - 1) if own[place] == stem})
        small = max(found, key=lambda small: (found[small], small), default="")
        whole = self.holding(f"{word}-{small}") | self.holding(f"{word}{small}")
        kept = KINDS.get(small) in ENDS and found[small] >= HALF * len(self.holding(stem)) and len(whole) > 1
        return small if kept else ""

    def preceding(self, stem: int) -> Counter[str]:
        """How many texts have each word right before this one."""
        found: Counter[str] = Counter()
        for number in self.holding(stem):
            own, lower = self._stems[number], self._texts[number].lower
            found.update({lower[place - 1] for place in range(1, len(own)) if own[place] == stem})
        return found

    def all_of(self, words: Sequence[int] | Sequence[str]) -> set[int]:
        """The texts that hold them all."""
        return set.intersection(*(self.holding(word) for word in words))

    def going(self, verb: str, small: str, *, alone: bool = False) -> BoolArray:
        """(size,) whether each text has the English verb, in any form, and close behind it the small word that tells which way it goes
        ("log me in"), or both in one ("login"); or that word `alone`."""
        root = stem_of(verb, "en")
        forms = {verb, *(word for word in self.spellings if stem_of(word, "en") == root)}
        one = set[int]().union(
            *(self.holding(f"{form}{joint}{small}") for form in forms for joint in ("", "-"))
        )
        ways = {small, f"{small}to"}
        told = set[int]().union(*map(self.holding, ways)) - one
        return self._marked(
            one | {number for number in told if alone or _follows(self._texts[number], forms, ways)}
        )

    @cached_property
    def asking_how(self) -> float:
        """The share of the texts that ask how to do something."""
        return float(np.mean([bool(HOW_TO.search(" ".join(text.lower))) for text in self._texts]))

    def asking_so(self, stems: Sequence[int], question: Sequence[str]) -> float:
        """The share of the texts with these words that ask with the first word of the `question`: a verb, before its subject."""
        texts = self.all_of(stems)
        first, kind = question[0], KINDS.get(question[0])
        if kind is Kind.QUESTION:
            root = first.removesuffix("'s")
            asking = set[int]().union(*(self.holding(word) for word in (root, f"{root}s", f"{root}'s")))
        else:
            asking = {number for number in self.holding(first) if _fronts(self._texts[number], first)}
        return len(texts & asking) / max(len(texts), 1)

    def several(self, words: Sequence[int]) -> int:
        """How many texts hold two of them or more."""
        held = Counter(text for word in words for text in self.holding(word))
        return sum(count > 1 for count in held.values())

    def saying(self, words: Sequence[str]) -> int:
        """In how many different sentences these words stand, one right behind the other; in lower case."""
        wanted, count = list(words), len(words)
        found: set[tuple[str, ...]] = set()
        for number in self.all_of(wanted):
            text = self._texts[number].lower
            starts = (i for i in range(len(text) - count + 1) if text[i : i + count] == wanted)
            found.update(tuple(text[max(i - 3, 0) : i + count + 3]) for i in islice(starts, 1))
        return len(found)

    def different(self, stems: Sequence[int]) -> int:
        """How many texts hold all of these words, copies of one another counted once: by what stands around the first."""
        found: set[tuple[str, ...]] = set()
        for number in self.all_of(stems):
            place = self._stems[number].index(stems[0])
            found.add(tuple(self._texts[number].lower[max(place - 2, 0) : place + 3]))
        return len(found)

    def forms(self, stem: int) -> Counter[str]:
        """How many texts write the stem in each of its forms."""
        found: Counter[str] = Counter()
        for number in self.holding(stem):
            words = zip(self._texts[number].lower, self._stems[number], strict=True)
            found.update({word for word, own in words if own == stem})
        return found

    def covered(self, stems: Sequence[int], weights: Mapping[int, float]) -> set[int]:
        """The texts that hold at least half of what these words weigh together."""
        strength = {stem: weights.get(stem, 0.0) for stem in stems}
        if len(strength) == 1:
            return self.holding(stems[0]) if strength[stems[0]] > 0 else set()
        needed = HALF * sum(strength.values())
        total: dict[int, float] = {}
        for stem, weight in strength.items():
            for text in self.holding(stem):
                total[text] = total.get(text, 0.0) + weight
        return {text for text, weight in total.items() if weight >= needed > 0}

    def denying(self, stems: Sequence[int]) -> float:
        """The share of the texts with these words that deny anything."""
        texts = self.all_of(stems)
        return len(texts & self._denying) / max(len(texts), 1)

    def turned(self, stems: Sequence[int]) -> float:
        """The share of the texts with these words that deny them."""
        texts = self.all_of(stems)
        turned = set.intersection(*(self._denied.get(stem, set()) for stem in stems))
        stated = set.intersection(*(self._stated.get(stem, set()) for stem in stems))
        return len(turned - stated) / max(len(texts), 1)

    def denial(self, stem: int) -> tuple[str, ...]:
        """The words by which most deny this one, itself among them; () if they do not: "never arrived"."""
        said: Counter[tuple[str, ...]] = Counter()
        for number in self._denied.get(stem, ()):
            text = self._texts[number]
            places = (place for place, own in enumerate(self._stems[number]) if own == stem)
            said[next((words for place in places if (words := denial(text, place))), ())] += 1
        said.pop((), None)
        if said.total() < max(MOSTLY * len(self.holding(stem)), SEVERAL):
            return ()
        return max(said, key=lambda words: (said[words], -len(words), words))

    def asking(self) -> float:
        return len(self._asking) / self.size

    def asked(self, stems: Sequence[int]) -> int:
        """How many texts with these words ask; 0 if most of them do not."""
        texts = self.all_of(stems)
        asking = len(texts & self._asking)
        return asking if asking >= HALF * len(texts) else 0

    def are_one(self, first: int, second: int) -> bool:
        """Whether the second mostly stands right behind the first, or the other way round: "boarding pass"."""
        together = self._pairs[first, second]
        fewer = min(len(self.holding(first)), len(self.holding(second)))
        return together >= 3 and together >= ONE_UNIT * fewer


def _follows(text: Text, forms: Collection[str], ways: Collection[str]) -> bool:
    """Whether one of the small words stands close behind the verb."""
    lower, clause = text.lower, text.clause
    return any(
        lower[before] in forms and clause[before] == clause[place]
        for place, word in enumerate(lower)
        if word in ways
        for before in range(max(place - BEHIND, 0), place)
    )


def _fronts(text: Text, verb: str) -> bool:
    """Whether it stands before a subject."""
    return any(
        word == verb and kind in FRONTED for word, kind in zip(text.lower, text.kind[1:], strict=False)
    )
