"""The form on another site, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pivotpoint.channels import follow, webform
from pivotpoint.channels.models import Channel, Message
from tests.browser.chromium import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the base class calls it so
        """Nothing on the test's output."""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Somebody else's site: its folder and its origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield tmp_path, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def tab() -> Iterator[Any]:
    with chromium() as browser:
        yield browser.new_page()


def test_a_shop_s_visitor_tells_us_in_the_frame(
    live_server: Any, settings: Any, monkeypatch: Any, form: Any, samir: Any, shop: Any, tab: Any
) -> None:
    folder, origin = shop
    settings.SITE_URL = live_server.url
    monkeypatch.setattr(webform, "FASTEST", 0.0)
    Channel.objects.filter(pk=form.pk).update(origins=[origin])
    script = f'<script src="{live_server.url}/f/{form.key}/embed.js"></script>'
    (folder / "index.html").write_text(f"<!doctype html><title>Shop</title><h1>Shop</h1>{script}")

    tab.goto(f"{origin}/index.html")
    frame = tab.frame_locator("iframe")
    frame.get_by_label("What happened?").fill("The lamp came broken.")
    frame.get_by_label("Your e-mail address").fill("hanne@home.example")
    frame.get_by_text("Tell me what comes of it").click()
    frame.get_by_role("button", name="Send it").click()
    link = frame.get_by_role("link", name="Follow what comes of it")
    link.wait_for()

    message = Message.objects.get()
    address = link.get_attribute("href")
    assert address.startswith(f"{live_server.url}/portal/follow/")
    assert follow.message_for(address.rstrip("/").rpartition("/")[2]) == message
    assert (message.quarantined, message.customer.consents.count()) == ("", 1)


def test_a_site_that_is_not_named_says_so_in_a_sentence(
    live_server: Any, settings: Any, form: Any, samir: Any, shop: Any, tab: Any
) -> None:
    folder, origin = shop
    settings.SITE_URL = live_server.url
    script = f'<script src="{live_server.url}/f/{form.key}/embed.js"></script>'
    (folder / "index.html").write_text(f"<!doctype html><title>Shop</title><h1>Shop</h1>{script}")

    tab.goto(f"{origin}/index.html")
    assert tab.locator("h1 ~ p").inner_text().startswith(f"This form isn't open to {origin}.")
    assert tab.locator("iframe").count() == 0


def test_a_site_that_is_not_named_cannot_show_the_frame_by_itself(
    live_server: Any, settings: Any, form: Any, samir: Any, shop: Any, tab: Any
) -> None:
    folder, origin = shop
    settings.SITE_URL = live_server.url
    frame = f'<iframe src="{live_server.url}/f/{form.key}/frame/"></iframe>'
    (folder / "index.html").write_text(f"<!doctype html><title>Shop</title>{frame}")

    tab.goto(f"{origin}/index.html")
    tab.locator("iframe").wait_for()
    for _ in range(50):
        shown = [frame.url for frame in tab.frames[1:]]
        if any(url and url != "about:blank" for url in shown):
            break
        tab.wait_for_timeout(100)
    assert shown and all(url.startswith("chrome-error://") for url in shown)
