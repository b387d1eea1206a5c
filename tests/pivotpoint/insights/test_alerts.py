"""What rises is told to those who can act, once; praise, jokes and what a person muted wake nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.insights.alerts import letters, watch
from pivotpoint.insights.alerts.figures import figures
from pivotpoint.insights.alerts.judge import judge, take_back
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.decisions.marks import mark, unmark
from pivotpoint.insights.models import Alert, AlertLetter, AlertVerdict, Membership, Theme, ThemeDay
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import sweep
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading
from pivotpoint.pivot.loops import open_loop
from tests.rise import PAST, WORDS, alerted, past, rise, say_besides
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _past(now: datetime, cast: Any) -> None:
    past()


def later(now: datetime, **span: Any) -> Any:
    return clock.at(now + timedelta(**span))


def test_an_alert_says_what_since_when_how_sure_and_who(now: datetime, maren: Any, ines: Any) -> None:
    ines.team.lead = ines
    ines.team.save()
    alert = alerted(severity="medium")
    assert (alert.people, alert.hours) == (9, 24)
    assert alert.expected < 1
    assert alert.onset == Membership.objects.filter(cluster__theme=1).earliest("said_at").said_at
    assert alert.false_share < 0.01
    assert (alert.owner, alert.function, alert.severity, alert.quiet) == (ines, "finance", "medium", "")
    assert alert.themes == 2
    assert set(alert.letters.values_list("told", flat=True)) == {maren.pk, ines.pk}
    event = Event.objects.get(name="insights.alert_raised")
    assert (event.subject_id, event.data["alert"], event.data["people"]) == (1, alert.pk, 9)


def test_a_second_look_wakes_nobody_again(now: datetime) -> None:
    alerted()
    assert watch.watch() == 0
    with later(now, hours=3):
        assert watch.watch() == 0
    assert Alert.objects.count() == 1


def test_an_ordinary_day_raises_nothing(now: datetime) -> None:
    rise(1, 3)
    for n in range(1, 50):
        ThemeDay.objects.create(
            theme_id=1, day=clock.today() - timedelta(days=n), people=3, messages=3, negative=0
        )
    assert watch.watch() == 0


def test_what_no_word_holds_together_does_not_rise_as_a_whole(now: datetime) -> None:
    rise(mixed=True)
    assert watch.watch() == 0
    Theme.objects.filter(pk=1).update(mixed=False)
    assert watch.watch() == 1


def read_as(number: int, **reading: Any) -> None:
    Reading.objects.filter(message__membership__cluster__theme=number).update(**reading)


@pytest.mark.parametrize(("mood", "reason"), [("positive", "praise"), ("neutral", "no fault")])
def test_what_is_no_fault_wakes_nobody_and_can_be_looked_at(now: datetime, mood: str, reason: str) -> None:
    rise(negative=False)
    read_as(1, mood=mood, intent="other")
    watch.watch()
    alert = Alert.objects.get()
    assert alert.quiet == reason
    assert not AlertLetter.objects.exists()
    assert not Event.objects.filter(name="insights.alert_raised").exists()
    assert watch.watch() == 0
    read_as(1, mood={"positive": "neutral", "neutral": "positive"}[mood])
    assert watch.watch() == 0, "no alert of its own"


def test_people_who_were_hurt_are_never_quiet(now: datetime) -> None:
    """However pleased they are read, and however alike they say it."""
    rise(words=[f"your battery exploded and burned my hand {n}" for n in range(9)])
    Membership.objects.filter(cluster__theme=1).update(negative=False)
    read_as(1, mood="positive", intent="crisis")
    watch.watch()
    alert = Alert.objects.get()
    assert alert.quiet == ""
    assert alert.letters.exists()


def test_who_complains_with_a_happy_mood_is_not_pleased(now: datetime) -> None:
    rise()
    Membership.objects.filter(cluster__theme=1).update(negative=False, actionable=True)
    read_as(1, mood="positive", intent="request")
    watch.watch()
    assert Alert.objects.get().quiet == "praise"
    read_as(1, intent="complaint")
    watch.watch()
    assert Alert.objects.waking().exists()


def test_who_tells_of_danger_and_then_of_something_else_is_heard_by_the_danger(now: datetime) -> None:
    insight = rise(negative=False)
    read_as(1, mood="positive", intent="praise")
    like = Membership.objects.filter(cluster__theme=insight.pk).order_by("pk")
    for own in like[:2]:
        message = Message.objects.create(
            channel_id=own.channel_id,
            external_id=f"hurt-{own.pk}",
            customer_id=own.customer_id,
            text="It burned my hand",
            said_at=own.said_at - timedelta(minutes=1),
        )
        reading = Reading.objects.get(message=own.pk)
        reading.pk, reading.message, reading.intent = message.pk, message, "crisis"
        reading.save(force_insert=True)
        own.pk, own.message, own.said_at = message.pk, message, message.said_at
        own.save(force_insert=True)
    watch.watch()
    assert Alert.objects.get().quiet == ""


def test_blame_within_a_praised_insight_wakes_somebody(now: datetime) -> None:
    rise(people=12, negative=False)
    read_as(1, mood="positive", intent="praise")
    rows = Membership.objects.filter(cluster__theme=1).order_by("pk")
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:4])).update(negative=True)
    watch.watch()
    assert Alert.objects.get().quiet == "praise"
    earlier = make_insight(2, 60)
    Membership.objects.filter(cluster__theme=2).update(
        negative=False,
        actionable=False,
        said_at=now - timedelta(days=9),
        day=clock.today() - timedelta(days=9),
    )
    Membership.objects.filter(cluster__theme=2).update(cluster=rows[0].cluster_id)
    assert earlier.theme_id == 2
    watch.watch()
    assert Alert.objects.waking().get().insight_id == 1


def test_one_sentence_that_everybody_repeats_wakes_nobody(now: datetime) -> None:
    assert alerted(words=[f"{n} our fleet is on fire {n}" for n in range(9)]).quiet == "repeats"


def test_what_was_praise_and_becomes_a_fault_wakes_somebody(now: datetime) -> None:
    first = alerted(negative=False)
    Membership.objects.filter(cluster__theme=1).update(negative=True)
    assert watch.watch() == 1
    second = Alert.objects.waking().get()
    first.refresh_from_db()
    assert first.calmed_at is not None
    assert second.letters.exists()


def test_what_is_muted_wakes_nobody_until_that_ends(now: datetime, maren: Any, samir: Any) -> None:
    insight = rise()
    with pytest.raises(PermissionDenied):
        mark(insight, "mute", by=samir)
    mark(insight, "mute", by=maren)
    mark(insight, "mute", by=maren)
    watch.watch()
    assert Alert.objects.get().quiet == "muted"
    unmark(insight, "mute", by=maren)
    watch.watch()
    assert Alert.objects.waking().count() == 1
    assert list(Event.objects.filter(name="insights.marked").values_list("data", flat=True)) == [
        {"kind": "mute", "ended": False},
        {"kind": "mute", "ended": True},
    ]


def test_a_surge_within_hours_is_severe(now: datetime) -> None:
    """Twelve people within the hour, of a matter that is spoken of every day."""
    for n in range(1, 60):
        ThemeDay.objects.create(
            theme_id=PAST, day=clock.today() - timedelta(days=60 + n), people=1, messages=1, negative=0
        )
    ThemeDay.objects.filter(theme=PAST).update(people=900)
    insight = rise(1, 12)
    for n in range(1, 60):
        ThemeDay.objects.create(
            theme_id=1, day=clock.today() - timedelta(days=n), people=8, messages=8, negative=8
        )
    Membership.objects.filter(cluster__theme=insight.pk).update(said_at=now - timedelta(minutes=20))
    watch.watch()
    alert = Alert.objects.get()
    assert alert.hours <= 6
    assert (alert.severity, alert.people) == ("high", 12)
    assert "12 people within" in alert.severity_why
    assert alert.onset == now - timedelta(minutes=20)


def test_it_calms_down_and_a_return_within_a_week_is_the_same_rise(now: datetime) -> None:
    alert = alerted()
    with later(now, days=3):
        assert watch.watch() == 1
        alert.refresh_from_db()
        assert alert.calmed_at is not None
        assert Event.objects.filter(name="insights.alert_calmed").count() == 1
        ThemeDay.objects.create(theme_id=1, day=clock.today(), people=9, messages=9, negative=9)
        Theme.objects.filter(pk=1).update(last_at=clock.now())
        assert watch.watch() == 1
    alert.refresh_from_db()
    assert alert.calmed_at is None
    assert Alert.objects.count() == 1


def test_while_an_import_runs_nobody_is_woken(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    rise()
    monkeypatch.setattr(watch, "is_busy", lambda: True)
    assert watch.watch() == 0
    assert not Alert.objects.exists()


def test_each_person_gets_one_letter_for_all_that_rises(now: datetime, maren: Any) -> None:
    rise(1)
    rise(2, words=[f"parcel {word}" for word in WORDS])
    watch.watch()
    assert letters.mail() == 2
    (letter,) = outbox.outbox
    assert letter.to == [maren.email]
    assert letter.subject.startswith("2 things are rising")
    assert "9 people within a day, usually nobody. Of alerts as sure as this, " in letter.body
    assert "answers for it" in letter.body
    assert WORDS[0] not in letter.body
    assert letters.mail() == 0


def test_a_sentence_says_what_in_which_words_and_how_sure(now: datetime) -> None:
    alert = alerted()
    alert.words, alert.expected, alert.false_share = "audio, sync", 1.6, 0.02
    assert alert.sentence == (
        "9 people within a day, usually about 2. They say: audio, sync. "
        "Of alerts as sure as this, 1 in 50 is false."
    )


def test_a_letter_that_fails_is_tried_again(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    alerted()
    with monkeypatch.context() as patch:
        patch.setattr(
            "django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError("no route"))
        )
        assert letters.mail() == 1
    assert AlertLetter.objects.get().error == "no route"
    assert letters.mail() == 0, "claimed"
    with later(now, minutes=3):
        assert letters.mail() == 1
    assert AlertLetter.objects.get().mailed_at is not None


def test_a_verdict_stands_until_another_or_none(now: datetime, maren: Any, samir: Any) -> None:
    alert = alerted()
    with pytest.raises(PermissionDenied):
        judge(alert, "real", by=samir)
    with pytest.raises(ValidationError):
        judge(alert, "maybe", by=maren)
    with pytest.raises(ValidationError):
        judge(alert, "real", noticed_at=now + timedelta(days=1), by=maren)
    first = judge(alert, "real", by=maren)
    assert judge(alert, "real", by=maren) == first
    second = judge(alert, "false", by=maren)
    assert list(AlertVerdict.objects.standing()) == [second]
    take_back(second, by=maren)
    take_back(second, by=maren)
    assert not AlertVerdict.objects.standing().exists()
    said = Event.objects.filter(name="insights.alert_judged").order_by("pk")
    assert [event.data["value"] for event in said] == ["real", "false", ""]


def test_precision_and_lead_are_counted_from_what_people_said(now: datetime, maren: Any, ines: Any) -> None:
    assert (figures().judged, figures().precision.share, figures().noticed.hours) == (0, None, None)
    alerts = [alerted(n) for n in (1, 2, 3)]
    pivot = make_pivot(ines.team, ines)
    with later(now, hours=5):
        judge(alerts[0], "real", noticed_at=clock.now() - timedelta(hours=1), by=maren)
        judge(alerts[1], "false", by=maren)
        judge(alerts[2], "known", by=maren)
        open_loop(alerts[0].insight, pivot, by=maren)
    with later(now, hours=6):
        sweep()
    found = figures()
    assert (found.raised, found.judged, found.counts) == (3, 3, {"real": 1, "false": 1, "known": 1})
    assert (found.precision.right, found.precision.asked, found.news.right) == (2, 3, 1)
    assert (found.noticed.hours, found.taken_up.hours, found.many.hours) == (4.0, 5.0, None)
    assert [name for name, _ in found.months] == ["2026-11"]


def test_false_alarms_teach_the_next_look(now: datetime, maren: Any) -> None:
    alert = alerted(people=5)
    judge(alert, "false", by=maren)
    with later(now, days=20):
        for n in range(20):
            ThemeDay.objects.create(
                theme_id=PAST, day=clock.today() - timedelta(days=n), people=40, messages=40, negative=0
            )
        ThemeDay.objects.create(theme_id=1, day=clock.today(), people=3, messages=3, negative=3)
        Theme.objects.filter(pk=1).update(last_at=clock.now())
        Membership.objects.filter(cluster__theme=1).update(said_at=clock.now())
        watch.watch()
        assert Alert.objects.waking().filter(calmed_at=None).count() == 0
        take_back(AlertVerdict.objects.get(), by=maren)
        watch.watch()
        assert Alert.objects.waking().filter(calmed_at=None).count() == 1


def test_when_ten_have_said_it_is_written_down(now: datetime) -> None:
    alert = alerted(people=9)
    assert alert.many_at is None
    other = rise(2, 1)
    with later(now, hours=2):
        backing = other.theme.backings.get()
        backing.pk, backing.theme_id, backing.last_at = None, 1, clock.now()
        backing.save()
        watch.watch()
    alert.refresh_from_db()
    assert alert.many_at == now + timedelta(hours=2)


def test_a_partner_sees_alerts_of_their_own_function_alone(
    now: datetime, pia: Any, maren: Any, samir: Any
) -> None:
    alerted()
    assert Alert.objects.visible_to(maren).count() == Alert.objects.visible_to(samir).count() == 1
    assert not Alert.objects.visible_to(pia).exists()


def test_a_look_asks_as_often_at_twenty_rises_as_at_three(
    now: datetime, django_assert_max_num_queries: Any
) -> None:
    ThemeDay.objects.filter(theme=PAST).update(people=900)
    for n in range(1, 21):
        rise(n, words=[f"{n} {word}" for word in WORDS])
    watch.watch()
    assert Alert.objects.count() == 20
    with django_assert_max_num_queries(28):
        watch.watch()


def spoken_of_for_long(number: int, people: int) -> None:
    """So many people a day have spoken of the insight for two months, hundreds of other things."""
    ThemeDay.objects.filter(theme=PAST).update(people=900)
    days = [clock.today() - timedelta(days=n) for n in range(1, 60)]
    ThemeDay.objects.bulk_create(
        ThemeDay(theme_id=number, day=day, people=people, messages=people, negative=people) for day in days
    )


def test_second_matters_raise_an_alert_within_hours(now: datetime) -> None:
    """Of the day as a whole it would be nothing: eight people are usual, ten spoke. They did within the hour."""
    insight = make_insight(1, 3)
    Membership.objects.update(said_at=now - timedelta(days=70), day=clock.today() - timedelta(days=70))
    say_besides(1, 10)
    spoken_of_for_long(1, 8)
    watch.watch()
    alert = Alert.objects.get(insight=insight)
    assert (alert.people, alert.quiet) == (10, "")
    assert alert.hours <= 6
    assert alert.onset == now - timedelta(minutes=20)


def test_who_says_it_twice_is_counted_once(now: datetime) -> None:
    rise(1, 9)
    say_besides(1, 9)
    both = Membership.objects.filter(cluster__theme=501).order_by("pk")[:4]
    for own, other in zip(Membership.objects.filter(cluster__theme=1).order_by("pk"), both, strict=False):
        Membership.objects.filter(pk=other.pk).update(customer=own.customer)
    recount([1])
    watch.watch()
    assert Alert.objects.get(insight=1).people == 9 + 9 - 4


def test_the_mood_of_the_part_decides_not_that_of_the_whole(now: datetime) -> None:
    """Everybody praises the flight; what they blame besides wakes somebody, what they praise besides does not."""
    for number, negative in ((1, True), (2, False)):
        make_insight(number, 3)
        old = now - timedelta(days=70)
        Membership.objects.filter(cluster__theme=number).update(said_at=old, day=old.date())
        say_besides(number, 9, negative=negative)
    watch.watch()
    assert Alert.objects.get(insight=1).quiet == ""
    assert Alert.objects.get(insight=2).quiet == "no fault"


def test_a_look_asks_as_often_with_second_matters(now: datetime, django_assert_max_num_queries: Any) -> None:
    for number in range(1, 9):
        rise(number)
        say_besides(number, 2)
    watch.watch()
    assert set(Alert.objects.values_list("people", flat=True)) == {11}
    with django_assert_max_num_queries(28):
        watch.watch()
