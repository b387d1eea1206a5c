"""The inbox in a real browser: keys, a correction in place, a reply that appears at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from pivotpoint.channels.models import Channel, Conversation
from pivotpoint.listening.models import Reading
from tests.browser.chromium import chromium
from tests.conftest import PASSWORD
from tests.pivotpoint.desk.letters import read, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_server: Any, mail: Channel, samir: Any) -> Iterator[Page]:
    """Samir, logged in; Hanne and Tomek wait for an answer."""
    for name in ("Hanne Vos", "Tomek R."):
        read(write(mail, name))
    with chromium() as browser:
        page = browser.new_page(base_url=live_server.url)
        page.goto("/accounts/login/?next=" + reverse("desk:inbox"))
        page.fill("[name=login]", samir.email)
        page.fill("[name=password]", PASSWORD)
        page.click("button.primary")
        page.wait_for_url("**/inbox/")
        yield page


@pytest.fixture(autouse=True)
def _set_up(installation: Any) -> None:
    """The wizard is through."""


def test_keys_a_correction_and_a_reply(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox/*/**")
    reads = page.locator("#reads li").first
    reads.locator("summary").click()
    reads.get_by_role("button", name="a question").click()
    expect(page.locator("#reads li b").first).to_have_text("question")
    expect(page.locator(".msg footer")).to_contain_text("corrected")
    page.fill("#text", "It goes out today.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.out")).to_contain_text("It goes out today.")
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator(".conv [aria-current=true] time")).to_have_text("answered")
    assert Reading.objects.filter(intent="question").count() == 1
    assert Conversation.objects.filter(waiting_since=None).count() == 1


def test_a_phone_shows_the_list_then_the_conversation(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".thread")).to_be_hidden()
    page.locator(".conv li a").first.click()
    expect(page.locator(".thread")).to_be_visible()
    expect(page.locator(".conv")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator(".conv")).to_be_visible()
