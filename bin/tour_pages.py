"""Which pages the tour shows, in what order, with one sentence each. Addresses are looked up in the played demo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

LEAD, ADMIN, NOBODY = "lead", "administrator", ""


@dataclass(frozen=True)
class Shot:
    """One page. `path` gives its address on the server, or a file; `tall` caps the height of the picture in px."""

    name: str
    title: str
    sentence: str
    path: Callable[[], str]
    who: str = LEAD
    tall: int = 1300
    fresh: bool = False


def _page(name: str, *args: Any, query: str = "") -> str:
    from django.urls import reverse

    return reverse(name, args=args) + query


def _to(name: str, *args: Any, query: str = "") -> Callable[[], str]:
    return lambda: _page(name, *args, query=query)


def _insight() -> str:
    """The trend with the most people this week, as Insights sorts them."""
    from pivotpoint.insights.models import Insight

    open_ones = Insight.objects.filter(theme__rung="trend", loops=None).order_by("-theme__people")
    found = open_ones.exclude(theme__onset=None).first() or open_ones.first()
    return _page("desk:insight", found.pk)  # type: ignore[union-attr]


def _messages() -> str:
    return _insight() + "messages/"


def _telling() -> Any:
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


def _conversation() -> str:
    """An open conversation with words from both sides, if there is one."""
    from django.db.models import Count

    from pivotpoint.channels.models import Conversation

    busy = (
        Conversation.objects.filter(closed_at=None)
        .annotate(said=Count("messages"))
        .order_by("-said", "due_at")
    )
    return _page("desk:conversation", busy.first().pk)  # type: ignore[union-attr]


def _notice(*, answered: bool) -> Any:
    from pivotpoint.experiences.models import Notice

    told = Notice.objects.filter(state="told", change__isnull=False, verdicts__isnull=not answered)
    return told.order_by("-told_at").first()


def _customer() -> str:
    """Somebody who was told what changed and answered."""
    return _page("desk:customer", _notice(answered=True).customer_id)


def _public(name: str, *, answered: bool) -> Callable[[], str]:
    def path() -> str:
        from pivotpoint.experiences.links import token

        return _page(name, token(_notice(answered=answered)))

    return path


def _change() -> str:
    from django.db.models import Count

    from pivotpoint.experiences.models import Change

    best = Change.objects.annotate(told=Count("notices")).order_by("-told").first()
    return _page("desk:change", best.pk)  # type: ignore[union-attr]


def _form() -> str:
    from pivotpoint.channels.models import Channel

    return _page("channels:form", Channel.objects.filter(kind="form", closed_at=None)[0].key)


def _import(state: str) -> Callable[[], str]:
    def path() -> str:
        from pivotpoint.channels.models import ImportRun

        return _page("channels:import", ImportRun.objects.filter(state=state).latest("pk").pk)

    return path


def _pivot(name: str) -> Callable[[], str]:
    def path() -> str:
        from django.db.models import Count

        from pivotpoint.pivot.models import Pivot

        busy = Pivot.objects.annotate(busy=Count("loops")).order_by("-busy")[0]
        return _page(name, busy.pk)

    return path


def _report() -> str:
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


SHOTS = (
    Shot(
        "today",
        "Today",
        "What needs a person now, and whether the company keeps its word.",
        _to("desk:today"),
    ),
    Shot(
        "inbox",
        "Inbox",
        "One conversation: what they said, how it was read, what may be answered.",
        _conversation,
        tall=900,
    ),
    Shot(
        "insights",
        "Insights",
        "What different people said that means the same, on three rungs.",
        _to("desk:insights"),
    ),
    Shot(
        "insight",
        "Insight",
        "Who stands behind it, since when, in their own words, and where it should go.",
        _insight,
    ),
    Shot(
        "messages", "Its messages", "Every message behind an insight; pick some to split them off.", _messages
    ),
    Shot(
        "wider",
        "Insights by wider theme",
        "What is about one thing stands together; whoever is behind several of them is counted once.",
        _to("desk:insights", query="?by=wider&period="),
        tall=1400,
    ),
    Shot(
        "alerts",
        "Alerts",
        "What unusually many people speak of, how sure that is, and whether it was real.",
        _to("desk:alerts", query="?state=all"),
        tall=1100,
    ),
    Shot(
        "switchyard",
        "Switchyard",
        "Where words go, how long they wait, and what comes back.",
        _to("desk:switchyard"),
        tall=1300,
    ),
    Shot(
        "pivot-form",
        "A pivot",
        "Rules without code, tried on the last ninety days before they are kept.",
        _pivot("desk:pivot_edit"),
    ),
    Shot(
        "versions",
        "Versions",
        "Every change of a pivot, who made it and why; compare any two, go back.",
        _pivot("desk:pivot_versions"),
    ),
    Shot(
        "playbook",
        "Playbook",
        "The steps that become tasks once a loop is accepted, each with an owner and a time.",
        _pivot("desk:playbook"),
        tall=1100,
    ),
    Shot(
        "switchyard-file",
        "Switchyard as a file",
        "All pivots as one readable text: take it away, compare it, take it in.",
        _to("desk:switchyard_file"),
    ),
    Shot(
        "uncovered",
        "What nobody catches",
        "Insights that fit no pivot, those of most people first.",
        _to("desk:uncovered"),
    ),
    Shot(
        "friction",
        "Friction",
        "Where it waits, where somebody works, where it gets stuck.",
        _to("desk:friction"),
    ),
    Shot(
        "standing",
        "Standing answers",
        "What the front line may do at once, where it could do more, and what stops working.",
        _to("desk:standing"),
    ),
    Shot(
        "loops",
        "Loops",
        "Every insight that was handed over, with its one owner and due date.",
        _to("desk:loops"),
    ),
    Shot(
        "loop",
        "Loop",
        "One insight on its way: stages, people to tell, hand-offs, journal.",
        lambda: _page("desk:loop", _telling().pk),
    ),
    Shot(
        "notices",
        "Notices",
        "Read before sending: who is told what, and who is not and why.",
        lambda: _page("desk:notices", _telling().pk),
    ),
    Shot(
        "changes",
        "Changes",
        "What is different now because people said so, and whether it helped.",
        _to("desk:changes"),
        tall=1100,
    ),
    Shot("change", "Change", "One change: its hypothesis, who was told, what they answered.", _change),
    Shot(
        "ledger",
        "Ledger",
        "Every message received is in exactly one place; the sum is checked.",
        _to("metrics:ledger"),
    ),
    Shot("customers", "Customers", "Everybody who said something, once.", _to("desk:customers"), tall=1100),
    Shot(
        "customer", "Customer", "One person: what they said, what they were told, what they allow.", _customer
    ),
    Shot(
        "search",
        "Search",
        "Words, people, insights and loops in one list.",
        _to("desk:search", query="?q=refund"),
        tall=1100,
    ),
    Shot(
        "imports",
        "Import",
        "Files that were taken in, and what was kept out and why.",
        _to("channels:imports"),
        tall=900,
    ),
    Shot(
        "import-map",
        "Import: columns",
        "Which column is what; the first rows as they would be taken.",
        _import("draft"),
    ),
    Shot(
        "import-done",
        "Import: finished",
        "What was taken in and what was rejected, with the reason.",
        _import("done"),
        tall=900,
    ),
    Shot(
        "settings", "Settings", "People, functions, channels, tokens, journal.", _to("settings"), ADMIN, 900
    ),
    Shot(
        "channels",
        "Channels",
        "Every way in and out, with its why and what may be sent on it.",
        _to("desk:channels"),
        ADMIN,
        1100,
    ),
    Shot(
        "systems",
        "Systems",
        "Every system that loops go to, how it goes with each, and who leads there.",
        _to("desk:systems"),
        ADMIN,
        1100,
    ),
    Shot(
        "accuracy",
        "How well it reads",
        "What people confirmed and corrected, by judgement, language and channel.",
        _to("desk:accuracy"),
    ),
    Shot(
        "review",
        "Review",
        "Messages that the reader is not sure of, those that teach most first.",
        _to("desk:review"),
    ),
    Shot(
        "rereads",
        "Read anew",
        "The whole history with what was learnt since, and with another encoder, beside what stands.",
        _to("desk:rereads"),
        tall=900,
    ),
    Shot(
        "assistant",
        "Assistant",
        "What a language model may suggest, what it costs, and exactly what left the house.",
        _to("desk:assistant"),
        ADMIN,
        1100,
    ),
    Shot(
        "hours",
        "Working hours",
        "When each function works, and whose turn it is.",
        _to("desk:hours"),
        ADMIN,
        1000,
    ),
    Shot(
        "people", "People", "Who works here, in which function, with which role.", _to("people"), ADMIN, 1100
    ),
    Shot("journal", "Journal", "Who did what when.", _to("journal"), ADMIN, 1100),
    Shot(
        "api",
        "API",
        "Everything that the pages do, described at /api/docs.",
        lambda: "/api/docs",
        ADMIN,
        1100,
    ),
    Shot(
        "setup",
        "First run",
        "The first page of an empty installation.",
        lambda: "/setup/",
        NOBODY,
        1200,
        fresh=True,
    ),
    Shot(
        "login",
        "Log in",
        "The door; a second factor follows for those who have set one up.",
        lambda: "/accounts/login/",
        NOBODY,
        900,
    ),
    Shot(
        "portal",
        "Portal",
        "Customers: tell us; you said, we did; how well the company keeps it.",
        _to("community:portal"),
        NOBODY,
        1400,
    ),
    Shot(
        "form", "Web form", "The form, which also sits in any page of yours as a widget.", _form, NOBODY, 1000
    ),
    Shot(
        "follow",
        "What I said",
        "A customer's own page by a signed link: from their words to the change.",
        _public("community:follow", answered=True),
        NOBODY,
    ),
    Shot(
        "verdict",
        "Did it help?",
        "The link in each notice; one tap answers.",
        _public("community:verdict", answered=False),
        NOBODY,
        1000,
    ),
    Shot(
        "report",
        "Listen's report",
        "`pivotpoint listen FILE --html`: one page that needs no server.",
        _report,
        NOBODY,
        1400,
    ),
)
