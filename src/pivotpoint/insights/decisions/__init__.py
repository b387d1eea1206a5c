"""What people decide about themes and insights. Each decision is a row, holds in every later run and can be undone."""
