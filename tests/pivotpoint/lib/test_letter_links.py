"""What stands in a letter is the address of a page, found without loading all pages."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from pivotpoint.lib.letter_links import letter_link

WRITES_ONE = """
import sys, django
django.setup()
from pivotpoint.lib.letter_links import letter_link
assert letter_link("community:follow", "abc").endswith("/portal/follow/abc/")
assert "pivotpoint.config.urls" not in sys.modules, "the pages were loaded"
"""


@pytest.mark.parametrize("name", ["community:follow", "channels:stop"])
def test_it_leads_to_the_page_of_that_name(name: str) -> None:
    assert letter_link(name, "to:ken") == settings.SITE_URL + reverse(name, args=["to:ken"])


def test_whoever_writes_a_letter_loads_no_other_pages(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("PIVOTPOINT_DATA", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
    done = subprocess.run([sys.executable, "-c", WRITES_ONE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
