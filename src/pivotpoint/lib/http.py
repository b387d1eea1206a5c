"""The only way out: pinned to a checked address, bounded in time and size, no proxies from the environment."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any

import httpx

from pivotpoint.lib.addresses import Forbidden, Pinned, Unreachable, pin
from pivotpoint.lib.line import Line

__all__ = ["Answer", "Forbidden", "Unreachable", "call", "kept"]

REDIRECTS = (301, 302, 303, 307, 308)
KEEP_METHOD = (307, 308)


@dataclass(frozen=True)
class Answer:
    """`body` is cut at the limit that the caller gave."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as JSON, or None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


Host = tuple[str, bytes, str, int | None]
SAID = {"User-Agent": "Pivotpoint", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
CHECKED = 1.0
"""Seconds for which a kept line's address is not looked up and checked again."""
GRACE = 1.0
"""Seconds after its time by which a body that drips is told from one that has stopped."""
PIECE = 16_384
METHOD = re.compile(r"[A-Z]+")
NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
VALUE = re.compile(r"(?:[!-~](?:[\t -~]*[!-~])?)?")
"""No line end: what was meant as one header must not become two. No blank at either end, nothing but ASCII."""


@dataclass
class _Kept:
    """Lines, and the addresses that were checked, each with the time until which that counts."""

    lines: dict[Host, Line] = field(default_factory=dict)
    checked: dict[str, tuple[float, Pinned]] = field(default_factory=dict)


_open: ContextVar[_Kept | None] = ContextVar("open", default=None)


@contextmanager
def kept() -> Iterator[None]:
    """Inside this block, calls of this thread to the same host at the same checked address share a connection; nothing else of one
    call (no cookie) is there in the next: a line keeps nothing of what was said on it."""
    if _open.get() is not None:
        yield
        return
    kept = _Kept()
    token = _open.set(kept)
    try:
        yield
    finally:
        _open.reset(token)
        for line in kept.lines.values():
            line.close()


@contextmanager
def _line(pinned: Pinned, until: float) -> Iterator[Line]:
    """A kept one, or one for this call. The name belongs to the key: two hosts at one address are two receivers."""
    kept = _open.get()
    if kept is None:
        line = Line(pinned, until)
        try:
            yield line
        finally:
            line.close()
        return
    host = (pinned.url.scheme, pinned.url.raw_host, pinned.address, pinned.url.port)
    known = kept.lines.get(host)
    if known is None or not known.idle:
        if known is not None:
            del kept.lines[host]
            known.close()
        known = kept.lines[host] = Line(pinned, until)
    yield known


def _pin(url: str) -> Pinned:
    kept = _open.get()
    if kept is None:
        return pin(url)
    until, pinned = kept.checked.get(url, (0.0, None))
    if pinned is None or time.monotonic() >= until:
        pinned = pin(url)
        kept.checked[url] = (time.monotonic() + CHECKED, pinned)
    return pinned


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    seconds: float = 10.0,
    limit: int = 256 * 1024,
    redirects: int = 3,
) -> Answer:
    """One request, answered within `seconds`. Every hop of a redirect is checked like the first.

    A body goes along only with 307 and 308, and only to the same host over the same or a safer scheme: what is
    meant for one receiver is not carried to another. Raises Forbidden and Unreachable.
    """
    until = time.monotonic() + seconds
    pinned = _pin(url)
    for _ in range(redirects + 1):
        answer = _once(method, pinned, dict(headers or {}), content, until, limit)
        target = answer.headers.get("location")
        if answer.status not in REDIRECTS or not target:
            return answer
        pinned = _next(method, pinned, answer.status, target)
    raise Unreachable(f"{url} redirects more than {redirects} times.")


def _next(method: str, was: Pinned, status: int, target: str) -> Pinned:
    pinned = pin(str(was.url.join(target)))
    if method in ("GET", "HEAD"):
        return pinned
    if status not in KEEP_METHOD:
        raise Forbidden(f"{was.url} redirects with {status}; give the final address.")
    moved = pinned.url.host != was.url.host
    if moved or (was.url.scheme == "https" and pinned.url.scheme != "https"):
        raise Forbidden(
            f"{was.url} redirects to another receiver, {pinned.url.host}; give the final address."
        )
    return pinned


def _once(
    method: str, pinned: Pinned, headers: dict[str, str], content: bytes, until: float, limit: int
) -> Answer:
    if time.monotonic() >= until:
        raise Unreachable("No answer in time.")
    said = _said(method, pinned.url, headers, content)
    try:
        with _line(pinned, until) as line:
            response = line.ask(method, said, until)
            line.wait(until + GRACE)
            heard = response.headers.items()
            known = httpx.Headers([(name.encode("latin-1"), text.encode("latin-1")) for name, text in heard])
            body = _read(response, known, until, limit)
            line.done(response)
            return Answer(response.status, known, body)
    except TimeoutError as error:
        raise Unreachable("No answer in time.") from error
    except (OSError, ValueError, HTTPException, httpx.HTTPError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:300]) from error


def _said(method: str, url: httpx.URL, headers: dict[str, str], content: bytes) -> bytes:
    """The request. What the caller says counts, whichever way it spells a name; the name stays in Host."""
    said = {"host": ("Host", url.netloc.decode("ascii"))}
    if content or method in ("POST", "PUT", "PATCH"):
        said["content-length"] = ("Content-Length", str(len(content)))
    said |= {name.lower(): (name, value) for name, value in (SAID | headers).items()}
    if not METHOD.fullmatch(method):
        raise Forbidden("The request cannot be sent: its method is none.")
    for name, value in said.values():
        if not NAME.fullmatch(name) or not VALUE.fullmatch(value):
            raise Forbidden(f"The request cannot be sent: its header {name[:40]!r} holds what no header may.")
    lines = [f"{name}: {value}\r\n" for name, value in said.values()]
    head = f"{method} {url.raw_path.decode('ascii')} HTTP/1.1\r\n{''.join(lines)}\r\n"
    return head.encode("ascii") + content


def _read(response: HTTPResponse, headers: httpx.Headers, until: float, limit: int) -> bytes:
    """At most `limit` bytes and not longer than `until`: a body that drips does not hold the worker."""
    chunks = _pieces(response, until)
    if "content-encoding" in headers:
        stream = _Stream(chunks)
        chunks = httpx.Response(response.status, headers=headers, stream=stream).iter_bytes(PIECE)
    body = b""
    for chunk in chunks:
        body += chunk
        if len(body) >= limit:
            break
    return body[:limit]


def _pieces(response: HTTPResponse, until: float) -> Iterator[bytes]:
    while piece := response.read1(PIECE):
        yield piece
        if time.monotonic() > until:
            return
    if response.length:
        raise IncompleteRead(b"", response.length)


class _Stream(httpx.SyncByteStream):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces
