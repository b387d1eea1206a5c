"""Larkfield itself: its people, channels and pivots, made by the product's own operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password

from pivotpoint.accounts.first_run import is_set_up
from pivotpoint.accounts.functions import make_functions
from pivotpoint.accounts.models import Installation, Team, User
from pivotpoint.accounts.people import invite
from pivotpoint.accounts.set_up import set_up
from pivotpoint.channels.models import Channel
from pivotpoint.desk.demo.people import PASSWORD, STAFF
from pivotpoint.pivot import edit
from pivotpoint.pivot.models import Pivot

MAIL = "larkfield.example"
CHANNELS = {
    "form": (
        "Web form",
        "form",
        "Hear what goes wrong after a purchase, before it becomes a review.",
        "free",
    ),
    "mail": ("E-mail", "email", "Answer where customers already write.", "approved"),
    "social": ("Social", "social", "Hear what is said about us where nobody writes to us.", "none"),
    "review": ("Reviews", "review", "Know what future customers read.", "none"),
    "call": ("Call notes", "call", "Keep what is said on the phone from being forgotten.", "approved"),
}
PIVOTS = (
    ("Billing → Finance", "finance", "ines", "open", "Days to credit", "Repeat contacts about money", 0.5),
    (
        "Deliveries → Supply chain",
        "supply",
        "joris",
        "checked",
        "Parcels traced within a day",
        "Parcels asked about",
        0.5,
    ),
    (
        "Machines and app → Product",
        "product",
        "tove",
        "checked",
        "Days to a fix",
        "Complaints per 1,000 machines",
        0.4,
    ),
    ("Campaigns → Marketing", "marketing", "milo", "checked", "Days to correct a campaign", "", 0.5),
    ("Orders → Sales", "sales", "greta", "checked", "", "Checkouts given up", 0.4),
    (
        "Hotline → Service",
        "service",
        "henk",
        "open",
        "Calls answered in two minutes",
        "People who tried in vain",
        0.5,
    ),
)


@dataclass
class House:
    """Who and what the story acts with, by short key."""

    users: dict[str, User]
    teams: dict[str, Team]
    channels: dict[str, Channel]
    pivots: dict[str, Pivot]


def build(company: dict[str, Any]) -> House:
    """Set the installation up, or add what the story needs to the one that is there."""
    # Only in a demo of its own do people have the published password; elsewhere nobody can log in as them.
    password = make_password(None if is_set_up() else PASSWORD)
    admin = _administrator(company)
    teams = make_functions()
    users = {"ada": admin} | {c.key: _join(c, teams, admin, password) for c in STAFF if c.key != "ada"}
    _lead_teams(teams, users)
    channels = {key: _channel(*words) for key, words in CHANNELS.items()}
    return House(users, teams, channels, _pivots(teams, users))


def _administrator(company: dict[str, Any]) -> User:
    if is_set_up():
        here = Installation.here()
        here.brand_names = sorted({*here.brand_names, *company["brand_names"]})
        here.save(update_fields=["brand_names"])
        return User.objects.active().filter(role="administrator").order_by("pk")[0]
    user = set_up(
        organisation=company["name"],
        brand_names=company["brand_names"],
        functions=list(make_functions()),
        name=STAFF[0].name,
        email=f"{STAFF[0].key}@{MAIL}",
        password=PASSWORD,
    )
    Installation.objects.update(rival_names=company["rival_names"])
    return user


def _join(colleague: Any, teams: dict[str, Team], admin: User, password: str) -> User:
    email = f"{colleague.key}@{MAIL}"
    known = User.objects.get_queryset().filter(email=email).first()
    if known:
        return known
    team = teams.get(colleague.function)
    user = invite(email=email, name=colleague.name, role=colleague.role, team=team, by=admin)
    user.password = password
    user.save(update_fields=["password"])
    return user


def _lead_teams(teams: dict[str, Team], users: dict[str, User]) -> None:
    for colleague in STAFF:
        if colleague.role == "owner" and teams[colleague.function].lead_id is None:
            teams[colleague.function].lead = users[colleague.key]
            teams[colleague.function].save(update_fields=["lead"])


def _channel(name: str, kind: str, goal: str, notices: str) -> Channel:
    replies = "none" if notices == "none" else "free"
    return Channel.objects.get_or_create(
        name=name, defaults={"kind": kind, "goal": goal, "notices": notices, "replies": replies}
    )[0]


def _pivots(teams: dict[str, Team], users: dict[str, User]) -> dict[str, Pivot]:
    """One pivot a function: enough different people, and enough of them upset or asking for something."""
    made = {}
    for name, function, owner, gate, inside, outside, share in PIVOTS:
        pivot = Pivot.objects.filter(name=name).first()
        if pivot is None:
            fields = {
                "name": name,
                "team": teams[function],
                "owner": users[owner],
                "gate": gate,
                "inside_measure": inside,
                "outside_measure": outside,
            }
            conditions = [
                {"field": "function", "op": "is", "value": function},
                {"field": "people", "op": "at_least", "value": 3},
                {"field": "negative_share", "op": "at_least", "value": round(100 * share)},
            ]
            pivot = edit.save(fields, by=users["maren"], rules=[{"match": "all", "conditions": conditions}])
            edit.save_destination(
                pivot,
                name=f"{teams[function].name}'s tasks",
                kind="tasks",
                config={"team": function},
                by=users["maren"],
            )
        made[function] = pivot
    return made
