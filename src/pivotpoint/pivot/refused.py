"""Something cannot be done as asked."""

from __future__ import annotations

from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """One sentence for the person who asked; nothing was changed. The API answers 422 with it."""

    def __str__(self) -> str:
        return " ".join(self.messages)
