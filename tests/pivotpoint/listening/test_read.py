"""Every message gets exactly one reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.listening.models import Reading
from pivotpoint.listening.reading import read

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]


def test_a_message_is_read_with_evidence_inside_its_text(say: Say) -> None:
    message = say("😀 I was charged twice and I want my money back, this is awful.")
    assert read.read_unread() == 1
    message.refresh_from_db()
    assert message.read_at is not None
    assert (message.reading.mood, message.reading.function) == ("negative", "finance")
    spans = [span for spans in message.reading.evidence.values() for span in spans]
    assert spans
    assert all(message.text[start:end].strip() for start, end in spans)


def test_reading_again_finds_nothing(say: Say) -> None:
    say("Where is my parcel?")
    assert [read.read_unread(), read.read_unread()] == [1, 0]
    assert Reading.objects.count() == 1


def test_what_was_quarantined_or_written_by_us_is_not_read(say: Say) -> None:
    say("buy now", quarantined="too long")
    say("We are sorry.", direction="out")
    assert read.read_unread() == 0


def test_batches_work_the_backlog_off(say: Say) -> None:
    for i in range(5):
        say(f"Parcel {i} is late")
    assert [read.read_unread(2), read.read_unread(2), read.read_unread(2)] == [2, 2, 1]
    assert Reading.objects.count() == 5


def test_two_workers_with_the_same_batch_write_it_once(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other worker commits between our reading and our writing."""
    say("Where is my parcel?")
    live = read.live_reader()

    def meanwhile() -> Any:
        monkeypatch.setattr(read, "live_reader", lambda: live)
        read.read_unread()
        return live

    monkeypatch.setattr(read, "live_reader", meanwhile)
    read.read_unread()
    assert Reading.objects.count() == 1


def test_a_failure_while_writing_leaves_it_unread(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    say("Where is my parcel?")
    with monkeypatch.context() as patch:
        patch.setattr(read.bulk, "insert", _broken)
        with pytest.raises(RuntimeError):
            read.read_unread()
    assert Message.objects.unread().count() == 1
    assert read.read_unread() == 1


def _broken(*_: object) -> None:
    raise RuntimeError


def test_queries_do_not_grow_with_the_batch(say: Say, django_assert_max_num_queries: Any) -> None:
    for i in range(60):
        say(f"Parcel {i} is late")
    with django_assert_max_num_queries(12):
        read.read_unread()
