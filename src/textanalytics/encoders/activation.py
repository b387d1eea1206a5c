"""What a BERT does to each number between its two large products, in place and in a cache's share at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from textanalytics.base import FloatArray

AT_ONCE = 1 << 16
"""Numbers that stay in a processor's own cache while several steps go over them."""

LOGIT = (1.59565515, 0.0729398613, -2.50952287e-4, -6.09344197e-5, 2.22526472e-6)
"""log(P / (1 - P)) / x of the normal distribution's P(x), as a polynomial in x squared, fitted by least greatest error of
x P(x), which is 3e-6. Beyond where it was fitted (|x| > 5) it grows, as it must."""
TANH = (2 * (2 / np.pi) ** 0.5, 2 * (2 / np.pi) ** 0.5 * 0.044715)
"""The same of the hyperbolic tangent that some models have in place of P."""


def gelu(x: FloatArray) -> None:
    """x P(x) (Hendrycks and Gimpel 2016), written over `x`: a logistic curve in a fifth of the error function's time."""
    _logistic(x, LOGIT)


def gelu_new(x: FloatArray) -> None:
    """The same by the hyperbolic tangent."""
    _logistic(x, TANH)


def relu(x: FloatArray) -> None:
    """What is below zero becomes zero, in place."""
    np.maximum(x, 0, out=x)


ACTIVATIONS: dict[str, Callable[[FloatArray], None]] = {
    "gelu": gelu,
    "gelu_new": gelu_new,
    "gelu_pytorch_tanh": gelu_new,
    "relu": relu,
}


def _logistic(x: FloatArray, polynomial: tuple[float, ...]) -> None:
    """x / (1 + exp(-x p(x^2))); what is far below zero overflows to infinity there, and so becomes zero."""
    *rest, highest = (np.float32(-factor) for factor in polynomial)
    step = max(1, AT_ONCE // x.shape[-1])
    with np.errstate(over="ignore"):
        for start in range(0, len(x), step):
            part = x[start : start + step]
            square = part * part
            power = square * highest
            for factor in rest[:0:-1]:
                power += factor
                power *= square
            power += rest[0]
            power *= part
            np.exp(power, out=power)
            power += 1
            np.divide(part, power, out=part)
