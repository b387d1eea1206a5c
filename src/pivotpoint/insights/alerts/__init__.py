"""Emerging: what rises now, who is told of it, what they say of the alert, and how good alerts have been.

In: the roll-ups of people by day, and the last hours' memberships. Out: Alert rows. Records: insights.alert_raised,
insights.alert_judged, insights.alert_calmed.
"""
