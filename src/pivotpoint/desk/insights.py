"""Insights: the ladder of trends, patterns and voices."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from pivotpoint.accounts.models import Installation, Team
from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.models import Channel
from pivotpoint.desk import gate_behind, ladder
from pivotpoint.desk.days import LATELY, daily, newcomers
from pivotpoint.desk.frame import organisation
from pivotpoint.desk.gleaned import everywhere
from pivotpoint.desk.places import places
from pivotpoint.desk.quoted import brief, readable
from pivotpoint.insights.evidence.danger import dangers
from pivotpoint.insights.evidence.firms import firms_of_all
from pivotpoint.insights.evidence.gleaned import of_themes
from pivotpoint.insights.evidence.quotes import quotes
from pivotpoint.insights.models import Insight, Rung, ThemePart, WiderTheme
from pivotpoint.pivot.models import Pivot

A_PAGE, QUOTED, SOME = 40, 10, 5
"""Insights on a page; and how many of them, the first trends, have a quote where nothing else tells what is said of them: one of
so many."""

RUNG_OF = {"subject": "trend", "unsure": ""}
"""Of shelves that are no rung; less sure may be on any."""


@require_safe
@needs("desk.view")
def insights_page(request: HttpRequest) -> HttpResponse:
    """The address says which view, filters and page."""
    user: Any = request.user
    wish = ladder.asked(request.GET.dict(), feeling=organisation(request).reads_mood)
    wider = {one.pk: one for one in WiderTheme.objects.visible_to(user).live().order_by("-people", "pk")}
    mine = Insight.objects.visible_to(user).standing().filter(theme__vague=False)
    rows = ladder.found(mine, wish).select_related("theme")
    counts = ladder.shelf_counts(rows)
    paginator = Paginator(rows, A_PAGE)
    paginator.__dict__["count"] = sum(counts.values())
    page = paginator.get_page(request.GET.get("page"))
    views = ladder.view_counts(mine, wish.views)
    groups = _groups(_lines(page, user), wish, wider, counts, organisation(request))
    context = {
        "wish": wish,
        "page": page,
        "groups": groups,
        "foremost": ladder.foremost(rows) if wish.view.key == "open" and page.number == 1 else [],
        "drawn": any(any(line["days"]) for group in groups for line in group["lines"]),
        "wider": list(wider.values()),
        "around": wider.get(int(wish.part_of or 0)),
        "total": sum(counts.values()),
        "view_counts": views,
        "none_yet": not any(views.values()),
        "address": urlencode(wish.chosen),
        "only": gate_behind.words(request.GET),
        "gleaned": everywhere(user) if wish.view.key == "mixed" and page.number == 1 else [],
        "dangers": dangers() if wish.view.key == "severe" and user.may("customer.view") else [],
        "pivots": Pivot.objects.visible_to(user).live() if user.may("insight.change") else [],
        **_choices(request),
    }
    return render(request, "desk/insights.html", context)


def _lines(page: Page[Insight], user: Any) -> list[dict[str, Any]]:
    """The page's rows, each with what the line shows."""
    rows = list(page.object_list)
    people = {row.pk: row.theme.people for row in rows}
    drawn, new, where = daily(list(people)), newcomers(people), places(rows)
    spoken_to, said = firms_of_all(), _parts(list(people))
    stated = of_themes([row.pk for row in rows if row.theme.mixed or row.theme.is_unsure], user)
    words = _quoted([row for row in rows if row.pk not in said], user)
    return [
        {
            "insight": row,
            "theme": row.theme,
            "days": drawn[row.pk],
            "speed": sum(drawn[row.pk][-LATELY:]) / LATELY,
            "new": new.get(row.pk, 0),
            "place": where[row.pk],
            "firms": spoken_to.get(row.pk, []),
            "parts": said.get(row.pk) or stated.get(row.pk, []),
            "quote": words.get(row.pk, ""),
        }
        for row in rows
    ]


def _parts(themes: list[int]) -> dict[int, list[ThemePart]]:
    """What is said in the parts of each; one query."""
    found: dict[int, list[ThemePart]] = {}
    for part in ThemePart.objects.shown().filter(theme__in=themes).exclude(said=""):
        found.setdefault(part.theme_id, []).append(part)
    return found


def _quoted(rows: list[Insight], user: Any) -> dict[int, str]:
    """The words of one person of each of the first trends, on a line; two queries."""
    trends = [row.pk for row in rows if row.theme.rung == Rung.TREND and not row.theme.mixed][:QUOTED]
    return {pk: brief(readable(some, user)) for pk, some in quotes(trends, per_theme=SOME).items()}


def _groups(
    lines: list[dict[str, Any]],
    wish: ladder.Asked,
    wider: dict[int, WiderTheme],
    counts: dict[str, int],
    here: Installation,
) -> list[dict[str, Any]]:
    if wish.by:
        return _under_wider(lines, wider)
    return _of_no_matter(lines, counts) if wish.view.key == "mixed" else _on_shelves(lines, counts, here)


def _of_no_matter(lines: list[dict[str, Any]], counts: dict[str, int]) -> list[dict[str, Any]]:
    """What no word holds together stands on no rung."""
    words = (
        "Mixed",
        "no word holds these together; split one, or give it a name, and it stands on the ladder",
    )
    return [{"count": sum(counts.values()), "words": words, "lines": lines}] if lines else []


def _on_shelves(
    lines: list[dict[str, Any]], counts: dict[str, int], here: Installation
) -> list[dict[str, Any]]:
    """The lines by shelf."""

    def place(line: dict[str, Any]) -> str:
        return ladder.SHELVES[line["insight"].shelf]

    return [
        {
            "rung": RUNG_OF.get(shelf, shelf),
            "count": counts.get(shelf, 0),
            "words": _words(shelf, here),
            "lines": list(some),
        }
        for shelf, some in groupby(lines, key=place)
    ]


def _under_wider(lines: list[dict[str, Any]], wider: dict[int, WiderTheme]) -> list[dict[str, Any]]:
    """The lines under their wider themes, last those that stand by themselves."""

    def around(line: dict[str, Any]) -> WiderTheme | None:
        return wider.get(line["theme"].part_of_id)

    return [{"wider": key, "lines": list(some)} for key, some in groupby(lines, key=around)]


def _words(shelf: str, here: Installation) -> tuple[str, str]:
    """Heading, and what the shelf means here."""
    from_, to = here.trend_from, here.pattern_from
    return {
        "trend": ("Trends", f"{from_} people or more"),
        "subject": (
            "Subjects",
            "as many people, each in their own way: a title only names what they speak of",
        ),
        "pattern": ("Patterns", f"{to} people" if from_ - to <= 1 else f"{to} to {from_ - 1} people"),
        "voice": ("Voices", "one person, kept here until another says the same"),
        "unsure": (
            "Less sure",
            "these may share a word and no more: read some, then split one or name it",
        ),
    }[shelf]


def _choices(request: HttpRequest) -> dict[str, Any]:
    """What the filters offer."""
    moods = organisation(request).reads_mood
    return {
        "functions": Team.objects.visible_to(request.user),
        "channels": Channel.objects.visible_to(request.user),
        "rungs": [("trend", "Trends"), ("pattern", "Patterns"), ("voice", "Voices")],
        "moods": ladder.MOODS.items(),
        "periods": ladder.PERIODS.items(),
        "sorts": [(key, label) for key, (label, _) in ladder.SORTS.items() if moods or key != "upset"],
    }
