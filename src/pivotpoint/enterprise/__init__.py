"""The systems that act: connectors deliver hand-offs and bring answers back.

In: queued hand-offs. Out: attempts, answers to loops. Records: nothing of its own; pivot.handoff_* through pivot's verbs.
"""
