"""Every page can be read and worked without eyes or mouse, and its colours can be told from their ground."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from pivotpoint import ui
from pivotpoint.channels.models import Channel, Conversation, Message
from pivotpoint.customers.models import Customer
from pivotpoint.experiences import changes
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from tests.pivotpoint.desk.conftest import hers
from tests.pivotpoint.desk.scene import yard
from tests.pivotpoint.ui.outline import Outline, outline

__all__ = ["hers", "yard"]
pytestmark = pytest.mark.django_db

PAGES = (
    "desk:today desk:insights desk:switchyard desk:switchyard_file desk:proposals desk:pivot_new desk:loops desk:inbox desk:apart desk:customers "
    "desk:suggestions desk:changes desk:search desk:channels desk:deliveries desk:me metrics:ledger "
    "channels:imports settings people teams tokens desk:journal desk:alerts desk:uncovered desk:friction desk:standing "
    "desk:accuracy desk:review desk:taxonomies desk:names desk:relevance desk:rereads desk:assistant desk:systems "
    "desk:hours desk:away desk:effort"
).split()
PUBLIC = ("community:portal", "account_login")


@pytest.fixture
def everything(yard: SimpleNamespace) -> SimpleNamespace:
    """The yard with a loop, and a change that settles it."""
    yard.loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    loops.accept(yard.loop, by=yard.ines)
    yard.change = changes.record(
        title="Refunds within a week",
        what="Finance pays back within a week.",
        live_since=clock.today(),
        loops=[yard.loop],
        by=yard.maren,
    )
    return yard


def addresses(scene: SimpleNamespace) -> list[str]:
    """The pages of lists, and one of each thing."""
    one = [
        ("desk:insight", scene.trend.pk),
        ("desk:insight_messages", scene.trend.pk),
        ("desk:pivot", scene.refunds.pk),
        ("desk:pivot_edit", scene.refunds.pk),
        ("desk:pivot_versions", scene.refunds.pk),
        ("desk:playbook", scene.refunds.pk),
        ("desk:escalation", scene.refunds.pk),
        ("desk:loop", scene.loop.pk),
        ("desk:notices", scene.loop.pk),
        ("desk:change", scene.change.pk),
        ("desk:customer", Customer.objects.earliest("pk").pk),
        ("desk:erase", Customer.objects.earliest("pk").pk),
        ("desk:channel", Channel.objects.earliest("pk").pk),
        ("desk:channel_new", "email"),
        ("person", scene.samir.pk),
    ]
    one += [("desk:conversation", pk) for pk in Conversation.objects.values_list("pk", flat=True)[:1]]
    return [*map(reverse, PAGES), *(reverse(name, args=[pk]) for name, pk in one)]


def faults(page: Outline) -> list[str]:
    """What a reader of a screen would stumble over."""
    found = [f"no name: {tag}" for tag in page.nameless]
    found += [f"twice: #{name}" for name in sorted({i for i in page.ids if page.ids.count(i) > 1})]
    found += [f"points nowhere: #{name}" for name in sorted(page.pointed - set(page.ids))]
    if page.headings.count(1) != 1:
        found.append(f"{page.headings.count(1)} h1")
    found += [f"h{a} is followed by h{b}" for a, b in pairwise(page.headings) if b > a + 1]
    if not page.language or not page.title.strip():
        found.append("no language or title")
    return found


def test_every_page_is_built_in_order(client: Any, everything: SimpleNamespace) -> None:
    client.force_login(everything.ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    wrong = []
    for address in addresses(everything):
        answer = client.get(address)
        assert answer.status_code == 200, address
        wrong += [f"{address} {fault}" for fault in faults(outline(answer.content.decode()))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("opened", [False, True])
def test_an_inbox_with_a_conversation_has_one_title(
    client: Any, hers: Message, samir: Any, opened: bool
) -> None:
    client.force_login(samir, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("desk:conversation", args=[hers.conversation_id]) if opened else reverse("desk:inbox")
    page = client.get(address).content.decode()
    assert 'id="th-h"' in page
    assert not faults(outline(page))


def test_every_public_page_is_built_in_order(client: Any, everything: SimpleNamespace, form: Channel) -> None:
    pages = [*map(reverse, PUBLIC), reverse("channels:form", args=[form.key])]
    answers = {address: client.get(address).content.decode() for address in pages}
    wrong = [f"{address} {fault}" for address, page in answers.items() for fault in faults(outline(page))]
    assert not wrong, "\n".join(wrong)


def test_the_checks_find_faults() -> None:
    page = outline(
        "<html><h1>a</h1><h3>b</h3><input name=c><button></button><a href=x><svg aria-hidden=true></svg></a>"
        "<p id=d><p id=d><img src=e><label for=f>g</label></html>"
    )
    assert len(page.nameless) == 4
    assert {"twice: #d", "points nowhere: #f", "h1 is followed by h3"} <= set(faults(page))


STYLE = Path(ui.__file__).parent / "static" / "ui" / "pivotpoint.css"
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", STYLE.read_text(encoding="utf-8")
    )
}
GROUNDS = ("bg", "surface", "sunken", "hover")


def light(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_every_ground(theme: int) -> None:
    on_grounds = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "signal", "told") for ground in GROUNDS]
    on_fills = [
        ("signal-ink", "signal-fill"),
        ("told-ink", "told-fill"),
        ("signal", "signal-soft"),
        ("told", "told-soft"),
    ]
    weak = {
        (ink, ground): round(contrast(TOKENS[ink][theme], TOKENS[ground][theme]), 2)
        for ink, ground in [*on_grounds, *on_fills, ("ink", "mark")]
    }
    assert min(weak.values()) >= 4.5, weak


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_edges_and_marks_of_functions_stand_out(theme: int) -> None:
    functions = [name for name in TOKENS if name.startswith("fn-")]
    assert len(functions) == 6
    edges = {
        (e, g): contrast(TOKENS[e][theme], TOKENS[g][theme])
        for e in ("line-strong", "focus")
        for g in ("bg", "surface")
    }
    marks = {(f, "surface"): contrast(TOKENS[f][theme], TOKENS["surface"][theme]) for f in functions}
    assert min(edges.values()) >= 3.0, edges
    assert min(marks.values()) >= 4.5, marks
