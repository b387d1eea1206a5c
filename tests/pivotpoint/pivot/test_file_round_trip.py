"""Whatever is in the switchyard: out as a file, in, and out again is the same."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pivotpoint.pivot import edit
from pivotpoint.pivot.file import take_in, write
from pivotpoint.pivot.models import Pivot
from pivotpoint.pivot.refused import Refused

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20).map(
    str.strip
)
hours = st.integers(1, 24 * 365)
conditions = st.one_of(
    st.fixed_dictionaries(
        {"field": st.just("people"), "op": st.just("at_least"), "value": st.integers(0, 99)}
    ),
    st.fixed_dictionaries(
        {"field": st.just("channel"), "op": st.just("is_not"), "value": st.just("Web form")}
    ),
    st.fixed_dictionaries(
        {
            "field": st.just("title"),
            "op": st.just("contains"),
            "value": st.lists(words.filter(bool), min_size=2, max_size=4),
        }
    ),
    st.fixed_dictionaries({"field": st.just("segment"), "op": st.just("is"), "value": words.filter(bool)}),
)
rules = st.fixed_dictionaries(
    {
        "match": st.sampled_from(["all", "any"]),
        "excludes": st.booleans(),
        "conditions": st.lists(conditions, min_size=1, max_size=3),
    }
)
destinations = st.fixed_dictionaries(
    {
        "name": words.filter(bool),
        "kind": st.sampled_from(["tasks", "webhook"]),
        "config": st.dictionaries(words.filter(bool), words, max_size=2),
    }
)
pivots = st.fixed_dictionaries(
    {
        "name": words.filter(bool),
        "process": words,
        "team": st.sampled_from(["finance", "supply"]),
        "owner": st.sampled_from(["ines@fjordhus.example", "maren@fjordhus.example"]),
        "gate": st.sampled_from(["open", "checked", "closed"]),
        "act_hours": hours,
        "rules": st.lists(rules, max_size=3),
        "destinations": st.lists(destinations, max_size=3, unique_by=lambda one: one["name"]),
    }
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(st.lists(pivots, max_size=4, unique_by=lambda one: one["name"]))
def test_out_in_and_out_again_is_the_same(yard: SimpleNamespace, wanted: list[dict[str, Any]]) -> None:
    """From whatever stood there before: the file wins, and says the same afterwards."""
    text = yaml.safe_dump({"schema": "pivotpoint.switchyard/1", "pivots": wanted}, allow_unicode=True)
    take_in(text, by=yard.maren, prune=True)
    written = write()
    assert [pivot["name"] for pivot in yaml.safe_load(written)["pivots"]] == [one["name"] for one in wanted]
    assert take_in(written, by=yard.maren, prune=True) == []
    assert write() == written
    Pivot.objects.all().delete()
    take_in(written, by=yard.maren)
    assert write() == written


def test_a_closed_pivot_that_is_asked_about_comes_along(yard: SimpleNamespace) -> None:
    """What it decided still counts; without it the file would be refused where there is no such pivot."""
    asks = [{"field": "caught", "op": "is", "value": str(yard.lockers.pk)}]
    edit.save({}, by=yard.maren, pivot=yard.refunds, rules=[{"conditions": asks}])
    edit.close(yard.lockers, by=yard.maren)
    text = write()
    assert [(one["name"], one.get("closed")) for one in yaml.safe_load(text)["pivots"]] == [
        ("Refunds → Finance", None),
        ("Lockers", True),
    ]
    assert take_in(text, by=yard.maren) == []
    for pivot in (yard.refunds, yard.lockers):
        pivot.delete()
    assert [line.does for line in take_in(text, by=yard.maren)] == ["new", "new"]
    assert Pivot.objects.get(name="Lockers").closed_at is not None
    assert write() == text


def test_closed_is_yes_or_no(yard: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="closed is true or false"):
        take_in(write().replace("    gate: open", "    gate: open\n    closed: maybe"), by=yard.maren)
