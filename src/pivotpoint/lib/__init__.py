"""Clock, safe outgoing calls, secrets, headers. Knows nothing of the domain."""
