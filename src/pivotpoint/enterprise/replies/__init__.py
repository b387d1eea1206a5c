"""Replies to hand-offs by e-mail: read in a mailbox, understood, written down as answers."""
