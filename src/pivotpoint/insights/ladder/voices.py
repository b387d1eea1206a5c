"""Who speaks alone is called by a sentence of their own: no phrase says of them what nobody else says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, count

from textanalytics.base import IntArray
from textanalytics.grammar.corpus import members_of
from textanalytics.mentions.masking import masked
from textanalytics.naming.choosing.sentences import sentence
from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.saying.listing import NO_WORDS


def in_a_sentence(titles: Mapping[int, Title], labels: IntArray, texts: Sequence[str]) -> dict[int, Title]:
    """The same titles; of a label of one text a sentence of it. `texts` as they came, `labels` as of `name`."""
    members = members_of(labels)
    alone = [label for label in sorted(titles) if len(members[label]) == 1]
    taken = {title.title.casefold() for label, title in titles.items() if len(members[label]) > 1}
    found = dict(titles)
    for label in alone:
        title = titles[label]
        about = "" if title.title.startswith(NO_WORDS) else title.title
        # A number that is cut, or stands apart from what it is, would not be told from others any more.
        said = sentence(masked(texts[int(members[label][0])])[0], about)
        if not said or "@" in said or "http" in said:  # An address that no cleaning has found.
            said = title.title
        numbers = (f"{said} ({number})" for number in count(2))
        said = next(one for one in chain([said], numbers) if one.casefold() not in taken)
        found[label] = replace(title, title=said, troubled="")
        taken.add(said.casefold())
    return found
