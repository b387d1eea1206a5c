"""What an insight rests on: quotes, what people feel about each thing they name, parts of messages about it."""
