"""A task in the list of a team that works here."""
