"""Values are what Django would hand to the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import connection

from pivotpoint.lib import bulk, stored
from pivotpoint.listening.models import Reading
from tests.switchyard import make_insight

pytestmark = pytest.mark.django_db


def test_moments_are_what_the_database_takes_in_any_zone() -> None:
    at = datetime(2026, 3, 29, 1, 30, 5, 12, tzinfo=UTC)
    times = [at, at.astimezone(timezone(timedelta(hours=5, minutes=30))), at.replace(microsecond=0)]
    taken = [connection.ops.adapt_datetimefield_value(each) for each in times]
    assert stored.moments(times) == [stored.moment(each) for each in times] == taken


def test_a_document_that_is_json_already_is_kept_as_it_is(now: Any) -> None:
    reading = make_insight(1, 1) and Reading.objects.latest("pk")
    (text,) = stored.json_texts(['{"mood":[[0,4]],"größe":[]}'])
    bulk.put(Reading, ("evidence",), [(text, reading.pk)])
    reading.refresh_from_db()
    assert reading.evidence == {"mood": [[0, 4]], "größe": []}
