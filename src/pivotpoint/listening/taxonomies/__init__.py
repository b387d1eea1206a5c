"""An organisation's own classes of a message: made, taught, given as tags, and judged by people."""
