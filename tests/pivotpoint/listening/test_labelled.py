"""A taxonomy is taught what people have sorted elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.listening.models import Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies import labelled, taxonomies
from pivotpoint.listening.taxonomies.taggers import live_taggers, teach_due
from tests.textanalytics.taught.test_several import LABELS

pytestmark = pytest.mark.django_db
ROWS = [(text, f"Orders > {label.name}") for label in LABELS for text in label.examples]


@pytest.fixture
def causes(maren: Any) -> Taxonomy:
    return taxonomies.make("Causes", by=maren)


def of(name: str) -> TaxonomyClass:
    return TaxonomyClass.objects.get(name=name)


def test_each_label_becomes_a_class_below_its_parent(causes: Taxonomy, maren: Any) -> None:
    taken = labelled.take(causes, ROWS, by=maren)
    assert (taken.rows, taken.classes, taken.sentences, taken.left) == (len(ROWS), len(LABELS), len(ROWS), 0)
    for label in LABELS:
        one = of(label.name)
        assert set(one.examples) == set(label.examples)
        assert one.parent == of("Orders")


def test_what_it_was_taught_is_read(causes: Taxonomy, maren: Any) -> None:
    labelled.take(causes, ROWS, by=maren)
    assert teach_due() == 1
    (tagger,) = live_taggers()
    (found,) = tagger.tag(["you charged me twice for it"])
    assert str(of("charged").pk) in [tag.name for tag in found]


def test_a_row_of_two_labels_teaches_both(causes: Taxonomy, maren: Any) -> None:
    labelled.take(causes, [("Late, and broken too.", "late | broken")], by=maren)
    assert of("late").examples == of("broken").examples == ["Late, and broken too."]


def test_the_same_rows_again_change_nothing(causes: Taxonomy, maren: Any) -> None:
    labelled.take(causes, ROWS, by=maren)
    before = list(TaxonomyClass.objects.order_by("pk").values("name", "examples", "parent"))
    changed = Taxonomy.objects.get().changed_at
    labelled.take(causes, ROWS, by=maren)
    assert list(TaxonomyClass.objects.order_by("pk").values("name", "examples", "parent")) == before
    assert Taxonomy.objects.get().changed_at == changed


def test_a_class_that_is_there_learns_them_as_well(causes: Taxonomy, maren: Any) -> None:
    taxonomies.save_class(causes, "Late", description="Too late.", examples=["It is late."], by=maren)
    labelled.take(causes, [("Where is it?", "late"), ("It is late.", "LATE")], by=maren)
    assert of("Late").examples == ["It is late.", "Where is it?"]
    assert of("Late").description == "Too late."


def test_of_many_sentences_some_from_all_parts_of_the_file_are_kept(causes: Taxonomy, maren: Any) -> None:
    taken = labelled.take(causes, [(f"Parcel {n} is late.", "late") for n in range(400)], by=maren)
    kept = of("late").examples
    assert (taken.sentences, taken.left) == (len(kept), 400 - len(kept))
    assert len(kept) == taxonomies.MOST_EXAMPLES
    assert kept[-1] == "Parcel 390 is late."


def test_columns_of_a_file_are_guessed_or_named(causes: Taxonomy, maren: Any, tmp_path: Path) -> None:
    file = tmp_path / "sorted.csv"
    file.write_text(
        "text,Category,group\nWhere is my parcel now?,late,a\nI was charged twice for it,bill,b\n"
    )
    labelled.take_file(causes, file, by=maren)
    assert {one.name for one in TaxonomyClass.objects.all()} == {"late", "bill"}
    labelled.take_file(causes, file, label="group", by=maren)
    assert {one.name for one in TaxonomyClass.objects.all()} == {"late", "bill", "a", "b"}


@pytest.mark.parametrize(
    ("content", "named", "says"),
    [
        ("text,other\nWhere is my parcel?,late\n", "", "which column holds the label; there are text, other"),
        ("text,label\nWhere is my parcel?,late\n", "labels", "no column 'labels'; did you mean label"),
        ("text,label\nWhere is my parcel?,\n", "", "No row has both"),
        ("", "", "is empty"),
    ],
)
def test_a_file_that_says_nothing_is_refused_in_a_sentence(
    causes: Taxonomy, maren: Any, tmp_path: Path, content: str, named: str, says: str
) -> None:
    file = tmp_path / "sorted.csv"
    file.write_text(content)
    with pytest.raises(ValidationError, match=says):
        labelled.take_file(causes, file, label=named, by=maren)


def test_a_class_too_many_leaves_everything_as_it_was(causes: Taxonomy, maren: Any) -> None:
    rows = [(f"It is matter {n}.", f"matter {n}") for n in range(taxonomies.MOST_CLASSES + 1)]
    with pytest.raises(ValidationError, match="at most"):
        labelled.take(causes, rows, by=maren)
    assert not TaxonomyClass.objects.exists()


def test_one_name_below_two_parents_is_refused(causes: Taxonomy, maren: Any) -> None:
    labelled.take(causes, ROWS, by=maren)
    before = of(LABELS[0].name).examples
    with pytest.raises(ValidationError, match="cannot stand below Billing, too"):
        labelled.take(causes, [("The bill came late", f"Billing > {LABELS[0].name}")], by=maren)
    assert of(LABELS[0].name).examples == before
    assert not TaxonomyClass.objects.filter(name="Billing").exists()


def test_only_who_manages_reading_may(causes: Taxonomy, samir: Any) -> None:
    with pytest.raises(PermissionDenied):
        labelled.take(causes, ROWS, by=samir)
