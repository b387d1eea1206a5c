"""Another encoder is a re-reading: made beside, looked at, exchanged at once, and undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.insights.counting.count import count_due, recount_all
from pivotpoint.insights.decisions.edit import move
from pivotpoint.insights.gathering import clusters, memory
from pivotpoint.insights.gathering.consolidate import consolidate
from pivotpoint.insights.gathering.gather import gather
from pivotpoint.insights.likeness import likenesses
from pivotpoint.insights.models import (
    Backing,
    ClusterVector,
    IndexState,
    Insight,
    Membership,
    MicroCluster,
    Theme,
    ThemeVector,
)
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import sweep
from pivotpoint.lib import clock
from pivotpoint.listening.encoders.live import live_encoder
from pivotpoint.listening.models import EncoderVersion, Reading, Reread
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.listening.rereads import runs
from pivotpoint.listening.rereads.runs import use
from tests.pivotpoint import encoders as others
from tests.rereads import step
from textanalytics.encoders import default, named
from textanalytics.text import clean

as_it_was = import_module("pivotpoint.insights.migrations.0017_encoder_as_it_was").keep
pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
Heard = dict[str, list[Message]]
State = Reread.State


def settled() -> None:
    sweep()
    gather()
    while consolidate():
        pass
    count_due(busy=False)


def vectors() -> dict[int, bytes]:
    rows = MicroCluster.objects.filter(folded_into=None)
    return {pk: bytes(vector) for pk, vector in rows.values_list("pk", "vector")}


def belonging() -> dict[int, int | None]:
    return dict(Membership.objects.order_by("pk").values_list("pk", "cluster__theme"))


def made_by(encoder: Any) -> dict[int, np.ndarray]:
    """What the vectors must be: the sum over the messages of each cluster and of those folded into it."""
    found: dict[int, np.ndarray] = {}
    for own, stands, text in Membership.objects.values_list(
        "cluster", "cluster__folded_into", "message__text"
    ):
        pk = own if stands is None else stands
        found[pk] = found.get(pk, 0) + encoder.encode([clean(text)])[0]
    return found


def are_of(encoder: Any) -> bool:
    """Whether every cluster's vector, every theme's middle and the index's size are this encoder's."""
    wanted = made_by(encoder)
    for pk, raw in vectors().items():
        own = np.frombuffer(raw, np.float32)
        if len(own) != encoder.dimensions or not np.allclose(own, wanted.get(pk, 0 * own), atol=1e-4):
            return False
    middles = {len(bytes(raw)) for raw in ThemeVector.objects.values_list("vector", flat=True)}
    state = IndexState.objects.get()
    size = encoder.dimensions
    return middles <= {4 * size} and (state.encoder, state.state["dimensions"]) == (encoder.name, size)


@pytest.fixture(scope="module")
def halved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return others.halved(tmp_path_factory.mktemp("encoders"))


@pytest.fixture(scope="module")
def blind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return others.blind(tmp_path_factory.mktemp("encoders"))


def test_nothing_changes_until_it_is_accepted(heard: Heard, halved: Path, maren: Any) -> None:
    before = vectors(), belonging()
    run = step(use(str(halved), by=maren), State.READ)
    assert (vectors(), belonging()) == before
    assert live_encoder() is default()
    made = {
        row.cluster_id: np.frombuffer(bytes(row.vector), np.float32) for row in ClusterVector.objects.all()
    }
    wanted = made_by(named(str(halved)))
    assert made.keys() == wanted.keys()
    assert all(np.allclose(made[pk], wanted[pk], atol=1e-5) for pk in wanted)
    assert run.report["encoder"]["from"] == default().name
    assert run.report["encoder"]["to"] == "halved"


def test_accepting_makes_everything_of_the_other_encoder(heard: Heard, halved: Path, maren: Any) -> None:
    run = step(use(str(halved), by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    assert live_encoder().name == "halved"
    assert are_of(named(str(halved)))
    settled()
    assert are_of(named(str(halved)))
    live = Event.objects.get(name="listening.encoder_live")
    assert live.data == {"encoder": "halved", "before": default().name}


def test_themes_keep_their_ids_when_the_other_encoder_finds_the_same(
    heard: Heard, halved: Path, maren: Any
) -> None:
    before = belonging()
    run = step(use(str(halved), by=maren), State.READ)
    assert run.report["encoder"]["messages"] == 0
    assert run.report["encoder"]["themes"][0] == run.report["encoder"]["themes"][1]
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    settled()
    assert belonging() == before


def test_undoing_puts_everything_back(heard: Heard, halved: Path, maren: Any) -> None:
    before = vectors(), belonging()
    run = step(use(str(halved), by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    settled()
    runs.undo(run, by=maren)
    step(run, State.UNDONE)
    settled()
    assert (vectors(), belonging()) == before
    assert live_encoder() is default()
    assert are_of(default())
    assert not ClusterVector.objects.exists()


def test_the_report_says_what_then_happens(heard: Heard, blind: Path, maren: Any) -> None:
    """To this encoder all words mean the same, so that themes are merged."""
    before, people = belonging(), dict(Theme.objects.values_list("pk", "people"))
    run = step(use(str(blind), by=maren), State.READ)
    said = run.report["encoder"]
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    settled()
    after = belonging()
    moved = [pk for pk in before if before[pk] != after[pk]]
    assert said["messages"] == len(moved) > 0
    assert said["people"] == Message.objects.filter(pk__in=moved).values("customer").distinct().count()
    assert said["themes"] == [len(set(before.values())), len(set(after.values()))]
    assert said["gone"] == len(set(before.values()) - set(after.values())) > 0
    first = said["most"][0]
    assert first["people"] == people[first["theme"]]


def test_themes_that_it_merged_are_themes_again_after_undoing(heard: Heard, blind: Path, maren: Any) -> None:
    before = belonging()
    run = step(use(str(blind), by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    settled()
    gone = set(Theme.objects.exclude(merged_into=None).values_list("pk", flat=True))
    assert gone
    runs.undo(run, by=maren)
    step(run, State.UNDONE)
    settled()
    assert belonging() == before
    assert not Theme.objects.filter(pk__in=gone).exclude(merged_into=None).exists()
    told = Event.objects.filter(name="insights.undone")
    assert {int(event.data["other"]) for event in told} and {event.data["kind"] for event in told} == {
        "encoder"
    }
    kept = set(Backing.objects.values_list("theme", "customer", "messages"))
    recount_all()
    assert set(Backing.objects.values_list("theme", "customer", "messages")) == kept


def test_what_comes_in_while_it_waits_is_in_it(heard: Heard, say: Say, halved: Path, maren: Any) -> None:
    run = step(use(str(halved), by=maren), State.READ)
    say("My parcel has not arrived and it was due last week.", "samir")
    say("The lamp arrived broken, glass everywhere in the box.", "samir")
    read_unread()
    gather()
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    assert are_of(named(str(halved)))


def test_what_comes_in_after_it_was_accepted_stays_when_it_is_undone(
    heard: Heard, say: Say, listen: Callable[[], None], halved: Path, maren: Any
) -> None:
    run = step(use(str(halved), by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    late = say("The parcel never came, it is a week late now.", "samir")
    listen()
    runs.undo(run, by=maren)
    step(run, State.UNDONE)
    assert are_of(default())
    home = Membership.objects.get(pk=late.pk).cluster.theme_id
    assert home == Membership.objects.get(pk=heard["late"][0].pk).cluster.theme_id


def test_what_a_person_decides_while_it_waits_stays(heard: Heard, halved: Path, maren: Any) -> None:
    run = step(use(str(halved), by=maren), State.READ)
    target = Membership.objects.get(pk=heard["twice"][0].pk).cluster.theme
    move(heard["late"][3], target, by=maren)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    settled()
    assert Membership.objects.get(pk=heard["late"][3].pk).cluster.theme_id == target.pk  # type: ignore[union-attr]
    assert are_of(named(str(halved)))


def test_an_erased_person_is_in_neither_vector(heard: Heard, halved: Path, maren: Any) -> None:
    run = step(use(str(halved), by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    customer = heard["late"][2].customer
    assert customer is not None
    erase(customer, by=maren)
    sweep()
    assert are_of(named(str(halved)))
    kept = ClusterVector.objects.filter(cluster__members=None)
    assert all(not bytes(row.vector) for row in kept)
    runs.undo(run, by=maren)
    step(run, State.UNDONE)
    assert are_of(default())


def test_a_process_with_the_old_vectors_in_hand_encodes_again(
    heard: Heard, say: Say, halved: Path, maren: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It encoded a batch; before it writes, another process switches over."""
    run = step(use(str(halved), by=maren), State.READ)
    say("Where is my parcel? It was due last week!", "samir")
    read_unread()
    real, switched = memory.held, []

    def late() -> Any:
        if not switched:
            switched.append(True)
            runs.accept(run, by=maren)
            step(run, State.ACCEPTED)
        return real()

    monkeypatch.setattr(memory, "held", late)
    assert gather() == 1
    assert are_of(named(str(halved)))


def test_likeness_to_a_sentence_is_asked_of_the_encoder_that_is_live(
    heard: Heard, halved: Path, maren: Any
) -> None:
    run = step(use(str(halved), by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    settled()
    ids, percent = likenesses([["charged twice on my card"]], Insight.objects.all())
    best = int(ids[percent[:, 0].argmax()])
    assert best == Membership.objects.get(pk=heard["twice"][0].pk).cluster.theme_id
    assert percent.max() > 40


def test_cancelling_leaves_nothing(heard: Heard, halved: Path, maren: Any) -> None:
    run = step(use(str(halved), by=maren), State.READ)
    runs.cancel(run, by=maren)
    assert not ClusterVector.objects.exists()
    assert live_encoder() is default()


def test_the_old_vectors_are_dropped_when_it_is_too_late_to_undo(
    heard: Heard, halved: Path, maren: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = step(use(str(halved), by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    later = clock.now() + runs.KEPT + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    runs.advance()
    assert not ClusterVector.objects.exists()
    assert are_of(named(str(halved)))


def test_going_back_is_also_a_re_reading(heard: Heard, halved: Path, maren: Any) -> None:
    before = belonging()
    for name in (str(halved), default().name):
        run = step(use(name, by=maren), State.READ)
        runs.accept(run, by=maren)
        step(run, State.ACCEPTED)
        settled()
    assert are_of(default())
    assert belonging() == before
    first = Reread.objects.order_by("pk")[0]
    with pytest.raises(ValidationError, match="halved is not the encoder any longer"):
        runs.undo(first, by=maren)


def test_an_installation_without_a_message_changes_its_encoder_too(
    halved: Path, maren: Any, say: Say
) -> None:
    run = step(use(str(halved), by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    say("My parcel has not arrived.")
    read_unread()
    gather()
    assert are_of(named(str(halved)))


def test_the_encoder_that_is_live_is_not_begun_again(
    heard: Heard, maren: Any, samir: Any, halved: Path
) -> None:
    with pytest.raises(ValidationError, match="static-2 is the encoder already"):
        use("static-2", by=maren)
    with pytest.raises(PermissionDenied):
        use(str(halved), by=samir)
    with pytest.raises(ValidationError, match="cannot be read|needs the package"):
        use(str(halved.parent), by=maren)
    assert not Reread.objects.exists()
    assert EncoderVersion.objects.count() == 1


def test_a_kill_between_two_steps_loses_nothing(
    heard: Heard, halved: Path, maren: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exchange fails at its end: nothing of it is there, and the next sweep does it."""
    run = step(use(str(halved), by=maren), State.READ)
    runs.accept(run, by=maren)
    before = vectors()
    with monkeypatch.context() as patch:
        patch.setattr(clusters, "keep_vectors", lambda themes: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            step(run, State.ACCEPTED)
    assert vectors() == before
    assert live_encoder() is default()
    step(run, State.ACCEPTED)
    assert are_of(named(str(halved)))
    assert Reading.objects.filter(version=run.reader).count() == len(belonging())


def test_themes_of_the_former_encoder_go_on_with_it_until_they_are_read_anew(say: Say, maren: Any) -> None:
    """As an installation comes that has heard people before the package brought another one."""
    former = named("static-1")
    row = EncoderVersion.objects.create(
        name="static-1", kind="shipped", dimensions=former.dimensions, live_at=clock.now()
    )
    say("Der Zusteller hat das Paket einfach beim Nachbarn abgelegt.")
    read_unread()
    settled()
    row.delete()
    as_it_was(apps, None)
    assert live_encoder() is former
    say("Mein Paket liegt beim Nachbarn, der Zusteller hat nicht geklingelt.")
    read_unread()
    settled()
    assert are_of(former)
    run = step(use("static-2", by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    assert live_encoder() is default()
    assert are_of(default())


def test_an_installation_that_heard_nobody_begins_with_the_encoder_of_now() -> None:
    IndexState.objects.create(encoder="static-1")
    as_it_was(apps, None)
    assert not EncoderVersion.objects.exists()
    assert live_encoder() is default()
