"""The second level: which themes are about one thing, and the word that says which.

A wider theme is only what has a name: themes near one another that have a telling word in common. What shares no word
with its neighbours stays by itself, however near it lies. With that, pairs of CLINC150's intents put together are of
one domain in 82 of 100 cases; by nearness alone in 72, and nobody could say what they have in common.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grammar.corpus import EVERYWHERE, read_texts
from textanalytics.grammar.keywords import Weights, Words, stem_of, weigh
from textanalytics.grouping.coherence import loyalty
from textanalytics.grouping.linkage import average_link
from textanalytics.grouping.micros import unit
from textanalytics.language import LanguageAnalyser
from textanalytics.naming.saying.listing import APART
from textanalytics.naming.saying.listing import alike as are_forms
from textanalytics.naming.saying.things import things
from textanalytics.sentiment import strengths
from textanalytics.words.page import Vocabulary, open_page
from textanalytics.words.sparse import csr_matrix

TEXTS, THEMES = 24, 1_000
"""Texts that are read of a theme, and themes that have a place: those of the most messages."""

FEWEST = 3
"""Messages of a theme that takes part: what one person says shares a word with somebody by chance."""

WORDS, SHORTEST = 12, 3
"""A theme's most telling words, and the letters that each has at least."""

SHARED, STRANGE = 0.5, 0.2
"""What the same words add to the cosine of two themes' middles, away from the mean of all; and what it takes off to
have none in common."""

NEAR, PAIR = 0.25, 0.4
"""Likeness of a group's themes on average; and of two that are all there is: two find a word in common by chance."""

LEFT, LEFT_PAIR = 0.4, 0.5
"""The same of those that are left of the first groups."""

ALIKE = 0.55
"""Likeness to the others of its group from which on a theme is about what they are about, whatever its title says."""

NEARLY_ALL = 0.9
"""Of a group's messages: where one theme has so many, the group tells nothing that the theme does not."""

FEW = 5
"""Of so few themes the mean is their own more than everybody's: half of it is taken away, of many nearly all."""

PRAISE = 1.5
"""Strength (of 4) from which a word praises, whatever it is said of."""

SPEAKS, HARDLY, SILENT = 0.3, 0.125, 0.05
"""Share of a theme's texts that hold the thing, from which on it is about it, whatever its title says; below which it is only if it is `VERY_ALIKE`; and
below which it is not, however alike."""

VERY_ALIKE = 0.7
"""GPS coordinates and a location are; how punctual trains are and the timetable are not."""

COMMON, THEIRS = 0.15, 0.5
"""Share of the messages of other themes that hold a thing, from which on only a title tells who is about it: of an app all reviews speak, those that
praise it too. And of the messages under titles that say such a thing, those that have to be together: "Update" names themes, and "App" any."""

BESIDE = 0.3
"""Likeness to a group from which on a theme that speaks of its thing belongs there."""

LOYAL = 0.1
"""What having been together before adds: people know the groups."""

COVERS = 2 / 3
"""Of a group's themes hold the thing that names it, if a word that is none says more of them."""

JOINED = 50
"""Characters of two titles that may stand side by side."""

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

HALF, OTHER_WORD = 0.5, 0.75
"""Share of a group's themes that hold a word that names it; and the share of the first word's weight that a second one
needs to stand beside it."""


@dataclass(frozen=True)
class Told:
    """What readers see of the themes: the words of their titles, by stem, their messages, and whether most of these praise."""

    titles: Sequence[Set[str]]
    counts: IntArray
    praised: BoolArray

    def of(self, themes: IntArray) -> list[Set[str]]:
        return [self.titles[theme] for theme in themes.tolist()]


class Wider:
    """Groups themes that are about one thing and names the groups. The themes' words are read once."""

    def __init__(
        self, texts: Sequence[Sequence[str]], languages: Sequence[Sequence[str]] | None = None
    ) -> None:
        """`texts[i]` are cleaned texts of theme `i`; the first `TEXTS` are read. `languages` of each, if known."""
        read = [list(some[:TEXTS]) for some in texts]
        flat = [text for some in read for text in some]
        labels = np.repeat(np.arange(len(read)), [len(some) for some in read])
        if languages is None:
            spoken = LanguageAnalyser().read(open_page(flat, Vocabulary())).value
        else:
            spoken = [language for some in languages for language in some[:TEXTS]]
        corpus = read_texts(flat, labels, spoken)
        self._names, self._spelling = corpus.words.names, corpus.spelling
        self._language = max(sorted(set(corpus.languages)), key=corpus.languages.count, default="en")
        self._things = things(corpus)
        self._weights = weigh(corpus.words, labels)
        self._held = _telling(self._weights, corpus.matter(), self._names, len(read))
        self._speaking = _speaking(corpus.words, labels, len(read))

    def groups(
        self,
        units: FloatArray,
        counts: IntArray,
        old: IntArray | None = None,
        apart: BoolArray | None = None,
        *,
        titles: Sequence[str] | None = None,
        praised: BoolArray | None = None,
    ) -> IntArray:
        """(n,) the group of each theme, from 0; -1 for themes that stay alone.

        `units` are the themes' middles, `counts` their messages, `old` the groups that they were in (-1 none). Who is
        `apart` belongs to nothing, because a person said so. Where `titles` are known, each says what names its group, or many of its messages
        do, or it is much like the others: whoever reads only titles sees what they have in common. Of what all speak of, those that are
        `praised` have nothing in common with the others.
        """
        groups = np.full(len(units), -1, np.int64)
        old = np.full(len(units), -1) if old is None else old
        enough = counts >= FEWEST
        chosen = np.flatnonzero(enough if apart is None else enough & ~apart)
        chosen = np.sort(chosen[np.argsort(-counts[chosen], kind="stable")[:THEMES]])
        if len(chosen) < 2:
            return groups
        near = self._near(units, counts, chosen, old[chosen])
        if titles is None:
            return self._grouped(groups, chosen, near, counts)
        praised = np.zeros(len(units), np.bool_) if praised is None else praised
        told = Told([self._stems(title) for title in titles], counts, praised)
        groups = self._grouped(groups, chosen, near, counts, told)
        groups = self._with_who_speaks_of_it(groups, chosen, near, told)
        left = groups[chosen] < 0
        near = np.where(self._speak_of_one(chosen), near, -1)[np.ix_(left, left)]
        return self._grouped(groups, chosen[left], near, counts, told, left=True)

    def _grouped(
        self,
        groups: IntArray,
        chosen: IntArray,
        near: npt.NDArray[np.float64],
        counts: IntArray,
        told: Told | None = None,
        *,
        left: bool = False,
    ) -> IntArray:
        """(n,) the groups and those that the `chosen` make, numbered behind them; of those that are `left` only what a thing names."""
        several, pair = (LEFT, LEFT_PAIR) if left else (NEAR, PAIR)
        found = average_link(near, several)
        groups = groups.copy()
        made = int(groups.max(initial=-1)) + 1
        for group in np.unique(found).tolist():
            members = self._with_a_word(chosen[found == group])
            if told is not None:
                inside = np.searchsorted(chosen, members)
                members = members[self._about_it(members, near[np.ix_(inside, inside)], told)]
            if len(members) < 2 or (left and not self._named_by(members)[-1]):
                continue
            if counts[members].max(initial=0) >= NEARLY_ALL * counts[members].sum():
                continue
            if len(members) > 2 or near[tuple(np.searchsorted(chosen, members))] >= pair:
                groups[members] = made
                made += 1
        return groups

    def _about_it(self, members: IntArray, near: npt.NDArray[np.float64], told: Told) -> BoolArray:
        """Whether the title of each says what names these together, or it is much like the others and speaks of it."""
        words, _, is_thing = named = self._named_by(members, told.of(members))
        says = self._says(told.of(members), named)
        if self._is_common(words, members, told.counts):
            says &= ~told.praised[members]
            everybody = self._says(told.titles, named)
            return says & bool(told.counts[members[says]].sum() >= THEIRS * told.counts[everybody].sum())
        says &= ~(told.praised[members] & self._is_everywhere(words, told.counts))
        speaking = self._share_speaking(words)[members]
        related = [self._is_in(titles, words) for titles in told.of(members)]
        hardly = (speaking < HARDLY) & ~np.array(related, np.bool_)
        needed = np.where(hardly & is_thing, VERY_ALIKE, ALIKE)
        return says | ((_likeness(near) >= needed) & ~((speaking < SILENT) & is_thing))

    def _with_who_speaks_of_it(
        self, groups: IntArray, chosen: IntArray, near: npt.NDArray[np.float64], told: Told
    ) -> IntArray:
        """(n,) the groups with each theme that is left and near one of whose thing it speaks."""
        best = np.full(len(chosen), BESIDE)
        found = groups.copy()
        for group in range(int(groups.max(initial=-1)) + 1):
            members = np.flatnonzero(groups == group)
            words, joint, is_thing = named = self._named_by(members, told.of(members))
            if not is_thing or (len(words) == 2 and joint == APART):
                continue
            about = self._says(told.of(chosen), named)
            common = self._is_common(words, members, told.counts)
            if not common:
                about |= self._share_speaking(words)[chosen] >= SPEAKS
            if common or self._is_everywhere(words, told.counts):
                about &= ~told.praised[chosen]
            likeness = near[:, np.searchsorted(chosen, members)].mean(1)
            joins = (groups[chosen] < 0) & about & (likeness >= best)
            found[chosen[joins]], best[joins] = group, likeness[joins]
        return found

    def _is_common(self, words: Sequence[int], members: IntArray, counts: IntArray) -> bool:
        """Whether of the messages of other themes so many hold one of these that it tells nobody from them."""
        others = counts.copy()
        others[members] = 0
        return bool((self._share_speaking(words) @ others) >= COMMON * max(others.sum(), 1))

    def _is_everywhere(self, words: Sequence[int], counts: IntArray) -> bool:
        """Whether a quarter of all messages hold one of these: whoever praises it has that in common with everybody."""
        return bool(self._share_speaking(words) @ counts >= EVERYWHERE * max(counts.sum(), 1))

    def _is_in(self, title: Set[str], words: Sequence[int]) -> bool:
        """Whether one of these is in a word of the title, or is another form of it: "Mac" in "MacBook"."""
        return any(are_forms(self._names[word], said) for word in words for said in title)

    def _share_speaking(self, words: Sequence[int]) -> FloatArray:
        """(n,) share of each theme's texts that hold the one of these that most of them hold."""
        share = self._speaking[:, list(words)].toarray()
        return np.asarray(share.max(axis=1, initial=0), np.float32)

    def _speak_of_one(self, chosen: IntArray) -> BoolArray:
        """(chosen, chosen) whether many of two themes speak of one thing that tells of both."""
        speaking = self._speaking[chosen] >= SPEAKS
        told = self._held[chosen].multiply(speaking).tocsr()[:, np.flatnonzero(self._things)]
        return np.asarray((told @ told.T).toarray() > 0)

    def _near(
        self, units: FloatArray, counts: IntArray, chosen: IntArray, old: IntArray
    ) -> npt.NDArray[np.float64]:
        weights = np.sqrt(np.maximum(counts[chosen], 1))[:, None]
        middle = (units[chosen] * weights).sum(0) / weights.sum()
        centred = np.asarray(unit(units[chosen] - middle * (len(chosen) / (len(chosen) + FEW))), np.float32)
        near: npt.NDArray[np.float64] = (centred @ centred.T).astype(np.float64)
        rows = self._held[chosen]
        length = np.sqrt(np.asarray(rows.multiply(rows).sum(1)))
        rows = rows.multiply(1 / np.maximum(length, 1e-9)).tocsr()
        shared = (rows @ rows.T).toarray()
        near += SHARED * shared - STRANGE * (shared == 0) + loyalty(old, LOYAL)
        return np.minimum(near, 1)

    def _with_a_word(self, members: IntArray) -> IntArray:
        """Those that hold one of the words that name them together; none if no word does."""
        words = self._common(members)
        if not words:
            return members[:0]
        return members[np.asarray((self._held[members][:, words] > 0).sum(1)).ravel() > 0]

    def _common(self, members: IntArray) -> list[int]:
        """At most two stems that name these themes, the most telling first."""
        rows = self._held[members]
        holding = np.asarray((rows > 0).sum(0)).ravel()
        total = np.asarray(rows.sum(0)).ravel()
        total = np.where(holding >= max(2, HALF * len(members)), total, 0)
        order = np.argsort(-total, kind="stable")[:2].tolist()
        return [stem for stem in order if total[stem] > 0 and total[stem] >= OTHER_WORD * total[order[0]]]

    def _says(self, titles: Sequence[Set[str]], named: tuple[Sequence[int], str, bool]) -> BoolArray:
        """(titles,) whether each says the thing that names a group, both words where it has two."""
        words, joint, is_thing = named
        wanted = {stem_of(self._names[word], self._language) for word in words if is_thing}
        held = [wanted & title for title in titles]
        return np.array([bool(one) and (one == wanted or joint == APART) for one in held], np.bool_)

    def _stems(self, title: str) -> set[str]:
        """Of its words, and of two as they are written with a hyphen: "top up" is "top-up"."""
        words = WORD.findall(title.lower())
        return {stem_of(word, self._language) for word in (*words, *map("-".join, pairwise(words)))}

    def title(self, members: IntArray, taken: Collection[str] = (), names: Sequence[str] = ()) -> str:
        """What these themes have in common, "" if nothing: "Invoice", "Flat white". One that is `taken` gets a further word.

        `names` are titles of the themes, the largest first: where what they share is no thing, two of them stand for all.
        """
        words, joint, is_thing = self._named_by(members, [self._stems(name) for name in names])
        if words and not is_thing and len(names) > 1 and (joined := _joined(names)) not in taken:
            return joined
        said = joint.join(self._spelt(word) for word in words)
        said = said if said[1:2].isupper() else said[:1].upper() + said[1:]
        return self._longer(said, words, members, taken) if said in taken else said

    def _named_by(self, members: IntArray, titles: Sequence[Set[str]] = ()) -> tuple[list[int], str, bool]:
        """The one or two stems that name these in their order, what stands between, and whether they are a thing that covers enough."""
        common = self._common(members)
        things = [word for word in common if self._things[word]]
        covered = bool(things) and (things[0] == common[0] or self._share(things[0], members) >= COVERS)
        words, joint = things or common, APART
        if len(words) == 2:
            first, second = words
            ahead, back = self._follows(first, second, members), self._follows(second, first, members)
            words = [second, first] if ahead < back else words
            joint = " " if ahead or back else APART
            words, joint = self._as_titled(words, joint, titles) if titles else (words, joint)
        return words, joint, covered

    def _as_titled(self, words: list[int], joint: str, titles: Sequence[Set[str]]) -> tuple[list[int], str]:
        """Two words as they are, if a title says both as one name, or no title more of one; else the one that all say, or more say of a name."""
        roots = [stem_of(self._names[word], self._language) for word in words]
        said = np.array([[root in stems for root in roots] for stems in titles])
        if joint == " " and said.all(axis=1).any():
            return words, joint
        first, second = said.sum(axis=0).tolist()
        more = max(first, second)
        told = first != second and (joint == " " or more == len(titles))
        return ([words[int(second > first)]] if told else words), APART

    def _longer(self, said: str, words: Sequence[int], members: IntArray, taken: Collection[str]) -> str:
        """The title with the most telling further word that makes it another one; as it is when there is none."""
        total = np.asarray(self._held[members].sum(0)).ravel()
        for stem in np.argsort(-total, kind="stable")[:WORDS].tolist():
            longer = f"{said}{APART}{self._spelt(stem)}"
            if total[stem] > 0 and stem not in words and longer not in taken:
                return longer
        return said

    def _share(self, stem: int, members: IntArray) -> float:
        """Of these themes hold the word."""
        return float((self._held[members][:, [stem]] > 0).sum() / len(members))

    def _spelt(self, stem: int) -> str:
        return self._spelling.word(self._names[stem], self._language)

    def _follows(self, first: int, second: int, members: IntArray) -> float:
        """How much it tells of these themes that the second stands behind the first."""
        pair = first * max(len(self._names), 1) + second
        known = [self._weights[theme].pairs for theme in members.tolist() if theme in self._weights]
        return sum(pairs.get(pair, 0.0) for pairs in known)


def _telling(weights: dict[int, Weights], matter: BoolArray, names: Sequence[str], themes: int) -> csr_matrix:
    """(themes, words) the weight of each theme's most telling words. "Lovely" and "great" tell no matter."""
    rows, columns, values = [], [], []
    matter = matter & (strengths(names).max(axis=1, initial=0) < PRAISE)
    for theme, own in weights.items():
        for stem, weight in sorted(own.words.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS]:
            if matter[stem] and len(names[stem]) >= SHORTEST:
                rows.append(theme)
                columns.append(stem)
                values.append(weight)
    return csr_matrix((np.array(values, np.float64), (rows, columns)), shape=(themes, max(len(names), 1)))


def _speaking(words: Words, labels: IntArray, themes: int) -> csr_matrix:
    """(themes, words) the share of each theme's texts that hold each word."""
    known = words.stem >= 0
    size = max(len(words.names), 1)
    once = np.unique(words.text[known] * size + words.stem[known])
    sizes = np.bincount(labels, minlength=themes)
    theme = labels[once // size]
    return csr_matrix((1 / sizes[theme], (theme, once % size)), shape=(themes, size))


def _likeness(near: npt.NDArray[np.float64]) -> FloatArray:
    """How much each is like the others on average. `near` is (n, n)."""
    others = near.sum(1) - near.diagonal()
    return np.asarray(others / max(len(near) - 1, 1), np.float32)


def _joined(names: Sequence[str]) -> str:
    """The first, and the next that is short enough to stand beside it, each without what was put behind it."""
    first, *others = dict.fromkeys(name.split(APART)[0].rstrip("?") for name in names)
    second = next((name for name in others if len(first) + len(name) <= JOINED), "")
    return APART.join(filter(None, (first, second)))
