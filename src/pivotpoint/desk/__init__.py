"""The staff's pages that span stages. Composes, decides nothing."""
