"""The people inside find each other and act together: one room per insight.

In: insights, loops. Out: tasks, decisions, comments. Records: collaboration.commented, collaboration.task_added,
collaboration.task_done, collaboration.decided, collaboration.asked, collaboration.joined.
"""
