"""Whose words they are: turns of a talk and quoted mails, so that only the customer's own are read."""
