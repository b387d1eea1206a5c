"""The whole story in a browser, with the product running as it does at home: server, worker, mail, a system that answers.

Ada opens the installation. Maren imports what customers wrote, sees what many of them mean, and hands it over. The
refund system takes it and answers. Ines changes the process and tells everybody who asked; they say whether it helped.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journey.product import Product, running
from tests.journey.walking import PASSWORD, Walk, begin, go, open_channel, until, walking
from tests.receiver import Receiver, answer_back, answer_signed, receiving

pytestmark = pytest.mark.browser

REFUNDS = {
    "Hanne Vos": "I cancelled three weeks ago and my refund has still not arrived.",
    "Tomek Rybar": "Where is my refund? You confirmed the cancellation two weeks ago.",
    "Leif Dahl": "My refund has not arrived although I sent the sofa back a month ago.",
    "Carla Mendes": "Still waiting for my refund. It was promised within five days.",
    "Yara Haddad": "The refund you promised has not arrived on my account.",
    "Piet Jansen": "No refund yet, and it is three weeks since I returned the lamp.",
}
OTHERS = {
    "Nora Lind": "Lovely lamp, quick delivery, thank you.",
    "Oskar Blom": "The assembly instructions of the shelf miss a page.",
    "Rosa Keller": "Can I choose the hour of the delivery?",
}


PAGES = """
/ /inbox/ /insights/ /insights/1/ /insights/1/messages/ /switchyard/ /switchyard/1/ /switchyard/new/ /loops/ /loops/1/
/loops/1/notices/ /changes/ /changes/1/ /customers/ /customers/1/ /ledger/ /import/ /import/1/ /search/?q=refund
/settings/ /settings/people/ /settings/channels/ /settings/channels/1/ /settings/journal/ /portal/
"""


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    with running(tmp_path) as product:
        yield product


@pytest.fixture
def walk(product: Product) -> Iterator[Walk]:
    with walking(product.url) as walk:
        yield walk


@pytest.fixture
def system() -> Iterator[Receiver]:
    """The refund system of the house. Its secret is given to it on the way."""
    with receiving("") as receiver:
        yield receiver


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """What customers wrote in the last days."""
    return write_letters(tmp_path / "letters.csv", REFUNDS | OTHERS)


def write_letters(file: Path, said: dict[str, str]) -> Path:
    """As a mail program exports them; the last row says nothing."""
    now = datetime.now(UTC)
    with file.open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(["id", "name", "email", "date", "text"])
        for number, (name, text) in enumerate(said.items()):
            at = now - timedelta(days=8 - number % 6, minutes=number)
            rows.writerow([f"L{number}", name, address(name), at.isoformat(timespec="minutes"), text])
        rows.writerow(["L99", "Nobody", "nobody@home.example", now.isoformat(), ""])
    return file


def address(name: str) -> str:
    return f"{name.split()[0].lower()}@home.example"


def test_from_words_to_a_verdict(walk: Walk, product: Product, system: Receiver, letters: Path) -> None:
    ada, maren, ines = walk.window(), walk.window(), walk.window()
    begin(ada)
    doors = [invite(ada, "Maren Oduya", "Listening lead"), invite(ada, "Ines Halloran", "Owner", "Finance")]
    open_channel(ada, "E-mail", "Answer where customers already write.")
    token = issue_token(ada)
    for page, door in zip((maren, ines), doors, strict=True):
        choose_password(page, door)
    import_letters(maren, letters)
    lay_the_line(maren, system)
    see_the_trend(maren)
    correct_a_reading(maren)
    hand_over(maren)
    handoff = taken(system)
    answer_back(handoff, "accepted", token, "R-204417")
    see_the_answer(ines)
    answer_signed(system, f"{product.url}/hooks/1/", handoff, "changing")
    until(ines, ines.get_by_text("Refund system answered: under way"))
    record_the_change(ines)
    approve(ines)
    for name in list(REFUNDS)[:3]:
        judge(walk.window(), product.letter(address(name)), name)
    assert all(product.letter(address(name)) for name in REFUNDS)
    see_it_confirmed(ines)
    see_the_ledger_balance(maren)
    read_on_a_phone(maren)


def invite(page: Page, name: str, role: str, function: str = "") -> str:
    """The link by which they choose a password."""
    go(page, "Settings")
    page.get_by_role("link", name="People").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail", exact=True).fill(f"{name.split()[0].lower()}@fjordhus.example")
    page.get_by_label("Role", exact=True).select_option(role)
    if function:
        page.get_by_label("Function", exact=True).select_option(function)
    page.get_by_role("button", name="Invite").click()
    return page.get_by_label(f"Link for {name}").input_value()


def issue_token(page: Page) -> str:
    """For the refund system: it may act on loops, and nothing else."""
    go(page, "Settings")
    page.get_by_role("link", name="API tokens").click()
    page.get_by_label("What is it for?").fill("Refund system")
    page.get_by_label("Accept, decline and move loops").check()
    page.get_by_role("button", name="Issue").click()
    return page.get_by_role("status").locator("[data-secret]").inner_text()


def choose_password(page: Page, door: str) -> None:
    """Behind the link of an invitation; then they are in."""
    page.goto(door)
    page.get_by_label("New Password", exact=True).fill(PASSWORD)
    page.get_by_label("New Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Keep it and log in").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def import_letters(page: Page, file: Path, letters: int = len(REFUNDS | OTHERS)) -> None:
    """Upload, map, look, start, and watch it run to its end."""
    go(page, "Import")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_label("What they said")).to_have_value("text")
    expect(page.get_by_label("E-mail")).to_have_value("email")
    expect(page.get_by_role("cell", name=REFUNDS["Hanne Vos"])).to_be_visible()
    expect(page.get_by_role("row", name="The text is empty.")).to_be_visible()
    page.get_by_label("Channel").select_option("E-mail")
    page.get_by_label("They may be told what changed, because").fill("Ticked “tell me” below their letter")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    expect(page.get_by_text("Taken in", exact=True).locator("..")).to_contain_text(str(letters))
    expect(page.get_by_role("row", name="The text is empty.")).to_be_visible()


def lay_the_line(page: Page, system: Receiver) -> None:
    """A pivot to finance, and the refund system at its end."""
    make_the_pivot(page)
    page.get_by_text("Add a destination").click()
    page.get_by_label("Name", exact=True).fill("Refund system")
    page.get_by_label("Signed webhook").check()
    page.get_by_label("Address that takes the hand-off").fill(system.url)
    page.get_by_role("button", name="Add it and try it").click()
    system.secret = page.get_by_label("Secret").input_value()
    page.get_by_role("button", name="Send a signed ping").click()
    expect(page.get_by_text("Refund system answers.")).to_be_visible()


def make_the_pivot(page: Page) -> None:
    """Without a rule: a person hands over."""
    go(page, "Switchyard")
    page.get_by_role("link", name="Make the first").click()
    page.get_by_label("Name").fill("Refunds")
    page.get_by_label("Function", exact=True).select_option("Finance")
    page.get_by_label("Owner", exact=True).select_option("Ines Halloran")
    page.get_by_role("button", name="Drop rule 1").click()
    expect(page.get_by_text("Without a rule nothing goes through")).to_be_visible()
    page.get_by_role("button", name="Save the pivot").click()


def see_the_trend(page: Page) -> None:
    """Six people say the same in six ways."""
    go(page, "Insights")
    trend = page.get_by_role("row").filter(has_text=re.compile("refund", re.I))
    until(page, trend.filter(has=page.get_by_role("cell", name=re.compile(r"^6\b"))))
    trend.get_by_role("link").first.click()
    expect(page.get_by_text("Trend", exact=True)).to_be_visible()
    expect(page.get_by_text("6 different people, 6 messages")).to_be_visible()


def correct_a_reading(page: Page) -> None:
    """C opens the first; they ask for something, more than they complain."""
    said = page.get_by_role("blockquote").first
    page.keyboard.press("c")
    said.get_by_label("It is").select_option(label="a request")
    said.get_by_role("button", name="Correct").click()
    expect(page.get_by_role("status")).to_contain_text("Corrected")


def hand_over(page: Page) -> None:
    """By the keyboard: H, say why, Enter."""
    page.keyboard.press("h")
    page.get_by_label("Why (the owner reads it)").fill("Six people wait for their money.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Handed over to Refunds.")


def taken(system: Receiver) -> dict[str, Any]:
    """The hand-off as the refund system got it: signed, once."""
    handoff = system.wait_for("loop.handed_over")
    assert handoff["insight"]["people"] == len(REFUNDS)
    assert handoff["pivot"]["name"] == "Refunds"
    return handoff


def see_the_answer(page: Page) -> None:
    """Ines finds her loop; the system has accepted it in the meantime."""
    go(page, "Loops")
    page.get_by_role("row").filter(has_text="Refunds").get_by_role("link").first.click()
    expect(page.get_by_text("Owner Ines Halloran")).to_be_visible()
    expect(page.get_by_text("Refund system answered: accepted")).to_be_visible()
    expect(page.get_by_role("cell", name="CR-loop-1-1-1", exact=True)).to_be_visible()


def record_the_change(page: Page) -> None:
    """What is different now, and who would hear of it."""
    page.get_by_role("link", name="Record the change").click()
    expect(page.get_by_text("6 people of 6, each in the channel they used.")).to_be_visible()
    page.get_by_label("Title").fill("Refunds go out within two days")
    page.get_by_label("What changed").fill("We now pay a refund within two days of your cancellation.")
    page.get_by_label("What we expect").fill("If we pay within two days, then nobody has to ask.")
    page.get_by_role("button", name="Record it and draft the notices").click()
    expect(page.get_by_role("heading", name="6 people to tell")).to_be_visible()


def approve(page: Page) -> None:
    """Read one, then let all of them out."""
    page.get_by_text("Read or change").first.click()
    expect(page.get_by_label("Text").first).to_have_value(re.compile("We now pay a refund within two days"))
    page.get_by_role("button", name="Approve 6").click()
    page.get_by_role("dialog").get_by_role("button", name="Tell 6 people").click()
    expect(page.get_by_role("status")).to_contain_text("Approved.")


def judge(page: Page, letter: EmailMessage, name: str) -> None:
    """The customer opens the link of the letter and says that it helped."""
    text = letter.get_content()
    assert f"Hello {name}" in text
    assert "We now pay a refund within two days" in text
    page.goto(next(word for word in text.split() if "/portal/" in word))
    expect(page.get_by_text(REFUNDS[name])).to_be_visible()
    page.get_by_role("button", name="Yes, it did").click()
    expect(page.get_by_text("Your answer is kept")).to_be_visible()


def see_it_confirmed(page: Page) -> None:
    """Three of six have answered, all yes: that is enough, the loop is closed."""
    go(page, "Loops")
    page.get_by_role("link", name=re.compile("Confirmed")).click()
    until(page, page.get_by_role("row").filter(has_text="Refunds"))


def see_the_ledger_balance(page: Page) -> None:
    """Nine letters: six in the closed loop, three waiting."""
    go(page, "Ledger")
    until(page, page.get_by_role("row", name=re.compile("In a closed loop 6")))
    expect(page.get_by_role("row", name=re.compile("Received 9"))).to_be_visible()
    expect(page.get_by_text("balances", exact=True)).to_be_visible()


def read_on_a_phone(page: Page) -> None:
    """Nothing hangs over the edge."""
    page.set_viewport_size({"width": 390, "height": 844})
    wide = []
    for path in PAGES.split():
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(path)
    assert wide == []
