"""The business functions that an installation begins with."""

from __future__ import annotations

from pivotpoint.accounts.models import Team

FUNCTIONS: dict[str, tuple[str, str]] = {
    "service": ("Service", "Se"),
    "sales": ("Sales", "Sa"),
    "marketing": ("Marketing", "Ma"),
    "product": ("Product", "Pr"),
    "finance": ("Finance", "Fi"),
    "supply": ("Supply chain", "Su"),
}


def make_functions(keys: list[str] | None = None) -> dict[str, Team]:
    """The teams for `keys` (all six by default), by key; those that exist stay as they are."""
    wanted = [key for key in FUNCTIONS if keys is None or key in keys]
    return {
        key: Team.objects.get_or_create(
            key=key, defaults={"name": FUNCTIONS[key][0], "mark": FUNCTIONS[key][1], "position": position}
        )[0]
        for position, key in enumerate(wanted)
    }
