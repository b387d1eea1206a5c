"""What earlier stages tell the assistant, and what it does about it."""

from pivotpoint.assistant.erased import forget
from pivotpoint.customers.erase import before_erasing

before_erasing(forget)
