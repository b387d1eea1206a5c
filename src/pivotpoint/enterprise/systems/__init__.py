"""The systems that we speak to: how it goes with each, whether it can be reached, and what it would be sent."""
