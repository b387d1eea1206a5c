"""What a theme is called that has no matter but its language: in a file of English reviews, those in French.

Their words set them apart from all others, and are no matter of theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from textanalytics.base import IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.language import NAMES
from textanalytics.naming.saying.titling import Title

MOSTLY = 0.6
"""Share of a theme's texts in one language, which is not that of most, from which on a list of their words says that they are in it."""


def in_their_language(
    titles: Mapping[int, Title], corpus: Corpus, members: Mapping[int, IntArray]
) -> dict[int, Title]:
    """The same titles; of those that only list words, the largest theme of each language that is not the commonest is called by it."""
    usual = Counter(corpus.languages).most_common(1)
    taken = {title.title.casefold() for title in titles.values()}
    found = dict(titles)
    for label in sorted(titles, key=lambda label: (-len(members[label]), label)):
        is_list = titles[label].listed and not titles[label].mixed
        named = _foreign(corpus, members[label], usual[0][0]) if is_list else ""
        if named and named.casefold() not in taken:
            taken.add(named.casefold())
            found[label] = replace(titles[label], title=named)
    return found


def _foreign(corpus: Corpus, texts: IntArray, usual: str) -> str:
    language, count = Counter(corpus.languages[i] for i in texts.tolist()).most_common(1)[0]
    known = language in NAMES and language != usual and count >= MOSTLY * len(texts)
    return f"Messages in {NAMES[language]}" if known else ""
