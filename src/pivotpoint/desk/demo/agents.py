"""Samir and Una answer those who wrote, and advertisements nobody."""

from __future__ import annotations

from pivotpoint.channels import conversations, reply
from pivotpoint.channels.models import Conversation, Direction
from pivotpoint.desk.demo import front_line
from pivotpoint.desk.demo.scene import LAST_WEEK, Scene
from pivotpoint.desk.demo.script import Said

AGENTS = ("samir", "una")


def answer(scene: Scene) -> None:
    """What waits is answered; in the last days they have not come to all of it."""
    share = 0.95 if scene.day < LAST_WEEK else 0.6
    waiting = Conversation.objects.open().exclude(waiting_since=None)
    for conversation in waiting.select_related("channel", "customer", "owner").order_by("pk"):
        said = conversation.messages.filter(direction=Direction.IN).order_by("-said_at").first()
        known = scene.said.get(said.external_id) if said else None
        if front_line.answers(scene, conversation, known) or scene.random.random() > share:
            continue
        if known is not None:
            _answer(scene, conversation, known)


def _answer(scene: Scene, conversation: Conversation, said: Said) -> None:
    mine = scene.house.agents.get(conversation.owner_id)
    agent = mine or scene.user(scene.random.choice(AGENTS))
    words = _words(scene, said) if said.kind != "noise" else ""
    if front_line.waits(scene, said):
        return
    if words:
        reply.reply(conversation, words, by=agent)
    conversations.close(conversation, by=agent)


def _words(scene: Scene, said: Said) -> str:
    replies, topic = scene.story.book["reply"], scene.story.book[said.kind][said.matter]
    if said.person.language == "de" and topic.get("de"):
        choices = replies["german"][topic.get("kind", "complaint")]
    else:
        choices = replies[said.kind][said.matter]
    words: str = scene.random.choice(choices)
    return words.format(first=said.person.first)
