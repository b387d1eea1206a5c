"""A fault within a wide insight is told by the words that rise in it, long before the insight as a whole rises."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Message
from pivotpoint.customers.models import Customer
from pivotpoint.insights.alerts import watch, words
from pivotpoint.insights.alerts.judge import judge
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.models import Alert, Insight, Matter, Membership, MicroCluster, Theme, ThemeDay
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db

USUAL = ("stops", "buffers", "lags", "flickers", "reloads", "jumps", "pauses", "darkens")
DAYS, A_DAY = 20, 8


def wide(today: list[str], *, negative: bool = True) -> Insight:
    """Every day eight people speak of videos, each of something else; today they say this."""
    insight = make_insight(1, 3, title="Videos do not play")
    ThemeDay.objects.all().delete()
    Membership.objects.update(day=clock.today() - timedelta(days=90))
    for ago in range(DAYS, -1, -1):
        said = today if ago == 0 else [f"the video {word} on my phone" for word in USUAL]
        for text in said:
            say(insight, text, ago, negative)
        day = clock.today() - timedelta(days=ago)
        ThemeDay.objects.create(
            theme=insight.theme, day=day, people=A_DAY, messages=A_DAY, negative=A_DAY * negative
        )
    return insight


def say(insight: Insight, text: str, ago: int, negative: bool) -> None:
    like = Membership.objects.filter(cluster__theme=insight.pk).first()
    assert like is not None
    at = clock.now() - timedelta(days=ago, minutes=5)
    customer = Customer.objects.create(name="Somebody")
    number = Message.objects.count()
    message = Message.objects.create(
        channel_id=like.channel_id, external_id=f"w{number}", customer=customer, text=text, said_at=at
    )
    Membership.objects.create(
        message=message,
        cluster=like.cluster,
        customer=customer,
        channel_id=like.channel_id,
        said_at=at,
        day=at.date(),
        negative=negative,
        actionable=negative,
    )
    reading = Reading.objects.filter(message=like.pk).get()
    reading.pk, reading.message = message.pk, message
    reading.save(force_insert=True)


SYNC = [
    "audio is not in sync",
    "sync of audio and picture is gone",
    "why is the audio late? no sync at all",
    "since yesterday audio out of sync",
    "my audio lost its sync",
    "sync the audio again, please",
    "the video stops",
    "the video lags",
]


def test_the_words_of_a_fault_raise_an_alert_of_the_insight(now: datetime) -> None:
    wide(SYNC)
    assert watch.watch() == 1
    alert = Alert.objects.get()
    assert set(alert.words.split(", ")) == {"audio", "sync"}
    assert (alert.insight_id, alert.people, alert.hours, alert.quiet) == (1, 6, 24, "")
    assert alert.expected < 1


def test_words_of_second_matters_rise_where_these_count(now: datetime) -> None:
    """They stand in messages that are about other things; only what these say besides is about the videos."""
    insight = wide(SYNC)
    latest = Membership.objects.order_by("-pk")[: len(SYNC)]
    for member in latest:
        about = MicroCluster.objects.create(id=member.pk + 9_000_000, count=1, vector=b"")
        home = member.cluster_id
        Membership.objects.filter(pk=member.pk).update(cluster=about, negative=False, actionable=False)
        Matter.objects.create(
            membership=member, start=0, end=len(member.message.text), cluster_id=home, negative=True
        )
    recount([insight.pk])
    watch.watch()
    alert = Alert.objects.get()
    assert set(alert.words.split(", ")) == {"audio", "sync"}
    assert (alert.insight_id, alert.people, alert.quiet) == (1, 6, "")


def test_an_ordinary_day_of_a_wide_insight_raises_nothing(now: datetime) -> None:
    wide([f"the video {word} on my phone" for word in USUAL])
    assert watch.watch() == 0


def test_a_second_look_wakes_nobody_and_reads_nothing_anew(
    now: datetime, django_assert_max_num_queries: Any
) -> None:
    wide(SYNC)
    watch.watch()
    with django_assert_max_num_queries(28):
        assert watch.watch() == 0
    assert Alert.objects.count() == 1


LATE = [
    "sync is off, audio late",
    "my audio comes without any sync",
    "lost sync on the bus, audio behind",
    "audio? behind by a second, sync!",
    "please bring sync back to my audio",
    "no sync, the audio runs away",
]
PRICES = [
    "the price doubled overnight",
    "who pays such a price?",
    "this price is a joke",
    "I will not pay double, mind the price",
    "double the price for nothing",
    "why did your price go up",
]


def beside(number: int, said: list[str], function: str = "finance") -> Insight:
    """Another insight that nobody spoke of before, and that so many speak of today."""
    insight = make_insight(number, 3, title="Something else", function=function)
    Membership.objects.filter(cluster__theme=number).update(day=clock.today() - timedelta(days=90))
    ThemeDay.objects.filter(theme=number).delete()
    for text in said:
        say(insight, text, 0, True)
    ThemeDay.objects.create(
        theme=insight.theme, day=clock.today(), people=len(said), messages=len(said), negative=len(said)
    )
    return insight


def test_a_wave_that_two_insights_tell_of_wakes_once(now: datetime, maren: Any) -> None:
    wide(SYNC)
    beside(2, LATE)
    assert watch.watch() == 2
    first, second = Alert.objects.order_by("quiet")
    assert (first.quiet, second.quiet, second.told_with) == ("", "told", first)
    assert first.letters.exists()
    assert not second.letters.exists()
    assert watch.watch() == 0


def test_a_rise_that_has_become_an_insight_of_its_own_wakes_nobody_again(now: datetime) -> None:
    """Words rose in a wide insight; days later their messages are an insight, which is spoken of in other words."""
    wide(SYNC)
    watch.watch()
    first = Alert.objects.get()
    theirs = Membership.objects.filter(message__text__in=SYNC).exclude(pk=first.quoted_id)
    theirs.update(said_at=now - timedelta(days=60), day=clock.today() - timedelta(days=60))
    insight = beside(2, PRICES)
    there = MicroCluster.objects.filter(theme=insight.theme).latest("pk")
    words.WORDS.forget()
    watch.watch()
    assert Alert.objects.get(insight=2).quiet == ""
    Alert.objects.filter(insight=2).delete()
    Membership.objects.filter(pk=first.quoted_id).update(cluster=there)
    words.WORDS.forget()
    watch.watch()
    second = Alert.objects.get(insight=2)
    assert (second.quiet, second.told_with) == ("told", first)


def test_what_was_called_a_false_alarm_hushes_no_other(now: datetime, maren: Any) -> None:
    wide(SYNC)
    beside(2, LATE)
    watch.watch()
    judge(Alert.objects.waking().get(), "false", by=maren)
    assert watch.watch() == 1
    assert Alert.objects.waking().filter(calmed_at=None).count() == 2


def test_another_matter_of_the_same_day_wakes_too(now: datetime) -> None:
    wide(SYNC)
    beside(2, PRICES)
    watch.watch()
    assert set(Alert.objects.values_list("insight", "quiet")) == {(1, ""), (2, "")}
    assert "price" in Alert.objects.get(insight=2).words


def test_who_answers_for_the_other_function_is_told_of_the_wave(now: datetime, ines: Any) -> None:
    wide(SYNC)
    beside(2, LATE, function="product")
    ines.team.lead = ines
    ines.team.save()
    Theme.objects.filter(pk=1).update(function="product")
    Theme.objects.filter(pk=2).update(function=ines.team.key)
    watch.watch()
    second = Alert.objects.get(insight=2)
    assert second.quiet == "told"
    assert list(second.letters.values_list("told", flat=True)) == [ines.pk]


def test_words_of_praise_wake_nobody(now: datetime) -> None:
    wide(SYNC, negative=False)
    Reading.objects.update(mood="positive", intent="praise")
    watch.watch()
    assert Alert.objects.get().quiet == "praise"


def test_after_false_alarms_words_have_to_rise_more(now: datetime, maren: Any) -> None:
    wide(SYNC)
    watch.watch()
    first = Alert.objects.get()
    judge(first, "false", by=maren)
    Alert.objects.update(calmed_at=now, rose_at=now - timedelta(days=9))
    for _ in range(3):
        again = Alert.objects.create(**{**_copy(first), "calmed_at": now, "rose_at": now - timedelta(days=9)})
        judge(again, "false", by=maren)
    assert watch.watch() == 0


def _copy(alert: Alert) -> dict[str, Any]:
    names = ("insight", "onset", "hours", "people", "expected", "chance", "false_share", "themes", "severity")
    return {name: getattr(alert, name) for name in names}


def test_nothing_is_kept_of_a_message_that_was_erased(now: datetime) -> None:
    wide(SYNC)
    watch.watch()
    gone = Membership.objects.latest("pk").pk
    assert gone in words.WORDS.kept
    Membership.objects.filter(pk=gone).delete()
    watch.watch()
    assert gone not in words.WORDS.kept


def test_numbers_that_start_afresh_change_no_result(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    wide(SYNC)
    before = words.bursting(words.lately())
    numbered = len(words.WORDS.stems)
    monkeypatch.setattr(words, "STEMS", numbered - 1)
    again = words.bursting(words.lately())
    assert ([one.words for one in again], len(words.WORDS.stems)) == ([one.words for one in before], numbered)
    assert before


def test_an_alert_speaks_in_its_own_words_before_it_names_an_insight(now: datetime) -> None:
    """Half of those who speak of the sound are of other insights: the videos are not what it is about."""
    insight = wide(SYNC)
    watch.watch()
    alert = Alert.objects.get()
    assert (alert.share, alert.is_part) == (1.0, False)
    assert alert.quoted is not None
    assert alert.quote in SYNC[:6]
    assert alert.where == "In “Videos do not play”."
    assert insight.theme.title not in alert.counted
    Alert.objects.all().delete()
    elsewhere = MicroCluster.objects.create(id=8_000_000, count=1, vector=b"", theme=make_insight(2, 3).theme)
    latest = list(Membership.objects.filter(message__text__in=SYNC[:3]).values_list("pk", flat=True))
    for gone, share in ((2, 4 / 6), (3, 3 / 6)):
        Membership.objects.filter(pk__in=latest[:gone]).update(cluster=elsewhere)
        words.WORDS.forget()
        watch.watch()
        alert = Alert.objects.get(insight=insight)
        assert alert.share == pytest.approx(share)
        assert alert.where == ""
        alert.insight.theme.title = "Videos out of sync"
        assert alert.where == f"Mostly in “Videos out of sync” ({100 * share:.0f} %)."
        assert alert.quoted is not None
        assert alert.quoted.pk not in latest[:gone]
        Alert.objects.all().delete()
    alert.share = 0.4
    assert alert.where == ""


def test_an_alert_follows_its_messages_into_another_insight(now: datetime, maren: Any) -> None:
    """Who may not see that one reads none of its messages."""
    insight = wide(SYNC)
    watch.watch()
    other = make_insight(2, 3, title="Sound")
    moved = MicroCluster.objects.create(id=8_000_000, count=1, vector=b"", theme=other.theme)
    Membership.objects.filter(message__text__in=SYNC[:6]).update(cluster=moved)
    seen = Alert.objects.visible_to(maren).with_quotes().get()
    assert (seen.where, seen.home) == ("Now in “Sound”.", other.pk)
    assert seen.quote in SYNC[:6]
    unseen = Alert.objects.with_quotes().get()
    assert (unseen.where, unseen.home, unseen.quote) == ("", insight.pk, "")


def test_the_quote_goes_with_its_writer(now: datetime) -> None:
    wide(SYNC)
    watch.watch()
    alert = Alert.objects.get()
    Message.objects.filter(pk=alert.quoted_id).update(quarantined="Taken back: wrong file")
    assert Alert.objects.with_quotes().get().quote == ""
    Message.objects.filter(pk=alert.quoted_id).delete()
    alert = Alert.objects.get()
    assert (alert.quoted, alert.quote) == (None, "")
    assert set(alert.heading.strip("“”").split(", ")) == {"audio", "sync"}


def test_our_own_name_is_no_matter_that_rises(now: datetime) -> None:
    Installation.objects.update_or_create(defaults={"brand_names": ["Acmeline Tools"]})
    said = [f"Acmeline {word}" for word in ("sync", "sync gone", "no sync", "out of sync", "sync lost")]
    wide(said * 2)
    watch.watch()
    alert = Alert.objects.get()
    assert alert.words == "sync"


GONE = ("bad today", "gone again", "lost since noon", "off by seconds", "terrible")


def test_what_no_insight_holds_a_third_of_is_told_in_its_own_words(now: datetime) -> None:
    """A storm is heard of in every insight."""
    said = [f"{word}, and sync is {how}" for word in ("tablet", "telly", "phone", "laptop") for how in GONE]
    wide(said)
    for number in range(2, 6):
        theme = make_insight(number, 3).theme
        other = MicroCluster.objects.create(id=8_000_000 + number, count=1, vector=b"", theme=theme)
        moved = Membership.objects.filter(message__text__in=said[4 * (number - 2) : 4 * (number - 1)])
        moved.update(cluster=other)
    watch.watch()
    alert = Alert.objects.waking().get()
    assert alert.share == pytest.approx(0.2)
    assert "sync" in alert.words
    assert (alert.where, alert.people) == ("", 20)


@pytest.mark.parametrize(("said", "safety"), [(SYNC, False), ([f"{text}, unsafe!" for text in SYNC], True)])
def test_what_rises_is_as_severe_as_its_own_messages(now: datetime, said: list[str], safety: bool) -> None:
    """One message elsewhere in the insight tells of danger."""
    insight = wide(said)
    Theme.objects.update(stakes={"safety": 0.5, "money": 0.0}, messages=100, negative=90)
    Insight.objects.update(severity="high", severity_why="Safety: one voice is enough")
    watch.watch()
    alert = Alert.objects.get(insight=insight)
    assert (alert.severity_why == "Safety: one voice is enough") == safety
    assert Theme.objects.get(pk=insight.pk).stakes["safety"] == 0.5


def spread(said: list[str], elsewhere: int) -> Insight:
    """So many of the messages are of another insight than most of what they are said among."""
    insight = wide(said)
    other = MicroCluster.objects.create(id=8_000_000, count=1, vector=b"", theme=make_insight(2, 3).theme)
    latest = list(Membership.objects.filter(message__text__in=said[:elsewhere]).values_list("pk", flat=True))
    Membership.objects.filter(pk__in=latest).update(cluster=other)
    Theme.objects.filter(pk=insight.pk).update(
        function="finance", people=141, rate_before=0.1, rate_since=2.4
    )
    return insight


def test_words_that_are_not_of_the_insight_wake_whom_their_messages_concern(now: datetime, ines: Any) -> None:
    ines.team.lead = ines
    ines.team.save()
    insight = spread(SYNC, 3)
    Theme.objects.filter(pk=insight.pk).update(function=ines.team.key)
    Membership.objects.filter(message__text__in=SYNC[:2]).update(function=ines.team.key)
    Membership.objects.filter(message__text__in=SYNC[2:6]).update(function="product")
    watch.watch()
    alert = Alert.objects.get(insight=insight)
    assert (alert.share, alert.is_mostly_there) == (0.5, False)
    assert (alert.function, alert.concerns) == ("product", "product")
    assert alert.owner != ines
    assert not alert.letters.filter(told=ines).exists()
    assert alert.title == alert.words


def test_words_that_are_mostly_of_the_insight_wake_whom_it_concerns(now: datetime, ines: Any) -> None:
    ines.team.lead = ines
    ines.team.save()
    insight = spread(SYNC, 1)
    Theme.objects.filter(pk=insight.pk).update(function=ines.team.key)
    Membership.objects.filter(message__text__in=SYNC).update(function="product")
    watch.watch()
    alert = Alert.objects.get(insight=insight)
    assert alert.is_mostly_there
    assert (alert.function, alert.owner, alert.title) == (ines.team.key, ines, insight.theme.title)


@pytest.mark.parametrize(("upset", "severity"), [(True, "medium"), (False, "low")])
def test_what_rises_by_words_is_as_many_as_upset_and_as_fast_as_its_own_messages(
    now: datetime, upset: bool, severity: str
) -> None:
    """Of 141 people of the insight, who write two a day, nothing is said."""
    spread(SYNC, 3)
    Theme.objects.filter(pk=1).update(negative=141 * (not upset), messages=141)
    if not upset:
        Membership.objects.filter(message__text__in=SYNC).update(negative=False)
    watch.watch()
    alert = Alert.objects.get(insight=1)
    assert "141" not in alert.severity_why
    assert "2.4" not in alert.severity_why
    assert "6.0 people a day, was 0." in alert.severity_why
    assert ("upset" in alert.severity_why) == upset
    assert alert.severity == severity


def test_danger_is_not_told_with_what_was_less_severe(now: datetime, maren: Any) -> None:
    wide(SYNC)
    watch.watch()
    first = Alert.objects.get()
    assert first.severity != "high"
    insight = beside(2, LATE)
    watch.watch()
    assert Alert.objects.get(insight=2).quiet == "told"
    Reading.objects.filter(message__membership__cluster__theme=insight.pk).update(intent="crisis")
    watch.watch()
    woken = Alert.objects.waking().get(insight=2)
    assert woken.letters.exists()
    assert watch.watch() == 0
