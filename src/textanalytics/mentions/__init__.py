"""What a text names: products, places, amounts, dates, numbers; by rules and by an organisation's own names."""
