"""A model of the BERT family whose products are of 8-bit integers, by PyTorch on a processor that is made for them.

Weights are integers times a factor for each column of theirs; a row of tokens is integers times a factor of its own.
Most of the precision is lost where tokens look at each other: there a second row of integers holds what the first leaves
out. Sums of integers are exact and no row knows of another, so a text's vector does not depend on the texts beside it.
(Dettmers et al. 2022, arXiv 2208.07339.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from textanalytics.base import FloatArray
from textanalytics.encoders.family import Shape
from textanalytics.encoders.layers import Dense, Layer, Norm, Packed, Weights
from textanalytics.encoders.transformer import TransformerEncoder

try:
    import torch  # type: ignore[import-not-found]
    from torch.nn import functional  # type: ignore[import-not-found]
except ImportError:  # It comes with an extra; `runs_here` then says no.
    torch = functional = None

MOST = 127
"""The greatest of the integers."""
ZERO = 128
"""What stands for nothing: the kernels for integers without a sign are the fast ones."""
FINER = 2 * MOST
"""What rounding leaves out is half a step at most."""
LEAST = 0.1701
"""No activation goes further below zero."""
ACTIVATIONS = {"gelu": "none", "gelu_new": "tanh", "gelu_pytorch_tanh": "tanh"}


def runs_here() -> bool:
    """Whether this processor multiplies 8-bit integers by itself (AVX-512 VNNI), and this PyTorch makes use of it."""
    if torch is None:
        return False
    can = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return bool(can.get("avx512_vnni") and hasattr(torch.ops.onednn, "qlinear_pointwise"))


class IntegerEncoder(TransformerEncoder):
    """ValueError with one sentence, as its base has it. Call `runs_here` before."""

    ENDING = "-int8"

    def _load(self, weights: Weights) -> None:
        super()._load(weights)
        self._rounded = [IntegerLayer(layer, self._shape) for layer in self._layers]
        self._layers = []

    def _both(self, ids: Sequence[Sequence[int]]) -> tuple[FloatArray, FloatArray]:
        """As its base. PyTorch's own threads stay out of it: passes are shared among the processors."""
        before = torch.get_num_threads()
        try:
            return super()._both(ids)
        finally:
            torch.set_num_threads(before)

    def _through(self, x: FloatArray, packed: Packed) -> Iterator[FloatArray]:
        torch.set_num_threads(1)
        with torch.inference_mode():
            rows = torch.from_numpy(x)
            for layer in self._rounded:
                rows = layer(rows, packed)
                yield np.asarray(rows.numpy())


class Weight:
    """A dense layer's weight in integers, as oneDNN wants it."""

    def __init__(self, dense: Dense) -> None:
        factors = np.maximum(np.abs(dense.weight).max(0), 1e-9) / np.float32(MOST)
        whole = np.rint(dense.weight / factors).astype(np.int8)
        self._packed = torch.ops.onednn.qlinear_prepack(torch.from_numpy(np.ascontiguousarray(whole.T)), None)
        self._factors = torch.from_numpy(factors)
        self._none = torch.zeros(len(factors), dtype=torch.int64)
        self.sums = torch.from_numpy(whole.sum(0, dtype=np.float32) * factors)
        self.bias = torch.from_numpy(np.array(dense.bias))

    def times(
        self, raised: torch.Tensor, zero: int, step: float = 1.0, rest: torch.Tensor | None = None
    ) -> torch.Tensor:
        """(t, out) of (t, in), whose fractions are cut off: `step` times its distance from `zero`, and `rest` to it."""
        given = (raised.to(torch.uint8), step, zero, self._packed, self._factors, self._none)
        if rest is None:
            return torch.ops.onednn.qlinear_pointwise(*given, None, 1.0, 0, torch.float32, "none", [], "")
        last: tuple[Any, ...] = (rest, None, 1.0, 0, torch.float32, 1.0, 0, "sum", 1.0, "none", [], "")
        return torch.ops.onednn.qlinear_pointwise.binary(*given, *last)


class Signed:
    """x W + b of any rows, which are rounded to integers once or `twice`."""

    def __init__(self, dense: Dense, *, twice: bool = False) -> None:
        self._weight, self._twice = Weight(dense), twice
        self._raise = torch.tensor(ZERO + 0.5)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """(t, out) float32; `x` (t, in) stays as it is."""
        factor = torch.maximum(x.amax(1, keepdim=True), -x.amin(1, keepdim=True)).clamp_(min=1e-9).div_(MOST)
        raised = torch.addcmul(self._raise, x, factor.reciprocal())
        out = self._weight.times(raised, ZERO)
        if self._twice:
            finer = raised.frac_().mul_(FINER).add_(1.5)
            out = self._weight.times(finer, ZERO, 1 / FINER, out)
        return torch.addcmul(self._weight.bias, out, factor, out=out)


class Activated:
    """x W + b of rows that are nowhere below -LEAST: all 256 integers are for what is above."""

    def __init__(self, dense: Dense) -> None:
        self._weight = Weight(dense)
        self._bias = self._weight.bias - LEAST * self._weight.sums

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """(t, out) float32; `x` (t, in) is written over."""
        factor = x.amax(1, keepdim=True).add_(LEAST).clamp_(min=1e-9).div_(2 * MOST + 1)
        each = factor.reciprocal()
        out = self._weight.times(torch.addcmul(each * LEAST + 0.5, x, each, out=x), 0)
        return torch.addcmul(self._bias, out, factor, out=out)


class IntegerLayer:
    def __init__(self, layer: Layer, shape: Shape) -> None:
        self._asked, self._mixed = Signed(layer.asked, twice=True), Signed(layer.mixed)
        self._inner, self._outer = Signed(layer.inner), Activated(layer.outer)
        self._after, self._last = _norm(layer.after), _norm(layer.last)
        self._heads, self._activation = shape.heads, shape.activation

    def __call__(self, x: torch.Tensor, packed: Packed) -> torch.Tensor:
        """(t, size) to (t, size)."""
        x = functional.layer_norm(self._mixed(self._attend(self._asked(x), packed)).add_(x), *self._after)
        inner = self._act(self._inner(x))
        return functional.layer_norm(self._outer(inner).add_(x), *self._last)

    def _act(self, x: torch.Tensor) -> torch.Tensor:
        if self._activation == "relu":
            return x.relu_()
        return torch.ops.aten.gelu_(x, approximate=ACTIVATIONS[self._activation])

    def _attend(self, asked: torch.Tensor, packed: Packed) -> torch.Tensor:
        size = asked.shape[1] // 3
        out = torch.empty(len(asked), size)
        for tokens, texts, length in packed.alike():
            split = asked[tokens].view(texts, length, 3, self._heads, size // self._heads)
            mixed = functional.scaled_dot_product_attention(*split.permute(2, 0, 3, 1, 4), scale=1.0)
            out[tokens].view(texts, length, self._heads, -1).copy_(mixed.transpose(1, 2))
        return out


def _norm(norm: Norm) -> tuple[list[int], torch.Tensor, torch.Tensor, float]:
    size = len(norm.weight)
    return (
        [size],
        torch.from_numpy(np.array(norm.weight)),
        torch.from_numpy(np.array(norm.bias)),
        norm.epsilon,
    )
