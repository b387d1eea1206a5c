"""Learn names from the fields of customers' records; people can exclude some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from threading import Lock
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.customers.models import Customer
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.listening.events import NAMES_CHANGED, NAMES_LEARNT
from pivotpoint.listening.models import Gazetteer, LeftOutName
from textanalytics.entities import EntityFinder
from textanalytics.mentions.gazetteer import Name, choose, is_name

ORGANISATION, SEGMENT = "organisation", "segment"
MANY = 200_000
"""Different values at once while they are counted; then those that stood on one record only are dropped."""

_lock = Lock()
_loaded: tuple[str, EntityFinder] | None = None


def live_finder() -> EntityFinder:
    """The finder that messages are read with; loaded once a process, and again when another version goes live."""
    global _loaded  # noqa: PLW0603 one a process, as the reader is
    row = Gazetteer.objects.defer("names").live()
    version = row.version if row else ""
    with _lock:
        if _loaded is None or _loaded[0] != version:
            _loaded = version, finder_of(row)
        return _loaded[1]


def finder_of(row: Gazetteer | None) -> EntityFinder:
    return EntityFinder([Name(field, value) for field, value, _ in row.names] if row else [])


def learn_names() -> int:
    """Learn from the present records; returns 1 if another version went live. The same names make the same version."""
    left_out = _LeftOut()
    counted = {name: people for name, people in _counted().items() if not left_out(name)}
    chosen = choose(counted)
    version = EntityFinder(chosen).version
    names = [[one.field, one.value, counted[one]] for one in chosen]
    with transaction.atomic():
        live = Gazetteer.objects.select_for_update().live()
        if live is None and not names:
            return 0
        if live is not None and live.version == version:
            Gazetteer.objects.filter(pk=live.pk).exclude(names=names).update(names=names)
            return 0
        later = live.live_at + timedelta(microseconds=1) if live else clock.now()
        said = {"names": names, "live_at": max(clock.now(), later)}
        made, _ = Gazetteer.objects.update_or_create(version=version, defaults=said)
        record(NAMES_LEARNT, made, version=version, names=len(names))
    return 1


def _counted() -> Mapping[Name, int]:
    """People by value. Each person counts once for a value, however many of their fields hold it."""
    people: Counter[Name] = Counter()
    rows = Customer.objects.people().order_by("pk")
    for fields, segment, organisation in rows.values_list("fields", "segment", "organisation__name").iterator(
        2_000
    ):
        own = {**fields, SEGMENT: segment, ORGANISATION: organisation}
        people.update(set(_values(own)))
        if len(people) > MANY:
            people = Counter({name: n for name, n in people.items() if n > 1})
    return people


def _values(fields: Mapping[str, Any]) -> Iterator[Name]:
    for field, held in fields.items():
        for value in held if isinstance(held, list) else [held]:
            if isinstance(value, str) and is_name(value := " ".join(value.split())):
                yield Name(str(field)[:60], value)


class _LeftOut:
    """What people left out, read once."""

    def __init__(self) -> None:
        rows = LeftOutName.objects.standing().values_list("field", "value")
        self.said = {(field, value.casefold()) for field, value in rows}

    def __call__(self, name: Name) -> bool:
        return (name.field, "") in self.said or (name.field, name.value.casefold()) in self.said


@transaction.atomic
def leave_out(field: str, value: str = "", *, by: Any) -> LeftOutName:
    """Exclude a value, or without one the whole field. It applies to messages read from now on."""
    demand(by, "reading.manage")
    field, value = field.strip()[:60], value.strip()[:60]
    if not field:
        raise ValidationError("Say which field it is.")
    said, new = LeftOutName.objects.get_or_create(
        field=field, value=value, undone_at=None, defaults={"by": user_of(by)}
    )
    if new:
        record(NAMES_CHANGED, said, by=by, field=field, what="left out")
        learn_names()
    return said


@transaction.atomic
def take_back(said: LeftOutName, *, by: Any) -> None:
    """Withdraw an exclusion. Idempotent."""
    demand(by, "reading.manage")
    standing = LeftOutName.objects.standing().filter(pk=said.pk)
    if standing.update(undone_at=clock.now(), undone_by=user_of(by)):
        record(NAMES_CHANGED, said, by=by, field=said.field, what="taken back")
        learn_names()
    said.refresh_from_db()


def learn_now(*, by: Any) -> Gazetteer | None:
    """Learn now instead of waiting for the sweep; returns the version that is live then."""
    demand(by, "reading.manage")
    learn_names()
    return Gazetteer.objects.live()
