"""Wider themes: themes that are about one thing, under stable ids, with the people of all of them."""
