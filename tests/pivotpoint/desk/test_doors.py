"""What a page offers, the reader may do: every link and every form on every page, role by role."""

from __future__ import annotations

import re
from collections import Counter, deque
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from pivotpoint.accounts.permissions import ROLES
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Identity, Purpose
from pivotpoint.experiences import changes
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.loops import open_loop
from tests.switchyard import make_pivot

ALIKE = 1
"""Pages of one shape that are looked at."""


class Doors(HTMLParser):
    """The addresses behind a page's links, and behind what it sends."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.sent: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.links.append(found.get("href") or "")
        elif tag == "form" and (found.get("method") or "").lower() == "post":
            self.sent.append(found.get("action") or "")
        self.sent.append(found.get("formaction") or found.get("hx-post") or "")


@pytest.fixture
def house(yard: SimpleNamespace, now: Any) -> SimpleNamespace:
    """Something on every page, also for a partner: a change whose people are to be told, a gate that waits, a letter."""
    for number, person in enumerate(Customer.objects.order_by("pk")):
        Identity.objects.create(customer=person, kind="email", handle=f"p{number}@home.example")
        consent.give(person, Purpose.NOTICE, source="test")
    planning = make_pivot(yard.pia.team, yard.joris, "Planning")
    loop = open_loop(yard.pattern, planning, by=yard.maren)
    changes.record(title="Codes at once", what="The code comes with the mail.", live_since=now.date(),
                   loops=[loop], by=yard.joris)  # fmt: skip
    decide(yard.trend)
    return yard


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_link_and_no_button_answers_that_it_may_not(
    role: str, house: SimpleNamespace, hers: Any, client: Client
) -> None:
    user = next(one for one in vars(house).values() if getattr(one, "role", "") == role)
    client.force_login(user)
    client.raise_request_exception = False
    waiting, seen, kinds, wrong = deque([("/", "")]), {""}, Counter[str](), []
    while waiting:
        address, source = waiting.popleft()
        shape = re.sub(r"\d+", "N", address.partition("?")[0])
        if address in seen or not address.startswith("/") or kinds[shape] >= ALIKE:
            continue
        seen.add(address)
        kinds[shape] += 1
        answer = client.get(address, follow=True)
        if answer.status_code != 200:
            wrong.append(f"{source} leads to {address}: {answer.status_code}")
        if answer.streaming or "html" not in answer["Content-Type"]:
            continue
        doors, path = Doors(answer.content.decode()), address.partition("?")[0]
        waiting += [
            ((path + link if link[:1] == "?" else link).partition("#")[0], path) for link in doors.links
        ]
        for action in filter(None, doors.sent):
            needed = getattr(resolve(action.partition("?")[0]).func, "permission", "public")
            if needed != "public" and not user.may(needed):
                wrong.append(f"{path} sends to {action}, which needs {needed}")
    assert len(seen) > 15
    assert not wrong, "\n".join(sorted(set(wrong)))
