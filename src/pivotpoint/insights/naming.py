"""Titles: in words that people used, until a person gives a better one.

A title is made when a theme is new, and again while it is young and has doubled. Past `SETTLED` messages it stays, as
people know the theme by it, unless a part of the theme has left (`consolidate`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from itertools import islice
from threading import Lock

import numpy as np
import orjson
from django.db import connection, transaction
from django.db.models import F, Q, Sum

from pivotpoint.insights.models import Membership, MicroCluster, Theme
from pivotpoint.insights.severity import stakes
from pivotpoint.lib import bulk
from pivotpoint.listening.ahead import aside, tell
from pivotpoint.listening.encoders.live import live_encoder
from textanalytics.base import IntArray
from textanalytics.grammar.addressed import addressed
from textanalytics.grammar.corpus import read_texts
from textanalytics.grouping.aside import Aside
from textanalytics.language import LanguageAnalyser
from textanalytics.naming.candidates import Question, answer, candidates, entitle, read_ahead
from textanalytics.naming.mixed import MANY
from textanalytics.naming.titles import Title, name_all, titles
from textanalytics.reading.beside import Task
from textanalytics.words.page import Vocabulary, open_page

OWN, OTHERS, ALL_OTHERS = 40, 8, 1_000
"""Texts a title is made from: of the theme itself, of each other theme beside it, of all others together."""

SETTLED = OWN
"""Messages past which a title stays: it has been made from as many as it ever is."""

SHARED = 24
"""Themes from which on it is worth sharing the work between two processes."""

HALF = 2
"""This process looks for the titles of one in so many of them, where it has nothing else to do."""

LONG = 200
"""Themes whose titles take so long that nobody should wait for them within a transaction."""

LATEST = 2_000
"""Messages that tell who is spoken to."""

READ_EARLY, READ_EARLIER = 5_500, 1_000
"""Texts that are read before it is known which of them name a theme: as many as take less time than the grouping, and,
of them, as many as take less time than placing the last block."""

TEXTS = """SELECT theme_id, samples FROM (
        SELECT theme_id, samples, id, row_number() OVER (PARTITION BY theme_id ORDER BY count DESC, id) AS place
        FROM insights_microcluster WHERE theme_id IS NOT NULL AND folded_into_id IS NULL AND count > 0
    ) AS biggest WHERE place <= %s ORDER BY theme_id, place"""


_analyser, _vocabulary, _reading = LanguageAnalyser(), Vocabulary(), Lock()
"""What is known of words is kept from one naming to the next; one thread at a time, because it grows."""


def name_new() -> int:
    """Name the themes that have no title yet; how many."""
    return name(_new())


@contextmanager
def naming_new(meanwhile: Callable[[], object]) -> Iterator[Callable[[], int]]:
    """As `name_new`: begin it, and let the block say when the titles are to be written. Until then the second process
    looks for all of them if they are many, so whoever has something else to do does it first, and `meanwhile` last."""
    new = _new()
    with _naming(new, partial(_elsewhere, meanwhile) if len(new) >= SHARED else _by_halves) as title:
        yield title


def _new() -> list[int]:
    new = Theme.objects.filter(titled_for=0, titled_by=None, vague=False, merged_into=None)
    return list(new.order_by("pk").values_list("pk", flat=True))


def reading_early(texts: Iterator[str]) -> Aside:
    """Whoever groups the clusters of these texts asks the second process through it, which then reads the first of the
    texts for their names."""
    return partial(aside, then=_early(texts, READ_EARLY))


def read_names_early(texts: Iterator[str]) -> None:
    """The same already before, if the second process has nothing else to do: what it has read it need not read again."""
    tell(_early(texts, READ_EARLIER))


def _early(texts: Iterator[str], most: int) -> Task:
    return Task(read_ahead, (list(islice(texts, most)),))


def name_grown(themes: Collection[int]) -> int:
    """Name again, of these, the young ones that have doubled since, and the mixed ones, which nobody knows by their title; how
    many."""
    grown = Theme.objects.filter(
        Q(titled_for__lt=SETTLED) | Q(mixed=True),
        pk__in=themes,
        titled_by=None,
        vague=False,
        merged_into=None,
        messages__gte=2 * F("titled_for"),
        messages__gt=0,
    )
    return name(list(grown.order_by("pk").values_list("pk", flat=True)))


def name(themes: list[int]) -> int:
    """Give these themes a title, keywords and stakes from their texts, set off against the other themes' texts."""
    with _naming(themes, _by_halves) as title:
        return title()


@contextmanager
def _naming(themes: list[int], looking: Looking) -> Iterator[Callable[[], int]]:
    """The block gets what writes the titles; it writes them once, and at the end if nobody has asked. What is at stake,
    which insights are judged by, is written before."""
    if not themes:
        yield lambda: 0
        return
    texts, beside = _texts(set(themes))
    with looking(*_labelled(texts, beside), themes) as found:
        _write_stakes(themes, texts)
        found = cache(found)
        if len(themes) > LONG:
            found()

        @cache
        def title() -> int:
            _write(themes, texts, found())
            return len(themes)

        yield title
        title()


def _write_stakes(themes: list[int], texts: Mapping[int, list[str]]) -> None:
    rows = list(Theme.objects.filter(pk__in=[pk for pk in themes if texts.get(pk)]).order_by("pk"))
    for theme in rows:
        theme.stakes = stakes(texts[theme.pk])
    with transaction.atomic():
        bulk.change(rows, ("stakes",))


def _write(themes: list[int], texts: Mapping[int, list[str]], found: Mapping[int, Title]) -> None:
    sizes = _sizes(themes)
    others = Theme.objects.filter(merged_into=None).exclude(pk__in=themes)
    taken = set(others.values_list("title", flat=True))
    named = list(Theme.objects.filter(pk__in=[pk for pk in themes if texts.get(pk)]).order_by("pk"))
    for theme in named:
        made = found.get(theme.pk) or Title(texts[theme.pk][0][:80], ())
        theme.title = _unlike(made, taken)
        theme.keywords = list(made.keywords)
        theme.titled_for = max(sizes.get(theme.pk, 0), 1)
        theme.mixed = made.mixed and not (made.heap and theme.titled_for >= MANY)
        theme.several = made.several
        taken.add(theme.title)
    bulk.change(named, ("title", "keywords", "mixed", "several", "titled_for"))


Looking = Callable[[list[str], IntArray, list[int]], AbstractContextManager[Callable[[], dict[int, Title]]]]
"""A context whose block gets what waits for the titles of the labels of these texts."""


@contextmanager
def _elsewhere(
    meanwhile: Callable[[], object], flat: list[str], labels: IntArray, themes: list[int]
) -> Iterator[Callable[[], dict[int, Title]]]:
    """The second process looks for the titles; here only if there is none."""
    spoken, names = languages(flat), spoken_to()
    with aside(entitle, flat, labels, spoken, names) as result:

        def wait() -> dict[int, Title]:
            meanwhile()
            return result(lambda: entitle(live_encoder(), flat, labels, spoken, names))

        yield wait


@contextmanager
def _by_halves(
    flat: list[str], labels: IntArray, themes: list[int]
) -> Iterator[Callable[[], dict[int, Title]]]:
    """Of many themes the second process looks for what suits half."""
    encoder = live_encoder()
    spoken, names, vectors = languages(flat), spoken_to(), encoder.encode(flat)
    mine = themes[::HALF]
    theirs = sorted(set(themes) - set(mine)) if len(themes) >= SHARED else []
    if not theirs:
        yield partial(
            titles, flat, labels, languages=spoken, vectors=vectors, encoder=encoder, addressed=names
        )
        return
    with aside(answer, Question(flat, spoken, labels, vectors, theirs, names)) as result:
        corpus = read_texts(flat, labels, spoken, names)
        look = partial(candidates, corpus, labels, vectors=vectors, encoder=encoder)
        known = look(mine)
        yield lambda: name_all(
            corpus,
            labels,
            vectors=vectors,
            encoder=encoder,
            known=known | result(lambda: look(theirs)),
        )


def _sizes(themes: list[int]) -> dict[int, int]:
    """Messages of each theme as the index has them, also before they are counted."""
    rows = MicroCluster.objects.filter(theme__in=themes, folded_into=None).order_by("theme")
    return dict(rows.values_list("theme").annotate(Sum("count")))


def _texts(mine: set[int]) -> tuple[dict[int, list[str]], list[str]]:
    """Kept texts of `mine` by theme, biggest clusters first, and a few of other themes to set them off against."""
    kept: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [OWN // 2])
        for theme, samples in cursor:
            some = kept.setdefault(theme, [])
            most = OWN if theme in mine else OTHERS
            if len(some) < most:
                some.extend(_decoded(samples)[: most - len(some)])
    others = [texts for theme, texts in kept.items() if theme not in mine]
    step = -(-len(others) * OTHERS // ALL_OTHERS) or 1
    beside = [text for texts in others[::step] for text in texts]
    return {theme: texts for theme, texts in kept.items() if theme in mine}, beside


def _decoded(samples: str | list[str]) -> list[str]:
    """PostgreSQL hands JSON over as a list, SQLite as its text."""
    return orjson.loads(samples) if isinstance(samples, str) else samples


def _labelled(texts: dict[int, list[str]], beside: list[str]) -> tuple[list[str], IntArray]:
    """All texts and whose they are; those beside belong to nobody (-1)."""
    flat = [text for some in texts.values() for text in some]
    labels = np.repeat(np.array(list(texts), np.int64), [len(some) for some in texts.values()])
    return flat + beside, np.concatenate([labels, np.full(len(beside), -1, np.int64)])


def spoken_to() -> frozenset[str]:
    """Names that many of the latest messages are addressed to, as they were written: no matter of any theme."""
    latest = Membership.objects.order_by("-pk").values_list("message__text", flat=True)[:LATEST]
    return addressed(list(latest))


def languages(texts: list[str]) -> list[str]:
    """What each is in."""
    with _reading:
        return _analyser.read(open_page(texts, _vocabulary)).value


def _unlike(made: Title, taken: Iterable[str]) -> str:
    """Two themes never share a title."""
    title = made.title[:150]
    if title not in taken:
        return title
    more = next((f"{title} ({word})" for word in made.keywords if f"{title} ({word})" not in taken), None)
    number = 2
    while more is None:
        candidate = f"{title} ({number})"
        more = candidate if candidate not in taken else None
        number += 1
    return more[:160]
