from __future__ import annotations

import subprocess
import sys
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest

from textanalytics.base import FloatArray
from textanalytics.words import blas


class Alone:
    """An executor on a machine that has no second processor to spare: what is handed over is done on the spot."""

    def submit(self, work: Any, *arguments: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(work(*arguments))
        return done


@pytest.fixture
def rows() -> tuple[FloatArray, FloatArray]:
    draw = np.random.default_rng(1)
    rows, others = draw.standard_normal((700, 32)), draw.standard_normal((3_100, 32))
    return rows.astype(np.float32), others.astype(np.float32)


def test_a_large_product_is_the_product(rows: tuple[FloatArray, FloatArray]) -> None:
    large = blas.products(*rows)
    assert large.size >= blas.WORTH_IT
    assert np.allclose(large, rows[0] @ rows[1].T, atol=1e-4)


def test_the_bytes_do_not_depend_on_a_second_processor(
    rows: tuple[FloatArray, FloatArray], monkeypatch: pytest.MonkeyPatch
) -> None:
    with blas.one_thread():
        beside = blas.products(*rows)
        monkeypatch.setattr(blas, "_second", Alone)
        assert np.array_equal(beside, blas.products(*rows))


def test_for_good_is_also_for_what_is_loaded_later() -> None:
    script = (
        "import numpy, sys; from textanalytics.words import blas;"
        "assert blas.threads() == blas.processors(); blas.one_thread_for_good();"
        "assert 'scipy.linalg' not in sys.modules;"
        "import scipy.linalg; from threadpoolctl import threadpool_info as found;"
        "print({one['num_threads'] for one in found() if one['user_api'] == 'blas'}, len(found()) > 1, blas.threads())"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "{1} True 1"


def test_a_message_joins_its_theme_without_scipys_linear_algebra() -> None:
    script = (
        "import sys, numpy; from textanalytics.themes import ThemeIndex;"
        "ThemeIndex(8).add(numpy.eye(8, dtype=numpy.float32)[:2], ['my card is lost', 'the train is late']);"
        "print('scipy.linalg' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_nothing_times_something_is_nothing() -> None:
    assert blas.products(np.zeros((0, 8), np.float32), np.zeros((5, 8), np.float32)).shape == (0, 5)
    assert blas.products(np.zeros((5, 8), np.float32), np.zeros((0, 8), np.float32)).shape == (5, 0)
