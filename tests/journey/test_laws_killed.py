"""Laws 1, 2 and 5 together: SIGKILL at random points while everything that an installation does is under way.

5,000 messages come in over HTTP, a file is imported, hand-offs go out to a real receiver and letters to a real mail
server, and all that arrives is read, gathered and handed over. Web server and worker are killed again and again.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count

from pivotpoint.accounts.models import Token
from pivotpoint.channels import outbox
from pivotpoint.channels.imports import run as imports
from pivotpoint.channels.models import Channel, Delivery, ImportRun, Message
from pivotpoint.customers.handles import Handle
from pivotpoint.customers.identify import identify
from pivotpoint.customers.models import Customer
from pivotpoint.insights.models import Insight, Membership, Theme
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading
from pivotpoint.pivot.models import Destination, Handoff, Loop, Pivot, Stage
from tests.journey.nursery import Nursery, free_port, wait_for_port
from tests.journey.posting import BATCH, PEOPLE, Posting, words
from tests.journey.whole import check_whole
from tests.receiver import SECRET, Receiver, receiving
from tests.smtp_server import MailServer
from tests.switchyard import make_pivot

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
MESSAGES, ROWS, HANDOFFS, LETTERS, SEED = 5_000, 2_500, 200, 120, 20_261_117
FIRST_THEME = 1_000_000
"""Matters that were there before: their numbers are far from those that the themes of this run get."""


@dataclass
class Scene:
    """Everything that is under way, and how far it is."""

    nursery: Nursery
    receiver: Receiver
    letters: MailServer
    run: ImportRun
    web: int = 0
    worker: int = 0
    port: int = field(default_factory=free_port)

    def far(self) -> dict[str, int]:
        return {
            "handoffs": sum(self.receiver.arrived.values()),
            "letters": len(self.letters.raw),
            "import": ImportRun.objects.values_list("done_rows", flat=True).get(pk=self.run.pk),
            "read": Reading.objects.count(),
            "gathered": Membership.objects.count(),
        }

    def settle(self) -> None:
        """An hour later, when nothing hangs up any more."""
        self.receiver.behave = lambda _: "ok"
        assert self.nursery.run("settle") == 0

    def start_web(self) -> None:
        self.web = self.nursery.begin(f"web {self.port}")
        wait_for_port(self.port)


def make_handoffs(pivot: Pivot) -> None:
    """Loops of matters that were there before, each with one hand-off that waits."""
    numbers = range(FIRST_THEME, FIRST_THEME + HANDOFFS)
    themes = Theme.objects.bulk_create(Theme(id=n, title=f"Theme {n}", vague=True) for n in numbers)
    insights = Insight.objects.bulk_create(Insight(theme=theme) for theme in themes)
    own = {
        "pivot": pivot,
        "team": pivot.team,
        "owner": pivot.owner,
        "due_at": clock.now() + timedelta(days=30),
    }
    loops = Loop.objects.bulk_create(
        Loop(insight=insight, stage=Stage.HANDED_OVER, **own) for insight in insights
    )
    erp = pivot.destinations.get()
    Handoff.objects.bulk_create(
        Handoff(loop=loop, destination=erp, key=f"loop-{loop.pk}", payload={"loop": loop.pk})
        for loop in loops
    )


def make_letters() -> None:
    mail = Channel.objects.create(name="E-mail", kind="email", goal="Answer where customers write.")
    people = identify([Handle("email", f"u{n}@home.example") for n in range(LETTERS)])
    for customer in Customer.objects.filter(pk__in=[pk for pk, _ in people]):
        outbox.post(mail, customer, purpose="reply", subject="Re", text="Hello", key=f"k{customer.pk}")


def make_import() -> ImportRun:
    """A file whose last rows are no messages, and whose first is there twice."""
    rows = [f'c{n},u{n % PEOPLE},"{words(n + 3)}"' for n in range(ROWS - 3)]
    lines = ["id,author,text", *rows, rows[0], "bad1,u1,", "bad2,u2,"]
    run, _ = imports.create(["\n".join(lines).encode()], "calls.csv", by=None)
    calls = Channel.objects.create(name="Calls", kind="call", goal="Hear what is said on the telephone.")
    imports.set_up(run, by=None, channel=calls, parts={"id": "id", "author": "author", "text": "text"})
    return imports.start(run, by=None)


@pytest.fixture
def scene(
    tmp_path: Path, teams: dict[str, Any], ines: Any, samir: Any, ada: Any, settings: Any
) -> Iterator[Scene]:
    settings.DATA_FOLDER = tmp_path
    pivot = make_pivot(teams["finance"], ines, "All", destinations=0, gate="open")
    dice = random.Random(SEED)
    with receiving(SECRET, lambda _: "hang-up" if dice.random() < 0.02 else "ok") as receiver:
        Destination.objects.create(
            pivot=pivot, name="ERP", kind="webhook", config={"url": receiver.url}, secret=SECRET
        )
        Channel.objects.create(name="API", kind="api", goal="Hear other systems.", key="api")
        make_handoffs(pivot)
        make_letters()
        letters = MailServer()
        nursery = Nursery(tmp_path, SMTP_HOST="127.0.0.1", SMTP_PORT=str(letters.port))
        yield Scene(nursery, receiver, letters, make_import())
        nursery.close()
        letters.stop()


ROUNDS = ["handoffs", "letters", "import", "read", "gathered"] * 2
"""What moves when the next kill comes."""


def wait_for(true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.005)


def kill_again_and_again(scene: Scene, posting: Posting, chance: random.Random) -> list[dict[str, int]]:
    """Let some messages go, wait until something moves, kill. How far everything was at each kill."""
    kills = []
    for nth, what in enumerate(ROUNDS):
        before = scene.far()[what]
        posting.go_on(MESSAGES // BATCH // (len(ROUNDS) + 1))
        if nth % 4 == 1:
            time.sleep(chance.uniform(0, 0.1))
            scene.nursery.kill(scene.web)
            scene.start_web()
        wait_for(lambda what=what, before=before: scene.far()[what] > before)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.05))
        scene.nursery.kill(scene.worker)
        kills.append({**scene.far(), "posted": len(posting.acknowledged)})
        scene.worker = scene.nursery.begin("worker")
    return kills


def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_done_twice(scene: Scene, ada: Any) -> None:
    token = Token.issue(ada, "test", ["message.write"])[1]
    scene.start_web()
    with Posting(scene.port, token, MESSAGES) as posting:
        scene.worker = scene.nursery.begin("worker")
        kills = kill_again_and_again(scene, posting, random.Random(SEED))
        posting.finish()
    scene.nursery.kill(scene.worker)
    scene.nursery.kill(scene.web)
    scene.settle()

    check_kills(kills, posting)
    check_received(posting, scene.run)
    check_sent(scene, len(kills) + 1)
    check_whole()


def check_kills(kills: list[dict[str, int]], posting: Posting) -> None:
    """They came while there was still work: else this test would show nothing."""
    alls = {"handoffs": HANDOFFS, "letters": LETTERS, "import": ROWS, "posted": MESSAGES}
    for what, all_of_it in alls.items():
        assert any(0 < kill[what] < all_of_it for kill in kills), f"never killed amid {what}: {kills}"
    assert posting.failures, "no request was cut off"


def check_received(posting: Posting, run: ImportRun) -> None:
    kept = dict(Message.objects.filter(channel__key="api").values_list("external_id", "pk"))
    assert {name: {pk} for name, pk in kept.items()} == posting.acknowledged
    assert len(kept) == MESSAGES
    assert not Message.objects.filter(channel__key="api", conversation=None).exists()
    run.refresh_from_db()
    assert (run.state, run.done_rows, run.accepted, run.repeated) == ("done", ROWS, ROWS - 3, 1)
    assert (run.rejected, run.rejects.count(), run.messages.count()) == (2, 2, ROWS - 3)


def check_sent(scene: Scene, kills: int) -> None:
    """What the worker sent and could not write down goes out again under the same name, and nothing else does."""
    handoffs = Handoff.objects.values_list("key", flat=True)
    assert set(scene.receiver.taken) == set(handoffs)
    assert not Handoff.objects.exclude(state="sent").exists()
    assert len(handoffs) > HANDOFFS, "no insight of this run was handed over"
    again = Loop.objects.values("insight", "pivot").annotate(n=Count("pk")).filter(n__gt=1)
    assert not again
    hung_up = sum(1 for _ in Handoff.objects.filter(attempts__delivered=False).distinct())
    assert sum(scene.receiver.arrived.values()) - len(handoffs) <= kills + hung_up
    letters = Counter(message["To"] for message in scene.letters.messages)
    assert len(letters) == len({message["Message-ID"] for message in scene.letters.messages}) == LETTERS
    assert sum(letters.values()) <= LETTERS + kills
    assert Delivery.objects.filter(state="sent").count() == LETTERS
