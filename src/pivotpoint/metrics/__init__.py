"""Both sides measured: the ledger, loop honesty."""
