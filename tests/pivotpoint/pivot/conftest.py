"""A switchyard with one pivot, for the tests of it as a file."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from pivotpoint.channels.models import Channel
from pivotpoint.pivot import edit
from tests.switchyard import make_pivot


@pytest.fixture
def yard(now: datetime, cast: dict[str, Any], teams: dict[str, Any], form: Channel) -> SimpleNamespace:
    """Two pivots; the first asks about a channel."""
    said = [{"field": "channel", "op": "is", "value": str(form.pk)}]
    refunds = make_pivot(teams["finance"], cast["ines"], "Refunds → Finance", conditions=said, gate="open")
    edit.save_destination(
        refunds, name="ERP", kind="webhook", config={"url": "https://erp.example"}, by=None, key="hush"
    )
    lockers = make_pivot(teams["supply"], cast["joris"], "Lockers", position=4, inside_measure="Codes a day")
    edit.save({}, by=None, pivot=lockers, rules=[{"match": "any", "excludes": True, "conditions": said}])
    return SimpleNamespace(refunds=refunds, lockers=lockers, form=form, teams=teams, **cast)
