"""Two beginnings in a browser: an empty house that hears its first stranger, and one that looks around in the demo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journey.product import Product, running
from tests.journey.walking import Walk, begin, go, open_channel, until, walking

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WORDS = "My lamp came broken."
ANSWER = "We are sorry. A new lamp leaves us today."


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    with running(tmp_path) as product:
        yield product


@pytest.fixture
def walk(product: Product) -> Iterator[Walk]:
    with walking(product.url) as walk:
        yield walk


def test_a_stranger_writes_and_is_answered(walk: Walk, product: Product) -> None:
    ada, stranger = walk.window(), walk.window(**PHONE)
    begin(ada)
    expect(ada.get_by_text("Nobody has said anything yet")).to_be_visible()
    open_channel(ada, "Web form", "Hear what goes wrong after a purchase.")
    form = ada.get_by_role("link", name=f"{product.url}/f/").get_attribute("href")
    tell_us(stranger, str(form))
    answer(ada)
    letter = product.letter("oona@home.example")
    assert letter["Subject"] == f"Re: {WORDS}"
    assert letter.get_content().startswith(ANSWER)
    follow(stranger, next(word for word in letter.get_content().split() if "/portal/follow/" in word))


def tell_us(page: Page, form: str) -> None:
    """On a phone, at the speed of a person: the form keeps apart what is faster."""
    page.goto(form)
    page.get_by_label("What happened?").press_sequentially(WORDS, delay=120)
    page.get_by_label("Your name").fill("Oona Brandvik")
    page.get_by_label("Your e-mail address").fill("oona@home.example")
    page.get_by_label("Tell me what comes of it").check()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text(f"“{WORDS}”")).to_be_visible()
    expect(page.get_by_text("We have it.")).to_be_visible()


def answer(page: Page) -> None:
    """From the inbox, by the keyboard."""
    go(page, "Inbox")
    expect(page.get_by_role("heading", level=2, name="Oona Brandvik")).to_be_visible()
    page.get_by_label("Reply").fill(ANSWER)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article").filter(has_text=ANSWER)).to_be_visible()
    until(page, page.get_by_role("article").filter(has_text=ANSWER).get_by_text("sent"))


def follow(page: Page, link: str) -> None:
    """The page behind the link of the letter, on the same phone: their words, our answer, nothing cut off."""
    page.goto(link)
    expect(page.get_by_text(f"“{WORDS}”")).to_be_visible()
    expect(page.get_by_text("Ada answered")).to_be_visible()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_demo_fills_the_house(walk: Walk, product: Product) -> None:
    ada = walk.window()
    begin(ada, demo=True)
    expect(ada.get_by_text("The demo story is being played")).to_be_visible()
    until(ada, ada.get_by_text("people behind an insight know what came of it"), seconds=180)
    expect(ada.get_by_text("balances", exact=True)).to_be_visible()
    go(ada, "Insights")
    with ada.expect_navigation():  # the choice sends the form; to look again meanwhile would cut it off
        ada.get_by_label("Period").select_option("All time")
    until(ada, ada.get_by_role("row", name=re.compile("Trends")), seconds=180)
    ada.get_by_role("row").filter(has=ada.get_by_role("checkbox")).first.get_by_role("link").click()
    expect(ada.get_by_role("heading", name="What they said")).to_be_visible()
    expect(ada.get_by_role("blockquote").first).to_be_visible()
    product.kill()  # The rest of the ninety days need not be waited for.
