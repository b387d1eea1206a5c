"""One thread per matrix product: the order of sums, and so the bytes, do not depend on the machine's load.

It is also faster where several processes share few cores, because BLAS threads wait for each other by spinning.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    import scipy.linalg  # noqa: F401  its BLAS must be loaded before the controller looks for libraries

    return ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Context in which BLAS uses one thread."""
    limit: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limit
