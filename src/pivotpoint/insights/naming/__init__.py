"""What themes are called: the texts that they are named from, in which language these are, and titles in people's words."""
