"""Taxonomies on their pages: made, tried on a sentence, judged; and what an insight's people speak of."""

from __future__ import annotations

from datetime import timedelta
from math import e
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts.models import Token
from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Membership
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading, Tag, TagVerdict, Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies.near import NEAR, near
from pivotpoint.listening.taxonomies.preview import preview
from pivotpoint.listening.taxonomies.taggers import teach_due
from tests.textanalytics.taught.test_several import LABELS
from textanalytics.taught.several.fit import DOUBT
from textanalytics.taught.several.tagger import ABSTAINS

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(yard: SimpleNamespace, client: Client) -> SimpleNamespace:
    """Maren makes a taxonomy through the pages."""
    client.force_login(yard.maren)
    client.post(reverse("desk:taxonomies"), {"name": "Causes", "description": "Why they write"})
    yard.causes = Taxonomy.objects.get()
    for label in LABELS:
        client.post(
            reverse("desk:class_new", args=[yard.causes.pk]),
            {"name": label.name, "examples": "\n".join(label.examples), "description": ""},
        )
    teach_due()
    behind = Membership.objects.filter(cluster__theme=yard.trend.pk).order_by("pk")
    yard.messages = list(behind.values_list("pk", flat=True))
    yard.message = yard.messages[0]
    return yard


def test_a_sentence_is_tried_with_the_words_that_decided(made: SimpleNamespace, client: Client) -> None:
    page = client.get(reverse("desk:taxonomy", args=[made.causes.pk]), {"text": "you charged me twice"})
    first, second, _ = page.context["tried"]
    assert (first.name, first.given, second.given) == ("charged", True, False)
    assert "charged" in first.words or "twice" in first.words
    assert "because of" in page.content.decode()


def test_a_class_without_a_sentence_is_sent_back(made: SimpleNamespace, client: Client) -> None:
    answer = client.post(reverse("desk:class_new", args=[made.causes.pk]), {"name": "bare"})
    assert answer.status_code == 422
    assert "three to five sentences" in answer.content.decode()


def test_what_was_caught_is_judged_on_the_class_page(made: SimpleNamespace, client: Client) -> None:
    late = TaxonomyClass.objects.get(name="late")
    tag = Tag.objects.create(message_id=made.message, of=late, confidence=0.6, version="1")
    page = reverse("desk:class", args=[late.pk])
    said = client.get(page).content.decode()
    assert "60 % sure" in said
    assert 'value="yes" data-key="y"' in said
    assert 'value="no" data-key="n"' in said
    client.post(reverse("desk:tag_say", args=[late.pk, tag.message_id]), {"belongs": "no"})
    assert not Tag.objects.exists()
    client.post(reverse("desk:tag_undo", args=[TagVerdict.objects.get().pk]))
    assert Tag.objects.get().confidence == 0.6


def test_what_it_came_near_to_is_judged_as_well(made: SimpleNamespace, client: Client) -> None:
    """Near: more like it than like nothing, and not enough to be read as it."""
    late = TaxonomyClass.objects.get(name="late")
    texts = [
        "The parcel was late, I was charged twice and nothing works",
        "Lovely weather in the hills today",
    ]
    for pk, text in zip(made.messages, texts, strict=False):
        Message.objects.filter(pk=pk).update(text=text)
    found = {one.message.text: one.confidence for one in near(late, made.maren, 100)}
    least, most = (odds / (odds + (1 - odds) * e**DOUBT) for odds in (NEAR, ABSTAINS))
    assert all(least <= sure < most for sure in found.values())
    assert list(found.values()) == sorted(found.values(), reverse=True)
    page = reverse("desk:class", args=[late.pk]) + "?near"
    shown = client.get(page).context["shown"]
    assert shown and shown[0].evidence
    secret = Token.issue(made.maren, "t", ["desk.view", "customer.view"])[1]
    answer = client.get(f"/api/v1/classes/{late.pk}/near", headers={"Authorization": f"Bearer {secret}"})
    assert [one["message_id"] for one in answer.json()] == [one.message.pk for one in shown]
    told = client.post(
        reverse("desk:tag_say", args=[late.pk, shown[0].message.pk]), {"belongs": "yes", "next": page}
    )
    assert told.headers["Location"] == page
    assert Tag.objects.get().message == shown[0].message
    assert shown[0].message not in [one.message for one in client.get(page).context["shown"]]


def test_what_was_set_aside_came_near_to_nothing(made: SimpleNamespace) -> None:
    late = TaxonomyClass.objects.get(name="late")
    (first, *others) = near(late, made.maren, 100)
    Message.objects.filter(pk=first.message.pk).update(quarantined="taken back")
    assert [one.message for one in near(late, made.maren, 100)] == [one.message for one in others]


def test_a_class_of_a_taxonomy_that_is_not_taught_came_near_to_nothing(
    made: SimpleNamespace, client: Client
) -> None:
    Taxonomy.objects.update(version="")
    page = reverse("desk:class", args=[TaxonomyClass.objects.get(name="late").pk])
    assert "it is not taught yet" in client.get(page + "?near").content.decode()


def test_it_says_what_it_waits_for(made: SimpleNamespace, client: Client) -> None:
    page = reverse("desk:taxonomy", args=[made.causes.pk])
    assert "read anew" in client.get(page).content.decode()
    client.post(reverse("desk:taxonomies"), {"name": "Products"})
    products = Taxonomy.objects.get(name="Products")
    page = reverse("desk:taxonomy", args=[products.pk])
    for number in range(3):
        expected = "needs two classes or more" if number < 2 else "is being taught"
        for address in (page, reverse("desk:taxonomies")):
            assert expected in client.get(address).content.decode()
        teach_due()
        Taxonomy.objects.filter(pk=products.pk).update(taught_at=clock.now() - timedelta(minutes=1))
        sent = {"name": f"Class {number}", "examples": f"About the matter {number}."}
        client.post(reverse("desk:class_new", args=[products.pk]), sent)


def test_an_insight_shows_the_share_of_its_people(made: SimpleNamespace, client: Client) -> None:
    late = TaxonomyClass.objects.get(name="late")
    for pk in made.messages[:2]:
        Tag.objects.create(message_id=pk, of=late, confidence=0.9, version="1")
    page = client.get(reverse("desk:insight", args=[made.trend.pk]))
    assert [(part.name, part.people, part.share) for part in page.context["classes"]] == [("late", 2, 0.4)]
    assert "Of what they speak" in page.content.decode()


def test_an_agent_sees_but_does_not_change(made: SimpleNamespace, client: Client) -> None:
    client.force_login(made.samir)
    page = reverse("desk:taxonomy", args=[made.causes.pk])
    assert "A new class" not in client.get(page).content.decode()
    assert client.post(reverse("desk:taxonomies"), {"name": "Mine"}).status_code == 403


def test_closing_and_retiring(made: SimpleNamespace, client: Client) -> None:
    late = TaxonomyClass.objects.get(name="late")
    client.post(reverse("desk:class_retire", args=[late.pk]))
    client.post(reverse("desk:taxonomy_close", args=[made.causes.pk]))
    late.refresh_from_db()
    made.causes.refresh_from_db()
    assert late.retired_at and made.causes.closed_at


def test_a_file_of_labels_teaches_it(made: SimpleNamespace, client: Client) -> None:
    address = reverse("desk:taxonomy_labels", args=[made.causes.pk])
    table = b"said,cause\nThe handle broke off again today,Quality > broken\n"
    file = SimpleUploadedFile("sorted.csv", table, content_type="text/csv")
    page = client.post(address, {"file": file, "text": "said", "label": "cause"}, follow=True)
    assert "Sentences: 1, from 1 rows; classes: 1." in page.content.decode()
    assert TaxonomyClass.objects.get(name="broken").parent == TaxonomyClass.objects.get(name="Quality")


def test_a_file_without_labels_is_sent_back_with_the_reason(made: SimpleNamespace, client: Client) -> None:
    file = SimpleUploadedFile("sorted.csv", b"said,other\nThe handle broke off again,x\n")
    answer = client.post(reverse("desk:taxonomy_labels", args=[made.causes.pk]), {"file": file})
    assert answer.status_code == 422
    assert "Say which column holds the label" in answer.content.decode()
    empty = SimpleUploadedFile("labels.pdf", b"%PDF")
    answer = client.post(reverse("desk:taxonomy_labels", args=[made.causes.pk]), {"file": empty})
    assert "labels.pdf is a PDF, not a table" in answer.content.decode()


def test_labels_are_taught_over_the_api_as_well(made: SimpleNamespace, client: Client) -> None:
    secret = Token.issue(made.maren, "t", ["desk.view", "reading.manage"])[1]
    answer = client.post(
        f"/api/v1/taxonomies/{made.causes.pk}/labels",
        {"rows": [{"text": "The handle broke off.", "label": "broken"}]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert (answer.status_code, answer.json()["classes"]) == (201, 1)
    assert TaxonomyClass.objects.get(name="broken").examples == ["The handle broke off."]


def spoken(made: SimpleNamespace) -> dict[str, Any]:
    texts = [
        "my parcel is days late again",
        "where is my parcel, it should have come",
        "lovely weather today",
    ]
    for pk, text in zip(made.messages, texts, strict=False):
        Message.objects.filter(pk=pk).update(text=text)
    Reading.objects.update(about_us=True)
    return {"name": "late parcels", "description": "", "examples": "Where is my parcel?\nMy parcel is late"}


def test_what_a_class_would_catch_is_seen_before_it_is_kept(made: SimpleNamespace, client: Client) -> None:
    typed = spoken(made)
    page = client.post(reverse("desk:class_new_preview", args=[made.causes.pk]), typed)
    found = page.context["found"]
    said = {one.message.text for one in (*found.surest, *found.doubtful)}
    assert "where is my parcel, it should have come" in said
    assert "lovely weather today" not in said
    assert (found.caught, found.people) == (len(said), len(said))
    assert 0 < found.right < 1
    assert f"{found.right * 100:.0f} %" in page.content.decode()
    assert "Where is my parcel?" in page.content.decode()
    assert not TaxonomyClass.objects.filter(name="late parcels").exists()
    assert not Tag.objects.exists()


def test_a_changed_class_is_seen_as_it_would_be(made: SimpleNamespace, client: Client) -> None:
    typed = spoken(made) | {"examples": "Lovely weather today\nWhat lovely weather"}
    late = TaxonomyClass.objects.get(name="late")
    page = client.post(reverse("desk:class_preview", args=[late.pk]), typed)
    assert [one.message.text for one in page.context["found"].surest][0] == "lovely weather today"
    late.refresh_from_db()
    assert "Lovely weather today" not in late.examples


def test_a_class_without_a_sentence_is_no_preview(made: SimpleNamespace, client: Client) -> None:
    page = client.post(reverse("desk:class_new_preview", args=[made.causes.pk]), {"name": "bare"})
    assert page.status_code == 422
    assert "three to five sentences" in page.content.decode()


def test_a_preview_refuses_what_could_not_be_kept(made: SimpleNamespace, client: Client) -> None:
    taken = client.post(
        reverse("desk:class_new_preview", args=[made.causes.pk]), spoken(made) | {"name": "late"}
    )
    assert taken.status_code == 422
    assert "has a class late already" in taken.content.decode()
    late = TaxonomyClass.objects.get(name="late")
    with pytest.raises(ValidationError, match="below itself"):
        preview(made.causes, "late", examples=["Too late"], parent=late, one=late, who=made.maren)
    assert late.parent is None


def test_one_class_alone_is_told_from_nothing(made: SimpleNamespace, client: Client) -> None:
    client.post(reverse("desk:taxonomies"), {"name": "Products"})
    alone = Taxonomy.objects.get(name="Products")
    page = client.post(reverse("desk:class_new_preview", args=[alone.pk]), spoken(made))
    assert "It takes a second class, or 200 messages" in page.content.decode()


def test_a_class_says_how_much_of_it_is_right(made: SimpleNamespace, client: Client) -> None:
    late = TaxonomyClass.objects.get(name="late")
    for pk in made.messages[:3]:
        Tag.objects.create(message_id=pk, of=late, confidence=0.6, version="1")
    page = reverse("desk:class", args=[late.pk])
    assert "60 % of what it was given is right, with" in client.get(page).content.decode()
    assert "Nobody has judged any" in client.get(page).content.decode()
    client.post(reverse("desk:tag_say", args=[late.pk, made.messages[0]]), {"belongs": "yes"})
    client.post(reverse("desk:tag_say", args=[late.pk, made.messages[1]]), {"belongs": "no"})
    assert "You judged 2 and agreed with 1: 9 % to 91 %" in " ".join(
        client.get(page).content.decode().split()
    )


def test_the_api_previews_as_well(made: SimpleNamespace, client: Client) -> None:
    typed = spoken(made)
    body = {"name": typed["name"], "examples": typed["examples"].split("\n")}
    secret = Token.issue(made.maren, "t", ["desk.view", "customer.view", "reading.manage"])[1]
    answer = client.post(
        f"/api/v1/taxonomies/{made.causes.pk}/preview",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    page = client.post(reverse("desk:class_new_preview", args=[made.causes.pk]), typed)
    assert answer.json()["caught"] == page.context["found"].caught > 0
