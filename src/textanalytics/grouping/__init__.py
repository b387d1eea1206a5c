"""How messages become themes: neighbours, communities, parts that say the same, and loyalty to what was known."""
