"""One folder per kind of destination. The contract of `connectors/<kind>/connector.py`:

LABEL: what people call it. CONFIG: key → label of the settings it needs. SIGNED: whether it needs a secret of ours.
KEY: what people call the secret of the other side that it needs, or "".
FORGETS: whether `deliver` also takes a payload of the type quotes.erased: words to take out again after an erasure.
offers() -> {key: [(value, words)]}: only where a setting is chosen among what is here.
check(destination): MappingError or TransientError when a hand-off could not go out as it stands.
deliver(handoff, destination) -> Sent: idempotent by `handoff.key`; never inside a transaction.
hear(destination, {handoff: record}) -> [Heard]: only where we have to ask how a hand-off stands there.
read(destination, place) -> Part: only where people talk: what was said since `place`, and the next place.
"""

from pivotpoint.enterprise.connectors.contract import (
    Connector,
    Heard,
    MappingError,
    Part,
    Said,
    Sent,
    TransientError,
)
from pivotpoint.enterprise.connectors.find import called, find, kinds, offers

__all__ = [
    "Connector",
    "Heard",
    "MappingError",
    "Part",
    "Said",
    "Sent",
    "TransientError",
    "called",
    "find",
    "kinds",
    "offers",
]
