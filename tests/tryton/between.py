"""A wire that fails on purpose, between the product and a Tryton."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behave = Callable[[str, str], str]
"""(method, path) → ok, fail (500, not passed on), lose (passed on, the answer is not), slow (the answer comes too late),
hold (passed on only after `release`, long after the client has given up), refuse (the line is cut)."""
WITHOUT = ("host", "connection", "content-length", "accept-encoding")


class Between(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = upstream
        self.behave: Behave = lambda *_: "ok"
        self.did: Counter[str] = Counter()
        self.late = 1.0
        self.gate = threading.Event()
        self.held: list[threading.Event] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def release(self) -> None:
        """Let what was held arrive, and wait until it has."""
        self.gate.set()
        for done in self.held:
            assert done.wait(20)

    def handle_error(self, *_: Any) -> None:
        """A client that gives up is what we test."""


class _Handler(BaseHTTPRequestHandler):
    server: Between
    protocol_version = "HTTP/1.0"

    def log_message(self, *_: Any) -> None:
        pass

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        how = self.server.behave(self.command, self.path)
        self.server.did[how] += 1
        if how == "refuse":
            return
        if how == "fail":
            self.send_error(500)
            return
        if how == "hold":
            done = threading.Event()
            self.server.held.append(done)
            self.server.gate.wait(20)
            self._forward(body)
            done.set()
            return
        status, said = self._forward(body)
        if how == "lose":
            return
        if how == "slow":
            time.sleep(self.server.late)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = do_PUT = do_DELETE = _pass  # noqa: N815 the names that http.server calls

    def _forward(self, body: bytes) -> tuple[int, bytes]:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in WITHOUT}
        address = f"{self.server.upstream}{self.path}"
        request = urllib.request.Request(address, body or None, headers, method=self.command)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()
        except OSError:
            return 502, b""


@contextmanager
def between(upstream: str) -> Iterator[Between]:
    """The wire on a free port of the loopback."""
    wire = Between(upstream)
    threading.Thread(target=wire.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield wire
    finally:
        wire.gate.set()
        wire.shutdown()
        wire.server_close()
