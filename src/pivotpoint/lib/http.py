"""The only way out: pinned to a checked address, bounded in time and size, no proxies from the environment."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
_open: ContextVar[dict[Host, httpx.HTTPTransport] | None] = ContextVar("open", default=None)
SAID = {"User-Agent": "Pivotpoint", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}


@contextmanager
def kept() -> Iterator[None]:
    """Inside, calls of this thread to the same host at the same checked address share a connection; nothing else of one
    call (no cookie) is there in the next: a transport keeps lines, and nothing of what is said on them."""
    if _open.get() is not None:
        yield
        return
    lines: dict[Host, httpx.HTTPTransport] = {}
    token = _open.set(lines)
    try:
        yield
    finally:
        _open.reset(token)
        for line in lines.values():
            line.close()


@contextmanager
def _line(pinned: Pinned) -> Iterator[httpx.HTTPTransport]:
    """A kept one, or one for this call. The name belongs to the key: two hosts at one address are two receivers."""
    lines = _open.get()
    if lines is None:
        with httpx.HTTPTransport(verify=_trusted(), trust_env=False) as line:
            yield line
        return
    host = (pinned.url.scheme, pinned.url.raw_host, pinned.address, pinned.url.port)
    if host not in lines:
        lines[host] = httpx.HTTPTransport(verify=_trusted(), trust_env=False)
    yield lines[host]


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
    pinned = pin(url)
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
    # The socket goes to the checked address; the name stays in Host and in the certificate check.
    target = pinned.url.copy_with(host=pinned.address)
    said = httpx.Headers({"Host": pinned.url.netloc.decode("ascii")} | SAID)
    said.update(headers)
    extensions = {
        "sni_hostname": pinned.url.raw_host.decode("ascii"),
        "timeout": httpx.Timeout(left, connect=min(5.0, left)).as_dict(),
    }
    try:
        request = httpx.Request(method, target, headers=said, content=content, extensions=extensions)
        with _line(pinned) as line:
            response = line.handle_request(request)
            try:
                return Answer(response.status_code, response.headers, _read(response, until, limit))
            finally:
                response.close()
    except httpx.TimeoutException as error:
        raise Unreachable("No answer in time.") from error
    except httpx.HTTPError as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:300]) from error


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Reading the certificate authorities costs more than a call."""
    return httpx.create_ssl_context(trust_env=False)


def _read(response: httpx.Response, until: float, limit: int) -> bytes:
    """At most `limit` bytes and not longer than `until`: a body that drips does not hold the worker."""
    body = b""
    for chunk in response.iter_bytes(16_384):
        body += chunk
        if len(body) >= limit or time.monotonic() > until:
            break
    return body[:limit]
