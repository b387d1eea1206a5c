"""What an encoder is called: two models never share a name, so that their vectors are never mixed."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

LONGEST = 20_000
"""Characters of one text that are given to a model; it reads some hundred pieces of them."""
NAME = 40
"""Characters of a name."""
FILES = ("model.safetensors", "pytorch_model.bin", "config.json")


def identity(place: str, revision: str = "", ending: str = "") -> str:
    """The last part of a folder or a name, a mark of what the model is, of its revision or of its weights, and `ending`."""
    plain = re.sub(r"[^a-z0-9.]+", "-", place.rstrip("/").rsplit("/", 1)[-1].lower()).strip("-.") or "model"
    mark = revision[:8] or _mark(Path(place))
    return f"{plain[: NAME - 9 - len(ending)].rstrip('-.')}-{mark}{ending}"


def _mark(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.name in FILES:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
