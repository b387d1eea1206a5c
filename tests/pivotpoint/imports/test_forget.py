"""Law 10: an erasure reaches the files of imports that have not ended; nothing is left of those that have."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pivotpoint.channels.imports import files, forget, sweep
from pivotpoint.channels.imports import run as verbs
from pivotpoint.channels.imports.convert import Converter
from pivotpoint.channels.imports.progress import OpenFile
from pivotpoint.channels.imports.search_file import names_any
from pivotpoint.channels.imports.take import take
from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.customers.erase import erase
from pivotpoint.lib import clock
from tests.pivotpoint.imports.conftest import REVIEWS

pytestmark = pytest.mark.django_db
Upload = Callable[..., ImportRun]


@pytest.fixture
def gone(hanne: Any, django_capture_on_commit_callbacks: Any) -> Callable[[], None]:
    """Hanne is erased."""

    def erased() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            erase(hanne, by=None)

    return erased


def kept() -> list[str]:
    return [path.name for path in files.all_kept()]


@pytest.mark.parametrize("state", ["draft", "tried", "waiting"])
def test_a_file_that_names_the_erased_goes(
    state: str, upload: Upload, take_in: Upload, maren: Any, gone: Any
) -> None:
    run = upload()
    if state == "tried":
        take_in(run, dry_run=True)
    elif state == "waiting":
        verbs.start(run, by=maren)
    assert kept() == [run.path]
    gone()
    run.refresh_from_db()
    assert (run.state, run.error, kept()) == ("cancelled", forget.WHY, [])
    assert not sweep.work_off()
    assert not Message.objects.exists()


def test_an_import_that_is_under_way_ends_when_it_brought_their_words(
    upload: Upload, maren: Any, django_capture_on_commit_callbacks: Any
) -> None:
    run = verbs.start(upload(parts={"text": "comment"}), by=maren)
    table = verbs.opened(run)
    rows = map(Converter(run, table).convert, table.rows())
    take(run, [next(rows)], OpenFile(run.pk, rows, done=0))
    nobody = Message.objects.earliest("pk").customer
    assert nobody is not None
    with django_capture_on_commit_callbacks(execute=True):
        erase(nobody, by=None)
    run.refresh_from_db()
    assert (run.state, kept()) == ("cancelled", [])


def test_other_files_stay(upload: Upload, gone: Any) -> None:
    run = upload(REVIEWS.replace("hanne", "liv"))
    gone()
    run.refresh_from_db()
    assert (run.state, kept()) == ("draft", [run.path])


def test_names_are_found_in_any_case_and_in_any_kind_of_file(tmp_path: Path) -> None:
    text, book = tmp_path / "a.csv", tmp_path / "b.xlsx"
    text.write_bytes("text\nWrite to Hanne@Home.example".encode("utf-16"))
    sheet = Workbook()
    sheet.active.append(["Ask HANNE@home.example"])  # type: ignore[union-attr]
    stream = io.BytesIO()
    sheet.save(stream)
    book.write_bytes(stream.getvalue())
    for path in (text, book):
        assert names_any(path, ["hanne@home.example"])
        assert not names_any(path, ["tomek@home.example"])
        assert not names_any(path, [])
    assert not names_any(tmp_path / "gone.csv", ["hanne@home.example"])


def test_a_name_across_two_chunks_is_found(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"x" * ((1 << 20) - 5) + b"hanne@home.example")
    assert names_any(path, ["hanne@home.example"])


def test_what_a_killed_process_left_behind_is_dropped(upload: Upload, take_in: Upload, now: Any) -> None:
    waiting, done = upload(), take_in(upload())
    old, young = files.place(done.path), files.folder() / "young.csv"
    for path in (old, young):
        path.write_text("left behind")
    for path in (old, files.place(waiting.path)):
        os.utime(path, (0, 0))
    assert forget.tidy() == 1
    assert sorted(kept()) == sorted([waiting.path, "young.csv"])


def test_what_nobody_goes_on_with_ends(upload: Upload, now: Any) -> None:
    run = upload()
    assert forget.tidy() == 0
    with clock.at(now + forget.ABANDONED * 1.1):
        assert forget.tidy() == 1
    run.refresh_from_db()
    assert run.state == "cancelled"
