"""Check whether a text can have been written by a person. A doubtful one is quarantined with the reason, never
dropped."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

import orjson

LONGEST = 20_000
# What is kept apart for its length is kept up to here: enough for a person to judge it.
KEPT = 200_000
LONGEST_NAME = 200

EMPTY = "empty"
TOO_LONG = f"longer than {LONGEST:,} characters"
NOT_TEXT = "holds control characters"

_control = re.compile("[\x00-\x08\x0e-\x1f]")
_not_storable = re.compile("[\x00\ud800-\udfff]")


def clean(value: str) -> str:
    """Without characters that no database stores: NUL and lone surrogates."""
    return value if value.isascii() and "\0" not in value else _not_storable.sub("\ufffd", value)


def examine(text: str) -> tuple[str, str]:
    """The text as it is stored, and why it is quarantined ("" when it is not)."""
    plain = text.strip()
    if not plain:
        return clean(text)[:KEPT], EMPTY
    if len(plain) > LONGEST:
        return clean(plain)[:KEPT], TOO_LONG
    if _control.search(plain) or _not_storable.search(plain):
        return clean(plain), NOT_TEXT
    return plain, ""


def name_of(external_id: str) -> str:
    """The external id in at most LONGEST_NAME characters; a longer one is cut and ends in a digest."""
    plain = clean(external_id.strip())
    if len(plain) <= LONGEST_NAME:
        return plain
    return plain[:130] + "…" + hashlib.sha256(plain.encode()).hexdigest()


def document(data: Mapping[str, Any]) -> str:
    """The fields as JSON text, without characters that no database stores; values unknown to JSON become strings."""
    try:
        text = orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:  # Half a character (a lone surrogate) somewhere.
        text = clean(json.dumps(dict(data), ensure_ascii=False, default=str))
    return text.replace("\\u0000", "\\ufffd") if "\\u0000" in text else text
