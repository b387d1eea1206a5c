"""A title that only names what people speak of is known as such, until a person gives a better one."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.gathering import parts
from pivotpoint.insights.models import Theme
from pivotpoint.insights.naming.parts import Found
from pivotpoint.listening.models import Reading
from tests.pivotpoint.desk.scene import read_all
from tests.pivotpoint.insights.test_mixed import holding
from tests.switchyard import make_insight
from textanalytics.naming.choosing import candidates
from textanalytics.naming.choosing.titles import Title

pytestmark = pytest.mark.django_db
LATE = ["Mein Zug hat wieder Verspätung", "Die Verspätung ist eine Zumutung", "Verspätung, jeden Morgen"]


def called(monkeypatch: pytest.MonkeyPatch, title: str, *texts: str) -> Theme:
    """A theme of these texts for which that is found."""
    theme = make_insight(7, 3).theme
    monkeypatch.setattr(candidates, "name_all", lambda *_, **__: {7: Title(title, ("word",))})
    holding(theme, list(texts) or ["The lid came loose", "The hose came off", "The pump came apart"])
    return theme


@pytest.mark.parametrize(
    ("title", "subject"),
    [("Hose", True), ("Hose · pump", True), ("Hose trouble", False), ("Hose came off", False)],
)
def test_a_word_or_several_side_by_side(
    title: str, subject: bool, form: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert called(monkeypatch, title).subject == subject


def test_another_theme_of_that_name_makes_it_no_statement(
    form: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_insight(8, 3, title="Hose")
    theme = called(monkeypatch, "Hose")
    assert (theme.title, theme.subject) == ("Hose (word)", True)


def test_a_german_noun_of_what_is_wrong_says_it_all(
    form: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not called(monkeypatch, "Verspätung", *LATE).subject


def test_a_person_who_names_it_says_that_it_is_the_matter(form: Any, now: Any, maren: Any) -> None:
    theme = make_insight(7, 3, title="Hose", subject=True).theme
    action = edit.rename(theme, "Hoses", by=maren)
    assert not Theme.objects.get(pk=7).subject
    undo(action, by=maren)
    assert Theme.objects.get(pk=7).subject


@pytest.mark.parametrize(
    ("new", "names", "subject"),
    [("Hose came off / Lid came loose", False, False), ("Hose / Lid", True, True), ("", False, True)],
)
def test_a_title_that_gives_way_to_its_parts_may_say_something(
    new: str, names: bool, subject: bool, form: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_insight(7, 40, title="Hose", subject=True, title_open=True)
    found = Found({"came off": [7]}, called=new, subject=names)
    monkeypatch.setattr(parts, "parts_of", lambda _: {7: found})
    monkeypatch.setattr(parts, "is_busy", lambda: False)
    monkeypatch.setattr(parts, "due", lambda limit: list(Theme.objects.filter(pk=7)))
    parts.IndexState.objects.create(pk=1, encoder=parts.live_encoder().name)
    assert parts.tell_parts() == 1
    assert Theme.objects.get(pk=7).subject == subject


@pytest.mark.parametrize(("language", "marked"), [("en", {7, 8}), ("de", set())])
def test_those_that_were_named_before_are_marked(
    language: str, marked: set[int], form: Any, now: Any, maren: Any
) -> None:
    for pk, title in enumerate(["Hose", "Hose · pump (2)", "Hose trouble", "Pumps"], 7):
        make_insight(pk, 1, title=title)
    Theme.objects.filter(pk=10).update(titled_by=maren)
    Theme.objects.create(pk=11, title="Thanks", vague=True)
    read_all()
    Reading.objects.update(language=language)
    import_module("pivotpoint.insights.migrations.0026_mark_subjects").mark(apps, None)
    assert set(Theme.objects.filter(subject=True).values_list("pk", flat=True)) == marked
