"""The systems that act: connectors deliver hand-offs, bring answers back and keep customers the same on both sides.

In: queued hand-offs. Out: attempts, answers to loops. Records: enterprise.customer_kept, enterprise.conflict_settled,
and pivot.handoff_* through pivot's verbs.
"""
