"""What other systems say of a hand-off: asked for, read where people talk, or sent to our door."""
