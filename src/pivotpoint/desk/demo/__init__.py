"""The demo: an invented company whose story is played through the product."""
