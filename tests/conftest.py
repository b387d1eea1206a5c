"""The cast. All tests share it.

Maren leads the listening. Samir answers customers. Ines owns what finance does; Bo knows the warehouse. Pia works for
a partner of supply chain. Ada administers. Victor looks on. Hanne complained, Tomek too; Oona is a stranger.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest

hypothesis.settings.register_profile("no clock", deadline=None)
hypothesis.settings.load_profile("no clock")
"""A property holds or does not; how long one example takes on a busy machine says nothing of it."""

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "a long enough password"
NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """PostgreSQL drops no database that somebody is in: who was killed in a test may still be seen for a moment."""
    from django.db import connection

    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite on disk, one file a test worker: threads and other processes see the same rows, as in an installation.

    It may be lost in a power cut, which saves the tests the waiting for the disk.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _just_started() -> None:
    """Numbers of messages come again in every test; nothing is known of those of the one before."""
    from pivotpoint.insights.alerts.words import WORDS

    WORDS.forget()


@pytest.fixture(autouse=True)
def _figures_of_this_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, no figure becomes dear, so that each test sees what it has just done."""
    monkeypatch.setattr("pivotpoint.jobs.kept.DEAR_MS", 600_000)


@pytest.fixture
def now() -> Iterator[datetime]:
    """Tuesday 17 November 2026, nine o'clock: everything agrees that it is now."""
    from pivotpoint.lib import clock

    with clock.at(NOW):
        yield NOW


@pytest.fixture
def installation(db: None) -> Any:
    from pivotpoint.accounts.models import Installation

    return Installation.objects.create(name="Fjordhus", brand_names=["Fjordhus", "@fjordhus"], set_up_at=NOW)


@pytest.fixture
def teams(installation: Any) -> dict[str, Any]:
    from pivotpoint.accounts.functions import make_functions

    return make_functions()


def _user(email: str, name: str, role: str, team: Any = None) -> Any:
    from pivotpoint.accounts.models import User

    return User.objects.create_user(f"{email}@fjordhus.example", PASSWORD, name=name, role=role, team=team)


@pytest.fixture
def ada(teams: dict[str, Any]) -> Any:
    return _user("ada", "Ada Winther", "administrator")


@pytest.fixture
def maren(teams: dict[str, Any]) -> Any:
    return _user("maren", "Maren Oduya", "lead")


@pytest.fixture
def samir(teams: dict[str, Any]) -> Any:
    return _user("samir", "Samir Teal", "agent", teams["service"])


@pytest.fixture
def ines(teams: dict[str, Any]) -> Any:
    return _user("ines", "Ines Halloran", "owner", teams["finance"])


@pytest.fixture
def joris(teams: dict[str, Any]) -> Any:
    return _user("joris", "Joris Tamm", "owner", teams["supply"])


@pytest.fixture
def bo(teams: dict[str, Any]) -> Any:
    return _user("bo", "Bo Aramis", "expert", teams["supply"])


@pytest.fixture
def pia(teams: dict[str, Any]) -> Any:
    return _user("pia", "Pia Lund", "partner", teams["supply"])


@pytest.fixture
def victor(teams: dict[str, Any]) -> Any:
    return _user("victor", "Victor Hale", "viewer")


@pytest.fixture
def cast(
    ada: Any, maren: Any, samir: Any, ines: Any, joris: Any, bo: Any, pia: Any, victor: Any
) -> dict[str, Any]:
    """Everybody inside, by first name."""
    return {
        "ada": ada,
        "maren": maren,
        "samir": samir,
        "ines": ines,
        "joris": joris,
        "bo": bo,
        "pia": pia,
        "victor": victor,
    }


@pytest.fixture
def form(installation: Any) -> Any:
    from pivotpoint.channels.models import Channel

    return Channel.objects.create(name="Web form", kind="form", goal="Hear what goes wrong after a purchase.")


@pytest.fixture
def mail(installation: Any) -> Any:
    from pivotpoint.channels.models import Channel

    return Channel.objects.create(name="E-mail", kind="email", goal="Answer where customers already write.")


@pytest.fixture
def feed(installation: Any) -> Any:
    from pivotpoint.channels.models import Channel

    return Channel.objects.create(name="Reviews", kind="review", goal="Hear what is said about us elsewhere.")


def _customer(name: str, handle: str) -> Any:
    from pivotpoint.customers.models import Customer, Identity
    from pivotpoint.customers.search import index_new

    customer = Customer.objects.create(name=name, language="en")
    Identity.objects.create(customer=customer, kind="email", handle=handle, name=name)
    index_new()
    return customer


@pytest.fixture
def hanne(installation: Any) -> Any:
    return _customer("Hanne Vos-Abara", "hanne@home.example")


@pytest.fixture
def tomek(installation: Any) -> Any:
    return _customer("Tomek R.", "tomek@home.example")


@pytest.fixture
def oona(installation: Any) -> Any:
    return _customer("Oona Brandvik", "oona@home.example")
