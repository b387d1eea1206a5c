"""A theme without a word to call it by is called by what its people wrote."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Theme
from pivotpoint.insights.naming.wordless import LONGEST, in_their_words
from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.saying.listing import NO_WORDS

NONE = Title(NO_WORDS, ())


def test_one_message_is_quoted_without_handles_and_links() -> None:
    said = in_their_words(NONE, ["@acme why is this happening to me https://x.example/1"])
    assert said.title == "“why is this happening to me”"


def test_a_long_one_is_cut_between_words() -> None:
    title = in_their_words(NONE, ["so " * 60]).title
    assert title.endswith("so…”")
    assert len(title) <= LONGEST + 2


def test_of_several_messages_it_is_one_of_them() -> None:
    assert in_their_words(NONE, ["what have you seen then?", "How?"]).title == "Mixed, such as “How?”"


def test_a_title_that_has_words_stays() -> None:
    assert in_their_words(Title("Late parcel", ("late",)), ["My parcel is late"]).title == "Late parcel"


def test_nothing_but_a_link_stays_without_words() -> None:
    assert in_their_words(NONE, ["https://x.example/1"]).title == NO_WORDS


SLOTS = [
    f"Even my {who} likes the {what}" for who in ("wife", "boss") for what in ("Ember", "Orchard", "Owl")
]


def test_where_all_say_one_sentence_words_side_by_side_are_no_title() -> None:
    said = in_their_words(
        Title("Orchard · wife", ("orchard",), subject=True),
        [*SLOTS, "EVEN MY WIFE LIKES THE OWL, AND THAT SAYS A LOT"],
    )
    assert said.title in {f"“{text}”" for text in SLOTS}
    assert (said.keywords, said.subject) == (("orchard",), False)


def test_where_each_says_something_else_they_stay() -> None:
    texts = [
        "The orchard was closed when we came",
        "My wife waits for a refund",
        "Is there an orchard for my wife?",
    ]
    assert in_their_words(Title("Orchard · wife", ("orchard",)), texts).title == "Orchard · wife"


def test_a_phrase_stays_a_title() -> None:
    assert in_their_words(Title("Likes the Ember", ("ember",)), SLOTS).title == "Likes the Ember"


def test_one_text_alone_says_no_sentence() -> None:
    assert in_their_words(Title("Orchard · wife", ("orchard",)), SLOTS[:1]).title == "Orchard · wife"


@pytest.mark.django_db
def test_nobody_reads_that_there_are_no_words(
    say: Callable[..., Message], listen: Callable[[], None]
) -> None:
    say("My parcel has not arrived and it was due last week.", "hanne")
    say("you may as well do that then", "tomek")
    listen()
    titles = set(Theme.objects.values_list("title", flat=True))
    assert not any(title.startswith(NO_WORDS) for title in titles)
