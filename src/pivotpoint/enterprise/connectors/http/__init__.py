"""Hand-offs to any HTTP system, as a mapping says."""
