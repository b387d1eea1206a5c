"""Any sentence-transformers model, run by the package of that name (`pip install pivotpoint[transformers]`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer

from textanalytics.base import FloatArray
from textanalytics.encoders.identity import LONGEST, identity

BATCH = 64


class PackageMissing(ValueError):
    """sentence-transformers is not installed."""


class SentenceEncoder:
    """Looks on this machine only, unless `fetch`: then that package may fetch the model from where it always does."""

    def __init__(self, place: str, *, fetch: bool = False) -> None:
        try:
            from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]
        except ImportError:
            raise PackageMissing(
                f"The encoder {place!r} needs the package sentence-transformers, or a folder with a model."
            ) from None
        try:
            self._model = SentenceTransformer(place, local_files_only=not fetch)
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).splitlines()[0]
            raise ValueError(f"The encoder {place!r} cannot be loaded: {reason}") from None
        self._model.eval()
        config = getattr(getattr(self._model[0], "auto_model", None), "config", None)
        self.name = identity(place, str(getattr(config, "_commit_hash", None) or ""))
        self.dimensions = int(self._model.get_sentence_embedding_dimension() or 0)

    @property
    def tokenizer(self) -> Tokenizer:
        """ValueError when the model has none that can be kept as a file."""
        fast = getattr(self._model.tokenizer, "backend_tokenizer", None)
        if fast is None:
            raise ValueError(f"The tokenizer of {self.name} cannot be kept as a file.")
        kept = Tokenizer.from_str(fast.to_str())
        kept.no_padding()
        kept.enable_truncation(int(self._model.max_seq_length or 512))
        return kept

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) rows of unit length; a blank text is a row of zeros."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        whole = [text[:LONGEST].encode("utf-8", "replace").decode() for text in texts]
        rows = self._model.encode(whole, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, np.float32) * np.array([[bool(text.strip())] for text in texts], np.float32)

    def encode_ids(self, ids: Sequence[Sequence[int]]) -> FloatArray:
        """(n, dimensions) unit rows. Ids of like length share a batch."""
        import torch  # type: ignore[import-not-found]

        out = np.zeros((len(ids), self.dimensions), np.float32)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            width = max(len(ids[i]) for i in rows)
            tokens = np.zeros((len(rows), width), np.int64)
            mask = np.zeros((len(rows), width), np.int64)
            for k, i in enumerate(rows):
                tokens[k, : len(ids[i])], mask[k, : len(ids[i])] = ids[i], 1
            given = {"input_ids": torch.from_numpy(tokens), "attention_mask": torch.from_numpy(mask)}
            with torch.no_grad():
                said = self._model({name: part.to(self._model.device) for name, part in given.items()})
            found = said["sentence_embedding"].cpu().numpy().astype(np.float32)
            out[rows] = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return out
