"""What a phrase is worth as a title: by its own words, and by what the theme's texts say for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.ends import OFTEN
from textanalytics.grammar.german import begins_with_verb, hastily, says, shares_its_verb
from textanalytics.grammar.keywords import Weights
from textanalytics.grammar.kinds import CALENDAR, EMPTY, FILLING, NAMED, TELLING, Kind
from textanalytics.grammar.negation import TURNING, denies
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.listing import DISPUTED
from textanalytics.naming.saying.titling import HOW_TO
from textanalytics.naming.saying.usual import is_torn

MANY = 5
"""Texts from which on a phrase must be borne out by the others; below, each says for itself."""

BACKING = 0.45
"""Power of the share of texts that hold the words of a phrase: a title must fit what stands under it."""

COVERED, REPEATED = 0.3, 0.06
"""Shares of a theme's texts that hold half of what a title says, and all of it. With less it is one person's phrase."""

STATED = 0.15
"""And so many have to hold all of a German sentence, of which one with only its noun says something else."""

RARE, RARELY = 0.1, 0.6
"""A word that fewer of the theme's texts hold does not name the theme; what it takes off."""

FILLED = 0.8
"""For each small word that says something and that few of the theme's texts hold: "went to get my parcel"."""

NUMBERED, COUNTED = 0.2, 0.15
"""Share of the texts that must hold a phrase with a number word for word; and each word of `PRECISE` that a phrase has."""

OTHERWISE = 0.4
"""Share of the texts with a phrase's words that must deny them where the phrase does, and must not where it does not
(one less it)."""

ALONE = 0.5
"""For a phrase that says "not" where most do not, or the other way round."""

HARDLY = 0.2
"""And where so few do, it says the opposite of what the theme says."""

ASKED, ASKING = 2, 0.1
"""Texts that must ask what a question asks, and their share: one person's question is not what many want to know."""

ALIKE = 0.5
"""And the share of those with its words who ask it so: most who speak of a limit may want a higher one, and a few know what it is."""

HEAD = 0.2
"""Share of the texts that must hold the noun that a name is about: "flight attendant" names no theme of flights."""

NONE = 0.2
"""Share of the texts with a name that must say the "no" or "never" before it, too: "no customer service" is what few of those say
who complain about it."""

PRECISE = OFTEN | {"same", "another", "else", "than"}
"""Words that compare, or count: of what, who wrote it knows."""

MAYBE = frozenset("can could may might would should will".split())
RARELY_SAID = 0.25
"""What a phrase is worth that says what could be ("problems can be fixed"), where it is no question: most tell what is."""

DATED = 0.3
"""Share of the texts that must hold a time that a phrase says: "delivered on Friday" belongs to one message."""

TELLS = 1.35
"""A phrase that says what is the matter is worth more than one that only names a thing."""

JUDGES = 1.2
"""And so is one that begins by judging it: "terrible customer service"."""

ONE_WORD = 0.75
"""For a phrase in which one word alone has a meaning: "didn't work"."""

TWO_SUBJECTS = 0.8

ONE_CASE = 0.7
"""For a phrase with a number: flight 48 and 20 minutes belong to one message, not to the theme."""

PAIR = 0.6

DILUTION = 0.55
"""0 would favour the longest phrase, 1 the single strongest word."""

NAMELESS = 0.4
"""For a German question without a noun; what is no question is no title without one."""

JOINING = (Kind.PREPOSITION, Kind.CONJUNCTION)

NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve".split())


class Worth:
    """Weighs the phrases of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._texts, self._languages, self._words = corpus.texts, corpus.languages, corpus.words
        self._stem, self._starts = corpus.words.stem.tolist(), corpus.words.starts.tolist()
        self._spelling = corpus.spelling
        self._tells, self._torn = (
            corpus.tells().tolist(),
            corpus.torn if corpus.is_german else frozenset[str](),
        )
        self._some_tell_nothing = not all(self._tells)

    def all_stems(self, text: int) -> list[int]:
        return self._stem[self._starts[text] : self._starts[text + 1]]

    def stems(self, text: int, phrase: Phrase) -> list[int]:
        offset = self._starts[text]
        return [stem for stem in self._stem[offset + phrase.start : offset + phrase.end] if stem >= 0]

    def weight(self, text: int, phrase: Phrase, weights: Weights) -> float:
        stems = self.stems(text, phrase)
        if not stems or len(set(stems)) < len(stems) or (phrase.asks and not self._asks_enough(text, phrase)):
            return 0.0
        if is_torn(self._texts[text], phrase):
            return 0.0
        if not phrase.asks and self._some_tell_nothing and not any(self._tells[stem] for stem in stems):
            return 0.0
        size = len(self._words.names)
        single = sum([weights.words.get(stem, 0.0) for stem in stems])
        paired = sum([weights.pairs.get(a * size + b, 0.0) for a, b in zip(stems, stems[1:], strict=False)])
        kinds = self._texts[text].kind[phrase.start : phrase.end]
        empty = 0 if phrase.asks else sum([kind in EMPTY for kind in kinds])
        tells = 1.0 if phrase.asks or TELLING.isdisjoint(kinds[1:]) else TELLS
        if len(stems) == 1 and not phrase.asks:
            tells *= ONE_WORD
        if kinds[0] is Kind.ADJECTIVE:
            tells *= JUDGES
        if Kind.SUBJECT in kinds and not phrase.asks:
            tells *= TWO_SUBJECTS
        if _is_numbered(self._texts[text].lower[phrase.start : phrase.end]):
            tells *= ONE_CASE
        if self._languages[text] == "de":
            tells *= self.german(text, phrase)
        return tells * (single + PAIR * paired) / float((len(stems) + empty / 2) ** DILUTION)

    def _asks_enough(self, text: int, phrase: Phrase) -> bool:
        """Not "Is your website?", whose answer hangs on what was cut off."""
        said = (
            self._texts[text].kind[phrase.start] is Kind.QUESTION
            and self._texts[text].lower[phrase.start] != "how"
        )
        return said or len(self.stems(text, phrase)) > 1

    def _reads_alone(self, text: int, phrase: Phrase) -> bool:
        """Whether nothing is torn off a German phrase: no letters at its end, nor who does it with somebody else."""
        read = self._texts[text]
        return read.lower[phrase.end - 1] not in self._torn and not shares_its_verb(
            read, phrase.start, phrase.end
        )

    def german(self, text: int, phrase: Phrase) -> float:
        """Less than 1 for a German phrase that names nothing, or begins with a verb; 0 for one that cannot be read alone. Nouns are told by their capital letter."""
        read = self._texts[text]
        if not self._reads_alone(text, phrase):
            return 0.0
        words = read.words[phrase.start : phrase.end]
        large = [self._spelling.word(word, "de")[:1].isupper() for word in words]
        if not any(large):
            return NAMELESS if phrase.asks else 0.0
        named = large[0] and not hastily(read, phrase.start)
        return 1.0 if phrase.asks or named else begins_with_verb(read, phrase.start, phrase.end)

    def backed(self, text: int, phrase: Phrase, weights: Weights, backing: Backing) -> float:
        """0 to 1, by what the theme's texts say for the phrase; 0 for what is one person's.

        One word with a meaning alone means little, and a number belongs to one case: then all words have to be there.
        """
        stems, words = self.stems(text, phrase), self._texts[text].lower[phrase.start : phrase.end]
        numbered = _is_numbered(words)
        wanted = stems if len(stems) > 1 and not numbered else words
        holding = len(backing.all_of(wanted))
        worth = ((holding + 0.5) / (backing.size + 0.5)) ** BACKING
        if backing.size >= MANY:
            repeated = (
                STATED
                if self._texts[text].german and says(self._texts[text], phrase.start, phrase.end)
                else REPEATED
            )
            enough = max(2 if backing.size < 2 * MANY else 3, repeated * backing.size)
            if len(backing.all_of(stems)) < enough:
                return 0.0
            if len(backing.covered(stems, weights.words)) < COVERED * backing.size:
                return 0.0
            if numbered and holding < NUMBERED * backing.size:
                return 0.0
            if any(word in PRECISE and backing.share(word) < COUNTED for word in words):
                return 0.0
            kinds = self._texts[text].kind[phrase.start : phrase.end]
            if any(backing.share(word) < DATED for word in self._times(text, phrase)):
                return 0.0
            if not phrase.asks and any(pair[1] == "be" and pair[0] in MAYBE for pair in pairwise(words)):
                worth *= RARELY_SAID
            head = self._head(text, phrase)
            if head >= 0 and backing.share(head) < HEAD:
                return 0.0
            fillers = (word for word, kind in zip(words, kinds, strict=True) if kind in FILLING)
            worth *= FILLED ** (0 if phrase.asks else sum(backing.share(word) < RARE for word in fillers))
            worth *= RARELY ** sum(backing.share(stem) < RARE for stem in stems)
        return float(worth * self._sense(text, phrase, stems, backing))

    def _head(self, text: int, phrase: Phrase) -> int:
        """The last noun of an English name of several words, before a preposition; -1 if it is no such name."""
        read, kinds = self._texts[text], self._texts[text].kind[phrase.start : phrase.end]
        if read.german or phrase.asks or not NAMED.issuperset(kinds):
            return -1
        joint = next((place for place, kind in enumerate(kinds) if kind in JOINING), len(kinds))
        offset = self._starts[text] + phrase.start
        named = [stem for stem in self._stem[offset : offset + joint] if stem >= 0]
        return named[-1] if len(named) > 1 else -1

    def _times(self, text: int, phrase: Phrase) -> list[str]:
        """Its words that say when; "Night" with a capital is part of a name, "Friday" is not."""
        read = self._texts[text]
        return [
            read.lower[place]
            for place in range(phrase.start, phrase.end)
            if read.kind[place] is Kind.TIME
            and (not read.words[place].istitle() or read.lower[place] in CALENDAR)
        ]

    def _sense(self, text: int, phrase: Phrase, stems: Sequence[int], backing: Backing) -> float:
        """Less than 1 for what says "not", or asks, where the others with its words do not."""
        if phrase.asks:
            one = backing.size >= MANY and backing.asked(stems) < max(ASKED, ASKING * backing.size)
            one |= backing.size >= MANY and self._asks_otherwise(text, phrase, stems, backing)
            return 0.0 if one else min(1.0, 0.2 + 2 * backing.asking())
        if self._denies(text, phrase):
            if self._says_none(text, phrase, stems, backing):
                return 0.0
            kinds = self._texts[text].kind[phrase.start : phrase.end]
            judged = (Kind.ADJECTIVE in kinds[1:]) and kinds[kinds.index(Kind.ADJECTIVE, 1) - 1] in TURNING
            denying = backing.turned(stems) if judged else backing.denying(stems)
            return 1.0 if denying >= OTHERWISE else ALONE if denying >= HARDLY or backing.size < MANY else 0.0
        if self._states(text, phrase) and backing.turned(stems) >= DISPUTED:
            return 0.0
        return ALONE if backing.denying(stems) > 1 - OTHERWISE else 1.0

    def _asks_otherwise(self, text: int, phrase: Phrase, stems: Sequence[int], backing: Backing) -> bool:
        """Whether most of the texts with its words ask something else of them, or nothing. How to do something is asked in many
        ways, and few have to put it so."""
        read = self._texts[text]
        words = read.lower[phrase.start : phrase.end]
        if HOW_TO.match(" ".join(words)):
            return backing.asking_how < ASKING
        return not read.german and backing.asking_so(stems, words) < ALIKE

    def _says_none(self, text: int, phrase: Phrase, stems: Sequence[int], backing: Backing) -> bool:
        """Whether it begins with a "no" that hardly any of the texts with its words say. "Not" has many forms."""
        read = self._texts[text]
        word = read.lower[phrase.start]
        if (
            read.german
            or backing.size < MANY
            or read.kind[phrase.start] is not Kind.NEGATION
            or word == "not"
        ):
            return False
        holding = backing.all_of(stems)
        return len(holding & backing.holding(word)) < NONE * len(holding)

    def _denies(self, text: int, phrase: Phrase) -> bool:
        return any(denies(self._texts[text], place) for place in range(phrase.start, phrase.end))

    def _states(self, text: int, phrase: Phrase) -> bool:
        """Whether it says that something is so: "parcel was delivered", "parcel delivered", not "my parcel"."""
        read, last = self._texts[text], phrase.end - 1
        if Kind.AUXILIARY in read.kind[phrase.start : phrase.end]:
            return True
        if self._languages[text] == "de":
            return not self._spelling.word(read.words[last], "de")[:1].isupper()
        return last > phrase.start and read.lower[last].endswith(("ed", "works"))


def _is_numbered(words: Sequence[str]) -> bool:
    return not NUMBERS.isdisjoint(words) or any(word[0].isdigit() for word in words)
