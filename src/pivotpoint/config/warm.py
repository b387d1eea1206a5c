"""What the first visitor would wait for is loaded before: the pages, and the reader that the Inbox asks."""

from __future__ import annotations

import logging
from threading import Thread

from django.db import Error, connections
from django.urls import resolve

from pivotpoint.insights.evidence.aspects import load_reader

log = logging.getLogger(__name__)


def load_pages() -> None:
    """All of them: Django loads none before it is asked for one."""
    resolve("/")


def load_reader_aside() -> Thread:
    """In a thread, as most pages need no reader."""
    thread = Thread(target=_load, name="load the reader", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    try:
        load_reader()
    except Error:
        log.info("The reader is loaded later: the database is away, or not made yet.", exc_info=True)
    finally:
        connections.close_all()
