"""Who sees which rows: what the `visible_to` of most querysets have in common."""

from __future__ import annotations

from typing import Any, ClassVar, Self


class SeenWith:
    """For a queryset whose rows everybody sees who has the permission `seen_with`.

    With `partner_sees`, the path to a function, a partner sees only the rows of their own function.
    """

    seen_with: ClassVar[str]
    partner_sees: ClassVar[str] = ""

    def visible_to(self, user: Any) -> Self:
        """The rows that a user or token may see; none without the permission."""
        rows: Any = self
        if not user.may(self.seen_with):
            return rows.none()  # type: ignore[no-any-return]
        if self.partner_sees and user.role == "partner":
            return rows.filter(**{self.partner_sees: user.team_id})  # type: ignore[no-any-return]
        return self
