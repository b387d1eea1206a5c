"""Sparse matrices by SciPy, which is loaded when the first one is made: it takes longer to load than a page to show."""

from __future__ import annotations

import sys
from functools import cache
from importlib import util
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix, diags, hstack, identity, vstack
else:

    def csr_matrix(*parts: Any, **options: Any) -> Any:
        return _sparse().csr_matrix(*parts, **options)

    def diags(*parts: Any, **options: Any) -> Any:
        return _sparse().diags(*parts, **options)

    def hstack(*parts: Any, **options: Any) -> Any:
        return _sparse().hstack(*parts, **options)

    def identity(*parts: Any, **options: Any) -> Any:
        return _sparse().identity(*parts, **options)

    def vstack(*parts: Any, **options: Any) -> Any:
        return _sparse().vstack(*parts, **options)


__all__ = ["csr_matrix", "diags", "hstack", "identity", "vstack"]

UNUSED = ("numpy.f2py", "numpy.testing")
"""SciPy asks NumPy for every name that it has, and so for its compiler of Fortran and its tests: with what these load,
most of the time that SciPy takes. They are loaded when somebody wants something of them."""


@cache
def _sparse() -> Any:
    for name in UNUSED:
        _put_off(name)
    from scipy import sparse

    return sparse


def _put_off(name: str) -> None:
    """Load a part of a package that is loaded when it is first used."""
    package, _, part = name.rpartition(".")
    found = None if name in sys.modules else util.find_spec(name)
    if found is None or found.loader is None:
        return
    found.loader = util.LazyLoader(found.loader)
    module = util.module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    setattr(sys.modules[package], part, module)
