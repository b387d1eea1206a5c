"""Named hand-off points, their rules and gates, and the loops that travel through them.

In: insights that opened or climbed. Out: hand-offs for enterprise, stages for experiences, escalations.
Records: what events.py lists, one event for each thing that happened to a pivot, passage, loop or hand-off.
"""
