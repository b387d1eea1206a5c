"""A rule or a playbook is changed, tried on history, saved with a reason, compared, and taken back, in a real browser."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from pivotpoint.pivot import versions
from tests.browser.test_desk import page, scene

__all__ = ["page", "scene"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_rule_is_changed_compared_and_taken_back(page: Page, scene: SimpleNamespace) -> None:  # noqa: F811
    refunds = scene.refunds
    before = versions.current(refunds).content["rules"]
    page.goto(f"/switchyard/{refunds.pk}/edit/")
    expect(page.locator("#tried")).to_contain_text("would have matched 1 insight")
    page.get_by_role("button", name="Condition", exact=True).click()
    page.locator(".condition").nth(1).locator("[name$=value]").fill("9")
    expect(page.locator("#tried")).to_contain_text("would have matched 0 insights")
    page.get_by_label("Why").fill("Only what many people say.")
    page.get_by_role("button", name="Save the pivot").click()
    expect(page.locator(".toast")).to_contain_text("is kept")

    page.get_by_role("link", name="Compare versions, go back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Versions of Refunds")
    expect(page.locator("#v2")).to_contain_text("Only what many people say.")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#compared")).to_contain_text("and at least 9 people")
    page.get_by_role("button", name="Return to version 1").click()
    expect(page.locator("#v3")).to_contain_text("Back to version 1.")
    assert versions.current(refunds).content["rules"] == before


def test_a_playbook_is_changed_compared_and_taken_back(page: Page, scene: SimpleNamespace) -> None:  # noqa: F811
    refunds = scene.refunds
    before = versions.current(refunds).content
    page.goto(f"/switchyard/{refunds.pk}/playbook/")
    page.get_by_label("What is to be done").first.fill("Ask the bank")
    page.get_by_label("Why").fill("So that nothing is forgotten.")
    page.get_by_role("button", name="Keep this playbook").click()
    expect(page.locator(".toast")).to_contain_text("Kept.")

    page.get_by_role("link", name="Compare versions, go back").click()
    expect(page.locator("#v2")).to_contain_text("So that nothing is forgotten.")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#compared")).to_contain_text("Ask the bank")
    page.get_by_role("button", name="Return to version 1").click()
    expect(page.locator("#v3")).to_contain_text("Back to version 1.")
    assert versions.current(refunds).content == before
    assert not refunds.playbook_steps.exists()
