"""Sparse matrices by SciPy, which is loaded when the first one is made: it takes longer to load than a page to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix, diags, hstack, identity, vstack
else:

    def csr_matrix(*parts: Any, **options: Any) -> Any:
        from scipy import sparse

        return sparse.csr_matrix(*parts, **options)

    def diags(*parts: Any, **options: Any) -> Any:
        from scipy import sparse

        return sparse.diags(*parts, **options)

    def hstack(*parts: Any, **options: Any) -> Any:
        from scipy import sparse

        return sparse.hstack(*parts, **options)

    def identity(*parts: Any, **options: Any) -> Any:
        from scipy import sparse

        return sparse.identity(*parts, **options)

    def vstack(*parts: Any, **options: Any) -> Any:
        from scipy import sparse

        return sparse.vstack(*parts, **options)


__all__ = ["csr_matrix", "diags", "hstack", "identity", "vstack"]
