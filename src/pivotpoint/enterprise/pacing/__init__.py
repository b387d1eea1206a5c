"""How fast a system is spoken to: its rate limit, pauses, and rounds of visits."""
