"""How fast a system is spoken to: its rate limit, and pauses."""
