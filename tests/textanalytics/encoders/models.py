"""Small but whole sentence-transformers models, as folders: made by seed, never fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SIZE, HEADS, LAYERS, INNER, LONGEST = 16, 2, 2, 32, 24
WORDS = """the a my your is was not card train late refund money parcel came come broken slow app login password charged
twice where when why how much fee transfer abroad cash machine ticket delay nobody answers rude friendly thanks great
bad good again still waiting week days order cancelled wrong item size colour 你 好 退 款 卡 慢""".split()
MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = [*"abcdefghijklmnopqrstuvwxyz", *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]


def vocabulary() -> list[str]:
    return list(dict.fromkeys([*MARKS, *WORDS, *LETTERS]))


BERT: dict[str, Any] = {
    "model_type": "bert",
    "vocab_size": len(vocabulary()),
    "hidden_size": SIZE,
    "num_attention_heads": HEADS,
    "num_hidden_layers": LAYERS,
    "intermediate_size": INNER,
    "hidden_act": "gelu",
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": LONGEST,
    "type_vocab_size": 2,
    "position_embedding_type": "absolute",
    "pad_token_id": 0,
}


def tokenizer() -> Tokenizer:
    vocab = {piece: i for i, piece in enumerate(vocabulary())}
    made = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", vocab["[CLS]"]), ("[SEP]", vocab["[SEP]"])]
    )
    made.add_special_tokens(MARKS)
    return made


def weights(seed: int = 0) -> dict[str, np.ndarray]:
    """The words say most, their places and what stands beside them little: as in a model that has learnt."""
    random = np.random.default_rng(seed)

    def some(*shape: int, around: float = 0.0, spread: float = 0.1) -> np.ndarray:
        return (around + random.normal(0, spread, shape)).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": some(len(vocabulary()), SIZE, spread=1.0),
        "embeddings.position_embeddings.weight": some(LONGEST, SIZE),
        "embeddings.token_type_embeddings.weight": some(2, SIZE),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        shapes = {f"attention.self.{part}": (SIZE, SIZE) for part in ("query", "key", "value")}
        shapes |= {"attention.output.dense": (SIZE, SIZE)}
        shapes |= {"intermediate.dense": (INNER, SIZE), "output.dense": (SIZE, INNER)}
        for part, shape in shapes.items():
            found[f"{name}.{part}.weight"] = some(*shape)
            found[f"{name}.{part}.bias"] = some(shape[0])
        norms += [f"{name}.attention.output.LayerNorm", f"{name}.output.LayerNorm"]
    for name in norms:
        found[f"{name}.weight"], found[f"{name}.bias"] = some(SIZE, around=1.0), some(SIZE, spread=0.02)
    return found


def write_safetensors(path: Path, tensors: dict[str, np.ndarray], kind: str = "F32") -> None:
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    raw = b""
    for name, tensor in tensors.items():
        data = _raw(tensor, kind)
        header[name] = {
            "dtype": kind,
            "shape": list(tensor.shape),
            "data_offsets": [len(raw), len(raw) + len(data)],
        }
        raw += data
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + raw)


def _raw(tensor: np.ndarray, kind: str) -> bytes:
    if kind == "BF16":
        return (tensor.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes()
    return tensor.astype({"F32": "<f4", "F16": "<f2"}[kind]).tobytes()


def make_model(
    folder: Path,
    *,
    config: dict[str, Any] | None = None,
    pool: str = "mean_tokens",
    tensors: dict[str, np.ndarray] | None = None,
    kind: str = "F32",
    seed: int = 0,
) -> Path:
    """A folder as sentence-transformers writes it."""
    (folder / "1_Pooling").mkdir(parents=True)
    write_safetensors(folder / "model.safetensors", tensors or weights(seed), kind)
    tokenizer().save(str(folder / "tokenizer.json"))
    parts = [("0", "", "Transformer"), ("1", "1_Pooling", "Pooling"), ("2", "2_Normalize", "Normalize")]
    files: dict[str, Any] = {
        "config.json": {**BERT, **(config or {})},
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": LONGEST,
            **{f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")},
        },
        "modules.json": [
            {"idx": i, "name": name, "path": path, "type": f"sentence_transformers.models.{part}"}
            for i, (name, path, part) in enumerate(parts)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": SIZE,
            **{f"pooling_mode_{mode}": mode == pool for mode in ("cls_token", "mean_tokens", "max_tokens")},
        },
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


def messages(count: int, seed: int = 0) -> list[str]:
    """Different sentences of the model's words."""
    random = np.random.default_rng(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join(random.choice(WORDS, int(random.integers(3, 10))).tolist())] = None
    return list(found)
