"""Base templates, components, static files."""
