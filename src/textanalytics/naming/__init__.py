"""Titles: the phrases that a theme's texts bear out, else the words that set it apart."""
