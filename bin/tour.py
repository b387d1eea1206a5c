"""Take a picture of every page: light and dark at 1280 px, and on a phone of 390 px.

    bin/pictures [--data DIR] [--only NAME]... [--into DIR]

The demo in DIR is copied; without DIR one is played. The tour's table of pages becomes docs/pictures/README.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tour_pages import NOBODY, SHOTS, Shot
from tour_places import words

ROOT = Path(__file__).resolve().parent.parent
KINDS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "light",
        "is_mobile": True,
        "has_touch": True,
    },
}
QUALITY = 52
PHONE_TALL = 1400


def main() -> None:
    arguments = _arguments()
    shots = [shot for shot in SHOTS if not arguments.only or shot.name in arguments.only]
    arguments.into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="tour-") as temporary:
        data = Path(temporary) / "played"
        if arguments.data:
            shutil.copytree(arguments.data, data)
        _wake(data)
        if not arguments.data:
            _command(data, "demo", "--no-serve")
        _import_a_file(Path(temporary))
        with served(data) as played, served(Path(temporary) / "fresh") as fresh:
            _take(shots, played, fresh, arguments.into, arguments.kind)
    if not arguments.only:
        _write_tour(arguments.into)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/pictures", description="Take docs/pictures from a played demo."
    )
    parser.add_argument("--data", type=Path, help="A played demo's data folder; it is copied.")
    parser.add_argument("--only", action="append", default=[], choices=[shot.name for shot in SHOTS])
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="Only these; all three without.")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "pictures")
    return parser.parse_args()


def _wake(data: Path) -> None:
    """Django in this process too, to look up which insight, loop and customer to show."""
    os.environ["PIVOTPOINT_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "pivotpoint.config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "1"  # Playwright's loop runs in this thread; nothing here is concurrent
    )
    os.environ["MAIL_FOLDER"] = str(data / "mail")
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()


def _command(data: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "pivotpoint.config.cli", *words], env=_environment(data), check=True
    )


def _environment(data: Path) -> dict[str, str]:
    return os.environ | {"PIVOTPOINT_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}


def _import_a_file(folder: Path) -> None:
    """Two imports, so that their pages have something to show: one finished with a reject, one to be mapped."""
    from pivotpoint.accounts.models import User
    from pivotpoint.channels.imports import run
    from pivotpoint.channels.models import Channel
    from pivotpoint.jobs.beat import settle

    lead = User.objects.active().filter(role="lead")[0]
    written = words(folder / "help-desk-october.csv", 240)
    with written.open("a", encoding="utf-8") as file:
        file.write('X-1,2026-10-01T10:00:00,Nobody,E-mail,""\n')
    done, _ = run.create([written.read_bytes()], written.name, by=lead)
    run.set_up(done, by=lead, channel=Channel.objects.get(kind="email"), parts=done.mapping)
    run.start(done, by=lead, dry_run=True)
    settle()
    run.create([written.read_bytes()], "help-desk-november.csv", by=lead)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The product on a free loopback port; stopped afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [sys.executable, "-m", "pivotpoint.config.cli", "serve", "--no-worker", "--port", str(port)]
    process = subprocess.Popen(serve, env=_environment(data), stdout=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1800):
        if process.poll() is not None:
            raise SystemExit("The server did not start.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The server did not answer within 180 s.")


def _take(shots: list[Shot], played: str, fresh: str, into: Path, kinds: list[str] | None) -> None:
    from playwright.sync_api import sync_playwright

    addresses = {shot.name: _address(shot, fresh if shot.fresh else played) for shot in shots}
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--disable-gpu", *sandbox],
        )
        for who in dict.fromkeys(shot.who for shot in shots):
            state = _log_in(browser, played, who) if who != NOBODY else None
            for kind in kinds or KINDS:
                page = browser.new_context(
                    storage_state=state, reduced_motion="reduce", **KINDS[kind]
                ).new_page()
                for shot in shots:
                    if shot.who == who:
                        _one(page, addresses[shot.name], into / f"{shot.name}-{kind}.jpg", shot, kind)
                page.context.close()
        browser.close()


def _address(shot: Shot, server: str) -> str:
    path = shot.path()
    return path if path.startswith("file:") else server + path


def _log_in(browser: Any, server: str, role: str) -> Any:
    from pivotpoint.accounts.models import User
    from pivotpoint.desk.demo.people import PASSWORD

    page = browser.new_page()
    page.goto(server + "/accounts/login/")
    page.fill("[name=login]", User.objects.active().filter(role=role)[0].email)
    page.fill("[name=password]", PASSWORD)
    page.click("button.primary")
    page.wait_for_url(server + "/")
    state = page.context.storage_state()
    page.context.close()
    return state


def _one(page: Any, address: str, path: Path, shot: Shot, kind: str) -> None:
    """The page as tall as it is, within bounds: what sticks to the bottom stands where the picture ends."""
    first = KINDS[kind]["viewport"]
    page.set_viewport_size(first)
    answer = page.goto(address, wait_until="networkidle")
    if answer is not None and answer.status >= 400:
        raise SystemExit(f"{shot.name}: {address} answered {answer.status}.")
    page.wait_for_selector("h1, h2", state="attached", timeout=60_000)
    wide, tall = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    if wide > first["width"]:
        print(f"{shot.name}, {kind}: {wide - first['width']} px wider than the window", file=sys.stderr)
    most = PHONE_TALL if kind == "phone" else shot.tall
    page.set_viewport_size({"width": first["width"], "height": max(first["height"], min(tall, most))})
    page.screenshot(path=path, type="jpeg", quality=QUALITY)


def _write_tour(into: Path) -> None:
    lines = [
        "# Every page",
        "",
        "Taken by `bin/pictures` from the demo; the company and its customers are invented.",
        "",
    ]
    for shot in SHOTS:
        name = shot.name
        lines += [f"## {shot.title}", "", shot.sentence, "", f"![{shot.title}]({name}-light.jpg)", ""]
        lines += [f"[dark]({name}-dark.jpg) · [on a phone]({name}-phone.jpg)", ""]
    (into / "README.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
