"""Which encoder makes the vectors of themes; others that are known here; a static one made from our own messages.

In: a model by name or folder, messages. Out: vectors. Records: listening.encoder_made, listening.encoder_live.
"""
