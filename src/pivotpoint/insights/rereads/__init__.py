"""Themes when a history is read anew or the encoder changes: what would move, shown before; and what moves then."""
