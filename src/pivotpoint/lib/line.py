"""One HTTP/1.1 connection to a checked address. Head and body go out in one piece; `http.client` reads the answer.

Only its reading is used: its connection looks the name up by itself, sends head and body apart, and waits anew for every
byte that drips. Certificates are checked for the name; the address was checked before (lib.addresses).
"""

from __future__ import annotations

import io
import select
import socket
import ssl
import time
from contextlib import suppress
from email import errors
from functools import lru_cache
from http.client import HTTPException, HTTPResponse
from typing import cast

import httpx

from pivotpoint.lib.addresses import Pinned

IDLE = 5.0
"""Seconds: what nobody has used for as long may have been hung up on at this moment."""
CONNECT = 5.0
UNREADABLE = (
    errors.MissingHeaderBodySeparatorDefect,
    errors.FirstHeaderLineIsContinuationDefect,
    errors.InvalidHeaderDefect,
)


class ConnectError(OSError):
    """The connection is refused, or the certificate does not fit the name."""


class Line:
    """`ask`, read the answer, `done`; while it is `idle`, ask again. `until` is the time up to which a read may wait."""

    def __init__(self, pinned: Pinned, until: float) -> None:
        try:
            self._socket = _connect(pinned, min(until, time.monotonic() + CONNECT))
        except TimeoutError:
            raise
        except OSError as error:
            raise ConnectError(*error.args) from error
        self._wire = _Wire(self._socket)
        self._reader = _Reader(self._wire)
        self._idle_until = 0.0

    def ask(self, method: str, said: bytes, until: float) -> HTTPResponse:
        """Send the request and read the answer up to its body. Only on a connection that is `idle`, so no other answer can be
        mistaken for it."""
        self._idle_until = 0.0
        self.wait(until)
        with suppress(ConnectionError, ssl.SSLEOFError):
            # Who hangs up before all of it was said may have answered why.
            self._socket.sendall(said)
        response = self._answer(method)
        while 100 < response.status < 200 and response.status != 101:
            response = self._answer(method)  # what came was only a hint of it
        return response

    def _answer(self, method: str) -> HTTPResponse:
        response = HTTPResponse(cast(socket.socket, self), method=method)  # it asks only for `makefile`
        response.begin()
        if any(isinstance(defect, UNREADABLE) for defect in response.headers.defects):
            raise HTTPException("The headers of the answer cannot be read.")
        return response

    def makefile(self, _mode: str) -> io.BufferedReader:
        return self._reader

    def wait(self, until: float) -> None:
        """From now on no read waits beyond `until`."""
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)
        self._wire.until, self._wire.set = until, True

    def done(self, response: HTTPResponse) -> None:
        """Finish with this answer. The connection can be used again only if the answer was read to its end."""
        whole = response.isclosed() if response.chunked else response.length == 0
        if whole and not response.will_close and response.status >= 200:
            self._idle_until = time.monotonic() + IDLE

    @property
    def idle(self) -> bool:
        """Whether another request may be sent: the last answer was read, and nothing unexpected has arrived since."""
        if time.monotonic() >= self._idle_until or self._wire.left(self._reader):
            return False
        waits = select.poll()
        waits.register(self._socket, select.POLLIN)
        return not waits.poll(0)

    def close(self) -> None:
        self._socket.close()


class _Wire(io.RawIOBase):
    """What comes in. Only the first read of an answer finds the time that it may wait `set`: most need no second."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self.until, self.set, self._shut = 0.0, False, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        if self._shut:
            return None
        if not self.set:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
        self.set = False
        return self._socket.recv_into(buffer)

    def left(self, reader: io.BufferedReader) -> bool:
        """Whether `reader` or the TLS layer holds bytes that belong to no request."""
        self._shut = True
        try:
            held = bool(reader.peek(1))
        finally:
            self._shut = False
        return held or (isinstance(self._socket, ssl.SSLSocket) and self._socket.pending() > 0)


class _Reader(io.BufferedReader):
    """An answer closes what it was read from; the line is still needed."""

    def close(self) -> None: ...


def _connect(pinned: Pinned, until: float) -> socket.socket:
    url = pinned.url
    port = url.port or (443 if url.scheme == "https" else 80)
    connected = socket.create_connection((pinned.address, port), timeout=max(0.001, until - time.monotonic()))
    try:
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if url.scheme != "https":
            return connected
        connected.settimeout(max(0.001, until - time.monotonic()))
        return _trusted().wrap_socket(connected, server_hostname=url.raw_host.decode("ascii"))
    except BaseException:
        connected.close()
        raise


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Reading the certificate authorities costs more than a call."""
    context = httpx.create_ssl_context(trust_env=False)
    context.set_alpn_protocols(["http/1.1"])
    return context
