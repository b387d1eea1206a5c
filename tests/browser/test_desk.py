"""The desk in a real browser: keys and dialogs on an insight, rules that are tried while they are written."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pivotpoint.insights.decisions.edit import rename
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop
from tests.browser.chromium import chromium
from tests.conftest import PASSWORD
from tests.pivotpoint.desk.scene import count_days, read_all
from tests.switchyard import make_insight, make_pivot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(transactional_db: None, cast: dict[str, Any]) -> SimpleNamespace:
    """As in the desk's other tests, but now: the server has a clock of its own."""
    trend = make_insight(1, 5, title="Refund still missing", climbed_at=clock.now())
    make_insight(2, 2, title="Locker code comes late", function="service")
    count_days(trend)
    read_all()
    return SimpleNamespace(trend=trend, refunds=make_pivot(cast["ines"].team, cast["ines"]), **cast)


@pytest.fixture
def page(live_server: Any, scene: SimpleNamespace) -> Iterator[Page]:
    """Maren, logged in; nothing may be refused or go wrong in the browser."""
    wrong: list[str] = []
    with chromium() as browser:
        page = browser.new_page(base_url=live_server.url)
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto("/accounts/login/?next=/insights/")
        page.fill("[name=login]", scene.maren.email)
        page.fill("[name=password]", PASSWORD)
        page.click("button.primary")
        page.wait_for_url("**/insights/")
        yield page
    assert not wrong


def test_keys_open_an_insight_and_hand_it_over(page: Page, scene: SimpleNamespace) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Refund still missing")
    expect(page.locator("mark").first).to_have_text("refund")
    page.keyboard.press("h")
    page.locator("#hand-over").get_by_role("button", name="Hand over").click()
    expect(page.locator(".toast")).to_contain_text("Handed over to Refunds.")
    assert Loop.objects.get().owner == scene.ines


def test_nothing_chosen_is_said_before_a_dialog_opens(page: Page) -> None:
    page.keyboard.press("m")
    expect(page.locator(".toast")).to_have_text("Choose 2 rows or more first.")
    expect(page.locator("#merge")).not_to_be_visible()


def test_rules_are_tried_while_they_are_written(page: Page, scene: SimpleNamespace) -> None:
    page.goto(f"/switchyard/{scene.refunds.pk}/edit/")
    expect(page.locator("#tried")).to_contain_text("would have matched 1 insight")
    page.get_by_role("button", name="Condition", exact=True).click()
    expect(page.locator(".condition")).to_have_count(2)
    page.locator(".condition").nth(1).locator("[name$=value]").fill("9")
    expect(page.locator("#tried")).to_contain_text("would have matched 0 insights")


def test_the_theme_is_kept_and_the_drawing_has_a_table(page: Page) -> None:
    page.goto("/switchyard/")
    page.get_by_role("button", name="Switch between light and dark").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_text("Table", exact=True).click()
    expect(page.locator(".yard-table")).to_be_visible()
    expect(page.locator(".yard-view")).not_to_be_visible()


def test_on_a_phone_the_friction_line_stands_upright(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/switchyard/friction/")
    expect(page.locator("svg.friction.upright")).to_be_visible()
    expect(page.get_by_role("region", name="The line, drawn")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("svg.friction.upright")).to_be_hidden()
    expect(page.get_by_role("region", name="The line, drawn")).to_be_visible()


def test_declining_asks_for_two_texts_and_only_one_goes_out(page: Page, scene: SimpleNamespace) -> None:
    loop = loops.open_loop(scene.trend, scene.refunds, by=scene.maren)
    page.goto(f"/loops/{loop.pk}/")
    page.get_by_role("button", name="Decline").click()
    dialog = page.get_by_role("dialog", name="Decline")
    dialog.get_by_label("What those who asked are told").fill("The law sets this fee.")
    dialog.get_by_label("For us only, if you like").fill("Margin.")
    dialog.get_by_role("button", name="Decline").click()
    expect(page.locator(".toast")).to_contain_text("are told why")
    expect(page.locator(".journal")).to_contain_text("Margin. They are told: The law sets this fee.")


def test_a_name_given_meanwhile_is_not_taken_back_unseen(page: Page, scene: SimpleNamespace) -> None:
    page.goto(f"/insights/{scene.trend.pk}/")
    rename(scene.trend.theme, "Refunds do not arrive", by=scene.ada)
    page.evaluate("document.getElementById('rename').showModal()")
    page.locator("#rename [name=title]").fill("Money is missing")
    page.locator("#rename").get_by_role("button", name="Rename").click()
    expect(page.locator(".toast")).to_contain_text("title is now “Refunds do not arrive”")
    expect(page.get_by_role("heading", level=1)).to_have_text("Refunds do not arrive")
