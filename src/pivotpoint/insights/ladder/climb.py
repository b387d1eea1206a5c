"""From messages to the ladder: read them, group them into themes, count people, name and quote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from pivotpoint.insights.ladder.at_stake import danger, how_many, leaving, of_what, stolen, thefts
from pivotpoint.insights.ladder.clear import clearness
from pivotpoint.insights.ladder.crowd import Crowd
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.ladder import RUNGS, SHELVES, Ladder, Quote, Theme
from pivotpoint.insights.ladder.name import ALL_ONE, name
from pivotpoint.insights.ladder.searched import judge_by, searched_word
from pivotpoint.insights.ladder.voices import in_a_sentence
from pivotpoint.insights.ladder.waves import waves
from pivotpoint.insights.ladder.wider import put_under
from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.addressed import addressed
from textanalytics.grammar.headings import without_headings
from textanalytics.grouping.vague import is_reply
from textanalytics.naming.choosing.titles import Title, quotes
from textanalytics.naming.telling.matters import Matter
from textanalytics.reading.reading import Reader
from textanalytics.reading.readings import Readings, join
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex, is_vague
from textanalytics.words.blas import one_thread

BATCH = 2_000
DETAIL = 3.0
"""How fine themes are: a title must fit all that stands under it."""

MOSTLY = 0.9
"""Share of the messages, the latest, of which it is told when they begin."""

SHOWN = 5
"""Examples of what was not about us, and of short replies."""

UPSET, QUOTED = ("complaint", "crisis"), 12
"""What they do who complain of all kinds of things; and how many of them are quoted."""

Step = Callable[[str, int, int], None]
"""What is being done, how many of how many."""


def climb(heard: Heard, *, source: str, notes: list[str], step: Step = lambda *_: None) -> Ladder:
    """The ladder of all messages heard. Raises `LedgerDoesNotBalance` if a row went missing on the way."""
    cleaned = without_headings([clean(text) for text in heard.texts])
    readings, searched = _read(heard.texts, step)
    vectors = _encode(cleaned, step)
    about = readings.about_us & ~is_vague(cleaned)
    people = _people(heard)
    labels, vague = _gather(cleaned, vectors, about, step)
    vague |= readings.about_us & ~about
    step("Naming", 0, 1)
    with one_thread(scipy=False):  # Many small products, whose threads would only wait for one another.
        labels, names, told = name(
            cleaned, vectors, labels, readings, names=addressed(heard.texts), people=people
        )
    names = in_a_sentence(names, labels, heard.texts)
    crowd = Crowd(heard, readings, people, labels, cleaned=cleaned, searched=searched)
    chosen = _quoted(cleaned, vectors, labels, people, names, told, readings)
    chosen |= clearest(heard.texts, labels, names, readings)
    found = {
        label: crowd.theme(label, names[label], chosen[label], told.get(label, ())) for label in sorted(names)
    }
    places = _placed(found, names)
    themes, wider = put_under(
        _in_order(places["rungs"]),
        members=crowd.members,
        cleaned=cleaned,
        vectors=vectors,
        people=people,
        languages=readings.language,
    )
    trends = [one for one in themes if one.rung == "trend"]
    ladder = Ladder(
        source=source,
        notes=[*notes, *heard.notes],
        messages=len(heard.texts),
        people=len(set(people.tolist())),
        authors_known=heard.authors_known,
        themes=themes,
        ledger=heard.ledger,
        not_about_us=dict(Counter(reason for reason in readings.reason if reason).most_common()),
        elsewhere=_elsewhere(crowd, readings),
        vague=[crowd.quote(place, "") for place in np.flatnonzero(vague)[:SHOWN].tolist()],
        reject_reasons=dict(heard.reject_reasons.most_common()),
        first=min((time for time in heard.times if time), default=None),
        last=max((time for time in heard.times if time), default=None),
        mostly_from=_mostly_from([time for time in heard.times if time]),
        wider=wider,
        mixed=_most_first(places["mixed"]),
        unsure=_most_first(places["unsure"]),
        talk=_most_first(places["talk"]),
        waves=waves(trends, crowd),
        by=crowd.houses.by,
        houses=crowd.houses.sizes(),
    )
    _balance(ladder, int((~readings.about_us).sum()), int(vague.sum()))
    step("Naming", 1, 1)
    return _with_stakes(ladder, crowd, cleaned, readings, people, labels)


def _with_stakes(
    ladder: Ladder,
    crowd: Crowd,
    cleaned: list[str],
    readings: Readings,
    people: IntArray,
    labels: IntArray,
) -> Ladder:
    """The same with what is told however few tell it."""
    robbed = stolen(cleaned, readings)
    return replace(
        ladder,
        grave=danger(crowd, readings, labels),
        stolen=how_many(robbed, people, labels),
        taken=of_what(cleaned, robbed, people),
        leaving=leaving(crowd, readings, labels),
        thefts=thefts(robbed, crowd, readings, labels, listed={one.id for one in ladder.on("trend")}),
    )


def _quoted(
    cleaned: list[str],
    vectors: FloatArray,
    labels: IntArray,
    people: IntArray,
    names: Mapping[int, Title],
    told: Mapping[int, Sequence[Matter]],
    readings: Readings,
) -> dict[int, list[int]]:
    """The messages that are quoted of each theme."""
    return quotes(
        cleaned,
        labels,
        vectors,
        authors=[str(person) for person in people],
        titles={label: name.title for label, name in names.items()},
        told={label: [frozenset(one.texts) for one in said] for label, said in told.items()},
        moods=readings.mood,
        sure=readings.confidence["mood"],
        encoder=default(),
    )


def clearest(
    texts: Sequence[str], labels: IntArray, names: Mapping[int, Title], readings: Readings
) -> dict[int, list[int]]:
    """Of complaints of all kinds, of which no quote speaks for others, those that say the clearest what is wrong, and surely that something is."""
    _, called = ALL_ONE[-1]
    found = {}
    for label in (label for label, title in names.items() if title.title == called):
        places = np.flatnonzero(labels == label).tolist()
        upset = [i for i in places if readings.intent[i] in UPSET and readings.mood[i] == "negative"]
        once = list({texts[place]: place for place in reversed(upset)}.values())[::-1]
        worth = np.array(clearness([texts[place] for place in once])) * readings.confidence["mood"][once]
        order = np.argsort(-worth, kind="stable").tolist()
        found[label] = [once[one] for one in order[:QUOTED]]
    return {label: some for label, some in found.items() if some}


def _mostly_from(times: list[datetime]) -> datetime | None:
    return sorted(times)[int((1 - MOSTLY) * len(times))] if times else None


def _placed(found: Mapping[int, Theme], names: Mapping[int, Title]) -> dict[str, list[Theme]]:
    """The themes on the rungs, and those that are told apart."""
    places: dict[str, list[Theme]] = {"rungs": [], "unsure": [], "talk": [], "mixed": []}
    for label, theme in found.items():
        places[_place(theme, mixed=names[label].mixed)].append(theme)
    return places


def _place(theme: Theme, *, mixed: bool) -> str:
    return "mixed" if mixed else "talk" if theme.is_talk else "unsure" if theme.unsure else "rungs"


def _in_order(themes: Iterable[Theme]) -> list[Theme]:
    return sorted(themes, key=lambda one: (RUNGS.index(one.rung), *_place_on_it(one)))


def _place_on_it(theme: Theme) -> tuple[int, ...]:
    """The most people first; of voices what is copied last."""
    copied = theme.copies if theme.rung == "voice" else 0
    return copied, -theme.people, -theme.messages, theme.id


def _most_first(themes: Iterable[Theme]) -> list[Theme]:
    return sorted(themes, key=lambda one: (-one.people, one.id))


def _read(texts: list[str], step: Step) -> tuple[Readings, bool]:
    """The readings, and whether the texts were gathered by a word."""
    reader = Reader()
    parts = []
    for start in range(0, len(texts), BATCH):
        step("Reading", start, len(texts))
        parts.append(reader.read(texts[start : start + BATCH]))
    readings = join(parts)
    word = searched_word(texts)
    judge_by(word, texts, readings)
    return readings, bool(word)


def _encode(cleaned: list[str], step: Step) -> FloatArray:
    encoder = default()
    vectors = np.zeros((len(cleaned), encoder.dimensions), np.float32)
    for start in range(0, len(cleaned), BATCH):
        step("Understanding", start, len(cleaned))
        vectors[start : start + BATCH] = encoder.encode(cleaned[start : start + BATCH])
    return vectors


def _gather(
    cleaned: list[str], vectors: FloatArray, about: BoolArray, step: Step
) -> tuple[IntArray, BoolArray]:
    """(n,) theme of each message that is about us, -1 for the others; and which of them say nothing particular."""
    index = ThemeIndex(vectors.shape[1], detail=DETAIL)
    places = np.flatnonzero(about)
    micros = np.empty(len(places), np.int64)
    for start in range(0, len(places), BATCH):
        step("Gathering", start, len(places))
        some = places[start : start + BATCH]
        micros[start : start + BATCH] = index.add(vectors[some], [cleaned[i] for i in some])
    step("Gathering", len(places), len(places))
    index.consolidate()
    labels = np.full(len(cleaned), -1, np.int64)
    labels[places] = index.themes_of(micros)
    vague = about & (labels >= 0) & ((labels == index.vague) | is_reply(cleaned))
    labels[vague] = -1
    return labels, vague


def _people(heard: Heard) -> IntArray:
    """(n,) a number for the person behind each message; nobody named is somebody of their own."""
    known: dict[str, int] = {}
    people = np.empty(len(heard.texts), np.int64)
    for place, author in enumerate(heard.authors):
        people[place] = known.setdefault(author or f"\0{place}", len(known))
    return people


def _elsewhere(crowd: Crowd, readings: Readings) -> list[tuple[str, Quote]]:
    """For each reason the messages that it is surest of, each text once."""
    places = np.flatnonzero(~readings.about_us)
    sure = readings.confidence["about_us"][places]
    found: defaultdict[str, dict[str, Quote]] = defaultdict(dict)
    for place in places[np.argsort(-sure, kind="stable")].tolist():
        own = found[readings.reason[place]]
        if len(own) < SHOWN:
            quote = crowd.decided(place, "about_us")
            own.setdefault(quote.text, quote)
    counts = Counter(readings.reason[place] for place in places.tolist())
    return [(reason, quote) for reason, _ in counts.most_common() for quote in found[reason].values()]


def _balance(ladder: Ladder, not_about_us: int, vague: int) -> None:
    ledger = ladder.ledger
    ledger.not_about_us, ledger.vague = not_about_us, vague
    ledger.in_trends, ledger.in_subjects, ledger.in_patterns, ledger.in_voices = (
        sum(theme.messages for theme in ladder.shelf(name)) for name in SHELVES
    )
    ledger.in_mixed = sum(theme.messages for theme in ladder.mixed)
    ledger.in_talk = sum(theme.messages for theme in ladder.talk)
    ledger.in_unsure = sum(theme.messages for theme in ladder.unsure)
    ledger.check()
