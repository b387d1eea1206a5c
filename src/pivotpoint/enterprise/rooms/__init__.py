"""The room of an insight's response community in another system: made on demand, its talk goes both ways."""
