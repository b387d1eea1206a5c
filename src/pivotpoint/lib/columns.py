"""Integer columns straight from the database into arrays, without a Python object for each number."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import QuerySet

Column = npt.NDArray[np.int64]
JOINED = {
    "sqlite": "GROUP_CONCAT(COALESCE({}, -1))",
    "postgresql": "STRING_AGG(COALESCE({}::bigint, -1)::text, ',')",
}
"""Each database writes a column as one text, which is read three times as fast as its rows are fetched. A text ends at a
gigabyte: more than a hundred million numbers."""


def columns(rows: QuerySet[Any, Any], count: int) -> list[Column]:
    """The `count` columns of a values_list, each an int64 array with one entry a row, in no order; NULL is -1."""
    sql, parameters = rows.order_by().query.sql_with_params()
    names = [f"n{number}" for number in range(count)]
    joined = ", ".join(JOINED[connection.vendor].format(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH asked ({', '.join(names)}) AS ({sql}) SELECT {joined} FROM asked", parameters)  # noqa: S608
        texts = cursor.fetchone()
    return [np.fromstring(text or "", dtype=np.int64, sep=",") for text in texts]
