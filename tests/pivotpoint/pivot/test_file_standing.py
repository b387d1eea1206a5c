"""Standing answers in the switchyard as a file."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from pivotpoint.pivot import standing
from pivotpoint.pivot.file import compare, take_in, write
from pivotpoint.pivot.models import StandingAnswer
from pivotpoint.pivot.refused import Refused

FEW = {
    "name": "Small refunds",
    "conditions": [
        {"field": "people", "op": "at_most", "value": 3},
        {"field": "channel", "op": "is", "value": "1"},
    ],
    "may": "Refund it at once.",
    "template": "Hello {name}, {amount} is on its way.",
    "most_amount": Decimal("25.00"),
    "unit": "EUR",
    "most_a_week": 40,
}


@pytest.fixture
def text(yard: SimpleNamespace, form: Any) -> str:
    """A switchyard with one standing answer, as a file."""
    asked = [FEW["conditions"][0], FEW["conditions"][1] | {"value": str(form.pk)}]
    standing.make(yard.refunds, FEW | {"conditions": asked}, by=yard.maren)
    return write()


def changed(text: str, **change: Any) -> str:
    body = yaml.safe_load(text)
    row = body["standing_answers"][0] | change
    body["standing_answers"] = [{key: value for key, value in row.items() if value != "gone"}]
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True)


def test_it_comes_back_where_there_is_none(yard: SimpleNamespace, form: Any, text: str) -> None:
    (said,) = yaml.safe_load(text)["standing_answers"]
    assert (said["pivot"], said["most_amount"]) == (yard.refunds.name, "25")
    assert said["conditions"][1]["value"] == form.name
    before = StandingAnswer.objects.get()
    before.delete()
    lines = compare(text)
    assert [(line.of, line.pivot, line.does) for line in lines] == [
        ("standing answer", "Small refunds", "new")
    ]
    assert not StandingAnswer.objects.exists()
    assert take_in(text, by=yard.maren) == lines
    after = StandingAnswer.objects.get()
    kept = [(getattr(row, name)) for name in (*FEW, "owner", "match") for row in (before, after)]
    assert kept[::2] == kept[1::2]
    assert take_in(text, by=yard.maren) == []
    assert write() == text


def test_what_changes_is_said_and_the_rest_stays(yard: SimpleNamespace, text: str) -> None:
    was = StandingAnswer.objects.get()
    (line,) = take_in(changed(text, most_amount=30, most_a_week="gone"), by=yard.maren)
    assert (line.pivot, line.does) == ("Small refunds", "changed")
    assert line.differences == ["most_amount: 25.00 → 30", "most_a_week: 40 → none"]
    row = StandingAnswer.objects.get()
    assert (row.most_amount, row.most_a_week, row.since) == (30, None, was.since)


def test_one_that_the_file_does_not_have_stays(yard: SimpleNamespace, text: str) -> None:
    body = yaml.safe_load(text)
    del body["standing_answers"]
    assert take_in(yaml.safe_dump(body), by=yard.maren) == []
    assert StandingAnswer.objects.live().count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pivot": "Nowhere"}, "Standing answer “Small refunds”: there is no open pivot “Nowhere”."),
        ({"owner": "nobody@fjordhus.example"}, "nobody here has the e-mail nobody@fjordhus.example."),
        ({"most_amount": "much"}, "most_amount is a number, not “much”."),
        ({"most_a_week": 0}, "most_a_week is a number of times, not “0”."),
        ({"may": ["a", "b"]}, "may is text"),
        ({"colour": "red"}, "a standing answer has no colour."),
        ({"unit": "gone"}, "Say what the amount is in"),
        ({"conditions": [{"field": "people", "op": "at_most", "value": "few"}]}, "“Small refunds”"),
        ({"conditions": 7}, "“Small refunds”"),
        ({"conditions": []}, "“Small refunds”"),
        ({"name": "x" * 81}, "Standing answer “xxx"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    yard: SimpleNamespace, text: str, change: dict[str, Any], sentence: str
) -> None:
    for door in (compare, lambda file: take_in(file, by=yard.maren)):
        with pytest.raises(Refused) as refused:
            door(changed(text, **change))  # type: ignore[operator]
        assert sentence in str(refused.value)
    assert write() == text


def test_twice_the_same_is_refused(yard: SimpleNamespace, text: str) -> None:
    body = yaml.safe_load(text)
    body["standing_answers"].append(dict(body["standing_answers"][0], conditions=[]))
    with pytest.raises(Refused, match="it stands there twice"):
        take_in(yaml.safe_dump(body), by=yard.maren)
