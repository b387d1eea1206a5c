"""People behind a theme: counted once each, by channel, day and what they say; and the rung that they make."""
