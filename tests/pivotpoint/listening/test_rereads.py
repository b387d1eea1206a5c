"""A history read anew: kept beside, looked at, accepted or dropped, and undone to the byte."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.insights.counting.count import count_due, recount_all
from pivotpoint.insights.gathering.consolidate import consolidate
from pivotpoint.insights.gathering.gather import gather
from pivotpoint.insights.models import Backing, Membership, Theme
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import sweep
from pivotpoint.lib import clock
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.listening.learning.learn import learn_if_due
from pivotpoint.listening.learning.reader import live_reader
from pivotpoint.listening.learning.versions import return_to
from pivotpoint.listening.models import CandidateReading, ModelVersion, Reading, Reread, Tag, TagVerdict
from pivotpoint.listening.reading.read import COLUMNS, read_unread
from pivotpoint.listening.rereads import chunks, runs
from pivotpoint.listening.rereads.rows import NAMES
from tests.rereads import step
from textanalytics.reading.reading import Reader

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
State = Reread.State
THINGS = ("lamp", "shelf", "table", "bench", "chair", "couch")
ALIKE = [f"The gronk of my {thing} in the {place} wobbles" for thing in THINGS for place in ("hall", "attic")]
FIELDS = (
    "pk",
    "language",
    "mood",
    "sentiment",
    "intent",
    "about_us",
    "reason",
    "actionable",
    "function",
    "version",
)


def history(say: Say, tomek: Any, hanne: Any) -> list[Message]:
    """Twelve messages of two people, read by the shipped reader and gathered."""
    messages = [say(text, customer=(hanne, tomek)[n % 2]) for n, text in enumerate(ALIKE)]
    read_unread()
    gather()
    consolidate()
    count_due(busy=False)
    assert Theme.objects.live().exists()
    return messages


@pytest.fixture
def taught(say: Say, tomek: Any, hanne: Any, samir: Any) -> list[Message]:
    """The history, and a reader that has learnt from one half that such things are supply chain's."""
    messages = history(say, tomek, hanne)
    for message in messages[:6]:
        correct(message, "function", "supply", by=samir)
    sweep()
    version = learn_if_due()
    assert version is not None and version.live_at
    return messages


def readings() -> list[tuple[Any, ...]]:
    return list(Reading.objects.order_by("pk").values_list(*FIELDS))


def test_nothing_changes_until_it_is_accepted(taught: list[Message], maren: Any) -> None:
    before = readings()
    run = step(runs.start(by=maren), State.READ)
    assert readings() == before
    assert (run.total, run.done, run.share) == (12, 12, 1.0)
    assert CandidateReading.objects.filter(run=run).count() == 12
    moved = run.report["judgements"]["function"]
    assert moved["changed"] == sum(
        CandidateReading.objects.get(message=row[0]).function != row[8] for row in before
    )
    assert moved["changed"] > 0


def test_accepting_exchanges_and_undoing_puts_back(taught: list[Message], maren: Any) -> None:
    before, members = readings(), facts()
    run = step(runs.start(by=maren), State.READ)
    wanted = dict(CandidateReading.objects.values_list("message", "function"))
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    assert dict(Reading.objects.values_list("pk", "function")) == wanted
    assert {row[-1] for row in readings()} == {run.reader}
    assert facts() != members
    runs.undo(run, by=maren)
    step(run, State.UNDONE)
    assert readings() == before
    assert facts() == members
    assert not CandidateReading.objects.exists()
    decisions = Event.objects.filter(name="listening.reread_decided").order_by("pk")
    assert [event.data["decision"] for event in decisions] == ["accepted", "undone"]


def facts() -> list[tuple[Any, ...]]:
    """What insights keeps of readings, after everything due was counted."""
    sweep()
    gather()
    count_due(busy=False)
    kept = sorted(Membership.objects.values_list("pk", "negative", "actionable", "function"))
    people = sorted(Theme.objects.live().values_list("people", "messages", "actionable", "function"))
    return [*kept, *people]


def test_counts_follow_as_a_full_count_would(taught: list[Message], maren: Any) -> None:
    run = step(runs.start(by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    found = facts()
    recount_all()
    assert facts() == found


def test_what_people_said_stands(taught: list[Message], maren: Any, samir: Any) -> None:
    """Also what they say while the run waits."""
    run = step(runs.start(by=maren), State.READ)
    correct(taught[11], "mood", "positive", by=samir)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    reading = Reading.objects.get(pk=taught[11].pk)
    assert (reading.mood, reading.confidence["mood"], reading.corrected) == ("positive", 1.0, True)
    assert Reading.objects.get(pk=taught[0].pk).function == "supply"


def test_who_is_no_longer_heard_leaves_and_who_is_comes_in(
    say: Say, tomek: Any, hanne: Any, maren: Any, monkeypatch: Any
) -> None:
    messages = history(say, tomek, hanne)
    gone, back = messages[0].pk, messages[1].pk
    Reading.objects.filter(pk=back).update(about_us=False, reason="elsewhere")
    Membership.objects.filter(pk=back).delete()
    real = chunks.read_texts

    def otherwise(*args: Any) -> Any:
        rows = real(*args)
        rows[0] |= {"about_us": False, "reason": "news"}
        rows[1] |= {"about_us": True, "reason": ""}
        return rows

    monkeypatch.setattr(chunks, "read_texts", otherwise)
    run = step(runs.start(by=maren), State.READ)
    assert run.report["coming"]["in_messages"] == run.report["coming"]["out_messages"] == 1
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    facts()
    assert not Membership.objects.filter(pk=gone).exists()
    assert Membership.objects.filter(pk=back).exists()
    assert sum(Backing.objects.values_list("messages", flat=True)) == 11


def test_the_report_says_what_becomes_of_themes(taught: list[Message], maren: Any) -> None:
    run = step(runs.start(by=maren), State.READ)
    themes = run.report["themes"]
    assert themes
    for row in themes:
        kept = Theme.objects.get(pk=row["theme"])
        assert row["people"][0] == kept.people
    assert "supply" in {row["function"][1] for row in themes}
    assert run.report["loops"] == []


def test_a_run_pauses_goes_on_and_can_be_cancelled(
    taught: list[Message], maren: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(chunks, "AT_ONCE", 5)
    run = runs.start(by=maren)
    assert runs.advance() == 5
    runs.pause(run, by=maren)
    assert runs.advance() == 0
    runs.resume(run, by=maren)
    assert [runs.advance(), runs.advance()] == [5, 2]
    assert not chunks.reader_path(run).is_dir() and chunks.reader_path(run).exists()
    runs.cancel(run, by=maren)
    assert (run.state, CandidateReading.objects.count()) == (State.CANCELLED, 0)
    assert not chunks.reader_path(run).exists()
    with pytest.raises(ValidationError, match="Only a paused run"):
        runs.resume(run, by=maren)
    assert runs.advance() == 0


def test_a_chunk_that_another_process_wrote_is_not_written_twice(taught: list[Message], maren: Any) -> None:
    run = runs.start(by=maren)
    stale = Reread.objects.get(pk=run.pk)
    runs.advance()
    chunks.read_on(stale)
    run.refresh_from_db()
    assert (run.done, CandidateReading.objects.count()) == (12, 12)


def test_what_comes_in_meanwhile_is_read_anew_too(taught: list[Message], say: Say, maren: Any) -> None:
    shipped = ModelVersion.objects.get(verdict=ModelVersion.Verdict.FIRST)
    run = step(runs.start(shipped, by=maren), State.READ)
    say("The gronk of my stool in the cellar wobbles")
    read_unread()
    runs.accept(run, by=maren)
    assert live_reader().version == shipped.version
    step(run, State.ACCEPTED)
    assert {row[-1] for row in readings()} == {shipped.version}
    runs.undo(run, by=maren)
    step(run, State.UNDONE)
    assert live_reader().version != shipped.version
    assert len({row[-1] for row in readings()}) == 2


def test_one_history_at_a_time_and_only_by_who_may(taught: list[Message], maren: Any, samir: Any) -> None:
    with pytest.raises(PermissionDenied):
        runs.start(by=samir)
    run = runs.start(by=maren)
    with pytest.raises(ValidationError, match="already"):
        runs.start(by=maren)
    for verb in (runs.pause, runs.resume, runs.cancel, runs.accept, runs.undo):
        with pytest.raises(PermissionDenied):
            verb(run, by=samir)
    with pytest.raises(ValidationError, match="Only a run that is read"):
        runs.accept(run, by=maren)


def test_after_a_month_what_was_is_dropped(taught: list[Message], maren: Any) -> None:
    run = step(runs.start(by=maren), State.READ)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    with clock.at(clock.now() + timedelta(days=31)):
        runs.advance()
        assert not CandidateReading.objects.exists()
        with pytest.raises(ValidationError, match="no longer kept"):
            runs.undo(run, by=maren)


def test_tags_are_exchanged_too(taught: list[Message], maren: Any, say: Say) -> None:
    from pivotpoint.listening.taxonomies import tags, taxonomies
    from pivotpoint.listening.taxonomies.taggers import teach_due

    made = taxonomies.make("Causes", by=maren)
    taxonomies.save_class(made, "gronk", examples=["The gronk wobbles", "My gronk in the hall"], by=maren)
    taxonomies.save_class(made, "bill", examples=["Charged twice", "A wrong invoice"], by=maren)
    teach_due()
    assert not Tag.objects.exists()
    gronk = made.classes.get(name="gronk")
    tags.say(taught[0], gronk, belongs=True, by=maren)
    run = step(runs.start(by=maren), State.READ)
    assert run.report["classes"] == [{"class": gronk.pk, "now": 1, "then": 12}]
    tags.undo(TagVerdict.objects.get(), by=maren)
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    made.refresh_from_db()
    assert Tag.objects.filter(of__name="gronk", version=made.version).count() == 12
    runs.undo(run, by=maren)
    step(run, State.UNDONE)
    assert not Tag.objects.exists()


def test_an_erased_message_is_in_no_candidate(taught: list[Message], maren: Any) -> None:
    run = step(runs.start(by=maren), State.READ)
    taught[3].delete()
    runs.accept(run, by=maren)
    step(run, State.ACCEPTED)
    assert CandidateReading.objects.count() == Reading.objects.count() == 11


def test_an_erased_person_is_in_no_copy_of_a_reader(
    taught: list[Message], maren: Any, hanne: Any, tomek: Any
) -> None:
    """Their words were judged, so the run's reader had learnt them; it goes on without."""
    run = runs.start(by=maren)
    assert ALIKE[0] in {one.text for one in Reader.load(chunks.reader_path(run)).memory.corrections}
    erase(hanne, by=maren)
    kept = {one.text for one in Reader.load(chunks.reader_path(run)).memory.corrections}
    assert kept == set(ALIKE[1:6:2])
    assert step(run, State.READ).done == 6
    assert not any(text in str(run.report) for text in ALIKE)


def test_returning_to_the_reader_does_not_touch_a_run(taught: list[Message], maren: Any) -> None:
    """The run has a copy of its own."""
    run = runs.start(by=maren)
    return_to(ModelVersion.objects.get(verdict=ModelVersion.Verdict.FIRST), by=maren)
    step(run, State.READ)
    assert set(CandidateReading.objects.values_list("version", flat=True)) == {run.reader}


def test_a_pool_of_processes_reads_the_same(taught: list[Message], maren: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(chunks, "AT_ONCE", 5)
    alone = step(runs.start(by=maren), State.READ)
    wanted = list(CandidateReading.objects.order_by("message").values("message", *chunks.NAMES, "tags"))
    runs.cancel(alone, by=maren)
    run, told = runs.start(by=maren), list[int]()
    chunks.read_with_pool(run, 2, told.append)
    assert told == [5, 5, 2]
    assert runs.advance() == 0, "the worker leaves the run to the pool"
    found = CandidateReading.objects.order_by("message").values("message", *chunks.NAMES, "tags")
    assert list(found) == wanted
    assert runs.report_now(run).state == State.READ


def test_a_pool_ends_when_somebody_pauses(taught: list[Message], maren: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(chunks, "AT_ONCE", 5)
    run = runs.start(by=maren)
    chunks.read_with_pool(run, 1, lambda _: runs.pause(run, by=maren))
    run.refresh_from_db()
    assert (run.state, run.done) == (State.PAUSED, 5)


def test_over_the_api(taught: list[Message], maren: Any, client: Any) -> None:
    from pivotpoint.accounts.models import Token

    _, secret = Token.issue(maren, "t", ["desk.view", "reading.manage"])
    call = {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    made = client.post("/api/v1/rereads", {}, **call)
    assert made.status_code == 201, made.content
    path = f"/api/v1/rereads/{made.json()['id']}"
    assert client.post(f"{path}/pause", **call).json()["state"] == "paused"
    assert client.delete(f"{path}/pause", **call).json()["state"] == "running"
    step(Reread.objects.get(), State.READ)
    assert client.get(path, **call).json()["report"]["messages"] == 12
    assert client.post(f"{path}/acceptance", **call).json()["state"] == "accepting"
    step(Reread.objects.get(), State.ACCEPTED)
    assert client.delete(f"{path}/acceptance", **call).json()["state"] == "undoing"
    step(Reread.objects.get(), State.UNDONE)
    assert client.post(f"{path}/cancellation", **call).status_code == 422
    assert len(client.get("/api/v1/rereads", **call).json()["items"]) == 1


def test_whatever_is_read_live_is_read_anew_too() -> None:
    """The two lists stand apart because a process that only reads loads no models."""
    assert set(NAMES) == set(COLUMNS) - {"message", "corrected"}
