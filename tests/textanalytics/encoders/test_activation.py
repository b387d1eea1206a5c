"""The activations beside what they are by definition, in double precision."""

from __future__ import annotations

import warnings
from math import erf, pi, tanh

import numpy as np
import pytest

from textanalytics.encoders import activation
from textanalytics.encoders.activation import ACTIVATIONS

BY_DEFINITION = {
    "gelu": lambda x: x / 2 * (1 + erf(x / 2**0.5)),
    "gelu_new": lambda x: x / 2 * (1 + tanh((2 / pi) ** 0.5 * (x + 0.044715 * x**3))),
    "relu": lambda x: max(x, 0.0),
}


@pytest.mark.parametrize("name", BY_DEFINITION)
def test_each_is_what_it_is_by_definition(name: str) -> None:
    asked = np.concatenate([np.linspace(-9, 9, 20_001), [-1e9, -300, -40, 0, 40, 300]]).astype(np.float32)
    said = asked[:, None].copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ACTIVATIONS[name](said)
    expected = np.array([BY_DEFINITION[name](x) for x in asked.tolist()])
    assert np.allclose(said[:, 0], expected, rtol=3e-7, atol=3.5e-6)


def test_where_the_shares_of_a_cache_begin_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.random.default_rng(0).normal(0, 3, (50, 8)).astype(np.float32)
    whole = rows.copy()
    ACTIVATIONS["gelu"](whole)
    monkeypatch.setattr(activation, "AT_ONCE", 24)
    ACTIVATIONS["gelu"](rows)
    assert np.array_equal(rows, whole)
