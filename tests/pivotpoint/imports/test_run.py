"""A file becomes messages: each row once, what is refused with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.imports import files, sweep
from pivotpoint.channels.imports import run as verbs
from pivotpoint.channels.imports.rejected import as_csv
from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.customers import consent
from pivotpoint.journal.models import Event
from tests.pivotpoint.imports.conftest import PARTS, REVIEWS

pytestmark = pytest.mark.django_db
Upload = Callable[..., ImportRun]


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.accepted, run.repeated, run.rejected, run.skipped


def test_columns_are_guessed_and_said(maren: Any) -> None:
    run, said = verbs.create([REVIEWS.encode()], "reviews.csv", by=maren)
    assert run.mapping["text"] == "comment"
    assert "text from comment" in said
    assert run.total_rows == 4


def test_rows_become_messages_with_their_provenance(upload: Upload, take_in: Upload) -> None:
    run = take_in(upload())
    assert (run.state, counts(run), run.total_rows) == ("done", (3, 0, 0, 0), 3)
    message = Message.objects.get(external_id="1")
    assert message.said_at == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert (message.import_run, message.audience, message.conversation) == (run, "about", None)
    assert message.data == {"row": 2, "file": "reviews.csv", "columns": {"stars": "1"}}
    assert Event.objects.filter(name="channels.import_finished").count() == 1
    assert not Event.objects.filter(name__contains="message").exists()


def test_the_same_file_twice_adds_nothing(upload: Upload, take_in: Upload) -> None:
    take_in(upload())
    assert counts(take_in(upload())) == (0, 3, 0, 0)
    assert Message.objects.count() == 3


def test_without_an_id_the_content_of_a_row_is_its_name(upload: Upload, take_in: Upload) -> None:
    parts = {"text": "comment", "author": "customer"}
    take_in(upload(parts=parts))
    again = REVIEWS + "4,rhea,r@home.example,2026-11-04T10:00:00Z,1,New words.\n"
    assert counts(take_in(upload(again, parts=parts))) == (1, 3, 0, 0)


def test_words_are_as_the_person_wrote_them(upload: Upload, take_in: Upload) -> None:
    parts = {"text": "comment", "subject": "head"}
    take_in(upload("comment,head\nMy bag &amp; coat &lt;3,Lost &amp; found\n&nbsp;,Empty\n", parts=parts))
    message = Message.objects.get()
    assert (message.text, message.subject) == ("My bag & coat <3", "Lost & found")


def test_refused_rows_keep_their_reason(upload: Upload, take_in: Upload) -> None:
    bad = (
        REVIEWS
        + "4,rhea,,2026-11-03T10:00:00Z,1,\n5,ida,,the day after,1,Late.\n6,too,many,2026-11-03T10:00:00Z,1,Cells,here\n"
    )
    run = take_in(upload(bad))
    assert counts(run) == (3, 0, 3, 0)
    lines = "".join(as_csv(run)).splitlines()
    assert lines[0] == "row,reason,raw"
    assert [line.split(",")[0] for line in lines[1:]] == ["5", "6", "7"]
    assert "The text is empty." in lines[1]
    assert "the day after" in lines[2]


def test_only_rows_that_the_condition_lets_through(upload: Upload, take_in: Upload) -> None:
    assert counts(take_in(upload(where={"STARS": "1"}))) == (1, 0, 0, 2)


def test_a_dry_run_counts_and_writes_nothing(upload: Upload, take_in: Upload, maren: Any) -> None:
    twice = REVIEWS + "3,oona,oona@home.example,2026-11-03T10:00:00Z,5,Again.\n"
    run = take_in(upload(twice), dry_run=True)
    assert counts(run) == (3, 1, 0, 0)
    assert not Message.objects.exists()
    assert counts(take_in(run)) == (3, 1, 0, 0)
    assert Message.objects.count() == 3


def test_consent_is_noted_with_its_source(upload: Upload, take_in: Upload) -> None:
    take_in(upload(consent_source="Ticked “tell me” in the survey"))
    customer = Message.objects.get(external_id="1").customer
    assert customer is not None
    assert "email" in consent.allowed([customer.pk], "notice")[customer.pk]
    assert customer.consents.get().source.startswith("Ticked")


def test_after_a_kill_it_goes_on_behind_what_is_committed(
    upload: Upload, maren: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = verbs.start(upload(), by=maren)
    monkeypatch.setattr(sweep, "AT_ONCE", 2)
    monkeypatch.setattr(sweep, "SLICE", 0)
    with monkeypatch.context() as patch:
        patch.setattr(sweep, "take", _dies_after_one(sweep.take))
        with pytest.raises(KeyboardInterrupt):
            sweep.work_off_slice(run, 9)
    run.refresh_from_db()
    assert (run.state, run.done_rows, run.accepted) == ("running", 2, 2)
    sweep.work_off_slice(run, 9)
    run.refresh_from_db()
    assert (run.state, run.done_rows, counts(run)) == ("done", 3, (3, 0, 0, 0))


def _dies_after_one(real: Callable[..., None]) -> Callable[..., None]:
    calls = []

    def take(*args: Any) -> None:
        if calls:
            raise KeyboardInterrupt
        calls.append(1)
        real(*args)

    return take


def test_two_workers_on_one_run_take_each_row_once(
    upload: Upload, maren: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = verbs.start(upload(), by=maren)
    monkeypatch.setattr(sweep, "AT_ONCE", 2)
    mine = sweep._continued(run, None)
    batch = [next(mine.rows), next(mine.rows)]
    sweep.work_off_slice(run, 9)
    with pytest.raises(sweep.Overtaken):
        sweep.take(run, batch, mine)
    run.refresh_from_db()
    assert (run.done_rows, Message.objects.count()) == (3, 3)


def test_cancelled_stays_cancelled(
    upload: Upload, maren: Any, django_capture_on_commit_callbacks: Any
) -> None:
    run = verbs.start(upload(), by=maren)
    with django_capture_on_commit_callbacks(execute=True):
        verbs.cancel(run, by=maren)
    sweep.work_off()
    run.refresh_from_db()
    assert (run.state, run.done_rows) == ("cancelled", 0)
    assert not files.place(run.path).exists()


def test_a_file_that_is_gone_is_said_in_one_sentence(upload: Upload, maren: Any) -> None:
    run = verbs.start(upload(), by=maren)
    files.drop(run.path)
    sweep.work_off()
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.error.count(".") <= 3


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n", "picture"),
        (b"PK\x03\x04broken", "XLSX"),
        (b"{broken\n", "JSON|object|row|column"),
        (b"id,text\n", "no row follows"),
    ],
)
def test_what_is_no_table_is_refused(maren: Any, content: bytes, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        run, _ = verbs.create([content], "reviews.csv", by=maren)
        verbs.set_up(run, by=maren, channel=None, parts={"text": "none"})
    assert not list(files.folder().iterdir()) or ImportRun.objects.exists()


def test_a_mapping_that_makes_no_sense_is_refused(upload: Upload, maren: Any) -> None:
    with pytest.raises(ValidationError, match="There is no column"):
        upload(parts={"text": "coment"})
    with pytest.raises(ValidationError, match="Say which column"):
        upload(parts={"id": "review_id"})
    with pytest.raises(ValidationError, match="two parts"):
        upload(parts={"text": "comment", "id": "comment"})
    with pytest.raises(ValidationError, match="Choose the channel"):
        verbs.start(upload(channel=None), by=maren)


def test_the_preview_shows_rows_as_they_would_be_taken(upload: Upload) -> None:
    rows = verbs.preview(upload(REVIEWS + "4,rhea,,never,1,Odd.\n"))
    assert [row.number for row in rows] == [2, 3, 4, 5]
    assert rows[0].inbound is not None
    assert rows[0].inbound.text == "The sofa arrived with a scratch."
    assert "never" in rows[3].reason
    assert not Message.objects.exists()


def test_an_owner_may_not_import(ines: Any) -> None:
    with pytest.raises(PermissionDenied):
        verbs.create([b"x"], "x.csv", by=ines)


def test_parts_name_no_unknown_column() -> None:
    assert set(PARTS) <= set(verbs.mapping.PARTS)


@pytest.mark.django_db(transaction=True)
def test_what_the_file_can_give_again_is_not_forced_to_disk_and_its_end_is(
    upload: Upload, take_in: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file goes with its end: whatever a power cut could take back must be on disk by then."""
    inside, seen = [], []

    @contextmanager
    def noted() -> Iterator[None]:
        inside.append(True)
        yield
        inside.pop()

    def taking(*given: Any) -> None:
        seen.append(("rows", bool(inside)))
        return take(*given)

    take, finish = sweep.take, sweep._finish
    monkeypatch.setattr(sweep, "may_be_repeated", noted)
    monkeypatch.setattr(sweep, "take", taking)
    monkeypatch.setattr(sweep, "_finish", lambda run: (seen.append(("end", bool(inside))), finish(run)))
    run = take_in(upload())
    assert seen == [("rows", True), ("end", False)]
    assert not files.place(run.path).exists()
