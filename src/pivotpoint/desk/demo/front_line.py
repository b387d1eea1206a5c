"""While the old bags are looked for, those who answer may send a fresh one at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pivotpoint.channels import conversations, reply
from pivotpoint.channels.models import Conversation, Direction
from pivotpoint.desk.demo.scene import Scene
from pivotpoint.desk.demo.script import DAYS, Said
from pivotpoint.insights.models import Membership
from pivotpoint.pivot import standing, use
from pivotpoint.pivot.models import StandingAnswer


def _plan(scene: Scene) -> dict[str, Any]:
    plan: dict[str, Any] = scene.story.book["standing"]
    return plan


def allow(scene: Scene) -> None:
    """On its day Maren agrees it with the owner of the pivot."""
    plan = _plan(scene)
    pivot = scene.house.pivots[plan["function"]]
    if scene.day != plan["day"] or StandingAnswer.objects.filter(pivot=pivot).exists():
        return
    fields = {key: plan[key] for key in ("name", "may", "template", "unit", "most_a_week")}
    fields["most_amount"] = Decimal(plan["most_amount"])
    fields["conditions"] = [{"field": "about", "op": "contains", "value": plan["about"]}]
    fields["owner"] = pivot.owner
    standing.make(pivot, fields, by=scene.user("maren"))


def _about_it(scene: Scene, said: Said) -> bool:
    """Said since then, about that, in the language of its words."""
    plan = _plan(scene)
    return said.matter == plan["matter"] and said.day >= plan["day"] and said.person.language != "de"


def waits(scene: Scene, said: Said) -> bool:
    """Until tomorrow, when it has been read and the Inbox says what may be done."""
    return _about_it(scene, said) and said.day == scene.day < DAYS - 1


def answers(scene: Scene, conversation: Conversation, said: Said | None) -> bool:
    """What waited since yesterday: by the standing answer if it covers it, else in the agent's own words."""
    if said is None or said.day == scene.day or not _about_it(scene, said):
        return False
    agent = scene.house.agents.get(conversation.owner_id) or scene.user("samir")
    row = _used(scene, conversation, said, agent)
    own: str = scene.story.book["reply"]["issue"][said.matter][0].format(first=said.person.first)
    reply.reply(conversation, use.words(row) if row else own, by=agent)
    conversations.close(conversation, by=agent)
    return True


def _used(scene: Scene, conversation: Conversation, said: Said, agent: Any) -> Any:
    last = conversation.messages.filter(direction=Direction.IN).latest("said_at", "pk")  # type: ignore[attr-defined]
    theme = Membership.objects.filter(message=last).values_list("cluster__theme", flat=True).first()
    offers = use.offers(last, theme) if theme else []
    offer = next((one for one in offers if not one.spent), None)
    if offer is None:
        return None
    prices = _plan(scene)["amounts"]
    amount = Decimal(str(prices[last.pk % len(prices)]))
    return use.use(offer.standing, conversation, by=agent, amount=amount)
