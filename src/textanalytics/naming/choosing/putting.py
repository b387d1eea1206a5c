"""How a title is put: as most texts put it, with what is said of a mere name, and how it is judged: see `usual`."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.german import only_names
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import NAMING, Kind, kinds
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.saying.empty import is_matter, says_nothing
from textanalytics.naming.saying.finding import Finder
from textanalytics.naming.saying.listing import LENDS, Listing
from textanalytics.naming.saying.theme import Best, Theme
from textanalytics.naming.saying.usual import AROUND_SHARE, FELT
from textanalytics.naming.saying.ways import says_not
from textanalytics.naming.saying.worth import MANY
from textanalytics.naming.telling.matters import Teller
from textanalytics.sentiment import strengths

FAULT = 0.15
"""Share of the texts that say the same fault of a thing, for it to stand in its place."""

FULLER = 0.5
"""Share of the texts that say a name of several words, for it to stand in the place of one of them."""

TROUBLE, LONGEST_NAME = "trouble", 2
"""What is said of the name of a thing of which most complain, and words of such a name."""

AROUND_DEED = 0.1
"""Share of the texts that have the same small words around a word that names no thing, and tells little without them."""


class Putting:
    """Puts the titles of one corpus; none gets a title that is `taken`, which others add to."""

    def __init__(
        self, corpus: Corpus, listing: Listing, finder: Finder, teller: Teller | None, taken: AbstractSet[str]
    ) -> None:
        self._texts, self._names, self._spelling = corpus.texts, corpus.words.names, corpus.spelling
        self._tells = corpus.tells().tolist()
        self._listing, self._finder, self._worth = listing, finder, finder.worth
        self._teller, self._taken = teller, taken

    def phrase(self, theme: Theme, best: Best) -> Best:
        """The phrase as most put it: see `usual`."""
        if theme.language != "en":
            return best
        text, phrase = self._listing.usual.wording(*best[:2], theme.backing)
        title = self._listing.written(text, phrase)
        return best if title.casefold() in self._taken else (text, phrase, title)

    def told_of(self, theme: Theme, text: int, phrase: Phrase, said: str) -> str:
        """What is `said` by the phrase with what is said of it, if it is a mere name: in one phrase if the texts put it so, else
        behind it."""
        stem = self.about(theme, text, phrase)
        if stem < 0:
            return said
        if theme.language == "en":
            own = self._worth.stems(text, phrase)
            found = self._listing.usual.joined({*own, stem}, theme.backing)
            if found and (title := self._listing.written(*found)).casefold() not in self._taken:
                return title
        title = self._listing.beside(
            said, self._listing.worded(stem, theme.backing, theme.language), theme.language
        )
        return said if title.casefold() in self._taken else title

    def judged(self, theme: Theme, thing: Sequence[int], said: str) -> str:
        """A mere name with the word by which most judge it, where nearly all praise it or nearly all complain."""
        mood = self._finder.mood(theme.members)
        judge = self._listing.usual.judge(thing, mood, theme.backing) if mood else ""
        title = self._spelling.phrase([judge, *said.split()], theme.language) if judge else said
        return said if title.casefold() in self._taken else title

    def troubled(self, theme: Theme, name: str) -> str:
        """What the mere name of a thing is where most complain of it, each of something else: who reads the name alone would not know.
        "" where the name says it ("Error")."""
        words = name.split()
        says_it = bool((strengths([word.lower() for word in words]).sum(axis=1) <= -FELT).any())
        if theme.language != "en" or len(words) > LONGEST_NAME or says_it or says_nothing(name):
            return ""
        things = all(self._is_thing(theme, word) for word in words)
        return self._spelling.phrase([*words, TROUBLE], "en") if things else ""

    def _is_thing(self, theme: Theme, word: str) -> bool:
        """Whether the texts say it, in one number or the other, as a thing."""
        root = stem_of(word.lower(), "en")
        said = (stem for stem in theme.backing.repeated if stem_of(self._spelt(stem), "en") == root)
        return any(self._listing.things[stem] for stem in said)

    def about(self, theme: Theme, text: int, phrase: Phrase) -> int:
        """The word that says something of a mere name, -1 for a phrase that says it itself."""
        own, backing = self._worth.stems(text, phrase), theme.backing
        kinds = set(self._texts[text].kind[phrase.start : phrase.end])
        read = self._texts[text]
        told = sum(self._tells[stem] for stem in own)
        if told == 1 and backing.size >= 2 * MANY and only_names(read, phrase.start, phrase.end):
            return self._listing.about(own, theme.stems, backing, "de")
        if phrase.asks or backing.size < 2 * MANY or (len(own) > 1 and (len(own) > 2 or not kinds <= NAMING)):
            return -1
        claims = None if theme.language == "de" else theme.claims
        return self._listing.about(own, theme.stems, backing, theme.language, claims)

    def instead(self, theme: Theme, thing: str) -> str:
        """What so many say of a thing of which nearly all complain, that it does not do, or they cannot, or is bad: "app doesn't work";
        what so many praise, where nearly all do; or its full name, if most say that: "card payment". "" if there is none of
        them."""
        if theme.claims is None or self._teller is None:
            return ""
        size = len(theme.members)
        backing = theme.backing if theme.backing.size == size else None
        told = self._teller.tell(theme.members, theme.weights, thing, backing)
        mood = self._finder.mood(theme.members)
        names = thing.lower().split()
        fuller = [one for one in told if len(one.texts) >= FULLER * size and _adds_to(names, one.said)]
        faults = [
            one
            for one in told
            if len(one.texts) >= FAULT * size and judges(one.said, mood) and not _is_cut(names, one.said)
        ]
        said = (one.said for one in [*faults, *fuller])
        return next((title for title in said if title.casefold() not in self._taken), "")

    def alone(self, theme: Theme, word: str, *, several: bool) -> str:
        """One word with the small ones that usually stand around it, or with how it is judged; as it is, if neither is usual. A thing
        of which they say `several` things is called by its name."""
        stem = self._stem_of(theme, word)
        before = theme.backing.before([stem]) if stem >= 0 else ""
        if before and (title := self._spelling.phrase([before, word], "en")).casefold() not in self._taken:
            return title
        named = several and word.casefold() not in self._taken
        if stem < 0 or (named and self._listing.things[stem]):
            return word
        share = AROUND_SHARE if self._listing.things[stem] else AROUND_DEED
        found = self._listing.usual.around(stem, theme.backing, share=share)
        if found and (title := self._listing.written(*found)).casefold() not in self._taken:
            return title
        return self.judged(theme, [stem], word) if self._listing.things[stem] else word

    def stems_of(self, theme: Theme, words: str) -> list[int]:
        """The words of the texts that are written so, as far as two of them hold each."""
        return [stem for word in words.split() if (stem := self._stem_of(theme, word)) >= 0]

    def with_more(self, theme: Theme, word: str, told: str) -> str:
        """What is `told` by a word; if it tells nothing, the word with one beside it that some say, in one phrase if many do."""
        if theme.claims is None or self._tells_something(theme, told):
            return told
        asked = theme.weights, theme.backing, theme.language, theme.claims
        together = max(MANY, LENDS * theme.backing.size)
        more, _ = self._listing.said(*asked, {*self._taken, word.casefold()}, together)
        return more if self._tells_something(theme, more) else told

    def _tells_something(self, theme: Theme, said: str) -> bool:
        """Whether it says something by itself: no general word does, no deed that is no matter ("Went"), and none that says of what kind a
        thing is ("International")."""
        stem = self._stem_of(theme, said)
        if says_nothing(said) or (stem >= 0 and self._listing.qualities[stem]):
            return False
        return stem < 0 or not self._listing.deeds[stem] or is_matter(said)

    def _stem_of(self, theme: Theme, word: str) -> int:
        """The word of the texts that is written so; -1 if it is none that two of them hold."""
        spelt = (stem for stem in theme.backing.repeated if self._spelt(stem) == word.lower())
        return next(spelt, -1)

    def _spelt(self, stem: int) -> str:
        return self._spelling.word(self._names[stem], "en").lower()


def _adds_to(names: Sequence[str], said: str) -> bool:
    """Whether what is said is a name of two words, or three, and one of them was there before."""
    words = said.lower().split()
    return len(words) == len(names) + 1 and set(names) < set(words) and not says_not(said)


def _is_cut(names: Sequence[str], said: str) -> bool:
    """Whether some of the words of a name are in what is said, and not all: "customer is terrible" of customer service."""
    words = set(said.lower().split())
    return not words.isdisjoint(names) and not words.issuperset(names)


def judges(said: str, mood: int) -> bool:
    """Whether it praises (`mood` 1) or blames (-1); what is not so is blamed."""
    if says_not(said):
        return mood < 0
    known = kinds("en")
    judging = [word for word in said.lower().split() if known.get(word) is Kind.ADJECTIVE]
    felt = strengths(judging).sum(axis=1) * mood
    return bool((felt >= FELT).any() and (felt > -FELT).all())
