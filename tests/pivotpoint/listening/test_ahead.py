"""Reading ahead changes when a message is read, never what is read."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from benchmarks.texts import rows

from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.insights.gathering.gather import gather
from pivotpoint.insights.models import MicroCluster
from pivotpoint.listening.models import Mention, Reading
from pivotpoint.listening.reading import ahead, read
from textanalytics import encoders
from textanalytics.duplicates import copy_marks
from textanalytics.entities import EntityFinder
from textanalytics.mentions.gazetteer import Name
from textanalytics.naming.choosing.candidates import Said, answer, candidates, entitle
from textanalytics.naming.choosing.titles import name_all, titles
from textanalytics.naming.telling.subjects import as_subjects
from textanalytics.text import clean

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
LONG = "My parcel was left in the rain behind the house and nobody told me that it had come."
WORDS = (
    "I was charged twice, I want my money back!!!",
    "Where is order A-2017{n}?",
    "Die Lieferung {n} kam nie an 😡",
    "Thank you so much, the lamp is lovely",
    "@home the app crashes at step {n} https://home.example/{n}",
)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small batches are worth a second process, which has started before they come."""
    monkeypatch.setattr(read, "WORTH_IT", 2)
    monkeypatch.setattr(ahead, "is_possible", lambda: True)
    yield
    ahead.stop()


def _started() -> None:
    """Wait for the second process, for a minute at most."""
    assert ahead._beside is not None
    for _ in range(600):
        if ahead._beside.is_free():
            return
        time.sleep(0.1)
    raise AssertionError("The second reader did not start.")


def _rows() -> list[dict[str, Any]]:
    return list(Reading.objects.order_by("pk").values())


def _mentions() -> list[dict[str, Any]]:
    return list(Mention.objects.order_by("message", "spans").values("message", "kind", "value", "spans"))


def _say_many(say: Say, count: int) -> None:
    for n in range(count):
        say(WORDS[n % len(WORDS)].format(n=n))


def _read_ahead(rounds: int) -> list[int]:
    """The first call starts the second process; from the second one on it reads ahead."""
    done = [read.read_unread(10)]
    _started()
    return done + [read.read_unread(10) for _ in range(rounds - 1)]


@pytest.mark.usefixtures("at_once")
def test_a_second_process_reads_the_same(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    _say_many(say, 40)
    made = []
    monkeypatch.setattr(
        ahead, "_finished", lambda *asked, real=ahead._finished: made.append(real(*asked)) or made[-1]
    )
    assert _read_ahead(6) == [2, 2, 10, 10, 10, 6]
    assert sum(found is not None for found in made) == 4, "all behind the first few were read ahead"
    there, mentions = _rows(), _mentions()
    assert len(mentions) >= 8, "one in five messages gives the number of its order"
    Reading.objects.all().delete()
    Mention.objects.all().delete()
    Message.objects.update(read_at=None)
    monkeypatch.setattr(ahead, "is_possible", lambda: False)
    assert read.read_unread(40) == 40
    assert [{**row, "gathered_at": None} for row in there] == _rows()
    assert mentions == _mentions()


@pytest.mark.usefixtures("at_once")
def test_what_was_read_ahead_is_gathered_with_the_same_vectors(say: Say) -> None:
    _say_many(say, 40)
    _read_ahead(6)
    assert len(ahead._prepared) == 3
    texts = list(Message.objects.order_by("pk").values_list("text", flat=True))
    cleaned, vectors = ahead.cleaned_and_encoded([*texts, "new words"], encoders.default())
    assert ahead.copies_marked([*texts, LONG, LONG]) == [copy_marks(text) for text in [*texts, LONG, LONG]]
    finder = EntityFinder([Name("product", "lamp")])
    assert ahead.names_found(texts, finder) == finder.find(texts), "others than were asked for"
    assert cleaned == [clean(text) for text in [*texts, "new words"]]
    assert np.array_equal(vectors, encoders.default().encode(cleaned))
    assert gather() == 40
    assert MicroCluster.objects.exists()


@pytest.mark.usefixtures("at_once")
def test_a_text_that_changed_meanwhile_is_read_as_it_is_now(say: Say) -> None:
    _say_many(say, 40)
    read.read_unread(10)
    _started()
    read.read_unread(10)
    changed = Message.objects.unread().order_by("pk")[3]
    Message.objects.filter(pk=changed.pk).update(text="Wonderful, I love it, thank you!")
    assert [read.read_unread(10) for _ in range(2)] == [2, 10], "the batch that was begun counts for nothing"
    assert Reading.objects.get(pk=changed.pk).mood == "positive"


@pytest.mark.usefixtures("at_once")
def test_the_death_of_the_second_process_loses_nothing(say: Say) -> None:
    _say_many(say, 40)
    read.read_unread(10)
    _started()
    read.read_unread(10)
    assert ahead._beside is not None
    os.kill(ahead._beside._process.pid or 0, signal.SIGKILL)
    while read.read_unread(10):
        pass
    assert Reading.objects.count() == 40


@pytest.mark.usefixtures("at_once")
def test_the_second_process_ends_some_time_after_the_backlog(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    _say_many(say, 25)
    _read_ahead(5)
    assert ahead._beside is not None
    process = ahead._beside._process
    assert read.read_unread(10) == 0
    assert ahead._beside is not None, "the themes that follow may want its help"
    monkeypatch.setattr(ahead, "IDLE", -1.0)
    assert read.read_unread(10) == 0
    assert ahead._beside is None
    assert not process.is_alive()


@pytest.mark.usefixtures("at_once")
def test_the_second_process_makes_ready_while_a_large_file_is_on_its_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "IDLE", -1.0)
    run = ImportRun.objects.create(file_name="a.csv", path="a.csv", total_rows=12)
    assert read.read_unread(10) == 0
    assert ahead.is_running()
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.RUNNING, done_rows=1)
    read.read_unread(10)
    assert not ahead.is_running(), "what is left is no more than a batch"


@pytest.mark.usefixtures("at_once")
def test_while_more_is_taken_in_all_is_left_to_the_second_process(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "STARTS", 600.0)
    run = ImportRun.objects.create(file_name="a.csv", path="a.csv", total_rows=60)
    _say_many(say, 40)
    assert read.read_unread(10) == 2, "it is started"
    while ahead._beside is not None and not ahead._beside.batch:
        assert read.read_unread(10) == 1, "it starts, or begins to read"
    assert ahead._beside is not None
    assert len(ahead._beside.batch) == 10
    assert Reading.objects.count() == 2
    assert read.read_unread(10) == 10
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.DONE)
    while read.read_unread(10):
        pass
    assert Reading.objects.count() == 40


@pytest.mark.usefixtures("at_once")
def test_a_second_process_that_does_not_start_holds_nobody_up(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    ImportRun.objects.create(file_name="a.csv", path="a.csv", total_rows=60)
    _say_many(say, 40)
    read.read_unread(10)
    monkeypatch.setattr(ahead, "STARTS", -1.0)
    monkeypatch.setattr(ahead, "_begin", lambda *_: None)
    assert read.read_unread(10) == 2


def test_few_messages_start_no_second_process(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "is_possible", lambda: True)
    _say_many(say, 25)
    assert read.read_unread(10) == 10
    assert not ahead.is_running()


def test_it_can_be_switched_off(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    settings.READ_AHEAD = False
    assert not ahead.is_possible()
    settings.READ_AHEAD = True
    assert ahead.is_possible()


@pytest.mark.usefixtures("at_once")
def test_a_short_batch_that_was_read_ahead_is_used_when_more_came_in(say: Say) -> None:
    _say_many(say, 16)
    assert _read_ahead(3) == [2, 2, 10]
    _say_many(say, 30)
    assert read.read_unread(10) == 2, "what was read ahead comes first"
    assert ahead._prepared
    assert read.read_unread(10) == 10


@pytest.mark.usefixtures("at_once")
def test_the_second_process_names_half_of_the_themes_and_gives_the_same_titles(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`rows` of the benchmark: enough matters that sharing them out changes something, if anything does."""
    texts = [row[-1] for row in rows(240)]
    labels = np.arange(len(texts)) % 8
    encoder = encoders.default()
    said, vectors = Said(texts, ["en"] * len(texts), labels), encoder.encode(texts)
    _say_many(say, 25)
    _read_ahead(1)
    with ahead.aside(answer, said, vectors, [1, 3, 5, 7]) as result:
        found = result(lambda: None)
        with ahead.aside(entitle, said) as further:
            entitled = further(lambda: None)
    corpus = said.read()
    half = candidates(corpus, said, [0, 2, 4, 6], vectors=vectors, encoder=encoder)
    alone = titles(texts, labels, languages=said.languages, vectors=vectors, encoder=encoder)
    assert found.keys() == {1, 3, 5, 7}
    shared = name_all(corpus, labels, vectors=vectors, encoder=encoder, known=half | found)
    assert shared == alone
    assert entitled == as_subjects(alone, labels, corpus)


@pytest.mark.usefixtures("at_once")
def test_what_the_second_process_cannot_do_is_done_here(say: Say) -> None:
    _say_many(say, 25)
    _read_ahead(1)
    with ahead.aside(answer, "no question") as result:
        assert result(lambda: "here") == "here"
    assert ahead._beside is None
    with ahead.aside(answer, "no process either") as result:
        assert result(lambda: "here") == "here"
