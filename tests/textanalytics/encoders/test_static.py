from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from textanalytics.encoders import StaticEncoder, default, static


def near(one: str, other: str) -> float:
    first, second = default().encode([one, other])
    return float(first @ second)


def test_rows_are_unit_and_unknown_text_is_zero() -> None:
    rows = default().encode(["where is my card", "", "   ", "\U00010900"])
    assert rows.shape == (4, default().dimensions)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 0, 0], abs=1e-5)


def test_a_text_has_one_vector_whatever_stands_beside_it() -> None:
    alone = default().encode(["the train was late"])[0]
    among = default().encode(["a", "x" * 3000, "the train was late", "Die Bahn"])[2]
    assert alone.tobytes() == among.tobytes()


def test_the_manner_is_the_greatest_of_each_dimension(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["", "train late", "train", "late", "   "]
    rows, manners = default().encode_both(texts)
    assert rows.tobytes() == default().encode(texts).tobytes()
    assert np.array_equal(manners[1], np.maximum(manners[2], manners[3]))
    assert not np.array_equal(manners[2], manners[3])
    assert not manners[[0, 4]].any()
    monkeypatch.setattr(static, "FEWER", 2)
    assert manners.tobytes() == default().encode_both(texts)[1].tobytes()


def test_two_processes_agree_to_the_byte() -> None:
    program = (
        "from textanalytics.encoders import default; "
        "print(default().encode(['cold coffee', 'Zug zu spät']).tobytes().hex())"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    runs = {subprocess.check_output([sys.executable, "-c", program], env=env) for _ in range(2)}
    assert runs == {f"{default().encode(['cold coffee', 'Zug zu spät']).tobytes().hex()}\n".encode()}


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        ("I was charged twice", "double charge on my account", "the app crashes on start"),
        ("my parcel never arrived", "the package is still missing", "you charged me twice"),
        ("Der Zug war schon wieder zu spät", "the train was late again", "Die Fahrkarten sind zu teuer"),
        ("Klimaanlage im ICE kaputt", "air conditioning on the train is broken", "train late"),
        ("Schaffner war sehr unfreundlich", "rude conductor", "refund not received"),
    ],
)
def test_the_same_matter_is_nearer_than_another(one: str, same: str, other: str) -> None:
    assert near(one, same) > near(one, other) + 0.2


def test_german_articles_do_not_read_as_english_words() -> None:
    assert near("Die Bahn war wieder unpünktlich", "war and death") < 0.15
    assert near("they die in the war", "war and death") > 0.4


def test_umlauts_may_be_spelt_out() -> None:
    assert near("Verspätung", "Verspaetung") > 0.99


def test_a_megabyte_is_read_in_no_time() -> None:
    assert np.linalg.norm(default().encode(["late " * 200_000])) == pytest.approx(1, abs=1e-5)


def test_the_encoder_is_small_and_loaded_once() -> None:
    from importlib.resources import files

    folder = files("textanalytics") / "data"
    assert sum(len(entry.read_bytes()) for entry in folder.iterdir() if entry.is_file()) <= 8_000_000
    assert default() is default()
    assert isinstance(default(), StaticEncoder)
