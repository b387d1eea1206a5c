"""The contract of connectors: what they take, what they return and what they raise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pivotpoint.enterprise.policy import Field
from pivotpoint.pivot.models import Destination, Handoff


@dataclass(frozen=True)
class Sent:
    """The destination has taken the hand-off. `record` is the id by which the connector finds it again. `customer`
    is our customer for whom it was made, `customer_record` that customer's record there.
    """

    external_ref: str = ""
    external_url: str = ""
    status: str = ""
    response: str = ""
    record: str = ""
    customer: int = 0
    customer_record: str = ""


@dataclass(frozen=True)
class There:
    """A record that already exists there and that we did not make; its fields are those of `Sent`. `loop` is the id
    of our loop that it belongs to, if the connector knows it.
    """

    record: str
    external_ref: str
    external_url: str = ""
    loop: int = 0


@dataclass(frozen=True)
class Heard:
    """The state of a hand-off's record there. `outcome` is the answer that this means (pivot.answers), or ""."""

    handoff: Handoff
    record: str
    state: str
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True)
class Said:
    """What somebody there answered to the hand-off that became `record`. `key` is the message's own id, so that
    reading it twice gives one answer."""

    record: str
    key: str
    outcome: str
    note: str
    who: str


@dataclass(frozen=True)
class Part:
    """What `read` found since the last place. `found` maps the key of a hand-off to the record that it became.

    `place` is where to read on; only the connector understands it. It is stored once everything above is stored.
    """

    said: Sequence[Said]
    found: Mapping[str, str]
    place: str


@dataclass(frozen=True)
class Rehearsal:
    """A dry run for people to read: the request without secrets, the answer, the record made, and what is wrong (""
    when nothing is)."""

    request: str = ""
    answer: str = ""
    reference: str = ""
    url: str = ""
    wrong: str = ""


class Failed(Exception):
    """A hand-off failed. `status` and `response` are what came back, for the row of the attempt."""

    def __init__(self, message: str, *, status: str = "", response: str = "") -> None:
        super().__init__(message)
        self.status, self.response = status, response


class TransientError(Failed):
    """It may work later: retried with growing delays. `wait` is what the destination asked for, in seconds."""

    def __init__(self, message: str, *, status: str = "", response: str = "", wait: float = 0) -> None:
        super().__init__(message, status=status, response=response)
        self.wait = wait


class MappingError(Failed):
    """It cannot work as it is: a person must change something and then replay the hand-off."""


class NotTheirs(Exception):
    """An incoming answer whose signature is not the destination's."""


class Connector(Protocol):
    """The module `connectors/<kind>/connector.py`: what every kind of destination has."""

    LABEL: str
    """What people call the kind."""
    CONFIG: dict[str, str]
    """The settings that a destination needs: key → label."""
    SIGNED: bool
    """Whether requests are signed with a secret that we make."""
    KEY: str
    """What people call the secret that the other side gave us; "" when none is needed."""
    FORGETS: bool
    """Whether `deliver` also takes `quotes.erased`: texts to remove there after an erasure."""

    def check(self, destination: Destination) -> None:
        """Raise MappingError or TransientError if a hand-off could not be delivered as things are."""

    def deliver(self, handoff: Handoff, destination: Destination) -> Sent:
        """Deliver; the same `handoff.key` again makes no second record. Never called inside a transaction."""
        ...


Choices = Mapping[str, Sequence[tuple[str, str]]]
"""By setting: the values that it may have, each with its words."""


@runtime_checkable
class Offers(Protocol):
    """A connector some of whose settings are chosen among what is here, and not written."""

    def offers(self) -> Choices:
        """The values of those settings that are chosen, each with the words for it."""
        ...


@runtime_checkable
class Listens(Protocol):
    """A connector whose destination must be polled for answers (enterprise/poll.py)."""

    def hear(self, destination: Destination, handoffs: Mapping[Handoff, str]) -> list[Heard]:
        """The state of each hand-off's record (`handoffs` maps to the record); deleted ones are left out."""
        ...


@runtime_checkable
class Adopts(Protocol):
    """A connector that finds an existing record by the reference that people use, so that a loop can continue with
    it."""

    def find_record(self, destination: Destination, reference: str) -> There:
        """The record that people call `reference`; MappingError when there is none."""
        ...


@runtime_checkable
class Binds(Protocol):
    """A connector whose records are rows of our own database: `bind` ties one to the hand-off in the same
    transaction."""

    def bind(self, handoff: Handoff, record: str) -> None:
        """Tie the row to the hand-off, in the caller's transaction."""


@runtime_checkable
class Chooses(Protocol):
    """A connector with FORGETS for which it depends on the destination's settings whether an erasure can be passed
    on."""

    def forgets(self, destination: Destination) -> bool:
        """Whether erased texts can be removed there."""
        ...


@runtime_checkable
class Reads(Protocol):
    """A connector whose destination is a place where people talk, so that we read new messages
    (enterprise/read.py)."""

    def read(self, destination: Destination, place: str) -> Part:
        """What was said since `place` ("" at first), and the next place."""
        ...


@dataclass(frozen=True)
class Made:
    """A room that was made there: its id, and the address at which people find it."""

    place: str
    url: str


@dataclass(frozen=True)
class Uttered:
    """A message in a room that we made. `key` is our own id of it when we posted it, else ""."""

    event: str
    who: str
    text: str
    key: str = ""


@runtime_checkable
class Gathers(Protocol):
    """A connector whose account can make chat rooms (enterprise/rooms). Every method must be idempotent."""

    def gather(self, destination: Destination, name: str, title: str, about: str) -> Made:
        """Make a room, or find the one that an earlier attempt made under this `name`."""
        ...

    def rename(self, destination: Destination, place: str, title: str, about: str) -> None:
        """Set the title and the topic of a room."""

    def ask_in(self, destination: Destination, place: str, name: str) -> None:
        """Invite a person."""

    def show_out(self, destination: Destination, place: str, name: str) -> None:
        """Remove a person."""

    def say(self, destination: Destination, place: str, key: str, text: str, thread: str) -> str:
        """Post `text`, in the thread of the event `thread` unless that is ""; returns the event's id there."""
        ...

    def overhear(self, destination: Destination, place: str, heard: str) -> tuple[list[Uttered], str]:
        """What was posted since `heard`, oldest first, and the place to read on from."""
        ...

    def shut(self, destination: Destination, place: str, closed: bool) -> None:
        """Make a room read-only, or open it again."""


@runtime_checkable
class Understands(Protocol):
    """A connector whose destination posts answers in its own format to /hooks/<id>/. Raises NotTheirs when the
    signature is not the destination's."""

    def understand(self, destination: Destination, body: bytes, headers: Mapping[str, str]) -> Heard | None:
        """What the body says of one of our hand-offs, or None when it is about none."""
        ...


@runtime_checkable
class Rehearses(Protocol):
    """A connector that can show the request it would send. It makes a record there only with `send`."""

    def rehearse(self, destination: Destination, send: bool) -> Rehearsal:
        """Show the request that a hand-off would be; with `send`, make a record marked as a test."""
        ...


@runtime_checkable
class KeepsCustomers(Protocol):
    """A connector whose destination has customer records, which are kept in sync field by field
    (enterprise/keep.py)."""

    def customer_fields(self, destination: Destination) -> list[Field]:
        """The fields that are kept in sync."""
        ...

    def read_customers(
        self, destination: Destination, records: Sequence[str], fields: Sequence[Field]
    ) -> dict[str, dict[str, str]]:
        """Values by record and our field name, "" where there is none; deleted records are left out."""
        ...

    def write_customer(self, destination: Destination, record: str, values: Mapping[Field, str]) -> None:
        """Write these fields of one record."""
