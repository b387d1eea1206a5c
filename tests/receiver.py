"""A real receiving server for hand-offs: verifies the signature, misbehaves as told, remembers what came."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import Request, urlopen

from standardwebhooks import Webhook

SECRET = "whsec_c2VjcmV0IG9mIHRoZSB0ZXN0cyBhbmQgbm90aGluZyBlbHNl"
"""Signs every hand-off of the tests."""
Behave = Callable[[str], str]
"""webhook-id → ok, fail (500), refuse (422), hang-up (after it was taken), slow."""


class Receiver(ThreadingHTTPServer):
    """`arrived` counts each webhook-id; `taken` holds what the other side would have acted on: each once."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, secret: str, behave: Behave) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.secret, self.behave = secret, behave
        self.arrived: Counter[str] = Counter()
        self.taken: dict[str, dict[str, Any]] = {}
        self.lock = threading.Lock()
        self.slow = 0.5
        self.verify = True
        self.headers: dict[str, str] = {}
        self.path = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/handoffs"

    def wait_for(self, kind: str, seconds: float = 60.0) -> dict[str, Any]:
        """The first hand-off of this type, when it has come."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self.lock:
                found = [said for said in self.taken.values() if said.get("type") == kind]
            if found:
                return found[0]
            time.sleep(0.05)
        raise AssertionError(f"No {kind} came.")

    def handle_error(self, *_: Any) -> None:
        """A client that was killed is what we test."""


class _Handler(BaseHTTPRequestHandler):
    server: Receiver
    protocol_version = "HTTP/1.0"

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.headers, self.server.path = dict(self.headers), self.path
        if self.server.verify:
            Webhook(self.server.secret).verify(body, dict(self.headers))
        key = self.headers["webhook-id"] or self.headers["Idempotency-Key"]
        behaviour = self.server.behave(key)
        with self.server.lock:
            self.server.arrived[key] += 1
            if behaviour in ("ok", "hang-up", "slow"):
                self.server.taken.setdefault(key, json.loads(body))
        if behaviour == "hang-up":
            return
        if behaviour == "slow":
            time.sleep(self.server.slow)
        status = {"fail": 500, "refuse": 422}.get(behaviour, 200)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps({"reference": f"CR-{key}", "url": "https://erp.example/1"}).encode())


def at_random(seed: int, *behaviours: str) -> Behave:
    """One of the behaviours for each request, the same sequence for the same seed."""
    dice = random.Random(seed)
    return lambda _: dice.choice(behaviours)


@contextmanager
def receiving(secret: str, behave: Behave = lambda _: "ok", *, verify: bool = True) -> Iterator[Receiver]:
    """A receiver on a free port of the loopback."""
    receiver = Receiver(secret, behave)
    receiver.verify = verify
    threading.Thread(target=receiver.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        receiver.server_close()


def answer_back(handoff: dict[str, Any], outcome: str, token: str, note: str = "") -> None:
    """What the other system says to a hand-off, by token at the address that came with it."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    _post(handoff["answer_url"], json.dumps({"outcome": outcome, "note": note}).encode(), headers)


def answer_signed(receiver: Receiver, hook: str, handoff: dict[str, Any], outcome: str) -> None:
    """The same without a token: signed with the destination's secret."""
    key, now = f"answer-{outcome}", datetime.now(UTC)
    body = json.dumps({"handoff": handoff["handoff"], "outcome": outcome, "by": "Refund system"})
    headers = {
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(receiver.secret).sign(key, now, body),
    }
    _post(hook, body.encode(), headers)


def _post(url: str, body: bytes, headers: dict[str, str]) -> None:
    with urlopen(Request(url, body, headers), timeout=30) as answer:
        assert answer.status in (200, 201)
