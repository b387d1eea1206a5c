"""A BERT in 8-bit integers beside the same one in NumPy. Only where PyTorch is installed and the processor can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.textanalytics.encoders import models
from textanalytics import encoders
from textanalytics.encoders import named
from textanalytics.encoders.transformer import TransformerEncoder

torch = pytest.importorskip("torch", reason="the extra transformers is not installed")
if not encoders._multiplies_integers():
    pytest.skip("this processor does not multiply 8-bit integers by itself", allow_module_level=True)

TEXTS = models.messages(40)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return models.make_model(tmp_path / "tiny")


@pytest.mark.parametrize("activation", ["gelu", "gelu_new", "relu"])
@pytest.mark.parametrize("pool", ["mean_tokens", "cls_token", "max_tokens"])
def test_its_vectors_are_almost_the_models(tmp_path: Path, activation: str, pool: str) -> None:
    config: dict[str, Any] = {"hidden_act": activation}
    place = models.make_model(tmp_path / "tiny", config=config, pool=pool)
    alike = (named(f"{place}#int8").encode(TEXTS) * TransformerEncoder(place).encode(TEXTS)).sum(1)
    assert alike.min() > 0.999 and alike.max() < 1 + 1e-6
    assert alike.min() < 1 - 1e-7


def test_the_manner_is_almost_the_models(folder: Path) -> None:
    rows, manners = named(f"{folder}#int8").encode_both(TEXTS)
    other = TransformerEncoder(folder).encode_both(TEXTS)[1]
    lengths = np.linalg.norm(manners, axis=1) * np.linalg.norm(other, axis=1)
    assert ((manners * other).sum(1) / lengths).min() > 0.999
    assert np.array_equal(rows, named(f"{folder}#int8").encode(TEXTS))


def test_a_folder_is_run_so_unless_it_says_otherwise(folder: Path) -> None:
    assert named(str(folder)).name == named(f"{folder}#int8").name
    assert named(str(folder)).name == f"{named(f'{folder}#float32').name}-int8"


def test_whom_a_text_stands_beside_changes_no_byte(folder: Path) -> None:
    encoder = named(str(folder))
    together = encoder.encode(TEXTS)
    assert np.array_equal(together, np.stack([encoder.encode([text])[0] for text in TEXTS]))
    assert np.array_equal(together[::-1], encoder.encode(TEXTS[::-1]))


def test_blank_and_hostile_texts_are_read(folder: Path) -> None:
    rows = named(str(folder)).encode(["", " \n", "\ud800 half", "late " * 200_000, "[CLS] [MASK]"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([0, 0, 1, 1, 1], abs=1e-5)
    assert named(str(folder)).encode([]).shape == (0, models.SIZE)


def test_a_layer_that_says_nothing_is_no_division_by_zero(tmp_path: Path) -> None:
    tensors = {name: np.zeros_like(tensor) for name, tensor in models.weights().items()}
    rows = named(f"{models.make_model(tmp_path / 'nothing', tensors=tensors)}#int8").encode(TEXTS[:3])
    assert np.isfinite(rows).all()


def test_pytorchs_own_number_of_threads_is_left_as_it_was(folder: Path) -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(before + 1)
    try:
        named(str(folder)).encode(TEXTS)
        assert torch.get_num_threads() == before + 1
    finally:
        torch.set_num_threads(before)


def test_a_missing_model_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"cannot be read: .*\.$"):
        named(f"{tmp_path}#int8")
