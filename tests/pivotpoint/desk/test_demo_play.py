"""The story is played once, by one worker, and taken up where it stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts.models import Installation, User
from pivotpoint.accounts.set_up import set_up
from pivotpoint.channels.models import Message
from pivotpoint.desk import jobs
from pivotpoint.desk.demo import script
from pivotpoint.desk.demo.play import IDLE, LAST, SELDOM, AlreadyPlayed, play, story_here
from pivotpoint.desk.demo.scene import DAYS as ALL_DAYS
from pivotpoint.jobs import beat
from pivotpoint.lib import clock

DAYS = 4
SIZE = 80
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _short(monkeypatch: Any, now: Any) -> None:
    """Its first days only, and letters into memory."""
    monkeypatch.setattr(script, "DAYS", DAYS)


@pytest.fixture
def asked(_short: None, monkeypatch: Any) -> User:
    """The wizard is through, with the wish for the story."""
    monkeypatch.setattr(jobs, "MESSAGES", SIZE)
    return set_up(
        organisation="Fjordhus",
        name="Ada Winther",
        email="ada@fjordhus.example",
        password="a long enough password",
        functions=["service", "finance"],
        demo=True,
    )


def test_what_the_story_leaves_out_or_to_the_end_are_sweeps_that_there_are() -> None:
    assert {*IDLE, *LAST, *SELDOM} <= set(beat.declared)


def test_the_last_day_puts_the_themes_in_order() -> None:
    assert ALL_DAYS % SELDOM["insights.consolidate"] == 0


def test_what_runs_seldom_rests_on_the_days_between(monkeypatch: Any) -> None:
    days: list[int] = []
    day = lambda: Installation.here().demo_day  # noqa: E731 the day that is being played
    noted = beat.Declared("insights.consolidate", 5, lambda: (days.append(day()), 0)[1])
    monkeypatch.setitem(beat.declared, "insights.consolidate", noted)
    play(story_here(1, SIZE))
    assert set(days) == {2, DAYS}, "the third day, and when all is told"


def test_once_it_is_told_every_sweep_has_run(monkeypatch: Any) -> None:
    ran: list[str] = []
    for name, declared in list(beat.declared.items()):
        sweep = declared.sweep
        noted = lambda name=name, sweep=sweep: (ran.append(name), sweep())[1]  # noqa: E731
        monkeypatch.setitem(beat.declared, name, beat.Declared(name, declared.seconds, noted))
    play(story_here(1, SIZE))
    assert set(ran) == set(beat.declared)


def heard() -> set[str]:
    rows = Message.objects.filter(external_id__startswith="story-")
    return set(rows.values_list("external_id", flat=True))


def test_a_story_that_was_interrupted_goes_on_where_it_stopped() -> None:
    story = story_here(1, SIZE)

    def stop(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(story, stop)
    assert Installation.here().demo_day == 2
    with clock.at(clock.now() + timedelta(days=3)):
        again = story_here(seed=7, messages=99)
        assert [message.text for message in again.said] == [message.text for message in story.said]
        days = []
        play(again, lambda done, of: days.append(done))
    assert days == [3, 4]
    assert heard() == {message.external_id for message in story.said}
    with pytest.raises(AlreadyPlayed):
        play(again)


def test_the_wizards_wish_is_played_by_one_worker(asked: User, monkeypatch: Any) -> None:
    played: list[int] = []
    monkeypatch.setattr("pivotpoint.desk.demo.play.play", lambda story: played.append(len(story.said)))
    assert jobs.play_if_asked() == 1
    assert jobs.play_if_asked() == 0, "another worker has it"
    with clock.at(clock.now() + jobs.GONE + timedelta(seconds=1)):
        assert jobs.play_if_asked() == 1, "that worker was killed"
    Installation.objects.update(demo_played_at=clock.now())
    with clock.at(clock.now() + timedelta(days=1)):
        assert jobs.play_if_asked() == 0
    assert len(played) == 2


def test_without_the_wish_nothing_is_played(installation: Any) -> None:
    assert jobs.play_if_asked() == 0


def test_today_says_how_far_the_story_is_and_then_shows_it(asked: User, client: Client) -> None:
    client.force_login(asked, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "about to be played" in client.get(reverse("desk:today")).content.decode()
    Installation.objects.update(demo_day=34)
    line = client.get(reverse("desk:story"), headers={"HX-Request": "true"})
    assert "day 34 of" in line.content.decode()
    Installation.objects.update(demo_played_at=clock.now())
    line = client.get(reverse("desk:story"), headers={"HX-Request": "true"})
    assert line.headers["HX-Refresh"] == "true"
    assert "Where to look first" in client.get(reverse("desk:today")).content.decode()
    Installation.objects.update(demo_played_at=clock.now() - timedelta(hours=3))
    assert "demo story" not in client.get(reverse("desk:today")).content.decode()


def test_the_wizards_story_comes_into_the_organisation_that_is_there(asked: User) -> None:
    assert jobs.play_if_asked() == 1
    here = Installation.here()
    assert (here.name, here.demo_day) == ("Fjordhus", DAYS)
    assert here.demo_played_at is not None
    assert heard()
    invented = User.objects.exclude(pk=asked.pk)
    assert invented.exists()
    assert not any(user.has_usable_password() for user in invented), (
        "nobody logs in with a published password"
    )
