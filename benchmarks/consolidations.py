"""What the worker costs in the long run: python -m benchmarks.consolidations TIMES MESSAGES

Needs PIVOTPOINT_DATA with an import in it (benchmarks.import_rate). So many times, MESSAGES new messages come in and are
read, gathered and counted, and all themes are put in order. JSON: each time's processor seconds and statements, and what
the process holds.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.texts import rows


def memory() -> int:
    """What this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1_000_000


@contextmanager
def statements() -> Iterator[Callable[[], int]]:
    """How many the block has sent to the database."""
    from django.db import connection

    found = 0

    def counted(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal found
        found += 1
        return execute(*arguments)

    with connection.execute_wrapper(counted):
        yield lambda: found


def come_in(count: int, start: int) -> None:
    """New messages on the import's channel, as they come live."""
    from datetime import datetime

    from pivotpoint.channels.inbox import Inbound, receive
    from pivotpoint.channels.models import Channel

    channel = Channel.objects.filter(name="Reviews").get()
    new = [
        Inbound(name, text, handle=author, email=email, said_at=datetime.fromisoformat(at))
        for name, author, email, at, text in rows(count, start=start)
    ]
    receive(channel, new)


def once(count: int) -> dict[str, Any]:
    """One round, by stage."""
    from pivotpoint.channels.models import Message
    from pivotpoint.insights.gathering.consolidate import put_in_order
    from pivotpoint.insights.gathering.gather import gather
    from pivotpoint.insights.models import IndexState
    from pivotpoint.listening.reading.read import read_unread

    come_in(count, Message.objects.count())
    spent: dict[str, float] = defaultdict(float)
    asked: dict[str, int] = defaultdict(int)
    for name, work in (("read", read_unread), ("gather", gather), ("put in order", put_in_order)):
        began = time.process_time()
        with statements() as sent:
            work()
        spent[name], asked[name] = round(time.process_time() - began, 3), sent()
    return {
        "messages": IndexState.objects.get().gathered,
        "processor_seconds": spent,
        "statements": asked,
        "memory_mb": memory(),
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
    import django

    django.setup()
    from pivotpoint.listening.reading import ahead

    times, count = int(sys.argv[1]), int(sys.argv[2])
    found = [once(count) for _ in range(times)]
    ahead.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"rounds": found, "peak_memory_mb": peak}))


if __name__ == "__main__":
    main()
