"""Docs are part of the product: what exists is described, and what is described exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
EVERYTHING = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_setting_is_described() -> None:
    settings = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    code = "".join(
        (ROOT / "src/pivotpoint/config" / name).read_text() for name in ("settings.py", "environment.py")
    )
    names = set(re.findall(r'(?:words|flag|port|account|environ\.get)\(\s*"([A-Z_]+)"', code))
    assert len(names) > 10
    assert sorted(n for n in names if f"`{n}`" not in settings) == []


def test_every_command_and_its_options_are_described() -> None:
    import click

    from pivotpoint.config.cli import COMMANDS, main

    reference = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    missing = []
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        missing += [f"pivotpoint {name}"] if f"pivotpoint {name}" not in reference else []
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                missing += [f"{name} {option.opts[0]}"] if option.opts[0] not in reference else []
    assert missing == []


def test_every_event_is_described(db: None) -> None:
    from pivotpoint.journal.record import registered

    reference = (DOCS / "reference" / "events.md").read_text(encoding="utf-8")
    names = [name for name in registered() if name != "accounts.tested"]
    assert len(names) > 30
    assert sorted(name for name in names if f"`{name}`" not in reference) == []


def test_every_word_of_the_glossary_is_a_word_of_the_product() -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    for model in (
        "Channel",
        "Reading",
        "Theme",
        "Insight",
        "Pivot",
        "Loop",
        "Notice",
        "Verdict",
        "Passage",
        "Change",
    ):
        assert model in glossary
