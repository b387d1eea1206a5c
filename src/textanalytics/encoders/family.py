"""What a model's folder says of it: which of the BERT family it is, and how its tokens become one vector."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textanalytics.base import FloatArray
from textanalytics.encoders.activation import ACTIVATIONS

PREFIXES = ("bert.", "roberta.", "distilbert.")
NAMES = {
    "transformer.layer.": "encoder.layer.",
    "attention.q_lin.": "attention.self.query.",
    "attention.k_lin.": "attention.self.key.",
    "attention.v_lin.": "attention.self.value.",
    "attention.out_lin.": "attention.output.dense.",
    "sa_layer_norm.": "attention.output.LayerNorm.",
    "ffn.lin1.": "intermediate.dense.",
    "ffn.lin2.": "output.dense.",
    "output_layer_norm.": "output.LayerNorm.",
}
"""DistilBERT's names for what BERT has too."""
ROBERTA = ("roberta", "xlm-roberta", "camembert")
POOLS = {
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_cls_token": "first",
    "pooling_mode_max_tokens": "max",
}


@dataclass(frozen=True)
class Shape:
    """Sizes of a model; `first` is the position of its first token, `pool` how tokens become one vector."""

    size: int
    heads: int
    layers: int
    epsilon: float
    first: int
    longest: int
    activation: str
    pool: str


def read_shape(folder: Path) -> Shape:
    """ValueError in words for what is not of the family, or does more than pool."""
    config = _json(folder / "config.json")
    kind = str(config.get("model_type"))
    if kind not in ("bert", "distilbert", *ROBERTA):
        raise ValueError(f"NumPy runs the BERT family only, not {kind}")
    activation = str(config.get("hidden_act") or config.get("activation") or "gelu")
    if activation not in ACTIVATIONS or config.get("position_embedding_type", "absolute") != "absolute":
        raise ValueError("it has parts that BERT has not")
    first = int(config.get("pad_token_id") or 0) + 1 if kind in ROBERTA else 0
    most = int(config["max_position_embeddings"]) - first
    return Shape(
        size=int(config.get("hidden_size") or config["dim"]),
        heads=int(config.get("num_attention_heads") or config["n_heads"]),
        layers=int(config.get("num_hidden_layers") or config["n_layers"]),
        epsilon=float(config.get("layer_norm_eps", 1e-12)),
        first=first,
        longest=min(most, int(_json(folder / "sentence_bert_config.json").get("max_seq_length") or most)),
        activation=activation,
        pool=_pool(folder),
    )


def _pool(folder: Path) -> str:
    """Without modules.json the mean of the tokens, as sentence-transformers has it."""
    modules = _json(folder / "modules.json") if (folder / "modules.json").is_file() else []
    for module in modules:
        name = str(module["type"]).rsplit(".", 1)[-1]
        if name not in ("Transformer", "Pooling", "Normalize"):
            raise ValueError(f"its part {name} needs the package sentence-transformers")
        if name == "Pooling":
            said = _json(folder / str(module["path"]) / "config.json")
            chosen = [pool for key, pool in POOLS.items() if said.get(key)]
            others = [key for key, on in said.items() if key.startswith("pooling_mode") and on is True]
            if len(chosen) != 1 or len(others) != 1:
                raise ValueError("it pools in a way that needs the package sentence-transformers")
            return chosen[0]
    return "mean"


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def in_bert_names(weights: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """The weights under the names that BERT has for them."""
    found = {}
    for name, tensor in weights.items():
        plain = next((name[len(start) :] for start in PREFIXES if name.startswith(start)), name)
        for other, own in NAMES.items():
            plain = plain.replace(other, own) if own not in plain else plain
        found[plain] = tensor
    return found
