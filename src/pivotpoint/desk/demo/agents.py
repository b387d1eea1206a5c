"""Samir and Una answer those who wrote, and advertisements nobody."""

from __future__ import annotations

from django.db import transaction
from django.db.models import OuterRef, Subquery

from pivotpoint.channels import conversations, reply
from pivotpoint.channels.models import Conversation, Direction, Message
from pivotpoint.desk.demo import front_line
from pivotpoint.desk.demo.scene import LAST_WEEK, Scene
from pivotpoint.desk.demo.script import Said

AGENTS = ("samir", "una")


@transaction.atomic
def answer(scene: Scene) -> None:
    """What waits is answered; in the last days they have not come to all of it. A day's answers are one commit."""
    share = 0.95 if scene.day < LAST_WEEK else 0.6
    theirs = Message.objects.filter(conversation=OuterRef("pk"), direction=Direction.IN).order_by("-said_at")
    waiting = Conversation.objects.open().exclude(waiting_since=None)
    waiting = waiting.annotate(last_said=Subquery(theirs.values("external_id")[:1]))
    for conversation in waiting.select_related("channel", "customer", "owner").order_by("pk"):
        known = scene.said.get(conversation.last_said)
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
