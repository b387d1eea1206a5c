"""Where the tour's pages are: their addresses, looked up in the played demo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any


def page(name: str, *args: Any, query: str = "") -> str:
    from django.urls import reverse

    return reverse(name, args=args) + query


def to(name: str, *args: Any, query: str = "") -> Callable[[], str]:
    return lambda: page(name, *args, query=query)


def insight() -> str:
    """The trend with the most people this week, as Insights sorts them."""
    from pivotpoint.insights.models import Insight

    open_ones = Insight.objects.filter(theme__rung="trend", loops=None).order_by("-theme__people")
    found = open_ones.exclude(theme__onset=None).first() or open_ones.first()
    return page("desk:insight", found.pk)  # type: ignore[union-attr]


def messages() -> str:
    return insight() + "messages/"


def telling() -> Any:
    """The loop with the most people who still have to be told."""
    from django.db.models import Count, Q

    from pivotpoint.pivot.models import Loop

    owed = Count("notices", filter=Q(notices__state="draft"))
    return (
        Loop.objects.open()
        .annotate(owed=owed, said=Count("notices__verdicts"))
        .order_by("-owed", "-said")
        .first()
    )


def conversation() -> str:
    """An open conversation with words from both sides, if there is one."""
    from django.db.models import Count

    from pivotpoint.channels.models import Conversation

    busy = (
        Conversation.objects.filter(closed_at=None)
        .annotate(said=Count("messages"))
        .order_by("-said", "due_at")
    )
    return page("desk:conversation", busy.first().pk)  # type: ignore[union-attr]


def notice(*, answered: bool) -> Any:
    from pivotpoint.experiences.models import Notice

    told = Notice.objects.filter(state="told", change__isnull=False, verdicts__isnull=not answered)
    return told.order_by("-told_at").first()


def customer() -> str:
    """Somebody who was told what changed and answered."""
    return page("desk:customer", notice(answered=True).customer_id)


def public(name: str, *, answered: bool) -> Callable[[], str]:
    def path() -> str:
        from pivotpoint.experiences.links import token

        return page(name, token(notice(answered=answered)))

    return path


def change() -> str:
    from django.db.models import Count

    from pivotpoint.experiences.models import Change

    best = Change.objects.annotate(told=Count("notices")).order_by("-told").first()
    return page("desk:change", best.pk)  # type: ignore[union-attr]


def form() -> str:
    from pivotpoint.channels.models import Channel

    return page("channels:form", Channel.objects.filter(kind="form", closed_at=None)[0].key)


def import_run(state: str) -> Callable[[], str]:
    def path() -> str:
        from pivotpoint.channels.models import ImportRun

        return page("channels:import", ImportRun.objects.filter(state=state).latest("pk").pk)

    return path


def pivot(name: str) -> Callable[[], str]:
    def path() -> str:
        from django.db.models import Count

        from pivotpoint.pivot.models import Pivot

        busy = Pivot.objects.annotate(busy=Count("loops")).order_by("-busy")[0]
        return page(name, busy.pk)

    return path


def report() -> str:
    """`pivotpoint listen` on a file of the demo's words."""
    from click.testing import CliRunner

    from pivotpoint.config.cli import main

    folder = Path(mkdtemp(prefix="tour-"))
    written = words(folder / "feedback.csv", 1500)
    result = CliRunner().invoke(main, ["listen", str(written), "--html", str(folder / "report.html")])
    if result.exit_code:
        raise SystemExit(result.output)
    return (folder / "report.html").as_uri()


def words(path: Path, count: int) -> Path:
    """A file as a help desk exports it: the last `count` messages of the demo."""
    import csv

    from pivotpoint.channels.models import Message

    rows = (
        Message.objects.filter(direction="in")
        .order_by("-pk")
        .values_list("external_id", "said_at", "customer__name", "channel__name", "text")
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["ticket", "created", "customer", "channel", "comment"])
        out.writerows((key, at.isoformat(), who, where, text) for key, at, who, where, text in rows[:count])
    return path
