"""Titles: in words that people used, until a person gives a better one.

A title is made when a theme is new, and again while it is young and has doubled. Past `SETTLED` messages it stays, as
people know the theme by it, unless a part of the theme has left (`consolidate`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from itertools import islice

from django.db import transaction
from django.db.models import F, Q, Sum

from pivotpoint.insights.models import MicroCluster, Theme
from pivotpoint.insights.naming.texts import LEAST, texts_of
from pivotpoint.insights.naming.wordless import in_their_words
from pivotpoint.lib import bulk
from pivotpoint.listening.encoders.live import live_encoder
from pivotpoint.listening.reading.ahead import aside, tell
from textanalytics.grouping.aside import Aside
from textanalytics.naming.belonging.mixed import MANY
from textanalytics.naming.choosing.candidates import (
    Said,
    answer,
    be_ready,
    candidates,
    doubted,
    entitle,
    read_ahead,
    vectors_of,
)
from textanalytics.naming.choosing.titles import Title, name_all
from textanalytics.naming.telling.subjects import as_subjects
from textanalytics.reading.process import Task, Work
from textanalytics.stakes import stakes

SETTLED = LEAST
"""Messages past which a title stays."""

SHARED = 24
"""Themes from which on it is worth sharing the work between two processes."""

HALF = 2
"""This process looks for the titles of one in so many of them, where it has nothing else to do."""

TITLED = (
    "title",
    "title_open",
    "keywords",
    "mixed",
    "several",
    "subject",
    "unsure",
    "titled_for",
    "parted_for",
)
"""What a theme gets with its title."""

LONG = 200
"""Themes whose titles take so long that nobody should wait for them within a transaction."""

READ_EARLY, READ_EARLIER = 6_500, 1_000
"""Texts that are read before it is known which of them name a theme: as many as take less time than the grouping, and,
of them, as many as take less time than placing the last block."""


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
    return partial(aside, then=_early(be_ready, texts, READ_EARLY))


def read_names_early(texts: Iterator[str]) -> None:
    """The same already before, if the second process has nothing else to do: what it has read it need not read again."""
    tell(_early(read_ahead, texts, READ_EARLIER))


def _early(work: Work, texts: Iterator[str], most: int) -> Task:
    return Task(work, (list(islice(texts, most)),))


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
    texts = texts_of(themes)
    with looking(texts.said, themes, frozenset(_other_titles(themes))) as found:
        _write_stakes(themes, texts.of)
        found = cache(found)
        if len(themes) > LONG:
            found()

        @cache
        def title() -> int:
            _write(themes, texts.of, found())
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
    taken = _other_titles(themes)
    named = list(Theme.objects.filter(pk__in=[pk for pk in themes if texts.get(pk)]).order_by("pk"))
    for theme in named:
        made = in_their_words(found.get(theme.pk) or Title(texts[theme.pk][0][:80], ()), texts[theme.pk])
        theme.title = unlike(made, taken)
        theme.keywords = list(made.keywords)
        size = sizes.get(theme.pk, 0)
        loose = made.mixed and not (made.heap and size >= MANY)
        theme.mixed = loose or (not made.keywords and size > 1)
        theme.several = made.several
        theme.subject = made.subject
        theme.unsure = made.unsure
        theme.titled_for, theme.parted_for, theme.title_open = max(size, 1), 0, True
        taken.add(theme.title)
    bulk.change(named, TITLED)


def _other_titles(themes: Collection[int]) -> set[str]:
    """What themes are called that keep their titles."""
    others = Theme.objects.filter(merged_into=None).exclude(pk__in=themes)
    return set(others.values_list("title", flat=True))


Looking = Callable[[Said, list[int], frozenset[str]], AbstractContextManager[Callable[[], dict[int, Title]]]]
"""A context whose block gets what waits for the titles of some of the labels of these texts, unlike those taken."""


@contextmanager
def _elsewhere(
    meanwhile: Callable[[], object], said: Said, themes: list[int], taken: frozenset[str]
) -> Iterator[Callable[[], dict[int, Title]]]:
    """The second process looks for the titles; here only if there is none."""
    with aside(entitle, said, themes, taken) as result:

        def wait() -> dict[int, Title]:
            meanwhile()
            return result(lambda: entitle(live_encoder(), said, themes, taken))

        yield wait


@contextmanager
def _by_halves(
    said: Said, themes: list[int], taken: frozenset[str]
) -> Iterator[Callable[[], dict[int, Title]]]:
    """Of many themes the second process looks for what suits half."""
    encoder = live_encoder()
    mine = themes[::HALF]
    theirs = sorted(set(themes) - set(mine)) if len(themes) >= SHARED else []
    if not theirs:
        yield partial(entitle, encoder, said, themes, taken)
        return
    vectors = vectors_of(encoder, said.texts, said.labels)
    with aside(answer, said, vectors, theirs) as result:
        corpus = said.read()
        look = partial(candidates, corpus, said, vectors=vectors, encoder=encoder)
        known = look(mine)

        def give() -> dict[int, Title]:
            titles = name_all(
                corpus,
                said.labels,
                moods=said.moods,
                vectors=vectors,
                encoder=encoder,
                known=known | result(lambda: look(theirs)),
                wanted=themes,
                taken=taken,
            )
            titles = doubted(titles, corpus, said.labels, vectors=vectors, encoder=encoder)
            return as_subjects(titles, said.labels, corpus)

        yield give


def _sizes(themes: list[int]) -> dict[int, int]:
    """Messages of each theme as the index has them, also before they are counted."""
    rows = MicroCluster.objects.filter(theme__in=themes, folded_into=None).order_by("theme")
    return dict(rows.values_list("theme").annotate(Sum("count")))


def unlike(made: Title, taken: Iterable[str]) -> str:
    """Two themes never share a title."""
    title = made.headline[:150]
    if title not in taken:
        return title
    said = title.casefold()
    new = (f"{title} ({word})" for word in made.keywords if word.casefold() not in said)
    more = next((candidate for candidate in new if candidate not in taken), None)
    number = 2
    while more is None:
        candidate = f"{title} ({number})"
        more = candidate if candidate not in taken else None
        number += 1
    return more[:160]
