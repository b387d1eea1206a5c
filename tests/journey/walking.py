"""Somebody at a browser: windows of their own, what they do again and again, and everything that went wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Request, Response, expect

from tests.browser.chromium import chromium

PASSWORD = "a long enough password"
PATIENCE = 120_000.0
"""Milliseconds that a step may take on a machine that has other work."""
LEFT = "net::ERR_ABORTED"
"""A page that was left drops what it had asked for."""


class Walk:
    """`wrong` keeps console errors (a broken content policy is one), script errors, failed and refused requests."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.wrong: list[str] = []

    def window(self, **options: Any) -> Page:
        """A browser window with cookies of its own."""
        page = self.browser.new_context(base_url=self.url, **options).new_page()
        page.set_default_timeout(PATIENCE)
        page.set_default_navigation_timeout(PATIENCE)
        page.on(
            "console", lambda said: said.type == "error" and self.wrong.append(f"{page.url}: {said.text}")
        )
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        return page

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT:
            self.wrong.append(f"{request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.wrong.append(f"{response.request.method} {response.url}: {response.status}")


@contextmanager
def walking(url: str) -> Iterator[Walk]:
    """A walk during which nothing may go wrong in the browser."""
    expect.set_options(timeout=PATIENCE)
    try:
        with chromium() as browser:
            walk = Walk(browser, url)
            yield walk
            assert not walk.wrong
    finally:
        expect.set_options(timeout=5_000)


def begin(page: Page, *, demo: bool = False) -> None:
    """The first-run wizard, as Ada."""
    page.goto("/")
    page.get_by_label("Your organisation").fill("Fjordhus")
    page.get_by_label("Names that mean you").fill("Fjordhus, @fjordhus")
    page.get_by_label("Your name").fill("Ada Winther")
    page.get_by_label("Your e-mail").fill("ada@fjordhus.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Fill it with the demo story").set_checked(demo)
    page.get_by_role("button", name="Open Pivotpoint").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def go(page: Page, station: str) -> None:
    """By the line of stations, as everybody does."""
    page.get_by_role("navigation").get_by_role("link", name=station).first.click()
    expect(page.get_by_role("heading", level=1, name=station)).to_be_visible()


def open_channel(page: Page, kind: str, why: str) -> None:
    """In the settings; it keeps the name of its kind."""
    go(page, "Settings")
    page.get_by_role("link", name="Channels").click()
    page.get_by_role("listitem").filter(has_text=kind).get_by_role("link", name="Open").click()
    page.get_by_label("Why is it there?").fill(why)
    page.get_by_role("button", name="Open the channel").click()
    expect(page.get_by_text(f"{kind} is open.")).to_be_visible()


def until(page: Page, sight: Locator, *, seconds: float = PATIENCE / 1_000) -> None:
    """Look again until it is there: the worker brings it about, the page does not move by itself."""
    give_up = time.monotonic() + seconds
    while not sight.first.is_visible():
        assert time.monotonic() < give_up, f"{sight} did not come about on {page.url}"
        page.wait_for_timeout(250)
        page.reload()
