"""One request to an OpenAI-compatible endpoint, and what can be made of its answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import orjson

from pivotpoint.channels.examine import clean
from pivotpoint.lib import http

SECONDS = 30.0
LIMIT = 256 * 1024
PATH = "/chat/completions"
_thinking = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_control = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
Said = list[dict[str, str]]


class NoAnswer(Exception):
    """Why there is none, in one sentence. `free`: the endpoint cannot have counted anything."""

    def __init__(self, sentence: str, *, free: bool = True) -> None:
        super().__init__(sentence)
        self.free = free


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` is plain, without control characters; tokens are None when the endpoint did not count them."""

    text: str
    tokens_in: int | None
    tokens_out: int | None


def address(url: str) -> str:
    """Where chat completions are asked for: below the base that was given, unless it was given whole."""
    base = url.strip().rstrip("/")
    return base if base.endswith(PATH) else base + PATH


def complete(url: str, key: str, model: str, said: Said, most: int) -> Completion:
    """At most `most` tokens. Raises NoAnswer."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    body = orjson.dumps(
        {"model": model, "messages": said, "max_tokens": most, "temperature": 0.2, "stream": False}
    )
    try:
        answer = http.call("POST", address(url), headers=headers, content=body, seconds=SECONDS, limit=LIMIT)
    except http.Forbidden as error:
        raise NoAnswer(f"The assistant cannot be called: {error}") from None
    except http.Unreachable as error:
        raise NoAnswer(f"The assistant gave no answer: {error}", free=False) from None
    if not answer.ok:
        raise NoAnswer(_refusal(answer.status))
    return _read(answer.json())


def _refusal(status: int) -> str:
    if status in (401, 403):
        return "The assistant's endpoint refuses the key."
    if status == 404:
        return "The assistant's endpoint does not know this address or model."
    if status == 429:
        return "The assistant's endpoint takes no more requests now; try again later."
    return f"The assistant's endpoint failed with {status}."


def _read(found: Any) -> Completion:
    try:
        text = found["choices"][0]["message"]["content"]
    except (TypeError, KeyError, IndexError):
        text = None
    if not isinstance(text, str):
        raise NoAnswer(
            "The assistant's endpoint answered with something that is no chat completion.", free=False
        )
    usage = found.get("usage")
    plain = clean(_control.sub("", _thinking.sub("", text))).strip()
    return Completion(plain, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))


def _count(usage: Any, name: str) -> int | None:
    """A number that can be one."""
    value = usage.get(name) if isinstance(usage, dict) else None
    return value if type(value) is int and 0 <= value < 10_000_000 else None
