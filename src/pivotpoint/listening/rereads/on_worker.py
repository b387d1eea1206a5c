"""What a cluster's workers call. Imports no model: a worker brings Django up only when it is asked for the first range."""

from __future__ import annotations

import logging
import os
from threading import Lock

import django
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import close_old_connections, connection

log = logging.getLogger(__name__)
_starting = Lock()


class RangeFailed(Exception):
    """What went wrong, without a word of a customer: the cause stays in the worker's log."""


def read_range(run: int, after: int, last: int) -> int | None:
    """Read the messages behind `after`, up to `last`, and write their candidates; how many. None: the run is to stop."""
    _start()
    from pivotpoint.listening.rereads import ranges

    trouble = ""
    close_old_connections()
    try:
        return ranges.read_range(run, after, last)
    except ranges.CannotRead as error:
        trouble = str(error)
    except Exception as error:  # noqa: BLE001 an error may hold a text, and would travel to the scheduler
        log.exception("Messages %s to %s of run %s", after + 1, last, run)
        trouble = f"{type(error).__name__} in messages {after + 1} to {last}; the worker's log says more."
    finally:
        close_old_connections()
    raise RangeFailed(trouble)


def forget() -> None:
    """The run is over: no reader that learnt from customers' words stays in this worker's memory."""
    if apps.ready:
        from pivotpoint.listening.rereads import lent

        lent.forget_loaded()


def _start() -> None:
    with _starting:
        if not apps.ready:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
            try:
                django.setup()
            except ImproperlyConfigured as error:
                raise RangeFailed(f"A worker cannot start: {error}") from None
    if connection.vendor != "postgresql":
        raise RangeFailed("A worker has no DATABASE_URL of the PostgreSQL that Pivotpoint works with.")
