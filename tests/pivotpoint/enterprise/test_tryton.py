"""The connector against the fake: the same contract and faults that tests/real runs against a real Tryton."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.tryton.circle import Circle
from tests.tryton.contract import Contract, make_desk  # noqa: F401 a fixture
from tests.tryton.fake import running
from tests.tryton.faults import Faults, desk, wire  # noqa: F401 fixtures
from tests.tryton.noting import Noting
from tests.tryton.taking import Taking

pytestmark = pytest.mark.django_db


@pytest.fixture
def erp() -> Iterator[Any]:
    with running() as fake:
        yield fake


class TestContract(Contract):
    pass


class TestFaults(Faults):
    pass


class TestCircle(Circle):
    pass


class TestNoting(Noting):
    pass


class TestTaking(Taking):
    pass
