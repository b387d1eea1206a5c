"""Words in their sentences: kinds, forms, phrases, what is denied, where something is; a corpus of texts read so."""
