"""The wizard, with the wish for the demo story: Today says how far it is, and is usable meanwhile."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from pivotpoint.accounts.models import Installation
from pivotpoint.desk import jobs
from pivotpoint.desk.demo import script

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_wizard_fills_it_with_the_story(live_server: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(script, "DAYS", 2)
    monkeypatch.setattr(jobs, "MESSAGES", 60)
    with sync_playwright() as playwright:
        arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = browser.new_page(base_url=live_server.url)
        page.goto("/setup/")
        page.fill("[name=organisation]", "Fjordhus")
        page.fill("[name=name]", "Ada Winther")
        page.fill("[name=email]", "ada@fjordhus.example")
        page.fill("[name=password]", "a long enough password")
        page.check("[name=demo]")
        page.click("button.primary")
        expect(page.locator("#story")).to_contain_text("about to be played")
        Installation.objects.update(demo_day=1)
        expect(page.locator("#story")).to_contain_text("day 1 of")
        page.goto("/insights/")
        expect(page.locator("h1")).to_contain_text("Insights")
        page.goto("/")
        Installation.objects.update(demo_day=0)
        assert jobs.play_if_asked() == 1
        expect(page.locator("#story")).to_have_count(0)
        expect(page.locator("#story-told")).to_contain_text("Where to look first")
        page.locator("#story-told").get_by_role("link", name="Portal").click()
        expect(page.get_by_role("heading", name="You said, we did")).to_be_visible()
        page.goto("/inbox/?tab=closed")
        expect(page.get_by_text("No conversation here.")).to_have_count(0)
        browser.close()
