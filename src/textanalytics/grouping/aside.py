"""Work that may be done elsewhere meanwhile, in a second process, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

Here = Callable[[], Any]
"""The same work, for whoever has nobody else to do it."""

Aside = Callable[..., AbstractContextManager[Callable[[Here], Any]]]
"""`with aside(work, *arguments) as result: ...; result(here)`: begin `work(encoder, *arguments)`, a function of this library
whose result depends on its arguments alone, and wait for it in the block."""


@contextmanager
def nobody(*_: Any) -> Iterator[Callable[[Here], Any]]:
    """There is nobody: what somebody waits for is done here, then."""
    yield lambda here: here()
