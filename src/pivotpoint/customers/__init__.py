"""The system of record: who our customers are, on which channels, and what they allow us.

In: identities from channels. Out: distinct people. Records: customers.merged, customers.unmerged,
customers.consent_given, customers.consent_withdrawn, customers.merge_suggested, customers.erased.
"""
