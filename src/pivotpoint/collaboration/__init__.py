"""The people inside find each other and act together: one room per insight.

In: insights, loops, hand-offs. Out: tasks, decisions, comments, answers to hand-offs. Records: what events.py lists.
"""
