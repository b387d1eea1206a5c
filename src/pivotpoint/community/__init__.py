"""The customers' portal: tell us, follow it, you said we did. Also a channel."""
