"""One thread per matrix product: the order of sums, and so the bytes, do not depend on the machine's load.

It is also faster where several processes share few cores, because BLAS threads wait for each other by spinning.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from textanalytics.base import FloatArray

Array = npt.NDArray[Any]

WORTH_IT = 2_000_000
"""Entries of a product from which on handing over half of it takes less time than it saves: some 15 ms."""

STEP = 48
"""Rows that BLAS works on together, or a multiple: cut there, the parts have the bytes of the whole."""


_alone: set[int] = set()
"""Not empty in a process that said it keeps to one thread."""


def processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads() -> int:
    """How many may share a long piece of work here: one a processor, unless other processes have these."""
    return 1 if _alone else processors()


@cache
def _controller() -> ThreadpoolController:
    import scipy.linalg  # noqa: F401  its BLAS must be loaded before the controller looks for libraries

    return ThreadpoolController()


@cache
def _of_numpy() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread(*, scipy: bool = True) -> AbstractContextManager[Any]:
    """Context in which BLAS uses one thread. Where SciPy's linear algebra is not called, `scipy` may be false: that has a
    BLAS of its own, which takes a quarter of a second to load."""
    found = _controller() if scipy else _of_numpy()
    limit: AbstractContextManager[Any] = found.limit(limits=1, user_api="blas")
    return limit


def one_thread_for_good() -> None:
    """In this process, also of what is loaded later. Nothing is loaded for it, unlike for `one_thread`: SciPy's own BLAS
    takes a quarter of a second, and a process that only reads never wants it."""
    _alone.add(1)
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"))
    ThreadpoolController().limit(limits=1, user_api="blas")


def products(rows: FloatArray, others: FloatArray) -> FloatArray:
    """(n, m) the product of each row with each other one. Of a large product the second half is made by a second thread.

    Where it is cut does not depend on how many processors there are, so neither do the bytes.
    """
    out = np.empty((len(rows), len(others)), np.float32)
    half = len(rows) // 2 // STEP * STEP
    if out.size < WORTH_IT:
        return np.matmul(rows, others.T, out=out)
    rest = _second().submit(np.matmul, rows[half:], others.T, out[half:])
    np.matmul(rows[:half], others.T, out=out[:half])
    rest.result()
    return out


def each(rows: Array, table: Array) -> Array:
    """(n, k) the product of each row by itself with the table: its bytes do not depend on the rows that stand beside it.

    For narrow tables it takes no longer than one product of all, whose kernels sum a row differently by where it stands.
    """
    return np.asarray(np.matmul(rows[:, None, :], table)[:, 0])


@cache
def _second() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "products")
