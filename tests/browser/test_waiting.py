"""Between a click and its answer, in a real browser: a lost login, a server that does not answer, a slow one, stray keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from pivotpoint.channels.models import Channel, Conversation, Message
from tests.browser.chromium import chromium
from tests.conftest import PASSWORD
from tests.pivotpoint.desk.letters import read, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(installation: Any, live_server: Any, mail: Channel, samir: Any) -> Iterator[Page]:
    """Samir reads what Hanne wrote."""
    read(write(mail, "Hanne Vos"))
    with chromium() as browser:
        page = browser.new_page(base_url=live_server.url)
        page.goto(
            "/accounts/login/?next=" + reverse("desk:conversation", args=[Conversation.objects.get().pk])
        )
        log_in(page, samir)
        page.wait_for_url("**/inbox/*/")
        yield page


def log_in(page: Page, who: Any) -> None:
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", PASSWORD)
    page.click("button.primary")


def test_who_was_logged_out_comes_back_to_what_they_wrote(page: Page, samir: Any) -> None:
    here = page.url
    page.fill("#text", "It goes out today.")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("You are not logged in any more")).to_be_visible()
    log_in(page, samir)
    page.wait_for_url(here)
    expect(page.locator("#text")).to_have_value("It goes out today.")
    page.locator("#text").press("Control+Enter")
    expect(page.locator(".msg.out")).to_contain_text("It goes out today.")
    page.reload()
    expect(page.locator("#text")).to_have_value("")


def test_a_server_that_does_not_answer_takes_nothing_away(page: Page) -> None:
    page.route("**/reply/**", lambda route: route.abort())
    page.fill("#text", "It goes out today.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast.wrong")).to_contain_text("The server does not answer.")
    expect(page.locator("#text")).to_have_value("It goes out today.")
    page.unroute("**/reply/**")
    page.route("**/reply/**", lambda route: route.fulfill(status=500, body="Broken"))
    page.locator(".toast").get_by_role("button", name="Close").click()
    page.locator("#text").press("Control+Enter")
    expect(page.locator(".toast.wrong")).to_contain_text("the server answered 500")
    expect(page.locator(".msg")).to_have_count(1)


def test_a_slow_form_is_sent_once_and_its_button_says_so(page: Page) -> None:
    held: list[Route] = []
    page.route("**/close/", lambda route: held.append(route))
    twice = "button => (button.click(), button.click(), button.getAttribute('aria-busy'))"
    assert page.locator("[data-key=e]").evaluate(twice) == "true"
    page.wait_for_timeout(200)
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_url("**/inbox/**")
    expect(page.locator("[aria-busy]")).to_have_count(0)
    assert Conversation.objects.filter(closed_at=None).count() == 0


def test_single_keys_can_be_turned_off(page: Page) -> None:
    here = page.url
    page.goto(reverse("desk:me"))
    page.get_by_label("Single keys work").uncheck()
    page.goto(here)
    page.keyboard.press("e")
    page.keyboard.press("?")
    page.wait_for_timeout(300)
    assert not page.locator("#keys").is_visible()
    page.goto(reverse("desk:me"))
    page.get_by_label("Single keys work").check()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert Message.objects.count() == Conversation.objects.filter(closed_at=None).count() == 1


def test_a_page_that_is_slow_to_come_says_so(page: Page) -> None:
    says = "link => (link.click(), document.body.hasAttribute('data-leaving'))"
    assert page.get_by_role("link", name="Insights").first.evaluate(says)
    page.wait_for_url("**/insights/")
    expect(page.locator("body[data-leaving]")).to_have_count(0)


def test_a_link_that_opens_elsewhere_leaves_the_page_quiet(page: Page) -> None:
    page.get_by_role("link", name="Insights").first.click(modifiers=["Control"])
    expect(page.locator("body[data-leaving]")).to_have_count(0)
