"""One HTTP request of a connector. Of every failure it says whether a person must act or time may help."""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, TypedDict

from pivotpoint.enterprise.connectors.contract import MappingError, TransientError
from pivotpoint.lib import clock
from pivotpoint.lib.http import Answer, Forbidden, Unreachable, call

NEVER = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 415, 422})
"""Status codes that no repetition changes: a person must act."""
LONGEST = 3600.0
"""Seconds that another system can make us wait at most."""


class Budget:
    """The time that all requests of one attempt may take together: less than a worker's claim lasts (deliver.LEASE)."""

    def __init__(self, who: str, *, seconds: float = 60.0, each: float = 8.0) -> None:
        """`who` is the other system as the error calls it; one request takes at most `each` seconds."""
        self.who, self.each = who, each
        self.until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds for the next request; TransientError when the time is spent."""
        left = min(self.each, self.until - time.monotonic())
        if left <= 0:
            raise TransientError(f"{self.who} is too slow: all its answers together took a minute.")
        return left


class Evidence(TypedDict):
    """What came back, for the row of the attempt."""

    status: str
    response: str


def exchange(
    method: str, url: str, *, headers: Mapping[str, str], content: bytes = b"", seconds: float, limit: int
) -> Answer:
    """The answer, whatever its status, cut at `limit` bytes.

    Raises MappingError for an address that must not be called, TransientError when nobody answers in time.
    """
    try:
        return call(method, url, headers=headers, content=content, seconds=seconds, limit=limit)
    except Forbidden as error:
        raise MappingError(str(error)) from error
    except Unreachable as error:
        raise TransientError(str(error)) from error


def failure(
    answer: Answer, *, never: frozenset[int] = NEVER, said: str = ""
) -> MappingError | TransientError:
    """The error to raise for an answer that is not 2xx. `said` is the other system's own explanation."""
    if answer.status in never:
        return MappingError(f"It answered {answer.status}{said}.", **evidence(answer))
    return TransientError(f"It answered {answer.status}.", wait=patience(answer), **evidence(answer))


def evidence(answer: Answer) -> Evidence:
    """The status and the first 2,000 characters of the body."""
    return {"status": str(answer.status), "response": answer.text[:2000]}


def patience(answer: Answer) -> float:
    """Retry-After in seconds, as a number or a date; at most an hour."""
    value = answer.headers.get("retry-after", "")
    if value.isdigit():
        return min(LONGEST, float(value))
    try:
        return max(0.0, min(LONGEST, (parsedate_to_datetime(value) - clock.now()).total_seconds()))
    except (TypeError, ValueError):
        return 0.0


def link(url: Any) -> str:
    """The address that an answer gives, if it can stand behind a link: http or https, at most 500 characters; else ""."""
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) and len(url) <= 500 else ""
