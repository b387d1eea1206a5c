"""What two things are said of what a title only names: who reads "Pin" does not know that some change it, and some forgot it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import combinations

from textanalytics.base import BoolArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.negation import denies
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.saying.alone import reads_alone
from textanalytics.naming.saying.claims import Claims
from textanalytics.naming.saying.empty import tells_nothing
from textanalytics.naming.saying.finding import Found
from textanalytics.naming.saying.listing import APART, BESIDE, Listing
from textanalytics.naming.saying.theme import Theme
from textanalytics.naming.saying.titling import Title, within
from textanalytics.naming.saying.usual import Stands
from textanalytics.naming.saying.worth import Worth
from textanalytics.naming.telling.matters import CLAUSES
from textanalytics.naming.telling.subjects import Subjects
from textanalytics.text import tokens

CLAIMING = frozenset({Kind.NEGATED, Kind.NEGATION, Kind.AUXILIARY, Kind.WEAK})
"""What says that something is so, or not."""

JUDGING = CLAIMING | {Kind.ADJECTIVE, Kind.QUESTION}

EACH, BOTH = 0.1, 0.3
"""Share of the texts that say one of the two in its words, or others of the same sense; and one or the other."""

DENYING, EACH_DENIED, BOTH_DENIED = 0.5, 0.06, 0.15
"""Where so many of those who complain of a thing say what is not so, each in other words, so many have to say one of two such in its words."""

OURS = frozenset(("i", "we"))
"""Who may be said not to do it within a phrase: "a debit I don't recognise"."""

WHOLE = 0.5
"""Grace of a phrase that is one half of a title."""

Said = tuple[Stands, BoolArray]
"""A phrase, and (texts,) whether each says it."""


class Sides:
    """Asks the texts of the themes of one corpus."""

    def __init__(self, corpus: Corpus, listing: Listing, worth: Worth) -> None:
        self._corpus, self._texts, self._listing, self._worth = corpus, corpus.texts, listing, worth

    def title(self, theme: Theme, title: Title, found: Found) -> str:
        """Two statements as one title, if so many make them of what the English `title` only names: behind the name, if that is true of all by
        itself; a phrase with its other word in a phrase of its own. "" if there are none."""
        if theme.claims is None or theme.language != "en" or title.mixed:
            return ""
        name, *beside = title.title.split(APART)
        if len(beside) == 1 and " " in name and (both := self._with_its_word(theme, name, beside[0])):
            return both
        if not (self._subjects.names_only(title.title) or (title.bare and _claims_nothing(title.title))):
            return ""
        named = frozenset[int]() if beside else frozenset(self._stems(theme, title.title))
        said = list(self._said(theme, theme.claims, found, named))
        trouble = title.blamed and bool(title.troubled)
        two = self._two(said, theme.claims, EACH, BOTH)
        if not two and trouble and theme.backing.denies_any.mean() >= DENYING:
            denied = [one for one in said if self._denies(*one[0])]
            two = self._two(denied, theme.claims, EACH_DENIED, BOTH_DENIED)
        if two and not (beside or trouble or all(_holds(side, title.title) for side in two)):
            return f"{title.title}: {BESIDE.join(map(within, two))}"
        return BESIDE.join(two)

    def _two(self, said: Sequence[Said], claims: Claims, each: float, both: float) -> list[str]:
        """The two that most say, one or the other, the larger first; [] if they are fewer."""
        often = [one for one in said if one[1].mean() >= each]
        pairs = (pair for pair in combinations(often, 2) if self._are_two(pair[0][0], pair[1][0], claims))
        best = max(pairs, key=_share_of_both, default=None)
        if best is None or _share_of_both(best) < both:
            return []
        sides = sorted(best, key=lambda one: -float(one[1].mean()))
        return [self._listing.written(*stands) for stands, _ in sides]

    def only_names(self, text: int, phrase: Phrase) -> bool:
        """Whether an English phrase names things, and claims nothing of them; it may say which: "full screen"."""
        kind = self._texts[text].kind[phrase.start : phrase.end]
        stems = self._worth.all_stems(text)[phrase.start : phrase.end]
        named = (stem for stem, what in zip(stems, kind, strict=True) if what is Kind.OPEN and stem >= 0)
        claims = phrase.asks or not CLAIMING.isdisjoint(kind)
        return not claims and all(self._listing.things[stem] for stem in named)

    @cached_property
    def _subjects(self) -> Subjects:
        return Subjects(self._corpus)

    def _with_its_word(self, theme: Theme, name: str, word: str) -> str:
        """ "Stole my card / Block my card", for "Stole my card · block": the word with one that the phrase has; "" if hardly anybody puts it so."""
        own, (beside, *_) = self._stems(theme, name), (*self._stems(theme, word), -1)
        for stem in sorted(own) if beside >= 0 else ():
            put = self._listing.usual.joined({stem, beside}, theme.backing)
            if put and not self.only_names(*put) and self._reads(*put):
                return BESIDE.join((name, self._listing.written(*put)))
        return ""

    def _said(self, theme: Theme, claims: Claims, found: Found, named: Collection[int]) -> Iterator[Said]:
        """The phrases that say something, each with who says it in its words; of a name they have to say more than that."""
        for text, phrase, _ in found:
            own = set(self._worth.stems(text, phrase)) - self._listing.everywhere
            names = not own or _covers(own, named, claims) or self.only_names(text, phrase)
            if phrase.grace >= WHOLE and not names and self._reads(text, phrase):
                yield (text, phrase), claims.worded(text, phrase, theme.backing)

    def _reads(self, text: int, phrase: Phrase) -> bool:
        read, stems = self._texts[text], self._worth.all_stems(text)
        places = [place for place in range(phrase.start + 1, phrase.end) if read.kind[place] in CLAUSES]
        whole = not places or (
            self._denies(text, phrase) and OURS.issuperset(read.lower[place] for place in places)
        )
        alone = phrase.asks or (whole and reads_alone(read, phrase, self._listing.nouns, stems))
        return alone and not tells_nothing(read.lower[phrase.start : phrase.end])

    def _denies(self, text: int, phrase: Phrase) -> bool:
        return any(denies(self._texts[text], place) for place in range(phrase.start, phrase.end))

    def _are_two(self, one: Stands, other: Stands, claims: Claims) -> bool:
        """Whether each has a word that the other has in no other word of the same sense either, and these do not only say of what: "credit card will
        expire" and "Visa card will expire"."""
        mine, theirs = self._worth.stems(*one), self._worth.stems(*other)
        if _covers(mine, theirs, claims) or _covers(theirs, mine, claims):
            return False
        return not all(self._listing.things[stem] for stem in set(mine) ^ set(theirs))

    def _stems(self, theme: Theme, words: str) -> set[int]:
        roots, names = {stem_of(word, "en") for word, _, _ in tokens(words)}, self._corpus.words.names
        return {stem for stem in theme.backing.repeated if stem_of(names[stem], "en") in roots}


def _holds(said: str, name: str) -> bool:
    """Whether it says the name itself: "change my pin" needs no "Pin" before it."""
    words = [{stem_of(word, "en") for word, _, _ in tokens(text)} for text in (said, name)]
    return words[0] >= words[1]


def _claims_nothing(title: str) -> bool:
    known = kinds("en")
    return JUDGING.isdisjoint(known.get(word, Kind.OPEN) for word, _, _ in tokens(title))


def _covers(stems: Collection[int], others: Collection[int], claims: Claims) -> bool:
    return all(claims.repeats([stem], sorted(others)) for stem in stems)


def _share_of_both(pair: tuple[Said, Said]) -> float:
    return float((pair[0][1] | pair[1][1]).mean())
