"""Switching at size, as ratios within one run: python -m benchmarks.switch [INSIGHTS] [MESSAGES] [HAND-OFFS]

Deciding many insights against 200 rules, beside the same conditions written as plain SQL by hand; replaying one rule
on 90 days; and hand-offs to a receiver on this machine, beside a bare client that sends the same bodies one by one.
Rows go straight into the roll-ups, as counting leaves them. Without PIVOTPOINT_DATA it uses a folder of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

INSIGHTS, MESSAGES, HANDOFFS = 100_000, 1_000_000, 1_000
PIVOTS, RULES_EACH = 40, 5
FUNCTIONS = ("service", "product", "finance", "supply", "marketing", "sales")
WORDS = "refund parcel invoice lamp courier code locker sofa delay price match store app login box".split()
TIMES = 3


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """The least of a few runs: seconds, processor seconds, and what came of it."""
    took = []
    for _ in range(TIMES):
        began, processor = time.perf_counter(), time.process_time()
        found = work()
        took.append((time.perf_counter() - began, time.process_time() - processor))
    return min(one for one, _ in took), min(one for _, one in took), found


def fill(insights: int, messages: int) -> None:
    """Themes, insights, who stands behind them, what was read of them, and their middles."""
    from django.db import transaction

    with transaction.atomic():
        _themes(insights, messages)
        _people(insights, messages)
        _middles(insights)


def put(model: Any, names: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> None:
    """Insert them; a column that is not named gets what its model gives a new row."""
    from django.db import connection

    from pivotpoint.lib import bulk

    named = {model._meta.pk.name if name == "pk" else name for name in names}
    fields = [each for each in model._meta.concrete_fields if each.name not in named and not each.primary_key]
    others = [
        each for each in fields if each.has_default() or (not each.null and each.get_default() is not None)
    ]
    usual = tuple(each.get_db_prep_save(each.get_default(), connection) for each in others)
    bulk.insert(model, (*names, *(each.name for each in others)), ((*row, *usual) for row in rows))


def _themes(insights: int, messages: int) -> None:
    from pivotpoint.insights.models import Insight, Theme
    from pivotpoint.lib import clock, stored

    dice, now, each = random.Random(1), clock.now(), messages // insights
    themes = []
    for number in range(1, insights + 1):
        first = now - timedelta(days=dice.randint(1, 200))
        words = dice.sample(WORDS, 3)
        people = max(1, each - dice.randint(0, 3))
        last = stored.moment(first + (now - first) * dice.random())
        themes.append((number, f"{words[0]} and {words[1]} {number}", stored.document(words), False, people, each,
                       dice.randint(0, each), dice.choice(("voice", "pattern", "trend")), dice.choice(FUNCTIONS),
                       0.5, stored.moment(first), last, 0.1, dice.random(), each, stored.document({}), each, 0, 0))  # fmt: skip
    names = ("pk", "title", "keywords", "vague", "people", "messages", "negative", "rung", "function",
             "function_share", "first_at", "last_at", "rate_before", "rate_since", "actionable", "stakes",
             "titled_for", "uncounted", "doubtful")  # fmt: skip
    put(Theme, names, themes)
    rows = [
        (n, dice.choice(("low", "medium", "high")), "", stored.moment(now)) for n in range(1, insights + 1)
    ]
    put(Insight, ("pk", "severity", "severity_why", "opened_at"), rows)


def _people(insights: int, messages: int) -> None:
    from pivotpoint.channels.models import Channel
    from pivotpoint.customers.models import Customer
    from pivotpoint.insights.models import Backing, ThemeChannel, ThemeShare
    from pivotpoint.lib import clock, stored

    dice, now = random.Random(2), stored.moment(clock.now())
    crowd = max(10, messages // 3)
    segments = ("home", "business", "")
    people = ((f"P{n}", segments[n % 3], "", "{}", now) for n in range(crowd))
    put(Customer, ("name", "segment", "language", "fields", "since"), people)
    first = Customer.objects.order_by("pk").values_list("pk", flat=True)[0]
    channels = [Channel.objects.create(name=f"Channel {n}", kind="api", goal="Measure.").pk for n in range(5)]
    each = messages // insights
    backings = (
        (theme, first + person, now, now, 1, 0)
        for theme in range(1, insights + 1)
        for person in dice.sample(range(crowd), each)
    )
    names = ("theme", "customer", "first_at", "last_at", "messages", "negative")
    put(Backing, names, backings)
    ids = range(1, insights + 1)
    put(
        ThemeChannel,
        ("theme", "channel", "people", "messages"),
        [(n, dice.choice(channels), each, each) for n in ids],
    )
    said = [(n, kind, value, each, each) for n in ids
            for kind, value in (("language", dice.choice(("en", "de"))), ("intent", "complaint"), ("mood", "negative"))]  # fmt: skip
    put(ThemeShare, ("theme", "judgement", "value", "people", "messages"), said)


def _middles(insights: int) -> None:
    import numpy as np

    from pivotpoint.insights.models import ThemeVector
    from textanalytics import encoders

    texts = [f"{one} {other}" for one in WORDS for other in WORDS]
    known = [row.astype(np.float32).tobytes() for row in encoders.default().encode(texts)]
    put(ThemeVector, ("theme", "vector"), [(n, known[n % len(known)]) for n in range(1, insights + 1)])


def rules() -> list[list[dict[str, Any]]]:
    """Conditions of 200 rules, such as people write: all of an amount, a function, a word or a channel or a mood."""
    dice = random.Random(3)
    made = []
    for _ in range(PIVOTS * RULES_EACH):
        conditions: list[dict[str, Any]] = [
            {"field": "people", "op": "at_least", "value": dice.randint(8, 10)},
            {"field": "function", "op": "is", "value": dice.choice(FUNCTIONS)},
            {"field": "negative_share", "op": "at_least", "value": dice.randint(80, 100)},
        ]
        conditions.append(
            dice.choice((
                {"field": "about", "op": "contains", "value": dice.choice(WORDS)},
                {"field": "channel", "op": "is", "value": str(dice.randint(1, 5))},
                {"field": "speed", "op": "at_least", "value": round(dice.random(), 2)},
            ))
        )  # fmt: skip
        made.append(conditions)
    return made


def pivots(conditions: list[list[dict[str, Any]]]) -> None:
    from pivotpoint.accounts.functions import make_functions
    from pivotpoint.accounts.models import Installation, User
    from pivotpoint.pivot.models import Pivot, Rule

    Installation.objects.create(name="Fjordhus")
    teams = list(make_functions().values())
    owner = User.objects.create_user("bench@home.example", None, name="Bench", role="owner", team=teams[0])
    for number in range(PIVOTS):
        pivot = Pivot.objects.create(
            name=f"Pivot {number:02}", team=teams[number % len(teams)], owner=owner, position=number
        )
        mine = conditions[number * RULES_EACH : (number + 1) * RULES_EACH]
        Rule.objects.bulk_create(Rule(pivot=pivot, position=n, conditions=one) for n, one in enumerate(mine))


PLAIN = """SELECT i.theme_id, CASE {whens} END AS rule
    FROM insights_insight i JOIN insights_theme t ON t.id = i.theme_id
    WHERE t.merged_into_id IS NULL AND t.messages > 0 AND NOT t.vague
      AND (i.set_aside_until IS NULL OR i.set_aside_until <= CURRENT_TIMESTAMP)
      AND NOT EXISTS (SELECT 1 FROM pivot_passage p WHERE p.insight_id = i.theme_id)
      AND NOT EXISTS (SELECT 1 FROM pivot_loop l WHERE l.insight_id = i.theme_id AND l.closed_at IS NULL)"""
SAYS = {
    "people": "t.people >= {value}",
    "function": "t.function = '{value}'",
    "negative_share": "t.negative >= t.messages * ({value} / 100.0)",
    "about": "(t.title LIKE '%{value}%' ESCAPE '\\' OR t.keywords LIKE '%{value}%' ESCAPE '\\')",
    "channel": "EXISTS (SELECT 1 FROM insights_themechannel c WHERE c.theme_id = t.id AND c.channel_id = {value}"
    " AND c.people > 0)",
    "speed": "t.rate_since >= {value}",
}


def plainly(conditions: list[list[dict[str, Any]]]) -> dict[int, int]:
    """The same decision in SQL that a person would write: insight to rule."""
    from django.db import connection

    from pivotpoint.pivot.models import Rule

    ids = Rule.objects.order_by("pivot__position", "position").values_list("pk", flat=True)
    whens = " ".join(
        f"WHEN {' AND '.join(SAYS[each['field']].format(**each) for each in one)} THEN {pk}"
        for pk, one in zip(ids, conditions, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({PLAIN.format(whens=whens)}) WHERE rule IS NOT NULL")
        return dict(cursor.fetchall())


def asked() -> dict[int, int]:
    """As the sweep asks it, for every insight at once: compiled, and asked."""
    from pivotpoint.pivot.decide import caught

    return dict(caught())


def decide(conditions: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """The first time in a process, when the rules are not compiled yet, and from then on; both over plain SQL."""
    plain, plain_worked, by_hand = timed(lambda: plainly(conditions))
    processor = time.process_time()
    asked()
    first_worked = time.process_time() - processor
    asking, asking_worked, found = timed(asked)
    assert found == by_hand, "The compiled rules and the plain SQL take different insights."
    return {
        "rules": len(conditions),
        "caught": len(found),
        "asking_seconds": round(asking, 2),
        "plain_sql_seconds": round(plain, 2),
        "processor_seconds": round(asking_worked, 2),
        "over_plain": round(asking_worked / plain_worked, 2),
        "first_time_over_plain": round(first_worked / plain_worked, 2),
    }


def replays() -> dict[str, Any]:
    """One rule on 90 days: of plain columns, of shares and groups, and of a meaning."""
    from pivotpoint.pivot.replay import replay

    tried: dict[str, list[dict[str, Any]]] = {
        "columns": [
            {"field": "people", "op": "at_least", "value": 5},
            {"field": "function", "op": "is", "value": "finance"},
        ],
        "groups and shares": [
            {"field": "rung", "op": "at_least", "value": "pattern"},
            {"match": "any", "conditions": [
                {"field": "intent_share", "of": "complaint", "op": "at_least", "value": 50},
                {"field": "segment", "op": "is", "value": "business"}]},
        ],
        "meaning": [{"field": "meaning", "op": "like", "value": ["my refund is late", "no code for the locker"]}],
    }  # fmt: skip
    found = {}
    for name, conditions in tried.items():
        took, worked, shown = timed(lambda one=conditions: replay([{"conditions": one}]))  # type: ignore[misc]
        found[name] = {
            "seconds": round(took, 2),
            "processor_seconds": round(worked, 2),
            "caught": shown.caught.insights,
            "people": shown.caught.people,
        }
    return found


class _Handler(BaseHTTPRequestHandler):
    """Answers at once and in one packet: headers and body apart would wait for each other, 40 ms each time."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: Any) -> None: ...


def _serve(port: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    port.send(server.server_port)
    server.serve_forever()


@contextmanager
def receiver() -> Iterator[str]:
    """Another process, as another system is: in ours it would work in the time of whom it answers."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/"
    finally:
        server.terminate()
        server.join()


def handoffs(count: int) -> dict[str, Any]:
    """Through the outbox with its rows, signature and evidence; and the same bodies from a bare client."""
    import httpx
    from django.conf import settings

    from pivotpoint.enterprise.handoffs.deliver import deliver
    from pivotpoint.insights.models import Insight
    from pivotpoint.pivot import edit, loops
    from pivotpoint.pivot.models import Handoff, Pivot

    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    pivot = Pivot.objects.order_by("position")[0]
    with receiver() as url:
        goal = edit.save_destination(pivot, name="ERP", kind="webhook", config={"url": url}, by=None)
        edit.new_secret(goal, by=None)
        for insight in Insight.objects.order_by("pk")[:count]:
            loops.open_loop(insight, pivot, by=None)
        bodies = [json.dumps(body).encode() for body in Handoff.objects.values_list("payload", flat=True)]
        each = -(-len(bodies) // TURNS)
        ours, bare = _Took(), _Took()
        with httpx.Client() as client:
            client.post(url, content=b"{}")  # both begin with an open line
            for turn in range(TURNS):
                with ours:
                    deliver(limit=each)
                with bare:
                    for body in bodies[turn * each : (turn + 1) * each]:
                        client.post(url, content=body)
        with ours:
            while deliver(limit=count):
                pass
        sent = Handoff.objects.filter(state=Handoff.State.SENT).count()
    return {
        "sent": sent,
        "a_second": round(sent / ours.seconds),
        "bare_a_second": round(len(bodies) / bare.seconds),
        "rate_over_bare": round(sent / ours.seconds / (len(bodies) / bare.seconds), 3),
        "processor_milliseconds_each": round(1000 * ours.processor / max(sent, 1), 2),
        "bare_processor_milliseconds_each": round(1000 * bare.processor / len(bodies), 2),
    }


TURNS = 10
"""Both take turns, so that what else the machine does weighs on both."""


class _Took:
    """Seconds, and seconds of the processor, inside of all its `with`."""

    def __init__(self) -> None:
        self.seconds = self.processor = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._began[0]
        self.processor += time.process_time() - self._began[1]


def main() -> None:
    given = [int(text) for text in sys.argv[1:]]
    insights, messages, count = (given + [INSIGHTS, MESSAGES, HANDOFFS][len(given) :])[:3]
    with tempfile.TemporaryDirectory() as own:
        folder = Path(own) / "switch"
        folder.mkdir(mode=0o700)
        os.environ["PIVOTPOINT_DATA"] = str(folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        conditions = rules()
        pivots(conditions)
        fill(insights, messages)
        found: dict[str, Any] = {"insights": insights, "messages": messages}
        parts: dict[str, Callable[[], dict[str, Any]]] = {
            "decide": lambda: decide(conditions),
            "replay": replays,
            "hand_offs": lambda: handoffs(min(count, insights)),
        }
        for name, measure in parts.items():
            found[name] = measure()
            print(name, found[name], file=sys.stderr, flush=True)
        print(json.dumps(found))


if __name__ == "__main__":
    main()
