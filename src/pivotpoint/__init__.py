"""Pivotpoint: from a customer's words to a changed process to that customer knowing."""

__version__ = "0.1.0"
