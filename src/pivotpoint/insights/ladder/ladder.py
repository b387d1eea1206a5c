"""The ladder of one file: what is shown, printed and written, whatever the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from pivotpoint.insights.intents import is_talk
from textanalytics.base import Span
from textanalytics.trends import AFTER

LATEST, SEVERAL = 2, 3
"""Days that show whether what rose has fallen again, and people a day since, from which on they do."""

RUNGS = ("trend", "pattern", "voice")
SHELVES = ("trend", "subject", "pattern", "voice")
"""In what is shown. Trends whose title only names what many speak of, and not what they say, stand behind the others."""

LEAVING = "churn threat"
"""What a message of whoever leaves is read as."""


class LedgerDoesNotBalance(Exception):
    """A row of the file is in no place or in two: a bug, never the file's fault."""


@dataclass(frozen=True)
class Quote:
    """One message as it was written; `words` are the places that hold what it is quoted for."""

    text: str
    author: str | None
    time: datetime | None
    words: tuple[Span, ...]
    blames: bool = False
    """Whether it complains, or tells of danger or theft: whom it names is accused."""


@dataclass(frozen=True)
class Said:
    """One of several things that are said of what a theme is called by. A message may stand under two."""

    title: str
    people: int
    messages: int


@dataclass(frozen=True)
class Theme:
    id: int
    title: str
    rung: str
    people: int
    messages: int
    negative_share: float
    intents: dict[str, int]
    """Messages by what they want, the most first."""
    function: str
    first_seen: datetime | None
    onset: date | None
    before: float
    after: float
    """People a day before the onset and since; both 0 without one."""
    keywords: tuple[str, ...]
    quotes: tuple[Quote, ...]
    doers: dict[str, int] = field(default_factory=dict)
    """Of its people how many complain, how many ask and how many praise, by what is told of the most."""
    sure: float = 1.0
    """How sure the reader is of the least sure of `intents`, where the messages are few; 1 where they are many."""
    risen: int = 0
    """Its people since the onset."""
    usual: float = 0.0
    """Those since, had it kept its share of everybody."""
    lasted: int = AFTER
    """Days over which these are counted; fewer than AFTER where it was over so soon."""
    days: tuple[int, ...] = ()
    """People on each of the last days of the file, for a small chart."""
    copied: int = 0
    copies: int = 0
    """Of its people, how many sent nothing but one of so many texts that others sent as well: the rung counts each
    such text once."""
    new: bool = False
    """Whether others had been heard for so long before it that its not being among them tells something."""
    part_of: int = -1
    """The wider theme around it, -1 none."""
    unsure: bool = False
    """Whether what its messages share may be a word and no matter."""
    several: bool = False
    """Whether its messages share the thing that it is called by, and no matter."""
    subject: bool = False
    """Whether its title names what they speak of, and nothing that they say of it."""
    said: tuple[Said, ...] = ()
    """What is said of it, the most people first: where it is called by a thing, or by words side by side."""
    untold: int = 0
    """Its people (or messages, where nobody is known by name) who say nothing of what is `said`, nor just the title."""
    titled: int = 0
    """Its people who say what the title says and nothing of what is `said`: counted where its messages fall into parts."""
    see_also: int = -1
    """The id of a theme that is told in like words, -1 none."""
    to: str = ""
    to_people: int = 0
    to_share: float = 0.0
    to_times: float = 0.0
    """The house that more of its people speak to than the size of the house explains, how many and which share of its people, and how many
    times the share of all people that is."""
    firms: tuple[tuple[str, int], ...] = ()
    """Where it is none, in a file of many houses: those that several of its people speak to, and how many do, the most first."""
    houses: tuple[tuple[str, int], ...] = ()
    """Every house that somebody of it speaks to, and how many of its people do, the most first."""

    @property
    def is_talk(self) -> bool:
        """Whether hardly anybody in it asks, complains or praises."""
        return is_talk(self.intents, self.messages, self.negative_share)


@dataclass(frozen=True)
class Wider:
    """Themes that are about one thing; whoever stands behind several of them is one person."""

    id: int
    title: str
    people: int
    messages: int
    themes: tuple[int, ...]
    """The most people first."""


@dataclass(frozen=True)
class House:
    """Whom or what messages are about: a brand, a company, a branch."""

    name: str
    people: int
    messages: int


@dataclass(frozen=True)
class Grave:
    """A message that tells of danger to somebody, or of theft or fraud; `words` of its quote are those that say so. `theme` is -1 where it
    has none."""

    quote: Quote
    theme: int


@dataclass(frozen=True)
class Wave:
    """Themes that people complain of, and that rose together: on one day or the next."""

    first: date
    themes: tuple[int, ...]
    """The most people first."""
    people: int
    """Different people (messages, where nobody is known by name) who told one of them on its `days`."""
    days: int
    before: float
    after: float
    """People a day before it, and after it."""
    over: bool
    """Whether it was over before the file ends."""


@dataclass
class Ledger:
    """Where every row of the file is. Each row is in exactly one place."""

    rows: int = 0
    set_aside: int = 0
    """Rows that `--where` leaves out."""
    rejected: int = 0
    duplicates: int = 0
    not_about_us: int = 0
    vague: int = 0
    in_trends: int = 0
    in_subjects: int = 0
    in_patterns: int = 0
    in_voices: int = 0
    in_mixed: int = 0
    in_talk: int = 0
    in_unsure: int = 0

    def places(self) -> dict[str, int]:
        return {name: count for name, count in vars(self).items() if name != "rows"}

    def check(self) -> None:
        """Raises `LedgerDoesNotBalance` unless the places add up to the rows."""
        total = sum(self.places().values())
        if total != self.rows:
            raise LedgerDoesNotBalance(f"{self.rows:,} rows were read, and {total:,} are accounted for.")


def together(ledgers: Iterable[Ledger]) -> Ledger:
    """The sum of several, place by place."""
    total = Ledger()
    for ledger in ledgers:
        for place, rows in vars(ledger).items():
            setattr(total, place, getattr(total, place) + rows)
    return total


@dataclass
class Ladder:
    source: str
    notes: list[str]
    """What was guessed and decided, one phrase each."""
    messages: int
    people: int
    authors_known: bool
    themes: list[Theme]
    """Trends first, then patterns, then voices; in each the most people first, of voices what is copied last."""
    ledger: Ledger
    not_about_us: dict[str, int]
    elsewhere: list[tuple[str, Quote]]
    """A few messages that were not about us, with the reason."""
    vague: list[Quote]
    reject_reasons: dict[str, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    mostly_from: datetime | None = None
    """When the latest nine in ten of the dated messages begin."""
    seconds: float = 0.0
    wider: list[Wider] = field(default_factory=list)
    """The most people first."""
    mixed: list[Theme] = field(default_factory=list)
    """What no word holds together: on no rung, whatever its people; the most people first."""
    unsure: list[Theme] = field(default_factory=list)
    """What may be held together by a word only: below the rungs; the most people first."""
    talk: list[Theme] = field(default_factory=list)
    """Themes in which hardly anybody asks, complains or praises: below the rungs; the most people first."""
    grave: list[Grave] = field(default_factory=list)
    """One voice is enough: each text and each person once, who tells what was done to them first; of these the latest first."""
    stolen: dict[int, int] = field(default_factory=dict)
    """Of each theme, -1 for none, how many people tell of theft or fraud in it; those of which none does are left out."""
    taken: dict[str, int] = field(default_factory=dict)
    """Of what how many people tell of theft or fraud, the most first: "card", "account"; of some nothing is said."""
    thefts: list[Grave] = field(default_factory=list)
    """Each person and each text that tells of theft or fraud once, who tells it plainly first; none where nobody does."""
    leaving: list[Grave] = field(default_factory=list)
    """Each that threatens to leave, or has left, the surest first."""
    waves: list[Wave] = field(default_factory=list)
    """The most people first."""
    house: str = ""
    """Whose it is, where each house of a file has a ladder of its own."""
    by: str = ""
    """The column that says whose each message is; "" where it is told by whom people speak to."""
    houses: list[House] = field(default_factory=list)
    """The most messages first; none where all is one house's, or nothing says whose it is."""
    masked: bool = False
    """Whether numbers, addresses and passwords of people are masked in it."""

    @property
    def called(self) -> str:
        """The file, and the house that it is of."""
        return f"{self.source}: {self.house}" if self.house else self.source

    @property
    def messages_per_second(self) -> float:
        return self.messages / self.seconds if self.seconds else 0.0

    @property
    def everywhere(self) -> list[Theme]:
        """The themes on the rungs and those below them: each message that is about us and says something is in one."""
        return [*self.themes, *self.unsure, *self.talk, *self.mixed]

    @property
    def rising(self) -> list[Theme]:
        """What rises as the file ends: its onset is within the days over which the rate after an onset is measured.
        Talk is among it: a storm may begin with wishes."""
        return [theme for theme in (*self.themes, *self.unsure, *self.talk) if self.is_rising(theme)]

    def is_rising(self, theme: Theme) -> bool:
        if theme.onset is None or self.last is None or _has_fallen(theme):
            return False
        return (self.last.date() - theme.onset).days < theme.lasted

    def of(self, theme: int) -> Theme | None:
        """The theme of that number, on a rung or mixed, if any."""
        return next((one for one in (*self.themes, *self.mixed) if one.id == theme), None)

    def around(self, theme: Theme) -> Wider | None:
        """The wider theme around the theme, if any."""
        return next((one for one in self.wider if one.id == theme.part_of), None)

    def on(self, rung: str) -> list[Theme]:
        return [theme for theme in self.themes if theme.rung == rung]

    def shelf(self, name: str) -> list[Theme]:
        """One of `SHELVES`."""
        subjects = name == "subject"
        themes = self.on("trend" if subjects else name)
        return [theme for theme in themes if name not in ("trend", "subject") or theme.subject == subjects]


def _has_fallen(theme: Theme) -> bool:
    """Whether no more say it on the last days than did before it rose."""
    latest = theme.days[-LATEST:]
    return theme.after >= SEVERAL and bool(latest) and sum(latest) <= theme.before * len(latest)
