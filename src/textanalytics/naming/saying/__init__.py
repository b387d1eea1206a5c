"""What the texts of a theme say, and what a phrase out of them is worth as a title."""
