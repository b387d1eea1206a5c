"""What a connector gives and what can go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pivotpoint.enterprise.policy import Field
from pivotpoint.pivot.models import Destination, Handoff


@dataclass(frozen=True)
class Sent:
    """What the destination said when it took the hand-off. `record` is how its connector finds it again;
    `customer` and `customer_record` say whose record there it was made for.
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
    """A record that is there already, made by somebody else: as `Sent` would name it. `loop`: the one of ours that it
    belongs to, where the connector knows.
    """

    record: str
    external_ref: str
    external_url: str = ""
    loop: int = 0


@dataclass(frozen=True)
class Heard:
    """How a hand-off's record stands there, and what that answers (pivot.answers) if anything."""

    handoff: Handoff
    record: str
    state: str
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True)
class Said:
    """What somebody there said to the hand-off that became `record`. `key` is its own id: read twice it is one answer."""

    record: str
    key: str
    outcome: str
    note: str
    who: str


@dataclass(frozen=True)
class Part:
    """What is new since the last place. `found`: key of a hand-off → the record that it turned out to have become.

    `place` is where to read on, in words of the connector's own; it is kept when all of this was written down.
    """

    said: Sequence[Said]
    found: Mapping[str, str]
    place: str


@dataclass(frozen=True)
class Rehearsal:
    """A try, as a person reads it: the request without its secrets, the answer, what it has become, what is wrong."""

    request: str = ""
    answer: str = ""
    reference: str = ""
    url: str = ""
    wrong: str = ""


class Failed(Exception):
    """`status` and `response` are what came back, for the attempt's row."""

    def __init__(self, message: str, *, status: str = "", response: str = "") -> None:
        super().__init__(message)
        self.status, self.response = status, response


class TransientError(Failed):
    """It may work later: tried again, ever more slowly. `wait` is what the destination asked for, in seconds."""

    def __init__(self, message: str, *, status: str = "", response: str = "", wait: float = 0) -> None:
        super().__init__(message, status=status, response=response)
        self.wait = wait


class MappingError(Failed):
    """It will never work as it stands: a person must change something, then replay."""


class NotTheirs(Exception):
    """An answer that is not signed as the destination's are."""


class Connector(Protocol):
    LABEL: str
    CONFIG: dict[str, str]
    SIGNED: bool
    KEY: str
    FORGETS: bool

    def check(self, destination: Destination) -> None: ...

    def deliver(self, handoff: Handoff, destination: Destination) -> Sent: ...


Choices = Mapping[str, Sequence[tuple[str, str]]]
"""By setting: the values that it may have, each with its words."""


@runtime_checkable
class Offers(Protocol):
    """A connector some of whose settings are chosen among what is here, and not written."""

    def offers(self) -> Choices: ...


@runtime_checkable
class Listens(Protocol):
    """A connector whose destination does not answer by itself, so that we ask (enterprise/poll.py)."""

    def hear(self, destination: Destination, handoffs: Mapping[Handoff, str]) -> list[Heard]: ...


@runtime_checkable
class Adopts(Protocol):
    """A connector that finds a record by what people there call it, so that a loop can go on with it."""

    def find_record(self, destination: Destination, reference: str) -> There: ...


@runtime_checkable
class Binds(Protocol):
    """A connector whose records are rows of ours: a record that is taken is tied to the hand-off, in its transaction."""

    def bind(self, handoff: Handoff, record: str) -> None: ...


@runtime_checkable
class Chooses(Protocol):
    """A connector with FORGETS that can pass an erasure on only as its destination is set."""

    def forgets(self, destination: Destination) -> bool: ...


@runtime_checkable
class Reads(Protocol):
    """A connector whose destination is a place where people talk, so that we read on (enterprise/read.py)."""

    def read(self, destination: Destination, place: str) -> Part: ...


@dataclass(frozen=True)
class Made:
    """A room that was made there: its id, and the address at which people find it."""

    place: str
    url: str


@dataclass(frozen=True)
class Uttered:
    """Something said in a room of ours. `key` says what it is here when we said it ourselves."""

    event: str
    who: str
    text: str
    key: str = ""


@runtime_checkable
class Gathers(Protocol):
    """A connector whose account can make rooms for people who talk (enterprise/rooms). Everything may be asked twice."""

    def gather(self, destination: Destination, name: str, title: str, about: str) -> Made: ...

    def rename(self, destination: Destination, place: str, title: str, about: str) -> None: ...

    def ask_in(self, destination: Destination, place: str, name: str) -> None: ...

    def show_out(self, destination: Destination, place: str, name: str) -> None: ...

    def say(self, destination: Destination, place: str, key: str, text: str, thread: str) -> str: ...

    def overhear(self, destination: Destination, place: str, heard: str) -> tuple[list[Uttered], str]: ...

    def shut(self, destination: Destination, place: str, closed: bool) -> None: ...


@runtime_checkable
class Understands(Protocol):
    """A connector whose destination answers in its own words at /hooks/<id>/. NotTheirs when somebody else does."""

    def understand(
        self, destination: Destination, body: bytes, headers: Mapping[str, str]
    ) -> Heard | None: ...


@runtime_checkable
class Rehearses(Protocol):
    """A connector that can show what it would ask. Only with `send` it makes something there."""

    def rehearse(self, destination: Destination, send: bool) -> Rehearsal: ...


@runtime_checkable
class KeepsCustomers(Protocol):
    """A connector whose destination has a record of each customer, kept the same field by field (enterprise/keep.py)."""

    def customer_fields(self, destination: Destination) -> list[Field]: ...

    def read_customers(
        self, destination: Destination, records: Sequence[str], fields: Sequence[Field]
    ) -> dict[str, dict[str, str]]: ...

    def write_customer(self, destination: Destination, record: str, values: Mapping[Field, str]) -> None: ...
