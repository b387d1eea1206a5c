"""Pure text analytics: strings and arrays in, arrays and frozen dataclasses out.

No Django, no network, no clock. Every random choice takes an explicit seed; the same input gives the same bytes.
"""
