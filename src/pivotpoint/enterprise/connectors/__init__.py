"""One folder per kind of destination. The contract of `connectors/<kind>/connector.py`:

LABEL: what people call it. CONFIG: key → label of the settings it needs. SIGNED: whether it needs a secret.
check(destination): MappingError or TransientError when a hand-off could not go out as it stands.
deliver(handoff, destination) -> Sent: idempotent by `handoff.key`; never inside a transaction.
"""

from pivotpoint.enterprise.connectors.contract import Connector, MappingError, Sent, TransientError
from pivotpoint.enterprise.connectors.find import find, kinds

__all__ = ["Connector", "MappingError", "Sent", "TransientError", "find", "kinds"]
