"""What a person asked for and cannot have, in one sentence for them."""


class Refused(Exception):
    """The page shows the sentence; the API answers 409 with it."""
