"""What insights look like over the API. Where an organisation shows no moods, what tells one is null."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from pivotpoint.accounts import moods
from pivotpoint.insights.models import Insight, Theme, ThemePart


class ThemeOut(Schema):
    """Messages that mean the same. `people` are different persons, of whom so many as `doubtful` may be another of them, and so many as `copied` sent nothing but one of `copies` texts that others sent as well; `voices` is what the rung counts. `merged_into` leads to where it went, `part_of` to the wider theme around it, `see_also` to a theme that is told in like words. `mixed`: no word holds them together, so they are no trend. `several`: they share a thing, which is the title, and say all sorts of it. `subject`: the title names what they speak of, and nothing that they say of it. `is_unsure`: they may share a word and no more. `is_talk`: hardly anybody asks, complains or praises. Not `about_us`: a person said so."""

    id: int
    title: str
    keywords: list[str]
    people: int
    doubtful: int
    copied: int
    copies: int
    voices: int
    messages: int
    negative_share: float | None
    rung: str
    function: str
    function_share: float
    first_at: datetime | None
    last_at: datetime | None
    onset: date | None
    rate_before: float
    rate_since: float
    parent: int | None
    part_of: int | None
    see_also: int | None
    merged_into: int | None
    vague: bool
    mixed: bool
    several: bool
    subject: bool
    is_unsure: bool
    is_talk: bool
    about_us: bool

    @staticmethod
    def resolve_negative_share(row: Theme, context: Any) -> float | None:
        return row.negative_share if moods.shown_in(context) else None

    @staticmethod
    def resolve_parent(row: Theme) -> int | None:
        return row.parent_id

    @staticmethod
    def resolve_part_of(row: Theme) -> int | None:
        return row.part_of_id

    @staticmethod
    def resolve_see_also(row: Theme) -> int | None:
        return row.see_also_id

    @staticmethod
    def resolve_merged_into(row: Theme) -> int | None:
        return row.merged_into_id


class PartOut(Schema):
    """What is said in a part of the theme, and hardly in the others; where it falls into no parts, what is said of the thing that it is called
    by. Nothing is `said` by those that are in none of them. Each message that is about the theme is in one. `titled`: the theme's title says it already."""

    id: int
    said: str
    titled: bool
    people: int
    messages: int


class InsightOut(Schema):
    """A theme that somebody can act on. Its id is the theme's id. `parts` is empty where nothing can be told of any."""

    id: int
    theme: ThemeOut
    severity: str
    severity_why: str
    opened_at: datetime
    climbed_at: datetime | None
    set_aside_until: datetime | None
    parts: list[PartOut]

    @staticmethod
    def resolve_id(row: Insight) -> int:
        return row.pk

    @staticmethod
    def resolve_parts(row: Insight) -> list[ThemePart]:
        """As `shown_parts` has fetched them, or one query."""
        known: list[ThemePart] | None = getattr(row.theme, "shown_parts", None)
        return list(row.theme.parts.shown()) if known is None else known


class QuoteOut(Schema):
    """`spans` are half-open character offsets into `text`: words of the theme's title and keywords, in some form."""

    message: int
    text: str
    spans: list[tuple[int, int]]
    who: str
    channel: str
    said_at: datetime
    mood: str | None

    @staticmethod
    def resolve_mood(row: Any, context: Any) -> str | None:
        return row.mood if moods.shown_in(context) else None


class DayOut(Schema):
    """Different people and messages on one day."""

    day: date
    people: int
    messages: int
    negative: int | None

    @staticmethod
    def resolve_negative(row: Any, context: Any) -> int | None:
        return row.negative if moods.shown_in(context) else None


class ThingOut(Schema):
    """Different people by what they feel about a thing."""

    term: str
    people: int
    negative: int
    neutral: int
    positive: int


class FirmOut(Schema):
    handle: str
    people: int


class AspectsOut(Schema):
    """Of the latest `people`; so many as `alike` wrote the same words as somebody else. `firms` are whom they speak to, where
    these are several."""

    people: int
    alike: int
    things: list[ThingOut]
    firms: list[FirmOut]


class AspectOut(Schema):
    """`span` is where the thing stands, `evidence` the words that decided: half-open character offsets."""

    term: str
    mood: str
    feeling: float
    span: tuple[int, int]
    evidence: list[tuple[int, int]]


class BesideOut(Schema):
    """A part of a message that counts in another theme than the message's own; `span` is half-open character offsets."""

    message: int
    span: tuple[int, int]
    insight: int
    title: str

    @staticmethod
    def resolve_message(one: Any) -> int:
        return int(one.message.pk)

    @staticmethod
    def resolve_insight(one: Any) -> int:
        return int(one.theme.pk)

    @staticmethod
    def resolve_title(one: Any) -> str:
        return str(one.theme.title)


class LikeOut(Schema):
    id: int
    title: str
    people: int
    likeness: float


class ThemeChannelOut(Schema):
    channel: int
    name: str
    people: int
    messages: int

    @staticmethod
    def resolve_channel(row: Any) -> int:
        return row.channel_id

    @staticmethod
    def resolve_name(row: Any) -> str:
        return row.channel.name


class ActionOut(Schema):
    """What a person did to a theme; `other` is the theme it went into or that came of it."""

    id: int
    kind: str
    theme: int
    other: int | None
    at: datetime
    undone_at: datetime | None

    @staticmethod
    def resolve_theme(row: Any) -> int:
        return row.theme_id

    @staticmethod
    def resolve_other(row: Any) -> int | None:
        return row.other_id


class IntoIn(Schema):
    into: int


class SplitIn(Schema):
    messages: list[int]
    title: str = ""


class TitleIn(Schema):
    title: str


class MessageMoveIn(Schema):
    """Without `theme`, the message gets a theme of its own."""

    theme: int | None = None


class AsideIn(Schema):
    """None takes it back."""

    until: datetime | None = None
