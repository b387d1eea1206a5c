"""What earlier stages tell listening, and what it does about it."""

from pivotpoint.customers.erase import before_erasing
from pivotpoint.listening.rereads.runs import forget

before_erasing(forget)
