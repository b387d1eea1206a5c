"""The only way out: pinned to a checked address, bounded in time and size, no proxies from the environment."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from pivotpoint.lib.addresses import Forbidden, Pinned, Unreachable, pin

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
FAULTS = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.HTTPError)


@dataclass
class _Kept:
    """Lines, and the addresses that were checked, each with the time until which that counts."""

    lines: dict[Host, httpcore.HTTPConnection] = field(default_factory=dict)
    checked: dict[str, tuple[float, Pinned]] = field(default_factory=dict)


_open: ContextVar[_Kept | None] = ContextVar("open", default=None)


@contextmanager
def kept() -> Iterator[None]:
    """Inside, calls of this thread to the same host at the same checked address share a connection; nothing else of one
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
def _line(pinned: Pinned, target: httpcore.URL) -> Iterator[httpcore.HTTPConnection]:
    """A kept one, or one for this call. The name belongs to the key: two hosts at one address are two receivers."""
    kept = _open.get()
    if kept is None:
        with _connection(target) as line:
            yield line
        return
    host = (pinned.url.scheme, pinned.url.raw_host, pinned.address, pinned.url.port)
    known = kept.lines.get(host)
    if known is None or not known.is_idle() or known.has_expired():
        if known is not None:
            known.close()
        known = kept.lines[host] = _connection(target)
    yield known


def _connection(target: httpcore.URL) -> httpcore.HTTPConnection:
    """One that nobody has used for as long as this may have been hung up on at this moment."""
    return httpcore.HTTPConnection(target.origin, ssl_context=_trusted(), keepalive_expiry=5.0)


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
    left = until - time.monotonic()
    if left <= 0:
        raise Unreachable("No answer in time.")
    url = pinned.url
    # The socket goes to the checked address; the name stays in Host and in the certificate check.
    target = httpcore.URL(
        scheme=url.raw_scheme, host=pinned.address.encode("ascii"), port=url.port, target=url.raw_path
    )
    extensions = {
        "sni_hostname": url.raw_host.decode("ascii"),
        "timeout": {"connect": min(5.0, left), "read": left, "write": left, "pool": left},
    }
    said = _said(method, url, headers, content)
    try:
        request = httpcore.Request(method, target, headers=said, content=content, extensions=extensions)
        with _line(pinned, target) as line:
            response = line.handle_request(request)
            try:
                known = httpx.Headers(response.headers)
                return Answer(response.status, known, _read(response, known, until, limit))
            finally:
                response.close()
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise Unreachable("No answer in time.") from error
    except FAULTS as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:300]) from error


def _said(method: str, url: httpx.URL, headers: dict[str, str], content: bytes) -> list[tuple[bytes, bytes]]:
    """What the caller says counts, whichever way it spells a name."""
    said = {"host": ("Host", url.netloc.decode("ascii"))}
    if content or method in ("POST", "PUT", "PATCH"):
        said["content-length"] = ("Content-Length", str(len(content)))
    said |= {name.lower(): (name, value) for name, value in (SAID | headers).items()}
    return [(name.encode("ascii"), value.encode("ascii")) for name, value in said.values()]


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Reading the certificate authorities costs more than a call."""
    return httpx.create_ssl_context(trust_env=False)


class _Stream(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()


def _read(response: httpcore.Response, headers: httpx.Headers, until: float, limit: int) -> bytes:
    """At most `limit` bytes and not longer than `until`: a body that drips does not hold the worker."""
    chunks = response.iter_stream()
    if "content-encoding" in headers:
        chunks = httpx.Response(response.status, headers=headers, stream=_Stream(response)).iter_bytes(16_384)
    body = b""
    for chunk in chunks:
        body += chunk
        if len(body) >= limit or time.monotonic() > until:
            break
    return body[:limit]
