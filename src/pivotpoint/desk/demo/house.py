"""Larkfield itself: its people, channels and pivots, made by the product's own operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from pivotpoint.accounts.first_run import is_set_up
from pivotpoint.accounts.functions import make_functions
from pivotpoint.accounts.leave import leave
from pivotpoint.accounts.models import Installation, Team, User
from pivotpoint.accounts.people import invite
from pivotpoint.accounts.set_up import set_up
from pivotpoint.channels.models import Channel
from pivotpoint.desk.demo.people import PASSWORD, STAFF
from pivotpoint.pivot import edit
from pivotpoint.pivot.models import Pivot

MAIL = "larkfield.example"
BOARD = "Warehouse board"
CHANNELS = {
    "form": (
        "Web form",
        "form",
        "free",
        "Hear what goes wrong after a purchase, before it becomes a review.",
    ),
    "mail": ("E-mail", "email", "approved", "Answer where customers already write."),
    "portal": (
        "Portal",
        "portal",
        "free",
        "Let people follow what became of their words, without an account.",
    ),
    "app": ("App feedback", "api", "approved", "Hear it while they stand in front of the machine."),
    "social": ("Social", "social", "none", "Hear what is said about us where nobody writes to us."),
    "review": ("Reviews", "review", "none", "Know what future customers read."),
    "survey": ("After delivery", "survey", "none", "Learn about the deliveries that nobody complains about."),
    "call": ("Call notes", "call", "approved", "Keep what is said on the phone from being forgotten."),
}
"""By key: name, kind, policy for notices, and why it is open. Where no notice goes out, no reply does."""
PIVOTS = (
    ("Billing → Finance", "finance", "ines", "open", "Days to credit", "Repeat contacts about money", 40),
    (
        "Deliveries → Operations",
        "supply",
        "joris",
        "checked",
        "Parcels traced in a day",
        "Parcels asked about",
        40,
    ),
    ("Machines and app → Product", "product", "tove", "checked", "Days to a fix", "Complaints per 1,000", 40),
    ("Campaigns → Marketing", "marketing", "milo", "checked", "Days to correct a campaign", "", 40),
    ("Orders → Sales", "sales", "greta", "checked", "", "Checkouts given up", 40),
    ("Hotline → Service", "service", "henk", "checked", "Calls answered in two minutes", "Tried in vain", 50),
)
"""Name, function, owner, gate, inside and outside measure, and the share of negative messages that it wants."""
MONEY = ["charge", "debit", "payment", "refund", "abbuch", "erstattung"]
"""What passes by itself has to be about this, so that nothing else slips through the open gate."""
CHECKOUT = ["gift card", "checkout", "gutschein"]
"""What is the shop's, whatever function the product reads in it."""
WISHES = ("Wishes → Product", "tove", "capsule, capsules, kapseln")


@dataclass
class House:
    """Who and what the story acts with, by short key."""

    users: dict[str, User]
    teams: dict[str, Team]
    channels: dict[str, Channel]
    pivots: dict[str, Pivot]

    @property
    def agents(self) -> dict[int, User]:
        """Those who answer customers, by id."""
        return {user.pk: user for user in self.users.values() if user.role == "agent"}


@transaction.atomic
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


def _channel(name: str, kind: str, notices: str, goal: str) -> Channel:
    replies = "none" if notices == "none" else "free"
    return Channel.objects.get_or_create(
        name=name, defaults={"kind": kind, "goal": goal, "notices": notices, "replies": replies}
    )[0]


def _pivots(teams: dict[str, Team], users: dict[str, User]) -> dict[str, Pivot]:
    """One pivot a function: enough different people, and enough of them upset. Wishes are only collected."""
    made = {}
    for name, function, owner, gate, inside, outside, share in PIVOTS:
        fields: dict[str, Any] = {"gate": gate, "inside_measure": inside, "outside_measure": outside}
        conditions: list[dict[str, Any]] = [
            {"field": "function", "op": "is", "value": function},
            {"field": "people", "op": "at_least", "value": 5},
            {"field": "negative_share", "op": "at_least", "value": share},
        ]
        if gate == "open":
            conditions.append({"field": "about", "op": "contains", "value": MONEY})
        fields |= {"name": name, "team": teams[function], "owner": users[owner]}
        rules = [conditions]
        if function == "sales":
            rules.append([conditions[1], {"field": "about", "op": "contains", "value": CHECKOUT}])
        made[function] = _pivot(fields, rules, users["maren"])
    name, owner, words = WISHES
    fields = {"name": name, "team": teams["product"], "owner": users[owner], "gate": "closed"}
    conditions = [
        {"field": "people", "op": "at_least", "value": 3},
        {"field": "about", "op": "contains", "value": [word.strip() for word in words.split(",")]},
    ]
    _pivot(fields, [conditions], users["maren"])
    return made


def _pivot(fields: dict[str, Any], rules: list[list[dict[str, Any]]], by: User) -> Pivot:
    pivot = Pivot.objects.filter(name=fields["name"]).first()
    if pivot is None:
        pivot = edit.save(fields, by=by, rules=[{"match": "all", "conditions": each} for each in rules])
        team = fields["team"]
        config = {"team": team.key}
        edit.save_destination(pivot, name=f"{team.name} tasks", kind="tasks", config=config, by=by)
    return pivot


def rolf_leaves(house: House) -> None:
    """He leaves, Bo takes over; and one destination still names him, which somebody has to find."""
    pivot, rolf = house.pivots["supply"], house.users["rolf"]
    if rolf.left_at is None and not pivot.destinations.filter(name=BOARD).exists():
        config = {"team": "supply", "owner": rolf.email}
        edit.save_destination(pivot, name=BOARD, kind="tasks", config=config, by=house.users["maren"])
        leave(rolf, house.users["bo"], by=house.users["ada"])
