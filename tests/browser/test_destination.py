"""A destination's page in a real browser: changed, tried, and narrow enough for a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pivotpoint.pivot import edit
from pivotpoint.pivot.models import Destination
from tests.browser.test_desk import page, scene  # noqa: F401 fixtures
from tests.trackers import GitHub, tracking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_mapping_is_changed_and_tried_on_its_page(page: Page, scene: Any, settings: Any) -> None:  # noqa: F811
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    with tracking(GitHub) as tracker:
        config = {"preset": "github-issues", "url": tracker.url, "project": GitHub.project}
        made = edit.save_destination(
            scene.refunds, name="Shop issues", kind="http", config=config, key="right", by=scene.maren
        )
        page.goto(f"/switchyard/{scene.refunds.pk}/")
        page.get_by_role("link", name="Shop issues").click()
        page.get_by_label("Only when none before it takes it").check()
        page.get_by_label("Most a minute").fill("20")
        page.get_by_label("Field there 3").fill("labels")
        page.get_by_label("Is filled with 3").fill('["customers"]')
        page.get_by_role("button", name="Show the request").click()
        expect(page.get_by_text("Nothing was made there.")).to_be_visible()
        page.get_by_role("button", name="Send a test").click()
        expect(page.get_by_role("link", name="Issue #1")).to_be_visible()
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert [issue["labels"] for issue in tracker.issues] == [["customers"]]
    made = Destination.objects.get(pk=made.pk)
    assert (made.how, made.per_minute, made.config["mapping"]["make"]["body"]["labels"]) == (
        "fallback",
        20,
        ["customers"],
    )
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Save the destination").click()
    expect(page.get_by_text("20 a minute at most")).to_be_visible()
    page.goto(f"/destinations/{made.pk}/")
    page.get_by_role("button", name="Show address and secret").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where Shop issues answers")
