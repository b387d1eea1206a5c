"""Messages that mean the same become themes; different people behind them make rungs; actionable themes are insights.

In: readings. Out: insights with people, speed, onset and severity. Records: insights.opened, insights.became_pattern,
insights.became_trend, insights.fell_a_rung, insights.merged, insights.split, insights.renamed, insights.undone; what
rises is in alerts/.
"""
