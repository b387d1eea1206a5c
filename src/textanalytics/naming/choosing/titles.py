"""A readable name for each theme, in words that people really used.

A title is the whole phrase that carries the most of what sets the theme apart (see `keywords.weigh`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from heapq import nlargest

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import TAUGHT, Corpus, members_of, read_texts
from textanalytics.grammar.keywords import Weights, weigh
from textanalytics.grammar.kinds import NAMED, TELLING, Kind
from textanalytics.grammar.negation import denies
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.belonging.mixed import heaps, mixed
from textanalytics.naming.choosing.asked import Asking
from textanalytics.naming.choosing.foreign import in_their_language
from textanalytics.naming.choosing.german_titles import GermanTitles
from textanalytics.naming.choosing.putting import Putting
from textanalytics.naming.choosing.sides import Sides
from textanalytics.naming.choosing.unlike import Unlike
from textanalytics.naming.saying.claims import HELD, Claims, needed
from textanalytics.naming.saying.empty import says_nothing, tells_nothing
from textanalytics.naming.saying.finding import Candidates, Finder, Found
from textanalytics.naming.saying.listing import APART, Listing
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.saying.theme import Best, Theme
from textanalytics.naming.saying.titling import BLAMED, Title, written
from textanalytics.naming.saying.ways import both_ways
from textanalytics.naming.telling.matters import Teller
from textanalytics.naming.telling.several import Several, full_name, thing_of
from textanalytics.quotes import quotes

__all__ = ["Title", "quotes", "titles"]

ASKED_FIRST = 8
"""Of the phrases that would suit a theme: whether one of them says what many say."""

POOR = 0.25
"""A statement with less is what somebody said, not what many mean: to list the theme's words is truer."""

POOR_DEED = 0.4
"""The same for what somebody did, which says nothing of how it went: "purchased a printer"."""

POORLY_NAMED, POOREST = 0.3, 0.1
"""The same for a name; and for either, if the list would be one word."""

FEWEST = 12
"""Texts from which on they are asked whether they say what a title claims; of two, each says its own."""

SAME = 0.7
"""Two titles that share more of their words than this are the same title."""


def titles(
    texts: Sequence[str],
    labels: IntArray,
    *,
    languages: Sequence[str] | None = None,
    moods: Sequence[str] | None = None,
    vectors: FloatArray | None = None,
    encoder: Encoder | None = None,
    addressed: frozenset[str] = frozenset(),
) -> dict[int, Title]:
    """One title for each label from 0 up; texts are cleaned, `languages` are ISO 639-1 (English if not given).
    Names of who is `addressed` are no matter: see `grammar.addressed`.

    With `moods` (see `base.MOODS`) a theme of praise is not named by a complaint, nor the other way round. With
    `encoder`, and `vectors` of the texts made by it, a title has to mean what the theme means.

    Deterministic. No two labels get the same title; the largest label chooses first.
    """
    return name_all(
        read_texts(texts, labels, languages, addressed),
        labels,
        moods=moods,
        vectors=vectors,
        encoder=encoder,
    )


def name_all(
    corpus: Corpus,
    labels: IntArray,
    *,
    moods: Sequence[str] | None = None,
    vectors: FloatArray | None = None,
    encoder: Encoder | None = None,
    known: Candidates | None = None,
    wanted: Collection[int] | None = None,
    taken: Collection[str] = (),
) -> dict[int, Title]:
    """What `titles` does, for texts that are read already; `known` are candidates that were looked for before.

    Of all labels only those `wanted` are named, and judged as if all were; none gets a title that is `taken`.
    """
    meaning = Meaning(encoder, vectors, labels) if encoder is not None and vectors is not None else None
    namer = Namer(corpus, moods, meaning, taken=taken)
    weights, members, known = weigh(corpus.words, labels), members_of(labels), known or {}
    named = weights.keys() if wanted is None else weights.keys() & set(wanted)
    asked = {label: members[label] for label in sorted(named)}
    loose = mixed(corpus, weights, asked)
    found = {
        label: namer.name(label, members[label], weights[label], known.get(label))
        for label in sorted(named, key=lambda label: (-len(members[label]), label))
    }
    around = heaps(corpus, weights, asked, meaning) if meaning is not None and meaning.tells else frozenset()
    honest = {label for label, title in found.items() if title.several and not title.listed}
    around -= honest | loose | {label for label, title in found.items() if title.mixed}
    judged = {
        label: replace(title, mixed=True, several=False, heap=label in around)
        if label in loose or label in around
        else title
        for label, title in found.items()
    }
    return in_their_language(judged, corpus, asked)


class Namer:
    def __init__(
        self,
        corpus: Corpus,
        moods: Sequence[str] | None,
        meaning: Meaning | None,
        *,
        taken: Collection[str] = (),
    ) -> None:
        self._texts, self._languages, self._words = corpus.texts, corpus.languages, corpus.words
        self._spelling = corpus.spelling
        self._given: list[tuple[frozenset[int], frozenset[int], int]] = []
        self._titles = {title.casefold() for title in taken}
        self._telling = corpus.tells().tolist() if corpus.is_german else [True] * len(corpus.words.names)
        self._listing = Listing(corpus)
        self._unlike = Unlike(corpus, self._listing, self._titles)
        self._german_titles = GermanTitles(corpus, self._listing)
        self._leads: dict[str, int] = {}
        self._finder = Finder(corpus, moods, meaning, self._listing)
        self._worth = self._finder.worth
        self._asking = Asking(corpus, self._listing, self._worth)
        self._matters = Several(corpus, meaning)
        asked = meaning is not None and meaning.tells
        self._claims = Claims(corpus, meaning) if meaning is not None and asked else None
        teller = Teller(corpus, meaning, moods) if meaning is not None and asked else None
        self._sides = Sides(corpus, self._listing, self._worth)
        self._putting = Putting(corpus, self._listing, self._finder, teller, self._titles)

    def candidates(self, members: IntArray, weights: Weights) -> list[tuple[int, Phrase, float]]:
        """The phrases that would suit these texts, the best first."""
        return self._finder.candidates(*self._finder.backed(members), weights)

    def name(self, label: int, members: IntArray, weights: Weights, known: Found | None = None) -> Title:
        theme = self._theme(label, members, weights)
        found = self._finder.candidates(theme.members, theme.backing, weights) if known is None else known
        title = self._called_by(theme, found)
        return replace(title, sided=self._sides.title(theme, title, found))

    def _called_by(self, theme: Theme, found: Found) -> Title:
        few, weights = theme.small, theme.weights
        if theme.language == "de" and not (few and self._german_titles.is_said(found, theme.backing)):
            lead = self._german_titles.leads(weights, theme.backing, few=few)
            if lead >= 0:
                return self._led(theme, found, lead)
        good = [one for one in found if theme.small or self._says_enough(*one)]
        blamed = self._finder.blame(theme.members) >= BLAMED
        title = Title("", theme.keywords, self._twin(theme, found, good), blamed=blamed)
        best = self._first_unlike(good, theme)
        if best is None:
            listed = self._listing.listed(weights, theme.backing, theme.language)
            said = [one for one in found if one[2] >= POOREST] if " " not in listed else []
            best = self._first_unlike(said, theme)
            if best is None:
                return self._worded(theme, listed, replace(title, mixed=self._are_none(theme, listed)))
        if thing := self._thing(theme, found, best):
            if says_nothing(thing):
                return self._worded(theme, "", title)
            return self._called(theme, thing, best, title)
        held = self._held(theme, best, good)
        if held is None:
            return self._worded(theme, self._name_of_thing(theme, *best[:2])[0], title)
        return self._phrased(theme, held, title)

    def _theme(self, label: int, members: IntArray, weights: Weights) -> Theme:
        members, backing = self._finder.backed(members)
        language = self._languages[int(members[0])]
        stems = nlargest(6, weights.words, key=lambda stem: (weights.words[stem], -stem))
        return Theme(
            label=label,
            members=members,
            weights=weights,
            backing=backing,
            language=language,
            stems=stems,
            keywords=tuple(
                self._spelling.word(self._words.names[stem], language)
                for stem in ([stem for stem in stems if self._telling[stem]] or stems)
            ),
            claims=self._claims if language in TAUGHT and backing.size >= FEWEST else None,
        )

    def _are_none(self, theme: Theme, listed: str) -> bool:
        weights, backing = theme.weights, theme.backing
        return theme.language != "de" and self._matters.are_none(theme.members, listed, weights, backing)

    def _held(self, theme: Theme, best: Best, good: Found) -> Best | None:
        """The best phrase if the texts say it, else what is held of it; itself again where nothing else can be said."""
        if theme.claims is None or theme.language == "de" or theme.claims.held(*best[:2], theme.backing):
            return best
        held = self._first_held(theme, best, good, theme.claims)
        words = [] if held else self._listing.words(theme.weights, theme.backing)
        alone = held is None and theme.claims.nothing_else(words, *best[:2], theme.backing)
        return best if alone else held

    def _phrased(self, theme: Theme, best: Best, title: Title) -> Title:
        self._give(*best[:2], theme)
        text, phrase, said = self._putting.phrase(theme, best)
        judges = Kind.ADJECTIVE in self._texts[text].kind[phrase.start : phrase.end]
        bare = theme.language == "en" and not judges and self._sides.only_names(text, phrase)
        told = self._putting.told_of(theme, *best[:2], said)
        if bare and (found := self._putting.instead(theme, said)):
            told = found
        elif bare and told == said:
            told = self._putting.judged(theme, self._worth.stems(text, phrase), said)
        if told == said and theme.claims is not None:
            told = both_ways(self._texts[text], phrase, said, theme.backing, self._spelling)
        whole = phrase.asks and self._texts[text].kind[phrase.start] is Kind.QUESTION
        if not whole and (asked := self._asked(theme, self._worth.stems(text, phrase))):
            return replace(title, title=asked)
        self._titles.add(told.casefold())
        troubled = self._putting.troubled(theme, told) if bare and told == said else ""
        return replace(title, title=told, bare=bare, troubled=troubled)

    def _asked(self, theme: Theme, named: Collection[int]) -> str:
        """What most ask of that; "" if they do not, or another title asks it."""
        asked = self._asking.question(theme, named)
        if not asked or asked.casefold() in self._titles:
            return ""
        self._titles.add(asked.casefold())
        return asked

    def _denied(self, text: int, phrase: Phrase) -> frozenset[int]:
        """The words of a phrase that stand in the same statement as a "not"."""
        read, offset = self._texts[text], -phrase.start
        stems, statements = self._worth.all_stems(text), [0]
        for place in range(phrase.start + 1, phrase.end):
            statements.append(statements[-1] + (read.kind[place] is Kind.CONJUNCTION))
        places = range(phrase.start, phrase.end)
        turned = {statements[place + offset] for place in places if denies(read, place)}
        return frozenset(stems[place] for place in places if statements[place + offset] in turned) - {-1}

    def _give(self, text: int, phrase: Phrase, theme: Theme) -> None:
        if len(theme.members) > 1:
            stems = frozenset(self._worth.stems(text, phrase))
            self._given.append((stems, self._matter(text, phrase), theme.label))

    def _called(self, theme: Theme, thing: str, best: Best, title: Title) -> Title:
        """The title of texts that say all sorts of a thing; mixed, if nothing of it can be told."""
        self._give(*best[:2], theme)
        if found := self._putting.instead(theme, thing):
            self._titles.add(found.casefold())
            return replace(title, title=found, bare=True)
        self._titles.add(thing.casefold())
        loose = self._matters.none_is_told(theme.members, thing, theme.weights)
        troubled = "" if loose else self._putting.troubled(theme, thing)
        return replace(title, title=thing, several=not loose, mixed=loose, troubled=troubled)

    def _worded(self, theme: Theme, words: str, title: Title) -> Title:
        """The title of texts for which no phrase fits: a thing, or words side by side that enough of them say; the `words` given,
        if nobody can be asked for what they say."""
        if theme.claims is None:
            return self._unlike.title(theme, words, title)
        alone = True
        if not words or APART in words or title.mixed:
            words, alone = self._listing.said(
                theme.weights, theme.backing, theme.language, theme.claims, self._titles
            )
        if not title.mixed and (found := self._asked(theme, self._putting.stems_of(theme, words))):
            return replace(title, title=found)
        asked = theme.language == "en" and not title.mixed and alone
        if asked and (found := self._putting.instead(theme, words)):
            self._titles.add(found.casefold())
            return replace(title, title=found, bare=True)
        several = (
            asked
            and self._matters.asks(theme.members)
            and self._matters.says_all_sorts(theme.members, words, theme.weights)
        )
        told = self._putting.alone(theme, words, several=several) if asked and " " not in words else words
        told = self._putting.with_more(theme, words, told) if asked else told
        troubled = self._putting.troubled(theme, words) if asked and told == words else ""
        return self._unlike.title(theme, told, replace(title, several=several, troubled=troubled))

    def _thing(self, theme: Theme, found: Found, best: Best) -> str:
        """The thing of which these texts say all sorts; "" if enough of them say what one of the phrases says."""
        text, phrase, title = best
        if not self._matters.asks(theme.members) or self._languages[text] == "de":
            return ""
        name, bare = self._name_of_thing(theme, text, phrase)
        about = self._putting.about(theme, text, phrase)
        more = "" if about < 0 else APART + self._listing.worded(about, theme.backing, theme.language)
        said = [title + more, *map(self._finder.said, found[:ASKED_FIRST])]
        return name if name and self._matters.are_many(theme.members, bare, said) else ""

    def _name_of_thing(self, theme: Theme, text: int, phrase: Phrase) -> tuple[str, str]:
        """The thing that a phrase is about with the other half of its name, and without; "" if few of the texts hold it, or
        another title has that name."""
        own = self._worth.stems(text, phrase)
        beside = [*own, *theme.stems]
        thing = thing_of(own, beside, theme.backing, self._listing.things)
        if thing < 0:
            return "", ""
        places = range(phrase.start, phrase.end)
        spelt = {self._worth.all_stems(text)[place]: self._texts[text].lower[place] for place in places}
        named = [spelt.get(stem, self._words.names[stem]) for stem in full_name(thing, beside, theme.backing)]
        if len(named) == 1:
            around = theme.backing.before([thing]), *named, theme.backing.behind(thing, spelt[thing])
            named = [word for word in around if word]
        name = self._spelling.phrase(named, self._languages[text])
        return ("", "") if name.casefold() in self._titles else (name, spelt[thing])

    def _says_enough(self, text: int, phrase: Phrase, score: float) -> bool:
        """Whether a phrase of that worth says more than a list of words."""
        words = self._texts[text].lower[phrase.start : phrase.end]
        coded = self._listing.codes[self._worth.stems(text, phrase)].any()
        if self._languages[text] == "en" and (coded or tells_nothing(words)):
            return False
        kinds = self._texts[text].kind[phrase.start : phrase.end]
        tells = phrase.asks or self._texts[text].german or not TELLING.isdisjoint(kinds)
        if score >= POOR_DEED or (tells and score >= POOR):
            return True
        first = next(iter(self._worth.stems(text, phrase)))
        named = NAMED.issuperset(kinds) and (self._texts[text].german or self._listing.things[first])
        return bool(named and score >= POORLY_NAMED)

    def _twin(self, theme: Theme, found: Found, good: Found) -> int:
        """The label whose title says the same as the best of these, if that is good; -1 for none."""
        if not good or good[0] is not found[0] or theme.backing.size == 1:
            return -1
        text, phrase, _ = found[0]
        stems = self._matter(text, phrase)
        same = next((label for _, other, label in self._given if _alike(stems, other)), -1)
        if same < 0 or theme.claims is None or theme.language == "de":
            return same
        return same if theme.claims.held(text, phrase, theme.backing) else -1

    def _first_unlike(self, found: Found, theme: Theme) -> Best | None:
        """The first of these phrases, and how it is written, that is not said by another title already."""
        for text, phrase, _ in found:
            title = written(self._texts[text], phrase, self._spelling, self._languages[text])
            if title.casefold() not in self._titles and not self._is_given(text, phrase, theme.backing.size):
                return text, phrase, title
        return None

    def _first_held(self, theme: Theme, unheld: Best, found: Found, claims: Claims) -> Best | None:
        """The first that enough texts say in its own words: of what a phrase that few say is left without some of its words,
        and of mere names. What somebody else claimed says something else, and so does what was denied, without its "not"."""
        own, turned = frozenset(self._worth.stems(*unheld[:2])), self._denied(*unheld[:2])
        for text, phrase, score in found:
            stems = self._worth.stems(text, phrase)
            same = bool(turned.intersection(stems)) == bool(self._denied(text, phrase))
            fits = (own.issuperset(stems) and same) or self._sides.only_names(text, phrase)
            if (
                not fits
                or phrase.asks
                or claims.worded(text, phrase, theme.backing).mean() < needed(HELD, theme.backing)
            ):
                continue
            if (best := self._first_unlike([(text, phrase, score)], theme)) is not None:
                return best
        return None

    def _led(self, theme: Theme, found: Found, lead: int) -> Title:
        """The title of a German theme that a noun names; a smaller theme of the same noun and no other is its twin."""
        chosen = self._german_titles.phrase(found, lead, theme.backing)
        if chosen is not None:
            text, phrase = chosen
            title = written(self._texts[text], phrase, self._spelling, "de")
            if title.casefold() not in self._titles:
                self._titles.add(title.casefold())
                return Title(title, theme.keywords)
        listed = self._german_titles.listed(lead, theme.weights, theme.backing)
        twin = self._leads.setdefault(listed, theme.label)
        led = Title("", theme.keywords, -1 if twin == theme.label else twin)
        return self._unlike.title(theme, listed, led)

    def _is_given(self, text: int, phrase: Phrase, size: int) -> bool:
        """Whether another title says the same. A theme of one message has its own words anyway."""
        stems = frozenset(self._worth.stems(text, phrase))
        return size > 1 and any(_alike(stems, other) for other, _, _ in self._given)

    def _matter(self, text: int, phrase: Phrase) -> frozenset[int]:
        """Its words but for those that all speak of: "the app won't play" is "the video won't play" where all is about both.

        In German such words stand in no title alone (`Corpus.tells`).
        """
        stems = frozenset(self._worth.stems(text, phrase))
        return stems if self._texts[text].german else (stems - self._listing.everywhere or stems)


def _alike(stems: frozenset[int], others: frozenset[int]) -> bool:
    return len(stems & others) > SAME * len(stems | others)
