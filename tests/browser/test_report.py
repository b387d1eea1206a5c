"""The page that `listen --html` writes, in a browser and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from pivotpoint.insights.ladder.as_page import as_page
from pivotpoint.insights.ladder.ladder import House
from tests.browser.chromium import chromium
from tests.pivotpoint.insights import test_across as firms
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


def test_on_a_telephone_a_table_of_firms_scrolls_in_its_own_box(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    houses = [House(f"A firm of a long name {n}", 90, 90) for n in range(7)]
    file.write_text(as_page(firms.made(firms.LATE, firms.COLD, houses=houses)), encoding="utf-8")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate(
            "(box => box.scrollWidth > box.clientWidth)(document.querySelector('.scroll-x'))"
        )
