"""In the story those who answer use a standing answer, the day after, within its limits."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.channels.models import Conversation, Message
from pivotpoint.desk.demo import front_line, house, script
from pivotpoint.desk.demo.scene import Scene
from pivotpoint.desk.demo.script import Said
from pivotpoint.insights.models import Insight
from pivotpoint.lib import clock
from pivotpoint.pivot.models import StandingAnswer, Use
from tests.pivotpoint.desk.letters import read, write
from tests.pivotpoint.pivot.test_standing import belongs
from tests.switchyard import make_insight

WORDS = "Stale beans again. The roast date on the bag is months old."


@pytest.fixture
def scene(db: None, now: Any) -> Scene:
    story = script.write(1, 200, clock.today())
    scene = Scene(story, house.build(story.book["company"]))
    scene.begin(70)
    front_line.allow(scene)
    return scene


def wrote(scene: Scene, name: str, day: int) -> tuple[Conversation, Said]:
    """Somebody says on that day that the beans are old; it has been read."""
    message = write(scene.house.channels["mail"], name, WORDS)
    read(message)
    belongs(message, _insight())
    person = next(said.person for said in scene.story.said if said.person.language == "en")
    assert message.conversation is not None
    return message.conversation, Said("x", day, clock.now(), "mail", person, WORDS, "stale_beans", "issue")


def _insight() -> Insight:
    found = Insight.objects.filter(pk=1).first()
    return found or make_insight(1, 3, title="Roast date is four months ago", function="supply")


def last_word(conversation: Conversation) -> str:
    return str(Message.objects.filter(conversation=conversation, direction="out").get().text)


def test_they_wait_until_it_is_read_and_then_send_a_fresh_bag(scene: Scene) -> None:
    conversation, said = wrote(scene, "Hanne Vos", 70)
    assert front_line.waits(scene, said)
    assert not front_line.answers(scene, conversation, said)
    scene.begin(71)
    assert front_line.answers(scene, conversation, said)
    use = Use.objects.get()
    assert use.amount <= use.standing.most_amount
    assert last_word(conversation).startswith("That is too old, Hanne Vos, and not what we promise.")


def test_at_the_limit_they_use_their_own_words(scene: Scene) -> None:
    StandingAnswer.objects.update(most_a_week=1)
    letters = [wrote(scene, name, 70) for name in ("Hanne Vos", "Tomek R")]
    scene.begin(71)
    assert all(front_line.answers(scene, *letter) for letter in letters)
    assert Use.objects.count() == 1
    assert "fresh bag worth" not in last_word(letters[1][0])


def test_before_its_day_and_about_other_matters_nothing_changes(scene: Scene) -> None:
    conversation, said = wrote(scene, "Hanne Vos", 69)
    assert not front_line.waits(scene, said)
    assert not front_line.answers(scene, conversation, said)
    scene.begin(70)
    front_line.allow(scene)
    assert StandingAnswer.objects.count() == 1
