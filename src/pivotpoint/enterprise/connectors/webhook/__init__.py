"""A signed HTTP call (Standard Webhooks)."""
