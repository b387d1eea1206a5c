"""A crisis makes an insight severe, people who are about to leave weigh as money does; one misread message does not."""

from __future__ import annotations

from datetime import datetime

import pytest

from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.models import Insight, Membership, Severity
from pivotpoint.insights.severity import judge
from pivotpoint.listening.models import Reading
from tests.switchyard import make_insight
from textanalytics.stakes import stakes

pytestmark = pytest.mark.django_db


def counted(people: int, **intents: int) -> Insight:
    """An insight of so many people, the first of whom say such things."""
    insight = make_insight(1, people)
    Membership.objects.update(actionable=True)
    readings = list(Reading.objects.order_by("pk"))
    for intent, count in intents.items():
        for reading in [readings.pop() for _ in range(count)]:
            reading.intent = intent.replace("_", " ")
            reading.save()
    recount([1])
    return Insight.objects.get(pk=insight.pk)


def test_several_people_who_speak_of_a_crisis_are_severe(now: datetime) -> None:
    insight = counted(20, crisis=2)
    assert (insight.severity, insight.severity_why) == (Severity.HIGH, "Crisis: 2 people speak of it")


def test_one_of_few_is_enough(now: datetime) -> None:
    assert counted(3, crisis=1).severity_why == "Crisis: 1 person speaks of it"


def test_one_message_among_many_may_be_misread(now: datetime) -> None:
    insight = counted(9, crisis=1, churn_threat=1)
    assert "risis" not in insight.severity_why
    assert "leave" not in insight.severity_why


def test_people_about_to_leave_are_a_reason(now: datetime) -> None:
    insight = counted(12, churn_threat=3)
    assert (insight.severity, insight.severity_why) == (Severity.MEDIUM, "3 about to leave, 12 people")


def test_theft_or_fraud_is_a_reason(now: datetime) -> None:
    theme = counted(12).theme
    theme.stakes = {"money": 0.5, "fraud": 0.3}
    assert judge(theme) == (Severity.HIGH, "Money at stake, theft or fraud, 12 people")
    theme.stakes["fraud"] = 0.1
    assert judge(theme) == (Severity.MEDIUM, "Money at stake, 12 people")


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("The courier assaulted my neighbour", 1.0),
        ("The pan burnt my hand", 1.0),
        ("Der Wagen stand in Brand", 1.0),
        ("Ich wurde im Laden bedroht", 1.0),
        ("A brand new mug arrived chipped", 0.0),
        ("The beans taste burnt", 0.0),
    ],
)
def test_safety_is_of_people_and_not_of_brands_or_beans(text: str, safety: float) -> None:
    assert stakes([text])["safety"] == safety
