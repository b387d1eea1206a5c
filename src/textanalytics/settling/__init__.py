"""Themes that a title can be found for: who belongs to which."""
