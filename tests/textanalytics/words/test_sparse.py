"""SciPy is loaded without what nobody needs of NumPy, which is there as soon as somebody does."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from textanalytics.words.sparse import csr_matrix
assert csr_matrix(([1.0], ([0], [1])), shape=(2, 2)).sum() == 1
assert "unittest" not in sys.modules and "numpy.f2py.crackfortran" not in sys.modules
import numpy.f2py
import numpy.testing
numpy.testing.assert_array_equal([1], [1])
assert callable(numpy.f2py.run_main)
assert "unittest" in sys.modules and "numpy.f2py.crackfortran" in sys.modules
print("fine")
"""


def test_the_compiler_and_the_tests_of_numpy_are_loaded_when_they_are_used() -> None:
    said = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert said.stdout == "fine\n", said.stderr
