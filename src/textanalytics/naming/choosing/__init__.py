"""Which title each theme gets."""
