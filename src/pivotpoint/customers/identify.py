"""Find the customers behind handles, many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from pivotpoint.customers.handles import PUBLIC, Handle, keys, stem
from pivotpoint.customers.merge import merge
from pivotpoint.customers.models import Customer, Identity, Organisation
from pivotpoint.customers.search import index_new
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.lib.among import among
from pivotpoint.lib.prepared import Prepared

Key = tuple[str, str]


class Person:
    """A person while a batch is resolved; `same_as` points to the one that stands for them."""

    __slots__ = ("fresh", "id", "known_as", "name", "organisation", "same_as", "segment", "told")

    def __init__(self, id: int | None) -> None:
        self.id = id
        self.name = self.known_as = self.segment = self.organisation = ""
        self.same_as: Person | None = None
        self.fresh = id is None
        self.told = False

    def stands_for(self) -> Person:
        person = self
        while person.same_as is not None:
            person = person.same_as
        return person

    def hear(self, handle: Handle) -> None:
        """Note the first name, segment and organisation that a handle brings."""
        self.name = self.name or handle.name.strip()[:160]
        self.segment = self.segment or handle.segment.strip()[:60]
        self.organisation = self.organisation or handle.organisation.strip()[:160]
        self.told = self.told or bool(self.name or self.segment or self.organisation)

    def own(self, kind: str, handle: str) -> None:
        """Note a handle that is new: the first one under which they speak in public is what they are called."""
        if kind in PUBLIC and not self.known_as:
            self.known_as, self.told = handle, True


@Prepared
def _known(handles: list[str], kind: str) -> QuerySet[Identity, tuple[int, str, int]]:
    rows = Identity.objects.filter(among("handle", handles), kind=kind)
    return rows.values_list("pk", "handle", "customer_id")


class Batch:
    """The people of one call, by the keys that identify them with certainty."""

    def __init__(self) -> None:
        self.by_key: dict[Key, Person] = {}
        self.identity_ids: dict[Key, int] = {}
        self.everybody: list[Person] = []
        self.to_merge: list[tuple[int, int]] = []

    def look_up(self, wanted: Sequence[Key]) -> None:
        """Load the customers that are known already: one statement for each kind of handle."""
        handles: dict[str, list[str]] = defaultdict(list)
        for kind, handle in dict.fromkeys(wanted):
            handles[kind].append(handle)
        people: dict[int, Person] = {}
        for kind, named in handles.items():
            for pk, handle, customer in _known(named, kind):
                self.identity_ids[kind, handle] = pk
                person = people.get(customer) or people.setdefault(customer, Person(customer))
                self.by_key[kind, handle] = person

    def person(self, owned: Sequence[Key]) -> Person:
        """The person who owns these keys; two people who share a key become one."""
        person: Person | None = None
        for key in owned:
            known = self.by_key.get(key)
            if known is not None:
                known = known.stands_for()
                person = known if person is None or person is known else self.join(person, known)
        if person is None:
            person = Person(None)
        for key in owned:
            self.by_key[key] = person
        return person

    def join(self, one: Person, other: Person) -> Person:
        """Make two people one; the one known longer stays."""
        if one.id is None or (other.id is not None and other.id < one.id):
            one, other = other, one
        other.same_as = one
        if other.id is not None and one.id is not None:
            self.to_merge.append((one.id, other.id))
        for part in ("name", "known_as", "segment", "organisation"):
            setattr(one, part, getattr(one, part) or getattr(other, part))
        one.told = one.told or other.told
        return one


@transaction.atomic
def identify(handles: Sequence[Handle]) -> list[tuple[int, int | None]]:
    """(customer id, identity id) for each handle, in order; an unknown handle makes a new customer.

    Same e-mail, or same handle on the same kind of channel: same person. No handle at all: a new anonymous
    customer with no identity. A constant number of statements for any number of handles, plus one merge for each
    pair of known customers that turns out to be one person.
    """
    owned = [keys(handle) for handle in handles]
    batch = Batch()
    batch.look_up([key for own in owned for key in own])
    speakers = []
    for handle, own in zip(handles, owned, strict=True):
        person = batch.person(own)
        person.hear(handle)
        speakers.append(person)
    for key in sorted(batch.by_key.keys() - batch.identity_ids.keys()):
        batch.by_key[key].stands_for().own(*key)
    people = list(dict.fromkeys(person.stands_for() for person in speakers))
    organisations = _organisations({person.organisation for person in people if person.organisation})
    _add_customers(people, organisations)
    _add_identities(batch)
    _fill_gaps(people, organisations)
    for kept, gone in batch.to_merge:
        merge(Customer.objects.get(pk=kept), Customer.objects.get(pk=gone), by=None)
    return [
        (person.stands_for().id or 0, batch.identity_ids.get(own[0]) if own else None)
        for person, own in zip(speakers, owned, strict=True)
    ]


def _organisations(names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    bulk.insert(Organisation, ["name", "domain"], [(name, "") for name in sorted(names)], new_only=True)
    return dict(Organisation.objects.filter(name__in=names).values_list("name", "pk"))


def _add_customers(people: list[Person], organisations: dict[str, int]) -> None:
    fresh = [person for person in people if person.id is None]
    since = stored.moment(clock.now())
    rows = []
    for person, pk in zip(fresh, bulk.reserve(Customer, len(fresh)), strict=True):
        person.id = pk
        organisation = organisations.get(person.organisation)
        rows.append((pk, person.name, person.known_as, organisation, person.segment, "", "{}", since))
    if rows:
        names = ["id", "name", "known_as", "organisation", "segment", "language", "fields", "since"]
        bulk.insert(Customer, names, rows)
        index_new()


def _add_identities(batch: Batch) -> None:
    """Write the new handles; another process may just have written the same one for somebody else: theirs stays."""
    # Sorted, so that two processes that write the same handles wait for each other and never in a circle.
    missing = sorted(key for key in batch.by_key if key not in batch.identity_ids)
    if not missing:
        return
    since = stored.moment(clock.now())
    rows = [
        (person.id, kind, handle, stem(kind, handle), person.name, since)
        for kind, handle in missing
        for person in (batch.by_key[kind, handle].stands_for(),)
    ]
    bulk.insert(Identity, ["customer", "kind", "handle", "stem", "name", "since"], rows, new_only=True)
    ours = {key: batch.by_key[key].stands_for() for key in missing}
    batch.look_up(missing)
    overtaken: dict[int, int] = {}
    for key, person in ours.items():
        theirs = batch.by_key[key].id
        if person.id is not None and theirs is not None and person.id != theirs:
            overtaken[person.id] = theirs
            person.id = theirs
    if overtaken:
        Customer.objects.filter(pk__in=overtaken, identities=None).delete()


def _fill_gaps(people: list[Person], organisations: dict[str, int]) -> None:
    """What we did not know of somebody and are told now; what we know stays."""
    told = {person.id: person for person in people if person.id and not person.fresh and person.told}
    if not told:
        return
    parts = ("name", "known_as", "segment", "organisation_id")
    changed = []
    for pk, *known in Customer.objects.filter(among("pk", told)).values_list("pk", *parts):
        person = told[pk]
        heard = (person.name, person.known_as, person.segment, organisations.get(person.organisation))
        now = [old or new for old, new in zip(known, heard, strict=True)]
        if now != known:
            changed.append(Customer(pk=pk, **dict(zip(parts, now, strict=True))))
    if changed:
        Customer.objects.bulk_update(changed, ["name", "known_as", "segment", "organisation"], batch_size=300)
