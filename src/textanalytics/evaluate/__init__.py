"""Figures of every analyser on a labelled table that you have: `python -m textanalytics evaluate NAME FILE`."""
