"""Events for systems that want to know at once: signed webhooks, each a row with retries and a dead letter."""
