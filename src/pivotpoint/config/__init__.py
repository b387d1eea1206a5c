"""Settings, addresses and commands. Imports all, imported by none."""
