"""The story's texts, from the files in story/."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

CHAPTERS = ("company", "issues", "everyday", "noise", "house")


@cache
def book() -> dict[str, Any]:
    """All chapters in one; their top-level names differ, but for tables that say nothing about each other."""
    pages: dict[str, Any] = {}
    for chapter in CHAPTERS:
        text = files("pivotpoint.desk.demo").joinpath("story", f"{chapter}.toml").read_text(encoding="utf-8")
        pages |= tomllib.loads(text)
    return pages


def topic(matter: str) -> dict[str, Any]:
    """What the book says about an issue or an everyday matter; empty for noise and for no matter."""
    found: dict[str, Any] = book()["issue"].get(matter) or book()["everyday"].get(matter) or {}
    return found
