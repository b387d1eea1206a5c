"""The page that `listen --html` writes, in a browser and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from pivotpoint.insights.ladder.as_page import as_page
from tests.browser.chromium import chromium
from tests.pivotpoint.insights.test_ladder_page import ladder

pytestmark = pytest.mark.browser


def test_it_asks_nobody_for_anything_and_every_quote_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(as_page(ladder()), encoding="utf-8")
    asked: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(str(error)))
        page.goto(file.as_uri())
        themes = page.locator("details.theme")
        shut = page.locator("details.theme:not([open])").count()
        assert 0 < shut < themes.count()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details.theme:not([open])").count() == 0
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("details.theme:not([open])").count() == shut
    assert asked == [file.as_uri()]
