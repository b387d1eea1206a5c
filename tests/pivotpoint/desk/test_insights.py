"""The ladder: which insights a request finds, and what its lines say."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.channels.models import Message
from pivotpoint.insights.decisions.aside import set_aside
from pivotpoint.insights.models import Insight, Theme, ThemeAction, ThemeDay, ThemePart, WiderTheme
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading
from pivotpoint.pivot.loops import decline, open_loop
from pivotpoint.pivot.models import Loop
from tests.pivotpoint.desk.scene import count_days, read_all
from tests.switchyard import make_insight, make_pivot
from textanalytics.naming.belonging import mixed


def titles(client: Client, query: str = "") -> list[str]:
    groups = client.get(reverse("desk:insights") + query).context["groups"]
    return [line["theme"].title for group in groups for line in group["lines"]]


def test_trends_stand_above_patterns_above_voices(lead: Client) -> None:
    assert titles(lead) == ["Refund still missing", "Locker code comes late", "Paint tin handle broke"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?rung=pattern", ["Locker code comes late"]),
        ("?function=product", ["Paint tin handle broke"]),
        ("?q=refund+still", ["Refund still missing"]),
        ("?q=nothing+like+it", []),
        ("?view=severe", ["Refund still missing"]),
        ("?period=7&rung=voice", ["Paint tin handle broke"]),
        ("?channel=999", []),
        ("?mood=negative", []),
        (
            "?rung=nonsense&sort=nonsense&page=77&view=nonsense&channel=x&rung=voice",
            ["Paint tin handle broke"],
        ),
    ],
)
def test_filters(lead: Client, query: str, found: list[str]) -> None:
    assert titles(lead, query) == found


def heard(insight: Insight, *days_ago: int) -> None:
    """Three people on each of these days."""
    days = [clock.today() - timedelta(days=ago) for ago in days_ago]
    ThemeDay.objects.bulk_create(
        ThemeDay(theme=insight.theme, day=day, people=3, messages=3, negative=0) for day in days
    )


def test_the_fastest_stand_first_by_the_speed_that_the_lines_show(lead: Client) -> None:
    """Not by the pace since an onset months ago, which nobody sees here."""
    for number, (title, days, pace) in enumerate(
        [("Lid is loose", (7, 8, 9), 9), ("Hose leaks", (0, 6), 1), ("Pump hums", (2,), 5)], start=50
    ):
        heard(make_insight(number, 5, title=title, rate_since=pace), *days)
    groups = lead.get(reverse("desk:insights")).context["groups"]
    lines = groups[0]["lines"]
    found = [line["theme"].title for line in lines]
    assert found.index("Hose leaks") < found.index("Pump hums") < found.index("Lid is loose")
    assert [line["speed"] for line in lines] == sorted((line["speed"] for line in lines), reverse=True)
    assert lines[0]["speed"] == pytest.approx(6 / 7)


def test_what_is_set_aside_leaves_the_open_view(lead: Client, yard: SimpleNamespace) -> None:
    set_aside(yard.voice, clock.now() + (clock.now() - yard.voice.opened_at), by=yard.maren)
    assert "Paint tin handle broke" not in titles(lead)
    assert titles(lead, "?view=aside") == ["Paint tin handle broke"]


def test_where_it_is(lead: Client, yard: SimpleNamespace) -> None:
    assert "no owner yet" in lead.get(reverse("desk:insights")).content.decode()
    loop = open_loop(yard.trend, yard.refunds, by=yard.maren)
    assert "handed over" in lead.get(reverse("desk:insights")).content.decode()
    decline(loop, "It would cost more than it helps.", by=yard.ines)
    assert "declined" in lead.get(reverse("desk:insights")).content.decode()


def test_several_are_handed_over_at_once(lead: Client, yard: SimpleNamespace) -> None:
    chosen = [yard.trend.pk, yard.pattern.pk]
    response = lead.post(
        reverse("desk:insights_hand_over"), {"insight": chosen, "pivot": yard.refunds.pk}, follow=True
    )
    assert sorted(Loop.objects.values_list("insight_id", flat=True)) == chosen
    assert "Handed over to Refunds: 2 insights." in response.content.decode()


def test_what_is_said_to_be_not_about_us_leaves_every_view_but_its_own(
    lead: Client, yard: SimpleNamespace
) -> None:
    said = lead.post(reverse("desk:not_about_us"), {"insight": [yard.trend.pk, yard.voice.pk]}, follow=True)
    assert "2 insights are not about us." in said.content.decode()
    assert titles(lead) == ["Locker code comes late"]
    assert titles(lead, "?view=severe") == []
    assert titles(lead, "?view=foreign") == ["Refund still missing", "Paint tin handle broke"]
    page = lead.get(reverse("desk:insight", args=[yard.trend.pk])).content.decode()
    assert "not about us</span>" in page
    lead.post(reverse("desk:action_undo", args=[yard.trend.theme.actions.get().pk]))
    assert "Refund still missing" in titles(lead)


def test_nothing_chosen_is_said_in_a_sentence(lead: Client) -> None:
    said = lead.post(reverse("desk:not_about_us"), follow=True)
    assert "Choose an insight first." in said.content.decode()


def test_merging_one_alone_is_refused_in_a_sentence(lead: Client, yard: SimpleNamespace) -> None:
    response = lead.post(reverse("desk:insights_merge"), {"insight": [yard.trend.pk]}, follow=True)
    assert "Choose two insights or more to merge them." in response.content.decode()
    assert not ThemeAction.objects.exists()


def test_the_same_number_of_queries_for_ten_times_as_many(
    lead: Client, yard: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    """Two of them for the words of the first trends."""
    with django_assert_max_num_queries(25) as few:
        lead.get(reverse("desk:insights"))
    for number in range(10, 40):
        count_days(make_insight(number, 1 + number % 4))
    read_all()
    with django_assert_max_num_queries(25) as many:
        lead.get(reverse("desk:insights"))
    assert len(many) <= len(few)


def test_a_partner_sees_what_was_handed_to_their_function(yard: SimpleNamespace, client: Client) -> None:
    client.force_login(yard.pia)
    assert titles(client) == []
    planning = make_pivot(yard.pia.team, yard.joris, "Planning")
    open_loop(yard.pattern, planning, by=yard.maren)
    assert titles(client) == ["Locker code comes late"]


def test_an_import_of_long_ago_is_not_hidden_behind_the_latest_days(lead: Client) -> None:
    Theme.objects.update(last_at=clock.now() - timedelta(days=4000))
    assert titles(lead) == ["Refund still missing", "Locker code comes late", "Paint tin handle broke"]
    assert titles(lead, "?period=28") == []
    assert "?period=" in lead.get(reverse("desk:insights") + "?period=28").content.decode()


def test_what_is_only_talk_is_marked_and_can_be_asked_for(lead: Client, yard: SimpleNamespace) -> None:
    talk = {"intents": {"other": 8, "question": 2}, "messages": 10, "negative": 2}
    Theme.objects.filter(pk=yard.trend.pk).update(**talk)
    assert titles(lead, "?view=talk") == ["Refund still missing"]
    assert "Refund still missing" in titles(lead)
    assert "only talk" in lead.get(reverse("desk:insights")).content.decode()


@pytest.mark.parametrize(
    ("intents", "messages", "negative"),
    [
        ({"other": 9, "question": 1}, 10, 3),
        ({"other": 6, "question": 4}, 10, 0),
        ({"other": 9}, 9, 0),
        ({"complaint": 10}, 10, 0),
    ],
)
def test_what_somebody_wants_or_minds_is_no_talk(
    lead: Client, yard: SimpleNamespace, intents: dict[str, int], messages: int, negative: int
) -> None:
    Theme.objects.filter(pk=yard.trend.pk).update(intents=intents, messages=messages, negative=negative)
    assert titles(lead, "?view=talk") == []
    assert not Theme.objects.get(pk=yard.trend.pk).is_talk


def test_what_no_word_holds_together_stands_by_itself(lead: Client, yard: SimpleNamespace) -> None:
    Theme.objects.filter(pk=yard.trend.pk).update(mixed=True)
    assert titles(lead) == ["Locker code comes late", "Paint tin handle broke"]
    assert titles(lead, "?view=mixed") == ["Refund still missing"]
    page = lead.get(reverse("desk:insights") + "?view=mixed").content.decode()
    assert "no word holds these together" in page
    shown = lead.get(reverse("desk:insight", args=[yard.trend.pk])).content.decode()
    assert "so they are no trend" in shown
    open_loop(
        yard.trend, yard.refunds, by=yard.maren
    )  # A person saw something in it: it is followed as any other.
    assert "Refund still missing" in titles(lead)
    assert titles(lead, "?view=mixed") == []


def test_what_may_be_held_by_a_word_stands_below_the_rungs(lead: Client, yard: SimpleNamespace) -> None:
    """Its rung stays, and whoever saw something in it, or many messages, make it one matter."""
    Theme.objects.filter(pk=yard.trend.pk).update(unsure=True)
    assert titles(lead) == ["Locker code comes late", "Paint tin handle broke", "Refund still missing"]
    groups = lead.get(reverse("desk:insights")).context["groups"]
    assert [(group["words"][0], group["count"]) for group in groups][-1] == ("Less sure", 1)
    assert titles(lead, "?rung=trend") == ["Refund still missing"]
    assert titles(lead, "?by=wider")[0] == "Refund still missing"
    page = lead.get(reverse("desk:insights")).content.decode()
    assert page.index("Paint tin handle broke") < page.index("<b>Less sure</b>")
    assert (
        "Less sure: these messages"
        in lead.get(reverse("desk:insight", args=[yard.trend.pk])).content.decode()
    )
    open_loop(yard.trend, yard.refunds, by=yard.maren)
    assert titles(lead)[0] == "Refund still missing"


def test_what_many_speak_of_is_doubted_no_longer(lead: Client, yard: SimpleNamespace) -> None:
    Theme.objects.filter(pk=yard.trend.pk).update(unsure=True, messages=mixed.SMALL)
    assert titles(lead)[0] == "Refund still missing"
    assert not Theme.objects.get(pk=yard.trend.pk).is_unsure
    Theme.objects.filter(pk=yard.trend.pk).update(messages=mixed.SMALL - 1)
    assert titles(lead)[-1] == "Refund still missing"
    assert Theme.objects.get(pk=yard.trend.pk).is_unsure


def test_what_nobody_said_lately_has_no_column_of_the_latest_days(lead: Client) -> None:
    ladder = reverse("desk:insights") + "?period="
    assert "28 days" in lead.get(ladder).content.decode().split("<tbody>")[0].split("<thead>")[1]
    ThemeDay.objects.all().delete()
    assert "28 days" not in lead.get(ladder).content.decode().split("<tbody>")[0].split("<thead>")[1]


def test_danger_to_somebody_stands_before_what_is_severe_however_few_say_it(
    lead: Client, yard: SimpleNamespace, client: Client
) -> None:
    read_all()
    address = reverse("desk:insights") + "?view=severe"
    assert "one voice is enough" not in lead.get(address).content.decode()
    told = Message.objects.filter(membership__cluster__theme=yard.trend.pk).order_by("pk")[:2]
    for message, text in zip(told, ("Your courier assaulted me <b>twice</b>", "I will sue you"), strict=True):
        Message.objects.filter(pk=message.pk).update(text=text, said_at=clock.now())
        Reading.objects.filter(message=message.pk).update(intent="crisis", about_us=True)
    page = lead.get(address).content.decode()
    assert "Your <mark>courier assaulted me</mark> &lt;b&gt;twice" in page
    assert page.index("one voice is enough") < page.index("Insights by rung")
    assert "sue you" not in page.partition("Insights by rung")[0]
    assert "one voice is enough" not in lead.get(reverse("desk:insights")).content.decode()
    client.force_login(yard.pia)
    assert "one voice is enough" not in client.get(address).content.decode()
    client.force_login(yard.maren)
    for change in ({"intent": "complaint"}, {"intent": "crisis", "about_us": False}):
        Reading.objects.filter(message=told[0].pk).update(**change)
        assert "one voice is enough" not in client.get(address).content.decode()
    Reading.objects.update(about_us=True)
    assert "one voice is enough" in client.get(address).content.decode()
    Message.objects.update(said_at=clock.now() - timedelta(days=15))
    assert "one voice is enough" not in client.get(address).content.decode()


def test_what_is_severe_is_a_view_also_where_no_insight_is(lead: Client, yard: SimpleNamespace) -> None:
    """Danger that one person tells of stands there."""
    Insight.objects.update(severity="low")
    assert "?view=severe" in lead.get(reverse("desk:insights")).content.decode()


def test_what_only_names_a_subject_stands_behind_the_other_trends(
    lead: Client, yard: SimpleNamespace
) -> None:
    """It is a trend still; a pattern of that kind stays among the patterns."""
    Theme.objects.filter(pk__in=[yard.trend.pk, yard.pattern.pk]).update(subject=True)
    make_insight(50, 4, title="Lid is loose")
    assert titles(lead) == [
        "Lid is loose",
        "Refund still missing",
        "Locker code comes late",
        "Paint tin handle broke",
    ]
    groups = lead.get(reverse("desk:insights")).context["groups"]
    assert [(group["words"][0], group["rung"], group["count"]) for group in groups] == [
        ("Trends", "trend", 1),
        ("Subjects", "trend", 1),
        ("Patterns", "pattern", 1),
        ("Voices", "voice", 1),
    ]
    assert "a title only names what they speak of" in lead.get(reverse("desk:insights")).content.decode()
    assert titles(lead, "?rung=trend") == ["Lid is loose", "Refund still missing"]
    assert "subject</span>" in lead.get(reverse("desk:insight", args=[yard.trend.pk])).content.decode()
    Theme.objects.filter(pk=yard.trend.pk).update(unsure=True)
    assert titles(lead)[-1] == "Refund still missing"


def test_what_people_complain_of_ask_for_and_praise_the_most_stands_at_the_head(
    lead: Client, yard: SimpleNamespace
) -> None:
    """As filtered, and only of trends of which it is sure that they are one matter."""
    told = {
        "Lid is loose": {"complaint": 8, "other": 2},
        "Hose leaks": {"complaint": 20, "question": 3},
        "Colour of the pump": {"question": 9, "complaint": 1},
        "Lovely pump": {"praise": 7, "complaint": 2},
    }
    for pk, (title, intents) in enumerate(told.items(), 50):
        make_insight(pk, 4, title=title, intents=intents, messages=sum(intents.values()))
    make_insight(60, 2, title="Pump hums", intents={"complaint": 30}, messages=30)
    make_insight(61, 4, title="Pump", intents={"complaint": 30}, messages=30, unsure=True)
    make_insight(62, 4, title="Hoses", intents={"complaint": 30}, messages=30, subject=True)
    near = make_insight(63, 4, title="Hose won't close", intents={"complaint": 9}, messages=9, see_also_id=51)
    made = [
        ("Complained of the most", ["Hose leaks", "Lid is loose"]),
        ("Asked the most", ["Colour of the pump"]),
        ("Praised the most", ["Lovely pump"]),
    ]

    def shown(query: str = "") -> list[tuple[str, list[str]]]:
        found = lead.get(reverse("desk:insights") + query).context["foremost"]
        return [(called, [theme.title for theme in themes]) for called, themes in found]

    assert shown() == made
    page = lead.get(reverse("desk:insights")).content.decode()
    assert f'<dd><a href="{reverse("desk:insight", args=[51])}">Hose leaks</a>; <a' in page
    assert shown("?q=lid") == [("Complained of the most", ["Lid is loose"])]
    assert shown("?view=new") == shown("?rung=voice") == []
    assert shown("?q=hoses") == [("Complained of the most", ["Hoses"])]
    Theme.objects.filter(pk=near.pk).update(see_also=None)
    assert shown()[0] == ("Complained of the most", ["Hose leaks", "Hose won't close", "Lid is loose"])
    near.theme.part_of = WiderTheme.objects.create(title="Leaks", people=8, themes=2)
    Theme.objects.filter(pk__in=[51, near.pk]).update(part_of=near.theme.part_of)
    assert shown() == made
    make_insight(64, 3, title="Blue", intents={"other": 400, "complaint": 100}, messages=500)
    assert shown()[1:] == []


def test_the_first_trends_have_the_words_of_one_person_where_nothing_else_tells_what_is_said(
    lead: Client, yard: SimpleNamespace, client: Client
) -> None:
    """Not patterns and voices, which are many, nor what has parts; who may not see customers reads them masked."""

    def quoted() -> dict[str, str]:
        groups = client.get(reverse("desk:insights")).context["groups"]
        return {line["theme"].title: line["quote"] for group in groups for line in group["lines"]}

    assert quoted()["Refund still missing"].startswith("I wait for refund")
    assert quoted()["Locker code comes late"] == ""
    assert "@home.example" in client.get(reverse("desk:insights")).content.decode()
    for number in range(70, 82):
        make_insight(number, 3, title=f"Trend {number}")
    assert len([one for one in quoted().values() if one]) == 10
    told = Message.objects.filter(membership__cluster__theme=yard.trend.pk).order_by("pk")[:1]
    Message.objects.filter(pk__in=list(told.values_list("pk", flat=True))).update(
        text="My refund is missing, still"
    )
    assert quoted()["Refund still missing"] == "My refund is missing, still"
    part = ThemePart.objects.create(theme=yard.trend.theme, said="By post", people=2, messages=2)
    assert quoted()["Refund still missing"] == ""
    part.delete()
    client.force_login(yard.victor)
    page = client.get(reverse("desk:insights")).content.decode()
    assert "I wait for refund" in page
    assert "@home.example" not in page
