"""A theme without a word to call it by is called by what its people wrote."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Theme
from pivotpoint.insights.naming.wordless import LONGEST, in_their_words
from textanalytics.naming.listing import NO_WORDS
from textanalytics.naming.titles import Title

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


@pytest.mark.django_db
def test_nobody_reads_that_there_are_no_words(
    say: Callable[..., Message], listen: Callable[[], None]
) -> None:
    say("My parcel has not arrived and it was due last week.", "hanne")
    say("you may as well do that then", "tomek")
    listen()
    titles = set(Theme.objects.values_list("title", flat=True))
    assert not any(title.startswith(NO_WORDS) for title in titles)
