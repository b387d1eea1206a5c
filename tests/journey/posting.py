"""Another system that posts messages until each has its yes, and keeps every yes."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock, Semaphore
from typing import Any

BATCH, PEOPLE = 50, 700
ASIDE = ["again", "this week", "for my sister", "in Oslo", "since Monday", "for the third time", "at home"]
MATTERS = [
    "I was charged twice for one order on my card",
    "My parcel has not arrived and it was due last week",
    "I want a refund for the broken lamp",
    "The app crashes when I open the basket",
    "Nobody answers the telephone in your support line",
    "The sofa has a scratch on its left side",
]


def words(number: int) -> str:
    """What message `number` says: one of a few matters, in one of many wordings."""
    return f"{MATTERS[number % len(MATTERS)]} {ASIDE[number // 6 % len(ASIDE)]}, number {number % 97}."


class Posting:
    """`acknowledged` maps each external id to the ids that came back with a yes."""

    def __init__(self, port: int, token: str, messages: int) -> None:
        self.url = f"http://127.0.0.1:{port}/api/v1/messages?channel=api"
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.acknowledged: dict[str, set[int]] = {}
        self.failures = 0
        self.lock, self.give_up, self.may_go = Lock(), Event(), Semaphore(0)
        self.pool = ThreadPoolExecutor(3)
        self.parts: list[Future[None]] = [
            self.pool.submit(self._post, start) for start in range(0, messages, BATCH)
        ]

    def __enter__(self) -> Posting:
        return self

    def __exit__(self, *_: object) -> None:
        self.give_up.set()
        self.go_on(len(self.parts))
        self.pool.shutdown(cancel_futures=True)

    def go_on(self, batches: int) -> None:
        """So many more may be posted."""
        self.may_go.release(batches)

    def finish(self) -> None:
        """Until each message has its yes."""
        self.go_on(len(self.parts))
        for part in self.parts:
            part.result(timeout=120)

    def _post(self, start: int) -> None:
        batch = [
            {"external_id": f"m{n}", "text": words(n), "handle": f"u{n % PEOPLE}"}
            for n in range(start, start + BATCH)
        ]
        self.may_go.acquire()
        request = urllib.request.Request(self.url, json.dumps(batch).encode(), self.headers)
        while not self.give_up.is_set():
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    assert answer.status == 202
                    return self._keep(json.loads(answer.read())["results"])
            except (urllib.error.URLError, OSError):
                with self.lock:
                    self.failures += 1
                time.sleep(0.05)
        return None

    def _keep(self, results: list[dict[str, Any]]) -> None:
        with self.lock:
            for result in results:
                self.acknowledged.setdefault(result["external_id"], set()).add(result["id"])
