"""The connector that docs/how-to/connector.md writes works as it stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pivotpoint.enterprise import connectors
from pivotpoint.enterprise.answers.poll import poll
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.enterprise.systems.check import check_one
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Destination, Handoff, Stage
from tests.switchyard import make_insight, make_pivot

PAGE = Path(__file__).resolve().parents[3] / "docs/how-to/connector.md"


@pytest.fixture
def example(monkeypatch: Any) -> ModuleType:
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert code is not None
    module = ModuleType("example")
    exec(compile(code[1], str(PAGE), "exec"), module.__dict__)  # noqa: S102 our own page
    monkeypatch.setitem(connectors.kinds(), "file", module)  # type: ignore[arg-type]
    return module


@pytest.mark.usefixtures("now", "maren", "example")
def test_it_checks_delivers_and_hears(teams: Any, ines: Any, tmp_path: Path) -> None:
    pivot = make_pivot(teams["finance"], ines, destinations=0)
    to = Destination.objects.create(
        pivot=pivot, name="Files", kind="file", config={"folder": str(tmp_path / "in")}
    )
    assert check_one(to) == f"Refunds → Files: There is no folder {tmp_path / 'in'}."
    (tmp_path / "in").mkdir()
    assert check_one(to) == ""
    loop = loops.open_loop(make_insight(), pivot, by=None)
    assert deliver() == 1
    handoff = Handoff.objects.get()
    file = tmp_path / "in" / f"{handoff.key}.json"
    assert json.loads(file.read_text())["insight"]["title"] == "Refund 1 does not arrive"
    file.with_suffix(".json.done").touch()
    assert poll() == 1
    loop.refresh_from_db()
    assert loop.stage == Stage.DELIVERED
