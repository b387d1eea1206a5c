"""The whole circle in a browser, both ways round, with the systems of a house behind it: a real Tryton, a real Synapse.

Customers write. Two matters come of it. Finance has its ERP and its room: the refunds become a complaint that is approved
there, and a message that is answered there; the change goes back to everybody who asked. The invoices are declined in the
room, and everybody who asked for them reads why.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journey.product import Product
from tests.journey.test_story import (
    OTHERS,
    REFUNDS,
    address,
    approve,
    choose_password,
    hand_over,
    import_letters,
    invite,
    judge,
    make_the_pivot,
    product,
    record_the_change,
    see_it_confirmed,
    see_the_trend,
    walk,
    write_letters,
)
from tests.journey.walking import PATIENCE, Walk, begin, go, open_channel, until
from tests.matrix.people import Person
from tests.real.conftest import Home, Real

__all__ = ["product", "walk"]
pytestmark = [pytest.mark.browser, pytest.mark.real_server, pytest.mark.xdist_group("tryton")]

INVOICES = {
    "Emil Sand": "My invoice shows the wrong address.",
    "Freya Holm": "The invoice you sent shows the wrong address.",
    "Gus Lindh": "Again the invoice shows a wrong address.",
    "Ida Krogh": "Your invoice shows the wrong address of mine.",
}
NO = "The tax office wants the address of the contract."
WHY = "Invoices have to name the address of your contract."


class Room:
    """The room of finance on the homeserver; Bo and Ines are in it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.me, self.ines, self.bo = (
            Person(home.url, home.tokens[name]) for name in ("pivotpoint", "ines", "bo")
        )
        self.room = self.ines.make_room(self.me.name, self.bo.name)
        self.bo.join(self.room)

    def wait_for(self, about: str) -> dict[str, Any]:
        """The product's message about this matter, when it has come."""
        return wait(lambda: next((each for each in self._ours() if about in body(each)), None))

    def _ours(self) -> list[dict[str, Any]]:
        return [each for each in self.ines.messages(self.room) if each["sender"] == self.me.name]


def body(event: dict[str, Any]) -> str:
    return str(event["content"].get("body", "")).lower()


def wait(look: Any, seconds: float = PATIENCE / 1_000) -> Any:
    until_then = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < until_then, "It did not come about."
        time.sleep(0.2)
    return found


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    return write_letters(tmp_path / "letters.csv", REFUNDS | INVOICES | OTHERS)


def test_both_ways_round(walk: Walk, product: Product, letters: Path, erp: Real, room: Room) -> None:  # noqa: F811
    ada, maren, ines = walk.window(), walk.window(), walk.window()
    begin(ada)
    doors = [invite(ada, "Maren Oduya", "Listening lead"), invite(ada, "Ines Halloran", "Owner", "Finance")]
    open_channel(ada, "E-mail", "Answer where customers already write.")
    for page, door in zip((maren, ines), doors, strict=True):
        choose_password(page, door)
    import_letters(maren, letters, len(REFUNDS | INVOICES | OTHERS))
    make_the_pivot(maren)
    connect_the_erp(maren, erp)
    connect_the_room(maren, room)

    see_the_trend(maren)
    hand_over(maren)
    complaint = see_the_complaint(ines, erp)
    erp.on("sale.complaint", "approve", [complaint])
    until(ines, ines.get_by_text("ERP answered: accepted"))
    message = room.wait_for("refund")
    assert f"{product.url}/loops/1/" in body(message)
    room.bo.say(room.room, "Under way: the bank was called.", thread=message["event_id"])
    until(ines, ines.get_by_text("Finance room answered: under way"))
    record_the_change(ines)
    approve(ines)
    for name in list(REFUNDS)[:3]:
        judge(walk.window(), product.letter(address(name)), name)
    see_it_confirmed(ines)

    see_the_invoices(maren)
    hand_over(maren)
    decline_in_the_room(room)
    see_the_no(ines)
    tell_the_no(ines)
    told = [product.letter(address(name)).get_content() for name in INVOICES]
    assert all(WHY in letter and NO not in letter for letter in told)
    see_the_ledger_balance(maren)


def connect_the_erp(page: Page, erp: Real) -> None:
    """On the pivot's page: address, database, key; it is tried at once."""
    page.get_by_text("Add a destination").click()
    page.get_by_label("Name", exact=True).fill("ERP")
    kind = page.locator(".kind").filter(has_text="Tryton (ERP, SCM, CRM)")
    kind.get_by_role("radio").check()
    kind.get_by_label("Address of the server").fill(erp.url)
    kind.get_by_label("Database").fill(erp.database)
    kind.get_by_label("Application key").fill(erp.key)
    page.get_by_role("button", name="Add it and try it").click()
    expect(page.get_by_text("ERP answers.")).to_be_visible()


def connect_the_room(page: Page, room: Room) -> None:
    """The account takes up its invitation."""
    page.get_by_text("Add a destination").click()
    page.get_by_label("Name", exact=True).fill("Finance room")
    kind = page.locator(".kind").filter(has_text="Matrix room")
    kind.get_by_role("radio").check()
    kind.get_by_label("Address of the homeserver").fill(room.home.url)
    kind.get_by_label("Room (#name:server or !id)").fill(room.room)
    kind.get_by_label("Access token").fill(room.home.tokens["pivotpoint"])
    page.get_by_role("button", name="Add it and try it").click()
    expect(page.get_by_text("Finance room answers.")).to_be_visible()


def see_the_complaint(page: Page, erp: Real) -> int:
    """The owner's page has the number that it has there and a link to it; there, it has the customers' words."""
    go(page, "Loops")
    page.get_by_role("row").filter(has_text="Refunds").get_by_role("link").first.click()
    there = page.get_by_role("row").filter(has_text=re.compile(r"Complaint \d+"))
    until(page, there)
    number = re.search(r"Complaint (\d+)", there.inner_text())
    assert number is not None
    (row,) = erp.find("sale.complaint", ["number", "=", number[1]], fields=("state", "description"))
    link = there.get_by_role("link", name="Open").get_attribute("href")
    assert link == f"{erp.url}/#{erp.database}/model/sale.complaint/{row['id']}"
    assert row["state"] == "waiting"
    assert any(text in row["description"] for text in REFUNDS.values())
    return int(row["id"])


def see_the_invoices(page: Page) -> None:
    """The other matter: four people."""
    go(page, "Insights")
    matter = page.get_by_role("row").filter(has_text=re.compile("invoice", re.I))
    until(page, matter.filter(has=page.get_by_role("cell", name=re.compile(r"^4\b"))))
    matter.get_by_role("link").first.click()
    expect(page.get_by_text("4 different people, 4 messages")).to_be_visible()


def decline_in_the_room(room: Room) -> None:
    """A thumb down says no; the product asks why, in the thread; the next words are the reason."""
    message = room.wait_for("invoice")
    room.bo.react(room.room, message["event_id"], "👎")
    room.wait_for("say why, here")
    room.bo.say(room.room, NO, thread=message["event_id"])


def see_the_no(page: Page) -> None:
    go(page, "Loops")
    page.get_by_role("link", name=re.compile("Declined")).click()
    until(page, page.get_by_role("row").filter(has_text="Refunds"))
    page.get_by_role("row").filter(has_text="Refunds").get_by_role("link").first.click()
    expect(page.get_by_text("Finance room answered: declined")).to_be_visible()
    expect(page.get_by_text(NO).first).to_be_visible()


def tell_the_no(page: Page) -> None:
    """The room's words stay inside; the owner says why in words for those who asked, and they read that."""
    page.get_by_role("button", name="Say why").click()
    page.get_by_label("What those who asked are told").fill(WHY)
    page.get_by_role("button", name="Keep it and draft the notices").click()
    until(page, page.get_by_role("link", name="Read and tell 4"))
    page.get_by_role("link", name="Read and tell 4").click()
    page.get_by_role("button", name="Approve 4").click()
    page.get_by_role("dialog").get_by_role("button", name="Tell 4 people").click()
    expect(page.get_by_role("status")).to_contain_text("Approved.")


def see_the_ledger_balance(page: Page) -> None:
    """Ten in two closed loops; three voices wait."""
    go(page, "Ledger")
    until(page, page.get_by_role("row", name=re.compile("In a closed loop 10")))
    expect(page.get_by_role("row", name=re.compile("Received 13"))).to_be_visible()
    expect(page.get_by_text("balances", exact=True)).to_be_visible()
