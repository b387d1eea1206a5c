"""A static encoder from a model and our own messages."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

from pivotpoint.accounts.permissions import demand
from pivotpoint.channels.models import Message
from pivotpoint.lib import clock
from pivotpoint.listening.encoders.known import note
from pivotpoint.listening.encoders.live import folder
from pivotpoint.listening.models import EncoderVersion
from textanalytics import encoders
from textanalytics.encoders.distil import Told, distil, keep
from textanalytics.text import clean

AT_MOST = 20_000
"""Messages that it is fitted to, the latest ones, when nobody says otherwise."""
NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")


def make(
    model: str, name: str = "", *, messages: int = AT_MOST, told: Told | None = None, by: Any
) -> EncoderVersion:
    """Read our latest messages about us with the model, and keep what comes of it below the data folder.

    It is only known then; `use` reads with it. It holds weights of word pieces and the model's tokenizer, no message.
    """
    demand(by, "reading.manage")
    try:
        teacher = encoders.teacher(model, fetch=True)
        chosen = name or f"{teacher.name[:31].rstrip('-.')}-static"
        _free(chosen)
        texts = _texts(messages)
        made = distil(teacher, texts, encoders.default(), told=told)
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        said = {"model": teacher.name, "messages": len(texts), "made_at": clock.now().isoformat()}
        kept = keep(made, folder() / chosen, chosen, **said)
    except ValueError as refusal:
        raise ValidationError(str(refusal)) from None
    likeness = vars(made.likeness)
    return note(kept, EncoderVersion.Kind.DISTILLED, chosen, {**said, "likeness": likeness}, by=by)


def _free(name: str) -> None:
    if not NAME.fullmatch(name):
        raise ValueError("A name has 1 to 40 small letters, digits, points and hyphens.")
    taken = EncoderVersion.objects.filter(name=name).exists() or (folder() / name).exists()
    if taken or name in (encoders.SHIPPED, encoders.FORMER):
        raise ValueError(f"There is an encoder {name} already; give another name.")


def _texts(count: int) -> list[str]:
    """As themes see them."""
    rows = Message.objects.filter(reading__about_us=True).order_by("-pk").values_list("text", flat=True)
    return [clean(text) for text in rows[:count].iterator(chunk_size=2000)]
