"""Who stands under a title and says nothing of it, because a theme has more words than its title.

A theme is what is near in meaning, and its title is what most of it say. Who says no word of the title nor any like it, few of the
words that mark the theme, and what other themes say as well, leaves it: for a theme whose title they say, else to stand alone.
So does who blames where the others praise, who does not judge as a title does that judges (`judging`), and who only praises what a title
says is at fault. Where many leave one theme
they leave it together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from textanalytics.base import BoolArray, Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.grammar.keywords import Weights, weigh
from textanalytics.grammar.kinds import kinds
from textanalytics.grammar.negation import TURNING
from textanalytics.grouping.graph import greatest
from textanalytics.naming.saying.judging import Judging
from textanalytics.naming.saying.speaking import Speaking
from textanalytics.settling.gathering import alike
from textanalytics.settling.marks import centres, sums, unit_rows
from textanalytics.text import tokens

BROAD, JUDGED = 8, 5
"""Themes from which on their middle is what all have in common, and messages of one of which it is asked who says its title."""

LOOSE, TIGHT = 0.3, 0.45
"""Mean cosine of two messages of a theme below which it is asked, and from which on all belong, whatever its title: the classes of
BANKING77 come to .56, those of CLINC150 too, themes of tweets to .25."""

AMONG, ASKED = 0.7, 24
"""Share of the nearest neighbours of its messages that are in it, from which on all of a theme between the two belong; and messages that
are asked, evenly spread. Classes come to .9, themes of tweets to .55."""

MARKED = 3.0
"""What the words that mark the theme weigh, all in all, in who belongs to it without its title."""

BESIDE, SAID_WITH = 0.15, 1.5
"""Share of those who say the title that say such a word as well ("waiting", of who is on hold); and what these alone weigh."""

BORNE_OUT = 0.5
"""Share of those who say what a title that judges says, from which on who does not leaves it, also where much is alike: not "good
reviews", of which most ask."""

PRAISED = 0.4
"""So many more of a theme praise than blame, where who blames says something else, whatever words they share."""

NEAR = 0.5
"""Cosine to the middle of the others of a theme from which on one belongs to it."""

COMPANY, NEIGHBOURS, COPY = 0.5, 10, 0.97
"""And share of one's nearest neighbours, of as many as one has companions, that are in the theme. Copies of what one says are not
asked. Of who left for all these reasons, of five sets of tweets, posts and reviews, 76 of 100 did not fit the title to somebody who had
judged 590 messages before."""

MOST, AT_ONCE = 20_000, 256
"""Texts that are asked for neighbours, of more evenly spread; and how many ask at once."""

TOGETHER, MANY = 5, 0.3
"""Of so many who leave a theme, and such a share of it, it is another matter that they speak of."""

WELCOME, SOME = 0.4, 0.3
"""Cosine to the middle of a theme all of whose title one says, and share of one's neighbours that are there, to go there."""


def without_strays(
    labels: IntArray,
    titles: Mapping[int, str],
    corpus: Corpus,
    vectors: FloatArray,
    *,
    moods: IntArray,
    felt: FloatArray,
    encoder: Encoder,
    troubled: Collection[int] = (),
) -> IntArray:
    """(n,) labels; who leaves and goes nowhere behind the old ones. `titles` of those labels whose title says something; `vectors`
    (n, d) are what the texts mean; `moods`: 1 praises, -1 blames, 0 neither; `felt`: how much each is read to praise, -1 to 1. Of things that are `troubled` the title says so, and only
    who blames joins them.

    German is not judged: there one thing has too many words. Where there are few themes nobody leaves.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    named = [label for label in sorted(titles) if sizes[label] >= JUDGED]
    if corpus.is_german or (sizes >= JUDGED).sum() < BROAD:
        return labels
    middle = vectors[labels >= 0].mean(0)
    rows = unit_rows(vectors - middle)
    speaking = Speaking(corpus, unit_rows(encoder.encode(corpus.words.names) - middle))
    themes = Entitled(titles, named, corpus, Judging(corpus, moods, felt, speaking), troubled)
    members = members_of(labels)
    loose = _loose({label: members[label] for label in named}, labels, rows)
    judged = [
        label for label in named if label in loose or _is_borne_out(themes, label, members[label], rows)
    ]
    texts = _strange(themes, loose, labels, corpus, moods)
    company = _company(texts, labels, rows)
    lonely = _are_lonely(texts, company, labels, rows)
    others = [i for label in judged for i in themes.disagreeing(label, members[label])]
    others += [i for label in named for i in themes.content(label, members[label])]
    telling = [i for label in judged for i in themes.telling(label, members[label])]
    leaving = np.union1d(texts[lonely], np.array(others, np.int64))
    return _moved(leaving, np.array(telling, np.int64), themes, labels, rows)


def _moved(
    leaving: IntArray, telling: IntArray, themes: Entitled, labels: IntArray, rows: FloatArray
) -> IntArray:
    """(n,) labels; these texts go to the theme whose title they say. Of the others who is `leaving` stands alone or with those who
    leave the same theme, and who is `telling` stays."""
    texts = np.union1d(leaving, telling)
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    near = rows[texts] @ centres(labels, rows, themes.named).T
    company = _company(texts, labels, rows)
    found = labels.copy()
    found[texts] = [
        themes.home(*asked)
        for asked in zip(texts.tolist(), labels[texts].tolist(), company, near, strict=True)
    ]
    staying = np.setdiff1d(texts[found[texts] < 0], leaving)
    found[staying] = labels[staying]
    alone = leaving[found[leaving] < 0]
    apart = _apart(labels[alone], sizes, themes.opposed(alone, labels[alone]))
    found[alone] = int(labels.max()) + 1 + apart
    return found


class Entitled:
    """The themes that are asked, and what their titles say."""

    def __init__(
        self,
        titles: Mapping[int, str],
        named: Sequence[int],
        corpus: Corpus,
        judging: Judging,
        troubled: Collection[int],
    ) -> None:
        self.named, self._languages = named, corpus.languages
        self._said = corpus.held
        self._told = corpus.matter() & corpus.tells()
        self._words = {label: judging.speaking.of(titles[label]) for label in named}
        self._judging = judging
        self._judged = {label: judging.of(titles[label]) for label in named}
        self._saying: defaultdict[tuple[int, frozenset[str]], list[int]] = defaultdict(list)
        for label, judged in self._judged.items():
            self._saying[judged.mood, judged.named].append(label)
        self._troubled = frozenset(troubled)
        self._faults = self._troubled | {label for label in named if _denies(titles[label])}

    def judging(self, label: int, members: IntArray) -> float:
        """The share of the members who say in words what a title that judges says."""
        judged = self._judged[label]
        return (
            float(np.mean([self._judging.says(i, judged) for i in members.tolist()])) if judged.mood else 0.0
        )

    def disagreeing(self, label: int, members: IntArray) -> list[int]:
        """Those who do not judge as the title does, if it judges."""
        judged = self._judged[label]
        return [i for i in members.tolist() if judged.mood and not self._judging.fits(i, judged)]

    def content(self, label: int, members: IntArray) -> list[int]:
        """Those who do nothing but praise what is at fault or in trouble as the title says: "works well for me"."""
        return [i for i in members.tolist() if label in self._faults and self._judging.only_praises(i)]

    def telling(self, label: int, members: IntArray) -> list[int]:
        """Those who blame as the title does, but in no word for it: they tell what happened, and it may be what another title says."""
        judged = self._judged[label]
        return [i for i in members.tolist() if judged.mood < 0 and not self._judging.says(i, judged)]

    def opposed(self, texts: IntArray, left: IntArray) -> BoolArray:
        """(texts,) whether each feels the contrary of what the title says that it left."""
        told = np.array([self._judged[label].mood for label in left.tolist()], np.int64)
        return np.asarray(self._judging.moods[texts] * told < 0, np.bool_)

    def silent(self, label: int, members: IntArray, weights: Weights) -> list[int]:
        """Those of the English members who say nothing of the title, and little of what is said with it."""
        title: frozenset[int] = frozenset().union(*self._words[label])
        if not title:
            return []
        texts = members.tolist()
        speaking = [i for i in texts if not title.isdisjoint(self._said[i])]
        beside = Counter(stem for i in speaking for stem in self._said[i])
        marks = {stem: weight for stem, weight in weights.words.items() if self._told[stem]}
        said_with = {stem: marks[stem] for stem in marks if beside[stem] >= BESIDE * len(speaking)}
        return [
            i
            for i in sorted(set(texts) - set(speaking))
            if self._languages[i] == "en"
            and self._weigh(i, said_with) < SAID_WITH
            and self._weigh(i, marks) < MARKED
        ]

    def home(self, text: int, left: int, company: IntArray, near: FloatArray) -> int:
        """The nearest theme in which some of the text's company are and all of whose title it says; else, if a title that judges
        is left, the one that says the contrary of the same thing, as the text does; -1 for none."""
        for place in np.argsort(-near, kind="stable").tolist():
            if near[place] < WELCOME:
                break
            label = self.named[place]
            if label != left and (company == label).mean() >= SOME and self._says_all(text, label):
                return label
        return self._opposite(text, left)

    def _opposite(self, text: int, left: int) -> int:
        own = self._judged[left]
        if not own.mood or not self._judging.speaks_of(text, own):
            return -1
        others = self._saying.get((-own.mood, own.named), ())
        return next((label for label in others if self._judging.fits(text, self._judged[label])), -1)

    def _says_all(self, text: int, label: int) -> bool:
        judged = self._judged[label]
        if label in self._troubled and self._judging.moods[text] >= 0:
            return False
        if judged.mood:
            return self._judging.says(text, judged) and self._judging.fits(text, judged)
        words = self._words[label]
        return bool(words) and not any(word.isdisjoint(self._said[text]) for word in words)

    def _weigh(self, text: int, marks: Mapping[int, float]) -> float:
        return sum(marks.get(stem, 0.0) for stem in self._said[text])


def _denies(title: str) -> bool:
    known = kinds("en")
    return any(known.get(word) in TURNING for word, _, _ in tokens(title))


def _strange(
    themes: Entitled, loose: Sequence[int], labels: IntArray, corpus: Corpus, moods: IntArray
) -> IntArray:
    """Texts that do not say what their title says, in order."""
    weights, members = weigh(corpus.words, labels), members_of(labels)
    found = {i for label in loose for i in themes.silent(label, members[label], weights[label])}
    for label in loose:
        felt = moods[members[label]]
        if felt.mean() >= PRAISED:
            found.update(members[label][felt < 0].tolist())
    return np.array(sorted(found), np.int64)


def _loose(members: Mapping[int, IntArray], labels: IntArray, rows: FloatArray) -> list[int]:
    """Themes that may hold who does not belong: little is alike in them, and much is like others."""
    likeness = {label: alike(rows[texts]) for label, texts in members.items()}
    some = [
        texts[:: -(-len(texts) // ASKED)]
        for label, texts in members.items()
        if LOOSE <= likeness[label] < TIGHT
    ]
    asked = np.concatenate([np.zeros(0, np.int64), *some])
    among = _among(asked, _company(asked, labels, rows), labels)
    share = {
        label: float(among[labels[asked] == label].mean()) for label in np.unique(labels[asked]).tolist()
    }
    return [label for label in members if likeness[label] < LOOSE or share.get(label, 1.0) < AMONG]


def _is_borne_out(themes: Entitled, label: int, members: IntArray, rows: FloatArray) -> bool:
    """Whether so many judge as the title does that it is asked who does not, though much is alike in them."""
    return themes.judging(label, members) >= BORNE_OUT and alike(rows[members]) < TIGHT


def _among(texts: IntArray, company: IntArray, labels: IntArray) -> FloatArray:
    """(texts,) the share of each one's company, of as many as its theme has companions for it, that is in its theme."""
    own = labels[texts]
    counts = np.minimum(company.shape[1], np.bincount(labels[labels >= 0])[own] - 1)
    asked = np.arange(company.shape[1]) < counts[:, None]
    return np.asarray(((company == own[:, None]) & asked).sum(1) / counts, np.float32)


def _are_lonely(texts: IntArray, company: IntArray, labels: IntArray, rows: FloatArray) -> BoolArray:
    """(texts,) whether each is far from the others of its theme, and few of its neighbours are of it."""
    others = unit_rows(sums(labels, rows)[labels[texts]] - rows[texts])
    among = _among(texts, company, labels)
    return np.asarray((among < COMPANY) & ((rows[texts] * others).sum(1) < NEAR), np.bool_)


def _company(texts: IntArray, labels: IntArray, rows: FloatArray) -> IntArray:
    """(texts, neighbours) the themes of the nearest neighbours of each, the nearest first."""
    themed = np.flatnonzero(labels >= 0)
    themed = themed[:: -(-len(themed) // MOST) or 1]
    found = [labels[themed[_nearest(rows, some, themed)]] for some in _parts(texts)]
    return np.concatenate([np.zeros((0, min(NEIGHBOURS, len(themed))), np.int64), *found])


def _parts(texts: IntArray) -> Iterator[IntArray]:
    for start in range(0, len(texts), AT_ONCE):
        yield texts[start : start + AT_ONCE]


def _nearest(rows: FloatArray, texts: IntArray, themed: IntArray) -> IntArray:
    near = rows[texts] @ rows[themed].T
    near[(near > COPY) | (themed == texts[:, None])] = -2
    count = min(NEIGHBOURS, len(themed))
    return greatest(near, count)


def _apart(left: IntArray, sizes: IntArray, opposed: BoolArray) -> IntArray:
    """(left,) numbers from 0 up: one for all who leave a theme that many leave, if they feel alike; one for each other."""
    leaving = 2 * left + opposed
    counts = np.bincount(leaving, minlength=2 * len(sizes))
    many = (counts >= TOGETHER) & (counts >= MANY * np.repeat(sizes, 2))
    own = len(counts) + np.arange(len(left))
    return np.unique(np.where(many[leaving], leaving, own), return_inverse=True)[1]
