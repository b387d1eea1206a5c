"""The upper layers of a BERT learn to tell classes apart, by PyTorch; what they learnt is run by whatever runs the model.

Each class is a direction, a text the mean of its tokens: their cosine times one sharpness and a bias a class are log odds
(Wang et al. 2018, arXiv 1801.09414). The lower layers stay as they are, so each text goes through them once. Nothing is
drawn but the order of the texts, and one thread does it all: the same texts give the same weights on the same machine.
(Loshchilov and Hutter 2019, arXiv 1711.05101; label smoothing by Szegedy et al. 2016, arXiv 1512.00567.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, log
from typing import Any

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders.family import Shape, layer_name
from textanalytics.encoders.layers import Weights
from textanalytics.encoders.transformer import TransformerEncoder

try:
    import torch  # type: ignore[import-not-found]
    from torch.nn import functional  # type: ignore[import-not-found]
except ImportError:  # It comes with an extra; `learns_here` then says no.
    torch = functional = None

ROUNDS, TOGETHER, ALIKE = 4, 32, 40
"""Times that each text is seen; texts a step; steps whose texts are put in order of their lengths, so that little is padded."""
STEP, DIRECTION_STEP, DECAY, WARM = 2e-4, 2e-3, 0.01, 0.1
"""Of AdamW, in layers and in directions; the step grows for a tenth of the way and then falls to nothing."""
MEMORY = 0.9, 0.98
SMOOTH, SHARP, STEEPEST = 0.1, 16.0, 1.0
MOST_WEIGHTS = 12_000_000
"""Numbers that learn at most; in half precision some 24 MB."""
MOST_TOKENS = 250_000
"""Tokens of all texts at most; of more, a part of the texts is drawn. With MiniLM it takes some seven minutes."""
NOWHERE = -1e4
ACTIVATIONS = {"gelu": "none", "gelu_new": "tanh", "gelu_pytorch_tanh": "tanh"}


@dataclass(frozen=True)
class Learnt:
    """`layers` by BERT's names, each number one that half precision can hold; `directions` (classes, size), as long as
    they are sharp, and `bias` (classes,)."""

    layers: Weights
    directions: FloatArray
    bias: FloatArray


def learns_here(encoder: object) -> bool:
    """Whether this is a model whose upper layers can learn, and PyTorch is there."""
    return torch is not None and isinstance(encoder, TransformerEncoder) and encoder.shape.pool == "mean"


def learn(
    encoder: TransformerEncoder, texts: Sequence[str], classes: IntArray, count: int, *, even: bool, seed: int
) -> Learnt:
    """`classes` by number, `count` of them; with `even` all weigh the same. Call `learns_here` before."""
    chance = np.random.default_rng(seed)
    with _alone():
        weights = encoder.weights()
        first = _first(weights, encoder.shape)
        texts, classes = _some(encoder, texts, classes, chance)
        tokens = [torch.from_numpy(rows) for rows in encoder.tokens(texts, first)]
        seen = [i for i, rows in enumerate(tokens) if len(rows)]
        tokens, classes = [tokens[i] for i in seen], classes[seen]
        layers = [LearningLayer(weights, encoder.shape, n) for n in range(first, encoder.shape.layers)]
        model = Model(layers, _directions(layers, tokens, classes, count))
        _teach(model, tokens, classes, _weight(classes, count, even=even), chance)
    return model.learnt()


@contextmanager
def _alone() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _first(weights: Weights, shape: Shape) -> int:
    """The layer from which on they learn: the upper half, or as many of it as may, one at least."""
    size = sum(part.size for name, part in weights.items() if name.startswith(f"{layer_name(0)}."))
    return shape.layers - max(1, min(ceil(shape.layers / 2), MOST_WEIGHTS // size))


def _some(
    encoder: TransformerEncoder, texts: Sequence[str], classes: IntArray, chance: np.random.Generator
) -> tuple[Sequence[str], IntArray]:
    lengths = np.array([len(encoding.ids) for encoding in encoder.tokenizer.encode_batch(list(texts))])
    if lengths.sum() <= MOST_TOKENS:
        return texts, classes
    order = chance.permutation(len(texts))
    kept = np.sort(order[np.cumsum(lengths[order]) <= MOST_TOKENS])
    return [texts[i] for i in kept.tolist()], classes[kept]


class LearningLayer:
    def __init__(self, weights: Weights, shape: Shape, number: int) -> None:
        self._shape = shape
        start = f"{layer_name(number)}."
        self.parts = {
            name: torch.tensor(part, requires_grad=True)
            for name, part in weights.items()
            if name.startswith(start)
        }
        self._start = start

    def _pair(self, part: str) -> tuple[torch.Tensor, torch.Tensor]:
        return self.parts[f"{self._start}{part}.weight"], self.parts[f"{self._start}{part}.bias"]

    def __call__(self, x: torch.Tensor, unseen: torch.Tensor) -> torch.Tensor:
        """(n, t, size) to the same; `unseen` (n, 1, 1, t) is added where a token is looked at."""
        split = (*x.shape[:2], self._shape.heads, -1)
        asked = [
            functional.linear(x, *self._pair(f"attention.self.{part}")).view(split).transpose(1, 2)
            for part in ("query", "key", "value")
        ]
        mixed = functional.scaled_dot_product_attention(*asked, attn_mask=unseen).transpose(1, 2)
        x = x + functional.linear(mixed.reshape(x.shape), *self._pair("attention.output.dense"))
        x = self._norm(x, "attention.output.LayerNorm")
        inner = self._act(functional.linear(x, *self._pair("intermediate.dense")))
        return self._norm(x + functional.linear(inner, *self._pair("output.dense")), "output.LayerNorm")

    def _norm(self, x: torch.Tensor, part: str) -> torch.Tensor:
        return functional.layer_norm(x, x.shape[-1:], *self._pair(part), self._shape.epsilon)

    def _act(self, x: torch.Tensor) -> torch.Tensor:
        if self._shape.activation == "relu":
            return functional.relu(x)
        return functional.gelu(x, approximate=ACTIVATIONS[self._shape.activation])


class Model:
    def __init__(self, layers: Sequence[LearningLayer], directions: torch.Tensor) -> None:
        self.layers = layers
        self.directions = directions.requires_grad_()
        self.sharpness = torch.tensor(log(SHARP), requires_grad=True)
        self.bias = torch.zeros(len(directions), requires_grad=True)

    def odds(self, tokens: Sequence[torch.Tensor]) -> torch.Tensor:
        """(n, classes) of texts given as tokens after the lower layers."""
        return _rows(self.layers, tokens) @ self._sharp().T + self.bias

    def _sharp(self) -> torch.Tensor:
        return functional.normalize(self.directions, dim=1) * self.sharpness.exp()

    def learnt(self) -> Learnt:
        parts = {name: part for layer in self.layers for name, part in layer.parts.items()}
        halves = {name: part.detach().numpy().astype(np.float16) for name, part in parts.items()}
        layers = {name: part.astype(np.float32) for name, part in halves.items()}
        return Learnt(layers, self._sharp().detach().numpy().copy(), self.bias.detach().numpy().copy())


def _rows(layers: Sequence[LearningLayer], tokens: Sequence[torch.Tensor]) -> torch.Tensor:
    """(n, size) of unit length."""
    x = torch.nn.utils.rnn.pad_sequence(list(tokens), batch_first=True)
    lengths = torch.tensor([len(rows) for rows in tokens])
    there = (torch.arange(x.shape[1]) < lengths[:, None]).to(x.dtype)
    for layer in layers:
        x = layer(x, (1 - there)[:, None, None, :] * NOWHERE)
    return functional.normalize((x * there[:, :, None]).sum(1), dim=1)


def _directions(
    layers: Sequence[LearningLayer], tokens: Sequence[torch.Tensor], classes: IntArray, count: int
) -> torch.Tensor:
    """(count, size): where the texts of each class lie before anything is learnt."""
    sums = torch.zeros(count, tokens[0].shape[1])
    order = np.argsort([len(rows) for rows in tokens], kind="stable")
    with torch.no_grad():
        for start in range(0, len(order), TOGETHER):
            rows = order[start : start + TOGETHER]
            sums.index_add_(0, torch.from_numpy(classes[rows]), _rows(layers, [tokens[i] for i in rows]))
    return functional.normalize(sums, dim=1)


def _weight(classes: IntArray, count: int, *, even: bool) -> torch.Tensor | None:
    sizes = np.bincount(classes, minlength=count)
    return torch.tensor(len(classes) / np.maximum(sizes, 1) / count, dtype=torch.float32) if even else None


def _teach(
    model: Model,
    tokens: Sequence[torch.Tensor],
    classes: IntArray,
    weight: torch.Tensor | None,
    chance: np.random.Generator,
) -> None:
    body = [part for layer in model.layers for part in layer.parts.values()]
    head = [model.directions, model.sharpness, model.bias]
    groups: list[dict[str, Any]] = [
        {"params": body, "lr": STEP, "weight_decay": DECAY},
        {"params": head, "lr": DIRECTION_STEP, "weight_decay": 0.0},
    ]
    best = torch.optim.AdamW(groups, betas=MEMORY)
    steps = ROUNDS * ceil(len(tokens) / TOGETHER)
    pace = torch.optim.lr_scheduler.LambdaLR(
        best, lambda step: min((step + 1) / (WARM * steps), (steps - step) / ((1 - WARM) * steps))
    )
    lengths = np.array([len(rows) for rows in tokens])
    for _ in range(ROUNDS):
        for rows in _batches(lengths, chance):
            odds = model.odds([tokens[i] for i in rows])
            true = torch.from_numpy(classes[rows])
            loss = functional.cross_entropy(odds, true, weight=weight, label_smoothing=SMOOTH)
            best.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*body, *head], STEEPEST)
            best.step()
            pace.step()


def _batches(lengths: IntArray, chance: np.random.Generator) -> Iterator[IntArray]:
    """All places in a drawn order, those of like lengths together."""
    order = chance.permutation(len(lengths))
    found: list[IntArray] = []
    for start in range(0, len(order), TOGETHER * ALIKE):
        part = order[start : start + TOGETHER * ALIKE]
        part = part[np.argsort(lengths[part], kind="stable")]
        found += [part[i : i + TOGETHER] for i in range(0, len(part), TOGETHER)]
    for i in chance.permutation(len(found)).tolist():
        yield found[i]
