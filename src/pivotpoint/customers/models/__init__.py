from pivotpoint.customers.models.consent import Consent, Purpose
from pivotpoint.customers.models.customer import Customer, Organisation
from pivotpoint.customers.models.identity import Identity
from pivotpoint.customers.models.merge import Merge, MergeSuggestion, SuggestionMark

__all__ = [
    "Consent",
    "Customer",
    "Identity",
    "Merge",
    "MergeSuggestion",
    "Organisation",
    "Purpose",
    "SuggestionMark",
]
