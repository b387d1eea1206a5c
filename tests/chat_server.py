"""A real server that speaks the shape of chat completions, misbehaves as told, and remembers what came."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], str]


class ChatServer(ThreadingHTTPServer):
    """`answer(body)` is the content; `status`, `body` and `slow` let it misbehave; `usage` is what it counts."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer, self.status, self.slow, self.location = answer, 200, 0.0, ""
        self.body: bytes | None = None
        self.usage: Any = {"prompt_tokens": 100, "completion_tokens": 20}
        self.came: list[dict[str, Any]] = []
        self.raw: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: Any) -> None:
        """A client that gave up is what we test."""


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer
    protocol_version = "HTTP/1.0"

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = json.loads(raw)
        self.server.raw.append(raw)
        self.server.came.append(said)
        self.server.headers.append({key.lower(): value for key, value in self.headers.items()})
        self.server.paths.append(self.path)
        time.sleep(self.server.slow)
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(self.server.body if self.server.body is not None else self._completion(said))

    def _completion(self, said: dict[str, Any]) -> bytes:
        message = {"role": "assistant", "content": self.server.answer(said)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        found = {"id": "1", "object": "chat.completion", "model": said["model"], "choices": [choice]}
        return json.dumps(found | ({"usage": self.server.usage} if self.server.usage else {})).encode()


@contextmanager
def chatting(answer: Answer = lambda _: "Boxes arrive crushed") -> Iterator[ChatServer]:
    """On a free port of the loopback."""
    server = ChatServer(answer)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
