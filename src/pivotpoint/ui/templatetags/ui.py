"""Marks and components, as the mock-ups have them. Each judgement comes with a word, never with colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from pivotpoint.lib import clock
from pivotpoint.ui import stale
from pivotpoint.ui.words import intention

register = template.Library()
register.filter("intention", intention)
FUNCTIONS = {
    "service": ("Se", "Service"),
    "sales": ("Sa", "Sales"),
    "marketing": ("Ma", "Marketing"),
    "product": ("Pr", "Product"),
    "finance": ("Fi", "Finance"),
    "supply": ("Op", "Operations"),
}
RUNGS = {
    "voice": (1, "Voice: 1 person"),
    "pattern": (2, "Pattern: 2 people"),
    "trend": (3, "Trend: 3 or more people"),
}
ON = ' class="on"'
CHANNEL_ICONS = {
    "email": "mail",
    "call": "phone",
    "review": "star",
    "form": "form",
    "portal": "form",
    "social": "post",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A 16 px icon from the sprite; decoration unless it has a label."""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')  # noqa: S308
    return format_html(
        '<svg class="i" viewBox="0 0 16 16" {}><use href="{}#i-{}"/></svg>',
        said,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def channel_icon(kind: str) -> SafeString:
    return icon(CHANNEL_ICONS.get(kind, "chat"))


@register.simple_tag
def fn(key: str, words: bool = True) -> SafeString:
    """A business function: two letters on its colour, and its name."""
    mark, name = FUNCTIONS.get(key, (key[:2].title(), key.title()))
    if not key:
        return SafeString("")
    return format_html(
        '<span class="fn" data-fn="{}" title="{}"><b>{}</b>{}</span>', key, name, mark, name if words else ""
    )


@register.simple_tag
def rung(key: str) -> SafeString:
    """A ladder with as many filled rungs as there are people, up to three."""
    filled, label = RUNGS[key]
    steps = format_html_join(
        "",
        '<path class="{}" d="M5 {}h8"/>',
        (("on" if i < filled else "off", y) for i, y in enumerate(("14", "9.5", "5"))),
    )
    return format_html(
        '<svg class="rung" viewBox="0 0 18 18" role="img" aria-label="{}">'
        '<path class="rail" d="M3.500 2v14M14.500 2v14"/>{}</svg>',
        label,
        steps,
    )


@register.simple_tag
def gate(key: str, waiting: int = 0) -> SafeString:
    """The position of a semaphore arm, and its word."""
    state = "wait" if waiting else key
    words = key.title() + (f", {waiting} wait{'s' if waiting == 1 else ''}" if waiting else "")
    return format_html('<span class="gate {}">{}{}</span>', state, icon(f"gate-{key}"), words)


@register.simple_tag
def severity(key: str) -> SafeString:
    """Bars and a word."""
    filled = {"low": 1, "medium": 2, "high": 3}.get(key, 0)
    dots = mark_safe("".join(f"<i{ON if i < filled else ''}></i>" for i in range(3)))  # noqa: S308
    high = " high" if key == "high" else ""
    return format_html(
        '<span class="sev"><span class="dots{}" aria-hidden="true">{}</span>{}</span>',
        high,
        dots,
        key.title(),
    )


@register.filter
def initials(person: Any) -> str:
    """Two letters for the round mark."""
    words = str(person).split()
    return getattr(person, "initials", "") or "".join(w[0] for w in words[:2]).upper()


@register.simple_tag
def who(person: Any) -> SafeString:
    """Initials and the name."""
    return format_html(
        '<span class="who"><span class="avatar" aria-hidden="true">{}</span>{}</span>',
        initials(person),
        person,
    )


@register.filter
def marked(text: str, spans: Iterable[Sequence[int]] | None) -> SafeString:
    """Customers' words with the deciding ones marked. Spans are (start, end) offsets; everything is escaped."""
    out, at = [], 0
    for start, end in sorted({(int(s[0]), int(s[1])) for s in spans or ()}):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        out += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join(map(str, [*out, escape(text[at:])])))  # noqa: S308 every piece was escaped above


@register.filter
def people(count: int | None) -> str:
    """1 person, 41 people."""
    return f"{count or 0:,} {'person' if count == 1 else 'people'}"


@register.filter
def thousands(count: int | None) -> str:
    return f"{count or 0:,}"


@register.filter
def percent(share: float | None) -> str:
    return f"{round(100 * (share or 0))} %"


@register.filter
def month(key: str) -> str:
    """2026-10 as Oct 2026; anything else as it is."""
    try:
        return f"{datetime.strptime(key, '%Y-%m'):%b %Y}"  # noqa: DTZ007 a month has no hour
    except ValueError:
        return key


@register.filter
def feeling(mood: str) -> str:
    """A mood as people say it; as in the inbox."""
    return {"negative": "upset", "positive": "pleased"}.get(mood, mood)


@register.filter
def alike(likeness: float) -> str:
    """How near two themes are, in words: very much alike, much alike, a little alike."""
    return "very much alike" if likeness >= 0.7 else "much alike" if likeness >= 0.45 else "a little alike"


def _span(seconds: float) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return "a moment"


@register.filter
def due(moment: datetime | None) -> SafeString:
    """6 h late (in the signal colour), by 17:00, Wed 18:00, 24 Nov."""
    if moment is None:
        return SafeString("")
    left = (moment - clock.now()).total_seconds()
    if left < 0:
        return format_html('<b class="sig">{} late</b>', _span(-left))
    local = timezone.localtime(moment)
    days = (local.date() - clock.today()).days
    words = (
        f"by {local:%H:%M}" if days == 0 else f"{local:%a %H:%M}" if days < 7 else f"{local.day} {local:%b}"
    )
    return format_html("<b>{}</b>", words)


@register.filter
def late(moment: datetime | None) -> bool:
    return moment is not None and moment < clock.now()


@register.filter
def ago(moment: datetime | None) -> str:
    """3 h ago, 2 d ago, 14 Oct."""
    if moment is None:
        return ""
    seconds = (clock.now() - moment).total_seconds()
    if seconds < 7 * 86400:
        return f"{_span(max(0.0, seconds))} ago"
    return short_date(moment)


@register.filter
def short_date(moment: Any) -> str:
    """16 Nov; with the year when it is another one."""
    if not moment:
        return ""
    day = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    year = f" {day.year}" if day.year != clock.today().year else ""
    return f"{day.day} {day:%b}{year}"


@register.inclusion_tag("ui/field.html", name="field")
def form_field(bound: BoundField) -> dict[str, Any]:
    """One form field with label, hint and error."""
    widget = bound.field.widget
    kind = "check" if isinstance(widget, CheckboxInput) else "input"
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        kind = "checks"
    elif kind == "input":
        widget.attrs.setdefault("class", "input")
    if bound.errors:
        widget.attrs["aria-invalid"] = "true"
    return {"field": bound, "kind": kind}


@register.simple_tag
def was(row: Any, *fields: str) -> SafeString:
    """The hidden input by which a form says what it showed of a row (ui/stale.py)."""
    shown = stale.mark(stale.values(*fields)(row))
    return format_html('<input type="hidden" name="{}" value="{}">', stale.FIELD, shown)


@register.simple_tag
def waffle(count: int, new: int = 0, most: int = 120) -> SafeString:
    """Each person once; hollow ones are new. Beyond `most`, the words carry the number."""
    shown = min(count, most)
    fresh = min(shown, round(new * shown / count)) if count else 0
    dots = mark_safe("<i></i>" * (shown - fresh) + '<i class="new"></i>' * fresh)  # noqa: S308
    label = f"{people(count)}, {new} of them new this week"
    return format_html('<div class="waffle" role="img" aria-label="{}">{}</div>', label, dots)


@register.simple_tag
def spark(counts: Sequence[int], recent: int = 7) -> SafeString:
    """A small bar per day; the last `recent` days stand out."""
    top = max(max(counts, default=0), 1)
    bars = {"z": "", "p": "", "r": ""}
    for i, count in enumerate(counts):
        height = 1 if not count else max(3, round(22 * count / top))
        kind = "z" if not count else "r" if i >= len(counts) - recent else "p"
        bars[kind] += f"M{i * 4} 24v-{height}h3v{height}z"
    drawn = format_html_join("", '<path class="{}" d="{}"/>', bars.items())
    label = (
        f"{people(sum(counts))} in {len(counts)} days, {sum(counts[-recent:])} of them in the last {recent}"
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} 24" role="img" aria-label="{}">{}</svg>',
        4 * len(counts),
        label,
        drawn,
    )


@register.filter
def said_plainly(code: str) -> str:
    """live_since, what: "live since, what"."""
    return code.replace("_", " ")


@register.filter
def at(mapping: Any, key: str) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key)


@register.filter
def hundred(share: float | None) -> int:
    """A share as a whole percentage, for a meter's width."""
    return round(100 * min(1.0, max(0.0, share or 0.0)))


@register.simple_tag
def place(where: Any) -> SafeString:
    """Where something is on its way: words in the tone that fits."""
    if where.tone == "plain":
        return format_html('<span class="muted">{}</span>', where.words)
    mark = icon("check") if where.tone == "told" else ""
    return format_html('<span class="tag {}">{}{}</span>', where.tone, mark, where.words)


@register.filter
def allowed(user: Any, permission: str) -> bool:
    """Whether this user may: hides what would be refused anyway."""
    return bool(user.is_authenticated and user.may(permission))


@register.simple_tag
def fn_mark(key: str, name: Any) -> SafeString:
    """Only the two letters, with the name for those who ask."""
    mark = FUNCTIONS.get(key, (str(key)[:2].title(), ""))[0]
    return format_html('<span class="fn" data-fn="{}" title="{}"><b>{}</b></span>', key, name, mark)


STEPS = ("heard", "handed_over", "accepted", "changing", "delivered", "told", "confirmed")


@register.simple_tag
def steps(stage: str) -> SafeString:
    """A loop's stage: seven stations in small, and the word."""
    word = stage.replace("_", " ")
    if stage == "declined":
        return format_html('<span class="steps"><span class="tag line">{}</span></span>', word)
    at = STEPS.index(stage)
    dots = mark_safe("".join("<i></i>" if i > at else '<i class="on"></i>' for i in range(len(STEPS))))  # noqa: S308
    return format_html('<span class="steps"><span aria-hidden="true">{}</span>{}</span>', dots, word)


@register.simple_tag
def share(part: int, whole: int) -> int:
    """`part` of `whole` in per cent."""
    return round(100 * part / whole) if whole else 0


@register.filter
def add_(number: float, more: float) -> float:
    """Sum of two numbers, also of fractions: Django's own `add` knows whole numbers only."""
    return float(number) + float(more)


@register.filter
def half_down(width: float, top: float) -> float:
    """The middle of a line of this width that begins at `top`."""
    return float(top) + float(width) / 2


@register.filter
def span(hours: float) -> str:
    """20 min, 16 h, 3 d."""
    return _span(hours * 3600)


@register.filter
def took(hours: float) -> str:
    """Time of work: 16 h, 1 h 20 min, 20 min, a moment; no days, which would be longer for people than for machines."""
    whole, minutes = divmod(round(60 * hours), 60)
    if whole >= 10 or (whole and not minutes):
        return f"{round(hours)} h"
    if whole:
        return f"{whole} h {minutes} min"
    return f"{minutes} min" if minutes else "a moment" if hours else "–"


@register.filter
def sentence(words: str) -> str:
    """A sentence as a part of another: small first letter, no full stop."""
    words = words.strip().rstrip(".")
    return words[:1].lower() + words[1:]


@register.filter
def way(pivot: Any) -> str:
    """ "Refunds → Finance", also when the pivot's own name says so already."""
    return pivot.name if "→" in pivot.name else f"{pivot.name} → {pivot.team}"


@register.filter
def before_arrow(name: str) -> str:
    """The first half of "Refunds → Finance", where the drawing shows the second."""
    return name.partition("→")[0].strip() or name
