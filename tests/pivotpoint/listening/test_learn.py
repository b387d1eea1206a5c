"""A new reader goes live only when it is right at least as often on judgements that it has not learnt from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.listening.correcting.accuracy import accuracy
from pivotpoint.listening.correcting.correct import confirm, correct, undo
from pivotpoint.listening.learning.learn import learn_if_due
from pivotpoint.listening.learning.reader import folder, live_reader
from pivotpoint.listening.learning.versions import return_to
from pivotpoint.listening.models import ModelVersion, Trial
from pivotpoint.listening.reading.read import read_unread

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
THINGS = ("lamp", "shelf", "table", "bench", "chair", "couch")
PLACES = ("hall", "attic", "garden")
ALIKE = [f"The gronk of my {thing} in the {place} wobbles" for thing in THINGS for place in PLACES]
PAIRS = ("gronk zindle", "tarvel quosh", "merdle yonk", "plimsey drub", "wexel toom", "harn cloggit")
Verdict = ModelVersion.Verdict


def heard(say: Say, texts: list[str]) -> list[Message]:
    messages = [say(text) for text in texts]
    read_unread()
    return messages


def judge(messages: list[Message], by: Any, function: str) -> None:
    for message in messages:
        correct(message, "function", function, by=by)


def test_a_reader_that_is_right_more_often_goes_live(say: Say, samir: Any) -> None:
    judge(heard(say, ALIKE), samir, "supply")
    version = learn_if_due()
    assert version is not None
    assert version.verdict == Verdict.NOT_WORSE
    assert version.figures["won"] > version.figures["lost"]
    assert version.figures["by"]["function"]["asked"] == len(ALIKE)
    assert live_reader().version == version.version
    assert Event.objects.get(name="listening.reader_learnt").data["won"] == version.figures["won"]
    assert Trial.objects.filter(version=version).count() == len(ALIKE)


def misleading(say: Say, by: Any) -> list[Message]:
    """Of each pair of like messages one was read rightly, and the other is the exception."""
    rule = heard(say, [f"My {pair} waits on a door." for pair in PAIRS])
    exception = heard(say, [f"My {pair} sits on a door." for pair in PAIRS])
    for message in rule:
        confirm(message, ["mood"], by=by)
    for message in exception:
        correct(message, "mood", "negative", by=by)
    return exception


def test_a_reader_that_is_right_less_often_does_not(say: Say, samir: Any) -> None:
    misleading(say, samir)
    version = learn_if_due()
    assert version is not None
    assert version.figures["lost"] > version.figures["won"]
    assert (version.verdict, version.live_at) == (Verdict.WORSE, None)
    assert live_reader().version == ModelVersion.objects.get(verdict=Verdict.FIRST).version
    assert Event.objects.filter(name="listening.reader_kept_back").count() == 1
    assert not Event.objects.filter(name="listening.reader_learnt").exists()
    assert learn_if_due() is None, "one verdict a candidate"


def test_what_a_person_said_stands_whatever_goes_live(say: Say, samir: Any) -> None:
    corrected = misleading(say, samir)[0]
    said = corrected.corrections.get().value
    version = learn_if_due()
    assert version is not None and version.verdict == Verdict.WORSE
    corrected.reading.refresh_from_db()
    assert corrected.reading.mood == said


def test_too_few_judgements_count_as_they_are(say: Say, samir: Any) -> None:
    judge(heard(say, ALIKE[:2]), samir, "supply")
    version = learn_if_due()
    assert version is not None
    assert (version.verdict, live_reader().version) == (Verdict.TOO_FEW, version.version)


def test_what_was_taken_back_does_not_speak_on(say: Say, samir: Any) -> None:
    """Even when the reader without it is right less often."""
    messages = heard(say, ALIKE)
    judge(messages, samir, "supply")
    with clock.at(clock.now() - timedelta(hours=1)):
        learn_if_due()
    undo(messages[0].corrections.get(), by=samir)
    version = learn_if_due()
    assert version is not None
    assert (version.verdict, ModelVersion.objects.live()) == (Verdict.WITHDRAWN, version)
    assert ALIKE[0] not in {c.text for c in live_reader().memory.corrections}


def test_an_erased_person_is_in_no_file(say: Say, samir: Any) -> None:
    messages = heard(say, ALIKE)
    judge(messages, samir, "supply")
    with clock.at(clock.now() - timedelta(hours=1)):
        learn_if_due()
    messages[0].delete()
    learn_if_due()
    assert [file.name for file in folder().iterdir()] == [ModelVersion.objects.live().path]  # type: ignore[union-attr]
    assert ALIKE[0] not in {c.text for c in live_reader().memory.corrections}


def test_many_judgements_are_learnt_together(say: Say, samir: Any) -> None:
    """One more of fifty-one waits; it does not wait for ever."""
    messages = heard(say, [f"{text}, says number {n}" for n in range(3) for text in ALIKE])
    judge(messages[:52], samir, "supply")
    with clock.at(clock.now() - timedelta(minutes=5)):
        assert learn_if_due() is not None
    judge(messages[52:53], samir, "supply")
    assert learn_if_due() is None
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert learn_if_due() is not None


def test_one_can_return_to_an_earlier_reader(say: Say, samir: Any, maren: Any) -> None:
    judge(heard(say, ALIKE), samir, "supply")
    learnt = learn_if_due()
    assert learnt is not None
    shipped = ModelVersion.objects.get(verdict=Verdict.FIRST)
    with pytest.raises(PermissionDenied):
        return_to(shipped, by=samir)
    return_to(shipped, by=maren)
    assert live_reader().version == shipped.version
    assert Event.objects.get(name="listening.reader_returned").data["before"] == learnt.version
    assert learn_if_due() is None, "nothing new has been said"
    return_to(learnt, by=maren)
    assert live_reader().version == learnt.version
    with pytest.raises(ValidationError, match="live already"):
        return_to(learnt, by=maren)


def test_a_version_whose_file_is_gone_is_made_anew(say: Say, samir: Any, monkeypatch: Any) -> None:
    judge(heard(say, ALIKE), samir, "supply")
    version = learn_if_due()
    assert version is not None
    for file in folder().iterdir():
        file.unlink()
    monkeypatch.setattr("pivotpoint.listening.learning.reader._loaded", None)
    assert live_reader().version == version.version


def test_a_version_that_an_earlier_release_wrote_is_made_anew(
    say: Say, samir: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(heard(say, ALIKE), samir, "supply")
    version = learn_if_due()
    assert version is not None
    monkeypatch.setattr("textanalytics.reading.reading.SCHEMA", 999)
    monkeypatch.setattr("pivotpoint.listening.learning.reader._loaded", None)
    assert live_reader().corrections, "it knows what people said"


def test_confirming_keeps_the_reading_and_is_a_judgement(say: Say, samir: Any) -> None:
    message = heard(say, ALIKE[:1])[0]
    made = confirm(message, ["mood", "intent"], by=samir)
    assert [(one.was == one.value, one.by) for one in made] == [(True, samir)] * 2
    message.reading.refresh_from_db()
    assert (message.reading.corrected, message.reading.confidence["mood"]) == (False, 1.0)
    assert confirm(message, ["mood"], by=samir) == []
    undo(made[0], by=samir)
    message.reading.refresh_from_db()
    assert message.reading.confidence["mood"] == made[0].before["confidence"]
    with pytest.raises(ValidationError, match="A reading has no colour"):
        confirm(message, ["colour"], by=samir)


def test_what_is_about_the_trade_is_learnt_and_counted_under_about_us(say: Say, samir: Any) -> None:
    messages = heard(say, ALIKE)
    for message in messages:
        correct(message, "about_us", "trade", by=samir)
    version = learn_if_due()
    assert version is not None
    assert version.figures["by"]["about_us"]["right"] == len(ALIKE)
    assert set(Trial.objects.values_list("said", flat=True)) == {"trade"}
    card = next(card for card in accuracy().cards if card.field == "about_us")
    assert {one.name for one in card.classes} == {"true", "trade"}
