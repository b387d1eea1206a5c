from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest

from pivotpoint.lib.files import written_whole


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "reader.npz"
    with written_whole(place) as beside:
        beside.write_text("first")
        assert not place.exists()
    with pytest.raises(RuntimeError), written_whole(place) as beside:
        beside.write_text("half")
        raise RuntimeError
    assert [path.name for path in place.parent.iterdir()] == ["reader.npz"]
    assert place.read_text() == "first"


def test_two_who_write_the_same_at_once_do_not_meet(tmp_path: Path) -> None:
    place, both = tmp_path / "same.npz", Barrier(2)
    failed: list[BaseException] = []

    def write() -> None:
        try:
            with written_whole(place) as beside:
                beside.write_text("the same")
                both.wait(5)
        except BaseException as error:  # noqa: BLE001 seen below
            failed.append(error)

    writers = [Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failed
    assert place.read_text() == "the same"
