"""Who praises a thing and who blames it stand behind two themes, whatever else happens to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.marks import mark
from pivotpoint.insights.follow import follow_reading
from pivotpoint.insights.gathering.consolidate import consolidate
from pivotpoint.insights.gathering.memory import held
from pivotpoint.insights.gathering.moods import felt, recall_moods
from pivotpoint.insights.models import IndexState, Membership, Theme
from pivotpoint.journal.models import Event
from pivotpoint.listening.models import Reading
from tests.pivotpoint.insights.conftest import LATE
from tests.textanalytics.grouping.test_moods import BAD, GOOD

pytestmark = pytest.mark.django_db
Say, Listen = Callable[..., Message], Callable[[], None]


def say_all(say: Say, texts: list[str]) -> list[int]:
    return [say(text, f"somebody{n}{len(text)}").pk for n, text in enumerate(texts)]


def anew() -> dict[int, int | None]:
    """Put in order once more; each message's theme."""
    IndexState.objects.update(consolidated=0)
    consolidate()
    return where()


def where() -> dict[int, int | None]:
    return dict(Membership.objects.values_list("pk", "cluster__theme"))


@pytest.fixture
def service(say: Say, listen: Listen) -> tuple[list[int], list[int]]:
    """Ten people praise the service, ten blame it."""
    pleased, upset = say_all(say, GOOD), say_all(say, BAD)
    listen()
    return pleased, upset


def test_praise_and_blame_are_two_themes_and_stay_two(
    service: tuple[list[int], list[int]], say: Say, listen: Listen
) -> None:
    pleased, upset = service
    found = where()
    praise, blame = ({found[pk] for pk in some} for some in service)
    assert len(praise) == len(blame) == 1
    assert praise != blame
    assert Theme.objects.get(pk=praise.pop()).negative == 0
    assert anew() == found
    say_all(say, LATE)
    listen()
    later = where()
    assert {pk: later[pk] for pk in found} == found


def test_the_side_that_leaves_knows_where_it_came_from(
    say: Say, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("pivotpoint.insights.gathering.consolidate.felt", lambda index: None)
        messages = [*say_all(say, GOOD), *say_all(say, BAD)]
        listen()
    (was,) = set(where().values())
    found = anew()
    child = Theme.objects.exclude(parent=None).get()
    assert {found[pk] for pk in messages} == {was, child.pk}
    assert child.parent_id == was
    assert child.messages == 10


def test_the_people_of_a_theme_that_a_person_named_are_left_together(
    say: Say, listen: Listen, maren: Any
) -> None:
    say_all(say, BAD)
    listen()
    theme = Theme.objects.live().get()
    edit.rename(theme, "Service", by=maren)
    say_all(say, GOOD)
    listen()
    assert set(anew().values()) == {theme.pk}


def test_what_is_pinned_merged_or_split_is_held_whole(heard: dict[str, list[Message]], maren: Any) -> None:
    late, twice = (Theme.objects.get(clusters__members=heard[key][0].pk) for key in ("late", "twice"))

    def whole() -> Any:
        with held() as copy:
            known = felt(copy.index)
        assert known is not None
        return known.whole

    assert whole() == frozenset()
    mark(late.insight, "pin", by=maren)
    assert whole() == {late.pk}
    part = edit.split(twice, [heard["twice"][0].pk], "", by=maren).other
    assert part is not None
    assert whole() == {late.pk, twice.pk, part.pk}


def test_german_moods_divide_nothing(say: Say, listen: Listen) -> None:
    say_all(
        say,
        ["Das Paket ist seit einer Woche nicht angekommen.", "Die Lieferung kommt leider wieder zu spät."],
    )
    listen()
    with held() as copy:
        assert felt(copy.index) is None


def test_a_corrected_mood_is_known(service: tuple[list[int], list[int]]) -> None:
    one = service[1][0]
    Reading.objects.filter(pk=one).update(mood="positive")
    follow_reading(Event(subject_id=one))
    row = Membership.objects.get(pk=one)
    assert (row.positive, row.negative) == (True, False)


def test_what_came_in_before_is_remembered_in_portions(
    service: tuple[list[int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(Membership.objects.values_list("pk", "positive"))
    assert True in before.values()
    monkeypatch.setattr("pivotpoint.insights.gathering.moods.AT_ONCE", 12)
    Membership.objects.update(positive=None)
    assert [recall_moods() for _ in range(3)] == [12, 8, 0]
    assert dict(Membership.objects.values_list("pk", "positive")) == before


def test_the_moods_are_asked_in_a_constant_number_of_queries(
    service: tuple[list[int], list[int]], django_assert_num_queries: Any
) -> None:
    """To be alone, to count what is not known, to read what is; and twice for what people hold."""
    with held() as copy:
        for _ in ("of all", "of none"):
            with django_assert_num_queries(5):
                felt(copy.index)
