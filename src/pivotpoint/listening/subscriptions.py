"""What earlier stages tell listening, and what it does about it."""

from pivotpoint.customers.erase import before_erasing
from pivotpoint.listening.apart import follow_exchange
from pivotpoint.listening.reading import (
    unread as unread,  # what was read of an import is forgotten when it is taken back
)
from pivotpoint.listening.rereads.runs import forget
from pivotpoint.listening.rereads.swap import follows

before_erasing(forget)
follows(follow_exchange)
