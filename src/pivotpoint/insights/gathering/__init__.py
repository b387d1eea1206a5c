"""Read messages gather into themes: those that mean the same join, and a consolidation brings all themes in order."""
