"""Another system is told of what rises: its feed is opened, tried and read, in a real browser; so is the API's own page."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pivotpoint.enterprise.feeds.send import queue, send
from pivotpoint.journal.record import record
from tests.browser.test_desk import page, scene  # noqa: F401 fixtures
from tests.receiver import receiving

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_feed_is_opened_tried_and_read(page: Page, scene: Any, settings: Any) -> None:  # noqa: F811
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    with receiving("") as receiver:
        page.goto("/settings/systems/")
        page.get_by_text("Open a feed").click()
        form = page.locator("form[action$='/feeds/new/']")
        form.get_by_label("Name").fill("Operations room")
        form.get_by_label("Address").fill(receiver.url)
        form.get_by_role("button", name="Open it").click()
        receiver.secret = page.get_by_label("Secret").input_value()
        page.get_by_role("button", name="Send a signed ping").click()
        expect(page.locator(".toast")).to_contain_text("Operations room answers.")
        assert receiver.wait_for("ping", 1)
        queue(record("insights.alert_raised", scene.trend))
        assert send() == 1
        page.reload()
        expect(page.get_by_role("row").filter(has_text="Refund still missing")).to_contain_text("Sent (200)")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_text("Close the feed").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("No feed yet.")).to_be_visible()


def test_the_page_of_the_api_fits_a_phone(page: Page) -> None:  # noqa: F811
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/api/docs")
    # Some hundred operations are drawn by the package's script.
    page.locator(".opblock-summary-control").first.click(timeout=120_000)
    expect(page.locator(".opblock-body").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
