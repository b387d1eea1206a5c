"""The story as it is written: what customers say, and the truth about it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest

from pivotpoint.desk.demo.book import book
from pivotpoint.desk.demo.people import STAFF, crowd
from pivotpoint.desk.demo.script import DAYS, Story, write
from pivotpoint.desk.demo.truth import truth
from pivotpoint.desk.demo.voice import fill
from textanalytics.duplicates import copy_mark

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def story() -> Story:
    return write(1, 3_000, TODAY)


@pytest.fixture(scope="module")
def planted(story: Story) -> dict[str, Any]:
    return truth(story)


def test_the_same_seed_is_the_same_story(planted: dict[str, Any]) -> None:
    assert truth(write(1, 3_000, TODAY)) == planted
    assert truth(write(2, 3_000, TODAY))["digest"] != planted["digest"]


def test_the_day_it_ends_moves_the_dates_and_no_word(planted: dict[str, Any]) -> None:
    other = truth(write(1, 3_000, date(2027, 11, 21)))  # a Sunday as well: fewer people write on Sundays
    assert other["digest"] == planted["digest"]
    assert other["first_day"] != planted["first_day"]


def test_it_has_about_as_many_messages_as_asked(story: Story) -> None:
    assert 2_700 < len(story.said) < 3_300
    assert 350 < len(write(1, 400, TODAY).said) < 460


def test_people_write_on_every_channel_in_two_languages(story: Story) -> None:
    channels = Counter(message.channel for message in story.said)
    assert set(channels) == {"form", "mail", "portal", "app", "social", "review", "survey", "call"}
    assert min(channels.values()) > 0.03 * len(story.said)
    german = sum(m.person.language == "de" for m in story.said) / len(story.said)
    assert 0.06 < german < 0.18


def test_hardly_anybody_says_it_in_the_same_words(story: Story) -> None:
    issues = [m.text for m in story.said if m.kind == "issue"]
    assert len(set(issues)) > 0.9 * len(issues)
    assert all(count <= 12 for count in Counter(issues).values())


def test_nothing_of_the_templates_is_left(story: Story) -> None:
    for message in story.said:
        assert not set("{}[]|") & set(message.text), message.text
        assert message.text == message.text.strip()
        assert message.text


def test_an_issue_begins_on_its_day_and_a_change_shows(story: Story) -> None:
    for key, issue in book()["issue"].items():
        days = Counter(m.day for m in story.said if m.matter == key)
        if "onset" not in issue or issue.get("kind") == "praise":
            continue
        after = issue["changes"][0]["live"] + 2 if "changes" in issue else DAYS
        before, during = _daily(days, 0, issue["onset"]), _daily(days, issue["onset"], min(after, DAYS))
        assert during > 2 * before, key
        if "changes" in issue and after < DAYS - 5:
            effect = issue["changes"][0]["effect"]
            assert (_daily(days, after, 87) < during) == (effect > 0), key


def _daily(days: Counter[int], first: int, end: int) -> float:
    return sum(days[day] for day in range(first, end)) / (end - first)


def test_the_truth_names_each_issue_once_and_all_its_messages(story: Story, planted: dict[str, Any]) -> None:
    names = {message.external_id for message in story.said}
    for issue in planted["issues"]:
        assert set(issue["messages"]) <= names
        assert 0 < issue["people"] <= issue["names"] <= len(issue["messages"])
    assert {issue["function"] for issue in planted["issues"]} >= {
        *("service", "sales", "marketing", "product", "finance", "supply")
    }
    worse = [c for issue in planted["issues"] for c in issue["changes"] if c["rate_after"] > c["rate_before"]]
    assert [change["title"] for change in worse] == ["Call-backs instead of the queue"]


def test_every_matter_has_an_answer_and_every_change_its_words() -> None:
    pages = book()
    for kind in ("issue", "everyday"):
        assert set(pages[kind]) == set(pages["reply"][kind])
    for key, issue in pages["issue"].items():
        assert len(issue.get("changes", [])) == len(pages["work"].get(key, {}).get("done", []))
    staff = {colleague.key for colleague in STAFF}
    for work in pages["work"].values():
        assert {
            who for who, *_ in (*work.get("talk", []), *work.get("again", []), *work.get("tasks", []))
        } <= staff


def test_a_choice_inside_a_choice_is_made_from_inside() -> None:
    texts = {fill("[a [b|c]|d] {x}", {"x": ["1"]}, Random(seed)) for seed in range(40)}
    assert texts == {"a b 1", "a c 1", "d 1"}


def test_customers_have_names_of_their_own() -> None:
    people = crowd(9_000, Random(1))
    assert len({person.email for person in people}) == len(people)


def test_hardly_anybody_says_word_for_word_what_somebody_else_said(story: Story) -> None:
    senders: dict[int, set[str]] = {}
    own = [message for message in story.said if message.kind != "noise"]
    for message in own:
        senders.setdefault(copy_mark(message.text), set()).add(message.person.email)
    copied = [some for mark, some in senders.items() if mark and len(some) > 1]
    assert sum(map(len, copied)) <= 0.02 * len(own)
