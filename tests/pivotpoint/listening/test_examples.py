"""A few sentences teach the reader what is about us; they are rows, judged like corrections, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.journal.models import Event
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.listening.learning import examples, relevance
from pivotpoint.listening.learning.learn import learn_if_due
from pivotpoint.listening.learning.reader import folder, live_reader
from pivotpoint.listening.learning.versions import return_to
from pivotpoint.listening.models import ModelVersion, Reading, RelevanceExample, Trial
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.listening.rereads import runs
from pivotpoint.listening.rereads.chunks import reader_path
from tests.textanalytics.reading.test_examples import MATCH, NOISE, OURS, RIVAL
from textanalytics.reading.reading import Reader

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
Verdict = ModelVersion.Verdict


def told(by: Any) -> None:
    examples.give(OURS, "us", by=by)
    examples.give(NOISE, "noise", by=by)


def test_messages_are_read_with_what_a_few_sentences_say(say: Say, maren: Any) -> None:
    before = say(MATCH)
    read_unread()
    assert Reading.objects.get(pk=before.pk).about_us
    told(maren)
    after = say(MATCH)
    read_unread()
    reading = Reading.objects.get(pk=after.pk)
    assert (reading.about_us, reading.reason) == (False, "elsewhere")
    assert reading.evidence["about_us"]
    assert Reading.objects.get(pk=before.pk).about_us, "what was read stays until it is read anew"


def test_the_reader_is_asked_about_each_sentence_before_it_goes_live(maren: Any) -> None:
    told(maren)
    version = learn_if_due()
    assert version is not None
    assert (version.verdict, version.examples) == (Verdict.NOT_WORSE, 10)
    assert version.figures["by"]["about_us"]["asked"] == 10
    assert version.figures["won"] >= version.figures["lost"]
    assert not Trial.objects.exists(), "no judgement was asked about"
    assert live_reader().version == version.version
    assert learn_if_due() is None


def test_sentences_that_mislead_do_not_go_live(say: Say, maren: Any, samir: Any) -> None:
    """Somebody calls what customers ask about noise; what people judged says otherwise."""
    messages = [
        say(f"Where is my {thing} from you?") for thing in ("lamp", "shelf", "table", "bench", "chair", "bed")
    ]
    messages += [
        say(f"The {thing} that you sent is broken") for thing in ("lamp", "shelf", "table", "bench", "chair")
    ]
    read_unread()
    for message in messages:
        message.reading.refresh_from_db()
        correct(message, "about_us", "true", by=samir)
    learn_if_due()
    live = live_reader().version
    examples.give(NOISE, "us", by=maren)
    examples.give(["where is my wardrobe", "the desk is broken", "my stool was not sent"], "noise", by=maren)
    version = learn_if_due()
    assert version is not None
    assert version.figures["lost"] > version.figures["won"]
    assert (version.verdict, version.live_at) == (Verdict.WORSE, None)
    assert live_reader().version == live


def test_what_is_taken_back_speaks_no_more(say: Say, maren: Any) -> None:
    told(maren)
    learn_if_due()
    for one in RelevanceExample.objects.standing():
        examples.take_back(one, by=maren)
    examples.take_back(RelevanceExample.objects.earliest("pk"), by=maren)
    version = learn_if_due()
    assert version is not None
    assert (version.verdict, version.examples) == (Verdict.WITHDRAWN, 0)
    message = say(MATCH)
    read_unread()
    assert Reading.objects.get(pk=message.pk).about_us
    rows = list(RelevanceExample.objects.values_list("by", "undone_by"))
    assert rows == [(maren.pk, maren.pk)] * 10, "who said it and who took it back is kept"
    events = Event.objects.filter(name="listening.examples_changed")
    assert [events.filter(data__what=what).count() for what in ("given", "taken back")] == [10, 10]


def test_the_last_word_on_a_sentence_counts_and_twice_is_once(maren: Any) -> None:
    first = examples.give(["  goal   in the final ", "goal in the final"], "us", by=maren)
    assert [one.text for one in first] == ["goal in the final"]
    assert examples.give(["goal in the final"], "us", by=maren) == first
    (second,) = examples.give(["goal in the final"], "noise", by=maren)
    assert [one.about for one in RelevanceExample.objects.standing()] == ["noise"]
    assert RelevanceExample.objects.count() == 2
    assert second.by == maren


@pytest.mark.parametrize(
    ("texts", "about", "why"),
    [
        (["  "], "us", "Write a sentence"),
        (["hello"], "them", "about us, rival, trade, noise, not them"),
        ([f"sentence {i}" for i in range(41)], "us", "40 sentences of a kind are enough"),
    ],
)
def test_what_cannot_be_an_example_is_refused(maren: Any, texts: list[str], about: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        examples.give(texts, about, by=maren)
    assert not RelevanceExample.objects.exists()


def test_only_those_who_manage_the_reader_teach_it(samir: Any, maren: Any) -> None:
    with pytest.raises(PermissionDenied):
        examples.give(OURS, "us", by=samir)
    (one,) = examples.give(OURS[:1], "us", by=maren)
    with pytest.raises(PermissionDenied):
        examples.take_back(one, by=samir)


def test_a_sentence_is_tried_before_anything_is_live(maren: Any) -> None:
    assert relevance.tried(MATCH).about == "us"
    told(maren)
    read = relevance.tried(MATCH)
    assert (read.about, read.like_about) == ("noise", "noise")
    assert read.like in NOISE
    assert "match" in read.words
    examples.give(RIVAL, "rival", by=maren)
    assert relevance.tried("my Beanwright machine is great!").about == "rival"
    assert relevance.tried("the espresso machine leaks again").about == "us"
    assert ModelVersion.objects.count() == 0


def test_what_would_move_is_counted_in_people(say: Say, maren: Any, hanne: Any) -> None:
    say(MATCH)
    say(f"{MATCH} indeed")
    say("my coffee machine leaks")
    say(MATCH, customer=None)
    read_unread()
    told(maren)
    moves = relevance.would_move(maren)
    assert (moves.messages, moves.out_messages, moves.in_messages) == (4, 3, 0)
    assert moves.out_people == 1, "Hanne said it twice; nobody knows who the other is"
    judged = Message.objects.earliest("pk")
    correct(judged, "about_us", "true", by=maren)
    after = relevance.would_move(maren)
    assert (after.messages, after.out_messages) == (3, 0), "it does not move, and its copies follow it"


def test_whether_they_suffice(maren: Any) -> None:
    assert relevance.standing().enough is False
    told(maren)
    state = relevance.standing()
    assert (state.enough, state.told_apart, state.counts) == (True, True, {"us": 5, "noise": 5})


def test_a_version_is_made_anew_with_its_sentences(maren: Any) -> None:
    examples.give(OURS, "us", by=maren)
    first = learn_if_due()
    examples.give(NOISE, "noise", by=maren)
    second = learn_if_due()
    assert first is not None and second is not None
    return_to(first, by=maren)
    assert len(live_reader().examples.told) == 5
    return_to(second, by=maren)
    for file in folder().glob("*.npz"):
        file.unlink()
    from pivotpoint.listening.learning import reader

    reader._loaded = None
    assert len(live_reader().examples.told) == 10
    run = runs.start(by=maren)
    assert Reader.load(reader_path(run)).version == live_reader().version
