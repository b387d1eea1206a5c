"""Which way a model in a folder is run, and that a name once kept goes on meaning the same vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.textanalytics.encoders import models
from textanalytics import encoders
from textanalytics.encoders import exactly, named, parted
from textanalytics.encoders.identity import NAME, identity
from textanalytics.encoders.static import HEADER
from textanalytics.encoders.transformer import TransformerEncoder


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(models.make_model(tmp_path / "tiny"))


def test_a_way_stands_behind_a_folder(folder: str, tmp_path: Path) -> None:
    assert parted(folder) == (folder, "")
    assert parted(f"{folder}#int8") == (folder, "#int8")
    assert parted(f"{folder}#other") == (f"{folder}#other", "")
    assert parted("far/away#int8") == ("far/away#int8", "")
    marked = models.make_model(tmp_path / "tiny#int8")
    assert parted(str(marked)) == (folder, "#int8")
    assert parted(f"{marked}#float32") == (str(marked), "#float32")


def test_a_kept_name_is_run_in_the_way_that_it_was(folder: str) -> None:
    assert exactly(folder, "tiny-01234567") == f"{folder}#float32"
    assert exactly(folder, "tiny-01234567-int8") == f"{folder}#int8"
    assert exactly("far/away", "away-01234567") == "far/away"


def test_a_distilled_one_has_one_way(tmp_path: Path) -> None:
    (tmp_path / HEADER).write_text("{}")
    assert exactly(str(tmp_path), "ours") == str(tmp_path)


def test_what_is_installed_later_does_not_change_it(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = TransformerEncoder(Path(folder))
    for can in (False, True):
        monkeypatch.setattr(encoders, "_multiplies_integers", lambda can=can: can)
        found = named(exactly(folder, expected.name))
        assert found.name == expected.name
        assert np.array_equal(found.encode(["late train"]), expected.encode(["late train"]))


def test_integers_that_cannot_be_multiplied_here_are_refused(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoders, "_multiplies_integers", lambda: False)
    with pytest.raises(ValueError, match="needs PyTorch and a processor"):
        named(f"{folder}#int8")


def test_the_two_never_share_a_name(folder: str) -> None:
    plain, rounded = identity(folder), identity(folder, ending="-int8")
    assert rounded == f"{plain}-int8"
    long = identity("a" * 90, "0123456789", "-int8")
    assert len(long) == NAME and long.endswith("-01234567-int8")
