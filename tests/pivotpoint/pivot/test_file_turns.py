"""The rotas of functions in the switchyard as a file."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from pivotpoint.pivot import edit, rotas
from pivotpoint.pivot.file import compare, take_in, write
from pivotpoint.pivot.models import Rota
from pivotpoint.pivot.refused import Refused

TURNS = {
    "team": "finance",
    "people": ["maren@fjordhus.example", "ines@fjordhus.example"],
    "turn_days": 3,
    "starts_on": "2026-11-16",
}


def with_turns(text: str, **change: Any) -> str:
    body = yaml.safe_load(text)
    said = {key: value for key, value in (TURNS | change).items() if value != "gone"}
    return yaml.safe_dump(body | {"rotas": [said]}, sort_keys=False, allow_unicode=True)


def test_who_owns_in_turn_comes_back_in_an_empty_installation(yard: SimpleNamespace) -> None:
    """A pivot that goes by its function's rota would else be its owner's, without a word."""
    edit.save({"owned_by": "rota"}, by=yard.maren, pivot=yard.refunds)
    rotas.save(yard.teams["finance"], [yard.maren, yard.ines], by=yard.maren, turn_days=3)
    rotas.save(yard.lockers, [yard.joris], by=yard.maren)
    text = write()
    assert yaml.safe_load(text)["rotas"][0]["people"] == TURNS["people"]
    Rota.objects.all().delete()
    said = compare(text)
    assert [(line.of, line.pivot, line.does) for line in said][0] == ("rota", "Finance", "new")
    assert not Rota.objects.exists()
    assert take_in(text, by=yard.maren) == said
    assert take_in(text, by=yard.maren) == []
    assert write() == text


def test_what_changes_in_a_rota_is_said_in_words(yard: SimpleNamespace) -> None:
    take_in(with_turns(write()), by=yard.maren)
    (line,) = take_in(with_turns(write(), turn_days=7), by=yard.maren)
    assert (line.pivot, line.does) == ("Finance", "changed")
    assert line.differences[0].endswith(
        "3 days each, from 2026-11-16 → maren@fjordhus.example, ines@fjordhus.example, 7 days each, from 2026-11-16"
    )
    assert Rota.objects.get().starts_on == date(2026, 11, 16)
    (line,) = take_in(write().replace("turn_days: 7", "turn_days: 14"), by=yard.maren)
    assert Rota.objects.get().turn_days == 14


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"team": "gone"}, "Rota 1 has no team."),
        ({"team": "moon"}, "Rota of moon: there is no function “moon”; there are "),
        ({"people": "ines"}, "Rota of finance: people is a list of e-mail addresses"),
        ({"people": []}, "Rota of finance: A rota needs people"),
        ({"people": ["x@y.example"]}, "Rota of finance: nobody here has the e-mail x@y.example."),
        ({"people": ["bo@fjordhus.example"]}, "Rota of finance: Bo Aramis may not act on loops"),
        ({"turn_days": 0}, "Rota of finance: turn_days is a number from 1 to 366, not “0”."),
        ({"starts_on": "soon"}, "Rota of finance: starts_on is a day such as 2026-12-01, not “soon”."),
        ({"colour": 1}, "Rota of finance: a rota has no colour."),
    ],
)
def test_a_rota_that_cannot_be_keeps_the_whole_file_out(
    yard: SimpleNamespace, change: dict[str, Any], sentence: str
) -> None:
    text = with_turns(write(), **change).replace("act_hours: 336", "act_hours: 100")
    with pytest.raises(Refused) as refused:
        take_in(text, by=yard.maren)
    assert sentence in str(refused.value)
    assert not Rota.objects.exists()
    assert "act_hours: 100" not in write()


def test_a_rota_stands_there_once(yard: SimpleNamespace) -> None:
    again = TURNS | {"people": ["ines@fjordhus.example"]}
    body = yaml.safe_load(write()) | {"rotas": [TURNS, again]}
    with pytest.raises(Refused, match="Rota of finance stands there twice"):
        take_in(yaml.safe_dump(body, allow_unicode=True), by=yard.maren)
