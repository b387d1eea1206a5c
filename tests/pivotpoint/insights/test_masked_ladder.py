"""A ladder that is passed on says what people said, and neither their numbers nor their addresses."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

from rich.console import Console

from pivotpoint.insights.ladder.as_json import as_json
from pivotpoint.insights.ladder.as_page import as_page
from pivotpoint.insights.ladder.as_text import show
from pivotpoint.insights.ladder.ladder import Grave, House, Ladder, Quote, Said, Wider
from pivotpoint.insights.ladder.masked import masked
from tests.pivotpoint.insights.test_ladder_page import MOMENT, ladder, theme

TOLD = "Refund: my pin is 7391, call me on +49 381 1234567, mail bo@larkfield.example, account no. 77391188, I live at 14 Elm Road"
SECRETS = ("7391", "1234567", "bo@larkfield", "77391188", "88813577", "Elm Road")


def everywhere() -> Ladder:
    quote = Quote(TOLD, "bo@larkfield.example", MOMENT, ((0, 6), (8, 14)))
    one = replace(
        theme("trend", 3, "My pin is 7391", "Refund"),
        quotes=(quote,),
        said=(Said("Account no. 88813577", 3, 3),),
        keywords=("bo@larkfield.example",),
        to="bo@larkfield.example",
        to_people=3,
        firms=(("bo@larkfield.example", 3),),
    )
    return replace(
        ladder(),
        themes=[one],
        unsure=[one],
        talk=[one],
        mixed=[one],
        wider=[Wider(1, "My pin is 7391", 3, 3, (one.id,))],
        elsewhere=[("advertisement", quote)],
        vague=[quote],
        grave=[Grave(quote, -1)],
        by="to",
        house="bo@larkfield.example",
        houses=[House("bo@larkfield.example", 3, 3)],
    )


def forms(whole: Ladder) -> list[str]:
    out = StringIO()
    show(whole, Console(file=out, width=300, highlight=False), everything=True)
    return [out.getvalue(), as_page(whole), json.dumps(as_json(whole), ensure_ascii=False)]


def test_what_betrays_somebody_is_in_no_form_of_a_masked_ladder() -> None:
    for form in forms(everywhere()):
        assert all(secret in form for secret in SECRETS)
    for form in forms(masked(everywhere())):
        assert not [secret for secret in SECRETS if secret in form]
        assert "•••@•••" in form


def test_the_marked_words_are_the_same_in_a_masked_quote() -> None:
    quote = masked(everywhere()).themes[0].quotes[0]
    assert [quote.text[start:end] for start, end in quote.words] == ["Refund", "my pin"]


def test_that_something_may_be_masked_is_said() -> None:
    assert "--unmasked shows them" in forms(masked(everywhere()))[0]
    assert "--unmasked" not in forms(everywhere())[0]


def test_of_whom_somebody_complains_the_name_is_masked_and_who_is_praised_keeps_it() -> None:
    def said(text: str, *, blames: bool) -> Quote:
        return Quote(text, None, None, (), blames)

    upset = said("@FjordAir your agent Rupert shouted at me", blames=True)
    pleased = said("Your agent Oona was so kind", blames=False)
    firm = said("the driver FjordAir sent, or the driver Fjord sent, was late", blames=True)
    whole = everywhere()
    one = replace(
        theme("trend", 3, "The driver Rupert shouted", "Refund"), quotes=(upset, pleased, firm), said=()
    )
    hurt = said("The guard Bertil hit me", blames=False)
    whole = replace(
        whole,
        themes=[one],
        grave=[Grave(hurt, -1)],
        thefts=[Grave(hurt, -1)],
        stolen={-1: 3},
        leaving=[Grave(hurt, -1)],
    )
    for form in forms(masked(whole)):
        assert "Rupert" not in form and "Bertil" not in form
        assert "Oona" in form and "driver FjordAir sent" in form and "driver Fjord sent" in form
    assert all("Rupert" in form and "Bertil" in form for form in forms(whole))
    praised = replace(whole, themes=[replace(one, negative_share=0.1)])
    assert masked(praised).themes[0].title == "The driver Rupert shouted"
