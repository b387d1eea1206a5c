"""Find the encoding of a text file. The whole file is decoded once, so that reading it later cannot fail."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import Path

from charset_normalizer import from_bytes

from pivotpoint.channels.tables.table import BadTable

CHUNK = 1 << 20
SAMPLE = 1 << 17
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    *((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")),  # They begin as UTF-16 does.
    *((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")),
)
COMMON = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "koi8_r"),
    *("mac_roman", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
]
"""What spreadsheets and older systems really write; a wider choice only finds more wrong answers."""

MESS_ALLOWED = 0.1
ZEROS_ALLOWED = 0.01
"""Share of zero bytes. A table that was damaged holds a few; a program or a database holds many."""

WIDE_LEAST, WIDE_MOST = 0.3, 0.05
"""Of Latin text in UTF-16 nearly every second byte is zero, and hardly any of the others."""


@dataclass(frozen=True)
class Encoding:
    name: str
    notes: list[str] = field(default_factory=list)


def find_encoding(path: Path, wanted: str | None = None) -> Encoding:
    """Raises `BadTable`, naming the byte, when the file cannot be decoded from start to end."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    name = wanted or marked or _without_mark(head) or "utf-8"
    if not name.startswith(("utf-16", "utf-32")) and _is_binary(head):
        raise BadTable(f"{path.name} is not a table: it holds binary data.")
    try:
        wrong = first_wrong_byte(path, name)
    except LookupError:
        raise BadTable(f"There is no text encoding named {name!r}.") from None
    if wrong is None:
        return Encoding(name, [] if wanted or marked or name == "utf-8" else [f"encoding: read as {name}"])
    if name != "utf-8" or wanted:
        raise BadTable(f"{path.name} is not {name}: byte {wrong:,} cannot be decoded.")
    return _guess(path, wrong)


def _without_mark(head: bytes) -> str | None:
    """UTF-16 that does not say so in its first two bytes, as some databases write it."""
    first, second = (head[start::2].count(0) / max(1, len(head) // 2) for start in (0, 1))
    for name, high, low in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if high >= WIDE_LEAST and low <= WIDE_MOST:
            text = head.decode(name, errors="replace")
            return name if "".join(text.split()).isprintable() else None
    return None


def _is_binary(head: bytes) -> bool:
    return head.count(0) > ZEROS_ALLOWED * len(head)


def first_wrong_byte(path: Path, encoding: str) -> int | None:
    """Offset (from 0) of the first byte that cannot be decoded, or None."""
    if not getattr(codecs.lookup(encoding), "_is_text_encoding", True):  # base64, rot13 and the like
        raise LookupError(encoding)
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return read - waiting + error.start
            except UnicodeError:  # UTF-16 was named and the file does not begin as UTF-16 must.
                return read
            if not chunk:
                return None
            read += len(chunk)


def _guess(path: Path, wrong: int) -> Encoding:
    with path.open("rb") as file:
        file.seek(max(0, wrong - SAMPLE // 2))
        sample = file.read(SAMPLE)
    best = None if _mostly_utf8(sample) else from_bytes(sample, cp_isolation=COMMON).best()
    sure = best is not None and best.percent_chaos < 100 * MESS_ALLOWED
    if best is None or not sure or first_wrong_byte(path, best.encoding) is not None:
        raise BadTable(
            f"{path.name} is not UTF-8 (byte {wrong:,} cannot be decoded) and no other encoding fits."
        )
    name = best.encoding
    if name != COMMON[0] and first_wrong_byte(path, COMMON[0]) is None and _alike(sample, name, COMMON[0]):
        name = COMMON[0]
    return Encoding(name, [f"encoding: not UTF-8, read as {name}"])


def _alike(sample: bytes, one: str, other: str) -> bool:
    """Nothing in the sample tells the two apart: then the commoner one is the better guess for the rest."""
    return sample.decode(one, errors="replace") == sample.decode(other, errors="replace")


def _mostly_utf8(sample: bytes) -> bool:
    """Damaged UTF-8 must not be taken for an older encoding: most of its letters would turn into noise."""
    text = sample.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text if letter > "\x7f") - broken
    return whole > 3 * broken
