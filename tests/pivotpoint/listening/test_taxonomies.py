"""An organisation's own classes: taught by sentences, read with the message, judged by people."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pivotpoint.channels.models import Message
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.listening.models import Tag, TagVerdict, Taxonomy, TaxonomyClass
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.listening.taxonomies import tags, taxonomies
from pivotpoint.listening.taxonomies.taggers import folder, live_taggers, teach_due
from tests.textanalytics.taught.test_several import LABELS
from textanalytics.taught.several.tagger import Tagger

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
WORDS = "amber birch cedar dahlia elder fern garnet heather iris jasper".split()
LATE = "Where is my parcel? I am still waiting, the delivery is late."


@pytest.fixture
def causes(maren: Any) -> Taxonomy:
    """Late, charged and app; taught."""
    made = taxonomies.make("Causes", by=maren)
    for label in LABELS:
        taxonomies.save_class(
            made, label.name, description=label.description, examples=label.examples, by=maren
        )
    assert teach_due() == 1
    made.refresh_from_db()
    return made


def of(name: str) -> TaxonomyClass:
    return TaxonomyClass.objects.get(name=name)


def names(message: Message) -> list[str]:
    return sorted(Tag.objects.filter(message=message).values_list("of__name", flat=True))


def test_a_message_is_read_with_the_classes_in_the_same_batch(causes: Taxonomy, say: Say) -> None:
    late, other = say(LATE), say("Happy birthday to your dog, says the neighbour")
    read_unread()
    tag = Tag.objects.get(message=late)
    assert (tag.of.name, tag.version, tag.by) == ("late", causes.version, None)
    assert tag.confidence >= 0.5
    assert any("parcel" in LATE[start:end] or "late" in LATE[start:end] for start, end in tag.evidence)
    assert names(other) == []


def test_tags_cost_a_constant_number_of_queries(causes: Taxonomy, say: Say) -> None:
    def count(first: int, last: int) -> int:
        for number in range(first, last):
            say(f"{LATE} Order {number}.")
        with CaptureQueriesContext(connection) as asked:
            read_unread()
        return len(asked)

    count(0, 1)
    assert count(1, 3) == count(3, 40)


def test_people_say_what_it_is_and_can_take_that_back(
    causes: Taxonomy, say: Say, samir: Any, victor: Any
) -> None:
    message = say(LATE)
    read_unread()
    before = Tag.objects.values("of", "confidence", "evidence", "version", "by").get(message=message)
    no = tags.say(message, of("late"), belongs=False, by=samir)
    yes = tags.say(message, of("app"), belongs=True, by=samir)
    assert names(message) == ["app"]
    assert (no.read, yes.read) == (before["confidence"], None)
    again = tags.say(message, of("late"), belongs=True, by=samir)
    with pytest.raises(ValidationError, match="something else since"):
        tags.undo(no, by=samir)
    for verdict in (again, no, yes, yes):
        tags.undo(verdict, by=samir)
    assert Tag.objects.values("of", "confidence", "evidence", "version", "by").get(message=message) == before
    with pytest.raises(PermissionDenied):
        tags.say(message, of("late"), belongs=False, by=victor)


def test_verdicts_are_taught_together_after_a_minute(causes: Taxonomy, say: Say, samir: Any) -> None:
    message = say(LATE)
    read_unread()
    tags.say(message, of("late"), belongs=False, by=samir)
    assert teach_due() == 0
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert teach_due() == 1
        assert teach_due() == 0
    assert Taxonomy.objects.get().version != causes.version
    again = say(LATE)
    read_unread()
    assert names(again) == []
    assert Event.objects.filter(name="listening.taxonomy_taught").count() == 2


def test_an_erased_message_is_forgotten_by_the_taxonomy(causes: Taxonomy, say: Say, samir: Any) -> None:
    message = say(LATE)
    read_unread()
    tags.say(message, of("late"), belongs=False, by=samir)
    with clock.at(clock.now() + timedelta(minutes=2)):
        teach_due()
    message.delete()
    with clock.at(clock.now() + timedelta(minutes=4)):
        assert teach_due() == 1
    assert Taxonomy.objects.get().version == causes.version
    assert not TagVerdict.objects.exists()


def test_a_class_with_a_description_alone_is_narrowed_by_what_people_usually_say(
    say: Say, maren: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textanalytics.taught.several.tagger.ENOUGH_USUAL", 20)
    for number in range(40):
        say(f"Where is the parcel of my neighbour {WORDS[number % 10]} {number}")
    made = taxonomies.make("Described", by=maren)
    for label in LABELS:
        taxonomies.save_class(made, label.name, description=label.description, examples=(), by=maren)
    assert teach_due() == 1
    made.refresh_from_db()
    read_unread()
    assert Tag.objects.filter(of__taxonomy=made).count() <= 3
    (folder() / f"{made.version}.npz").unlink()
    monkeypatch.setattr("pivotpoint.listening.taxonomies.taggers._loaded", {})
    assert live_taggers()[0].version == made.version


def test_what_another_release_taught_is_taught_anew(
    causes: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file is refused, and its version names what nobody can read any more."""
    old = folder() / "of-before.npz"
    with np.load(folder() / f"{causes.version}.npz") as kept:
        parts = dict(kept)
    header = json.loads(parts["header"].tobytes()) | {"schema": 1}
    parts["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez_compressed(old, **parts)
    with pytest.raises(ValueError, match="schema 1, not"):
        Tagger.load(old)
    Taxonomy.objects.update(version="of-before")
    monkeypatch.setattr("pivotpoint.listening.taxonomies.taggers._loaded", {})
    assert live_taggers()[0].version == causes.version
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert teach_due() == 1
        assert teach_due() == 0
    assert Taxonomy.objects.get().version == causes.version


def test_who_was_taught_before_anybody_wrote_is_taught_anew_when_it_is_known_what_is_usual(
    causes: Taxonomy, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    for where in ("textanalytics.taught.several.tagger", "pivotpoint.listening.taxonomies.taggers"):
        monkeypatch.setattr(f"{where}.ENOUGH_USUAL", 20)
    with clock.at(clock.now() + timedelta(minutes=2)):
        for number in range(19):
            say(f"Do you sell lamps {WORDS[number % 10]} {number}")
        assert teach_due() == 0
        say("Is the shop open on Sunday?")
        assert teach_due() == 1
    with clock.at(clock.now() + timedelta(minutes=4)):
        assert teach_due() == 0
    assert Taxonomy.objects.get().version != causes.version


def test_one_class_alone_cannot_be_taught_and_says_so(maren: Any) -> None:
    made = taxonomies.make("Topics", by=maren)
    taxonomies.save_class(made, "late", examples=["It is late"], by=maren)
    assert teach_due() == 1
    made.refresh_from_db()
    assert (made.trouble, made.version) == ("It needs two classes or more.", "")
    assert teach_due() == 0


def test_a_closed_taxonomy_reads_no_more(causes: Taxonomy, say: Say, maren: Any) -> None:
    taxonomies.close(causes, by=maren)
    message = say(LATE)
    read_unread()
    assert (names(message), live_taggers()) == ([], [])
    with pytest.raises(ValidationError, match="closed"):
        taxonomies.save_class(causes, "new", description="x", by=maren)


def test_a_retired_class_reads_no_more(causes: Taxonomy, say: Say, maren: Any) -> None:
    taxonomies.retire(of("late"), by=maren)
    teach_due()
    message = say(LATE)
    read_unread()
    assert "late" not in names(message)


def test_a_file_that_is_gone_is_made_anew(causes: Taxonomy, monkeypatch: Any) -> None:
    for file in folder().iterdir():
        file.unlink()
    monkeypatch.setattr("pivotpoint.listening.taxonomies.taggers._loaded", {})
    assert [tagger.version for tagger in live_taggers()] == [causes.version]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "bare"}, "three to five sentences"),
        ({"name": "", "description": "x"}, "cannot be blank"),
        ({"name": "late", "description": "x"}, "has a class late already"),
        ({"name": "much", "examples": [f"Sentence {n}" for n in range(41)]}, "sentences are enough"),
    ],
)
def test_what_teaches_nothing_is_refused(
    causes: Taxonomy, maren: Any, fields: dict[str, Any], why: str
) -> None:
    with pytest.raises(ValidationError, match=why):
        taxonomies.save_class(causes, **fields, by=maren)
    assert TaxonomyClass.objects.count() == len(LABELS)


def test_a_class_is_never_below_itself(causes: Taxonomy, maren: Any) -> None:
    late, app = of("late"), of("app")
    taxonomies.save_class(causes, "late", examples=late.examples, parent=app, one=late, by=maren)
    with pytest.raises(ValidationError, match="below itself"):
        taxonomies.save_class(causes, "app", examples=app.examples, parent=late, one=app, by=maren)


def test_only_who_manages_reading_changes_them(causes: Taxonomy, samir: Any) -> None:
    for verb in (
        lambda: taxonomies.make("Mine", by=samir),
        lambda: taxonomies.close(causes, by=samir),
        lambda: taxonomies.retire(of("late"), by=samir),
        lambda: taxonomies.save_class(causes, "x", description="x", by=samir),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def test_over_the_api(say: Say, maren: Any, client: Any) -> None:
    from pivotpoint.accounts.models import Token

    _, secret = Token.issue(maren, "t", ["desk.view", "customer.view", "reading.manage", "reading.correct"])
    call = {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    made = client.post("/api/v1/taxonomies", {"name": "Causes"}, **call).json()
    for label in LABELS:
        body = {"name": label.name, "examples": list(label.examples)}
        answer = client.post(f"/api/v1/taxonomies/{made['id']}/classes", body, **call)
        assert answer.status_code == 201, answer.content
    teach_due()
    said = client.get(f"/api/v1/taxonomies/{made['id']}/trial", {"text": LATE}, **call).json()
    assert (said[0]["name"], said[0]["given"], said[1]["given"]) == ("late", True, False)
    message = say(LATE)
    read_unread()
    tag = client.get(f"/api/v1/messages/{message.pk}/tags", **call).json()[0]
    assert client.get(f"/api/v1/classes/{tag['class_id']}/tags", **call).json()["items"] == [tag]
    assert tag["message_id"] == message.pk
    body = {"class_id": tag["class_id"], "belongs": False}
    verdict = client.post(f"/api/v1/messages/{message.pk}/tag-verdicts", body, **call)
    assert verdict.status_code == 201, verdict.content
    assert client.get(f"/api/v1/messages/{message.pk}/tags", **call).json() == []
    assert client.delete(f"/api/v1/tag-verdicts/{verdict.json()['id']}", **call).json()["undone_at"]
    change = {"name": "too late", "examples": ["It is late"]}
    assert client.put(f"/api/v1/classes/{tag['class_id']}", change, **call).json()["name"] == "too late"
    assert client.post(f"/api/v1/classes/{tag['class_id']}/retirement", **call).json()["retired_at"]
    assert client.post(f"/api/v1/taxonomies/{made['id']}/closure", **call).json()["closed_at"]


def test_verdicts_that_make_it_worse_do_not_go_live(causes: Taxonomy, say: Say, samir: Any) -> None:
    """First people agree with it; then others say of some charges that these are late parcels, and of more that they are
    not."""
    for word in WORDS:
        late, app = (
            say(f"Where is my parcel? The delivery to house {word} is late."),
            say(f"The {word} page of your app crashes"),
        )
        tags.say(late, of("late"), belongs=True, by=samir)
        tags.say(app, of("app"), belongs=True, by=samir)
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert teach_due() == 1
    live = Taxonomy.objects.get()
    assert (live.trouble, live.known) == ("", 20)
    for number, word in enumerate(WORDS):
        charged = say(f"I was charged twice for {word}, says my {WORDS[-1 - number]} bank")
        tags.say(charged, of("late"), belongs=number % 5 < 2, by=samir)
    with clock.at(clock.now() + timedelta(minutes=4)):
        assert teach_due() == 1
        assert teach_due() == 0
    kept = Taxonomy.objects.get()
    assert (kept.version, kept.known) == (live.version, 20)
    assert "It reads as before" in kept.trouble
    assert Event.objects.filter(name="listening.taxonomy_kept_back").count() == 1


def test_what_a_person_changes_in_a_class_goes_live_without_a_trial(
    causes: Taxonomy, say: Say, maren: Any
) -> None:
    late = of("late")
    taxonomies.save_class(causes, "late", examples=["The bus was late again."], one=late, by=maren)
    assert teach_due() == 1
    assert Taxonomy.objects.get().version != causes.version
