"""Titles and draft answers from a language model that the organisation chooses: off until it is, and never needed.

In: masked words of customers, one request each. Out: suggestions, which a person approves, edits or throws away.
Records: assistant.changed, assistant.asked, assistant.decided.
"""
