"""The loops behind a figure of the friction map: what the address of the list of loops can ask besides its views."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from pivotpoint.accounts.models import User
from pivotpoint.lib import clock
from pivotpoint.lib.among import among
from pivotpoint.pivot import bounces
from pivotpoint.pivot.friction import DAYS, PLACES
from pivotpoint.pivot.friction.places import place_of
from pivotpoint.pivot.models import Loop
from pivotpoint.pivot.visits import Visit, visits

HOPS = {place.key: place for place in PLACES if place.stages}
NAMES = ("hop", "left", "bounced", "owner", "within")


def asked(given: Mapping[str, str]) -> dict[str, str]:
    """What of it means anything; in the form of an address."""
    known = {
        "hop": given.get("hop") in HOPS,
        "left": given.get("left") in HOPS,
        "bounced": given.get("bounced") in {"any", "loops", *bounces.KINDS},
        "owner": _number(given.get("owner", "")) > 0,
        "within": 0 < _number(given.get("within", "")) <= 730,
    }
    return {name: given[name] for name in NAMES if known[name]}


def narrowed(rows: QuerySet[Loop], given: Mapping[str, str]) -> QuerySet[Loop]:
    """`hop`: now on it. `left`: left it in the last days. `bounced`: in this way. `owner`: theirs."""
    wish = asked(given)
    since = clock.now() - timedelta(days=_number(wish.get("within", "")) or DAYS)
    if "hop" in wish:
        rows = rows.filter(closed_at=None, stage__in=HOPS[wish["hop"]].stages)
    if "owner" in wish:
        rows = rows.filter(owner=int(wish["owner"]))
    if "left" in wish:
        gone = {v.loop for v in visits(since) if v.left and v.left >= since and _is(v, wish["left"])}
        rows = rows.filter(among("pk", sorted(gone)))
    if "bounced" in wish:
        rows = rows.filter(opened_at__gte=since)
        kinds = {"any": list(bounces.KINDS), "loops": []}.get(wish["bounced"], [wish["bounced"]])
        if kinds:
            rows = rows.filter(_any_of(kinds))
    return rows


def _is(visit: Visit, key: str) -> bool:
    return place_of(visit.stage, visit.to) == key


def words(given: Mapping[str, str]) -> str:
    """The same as a sentence; nothing when nothing is asked."""
    wish, said = asked(given), []
    days = _number(wish.get("within", "")) or DAYS
    if "hop" in wish:
        said.append(f"between {HOPS[wish['hop']].start} and {HOPS[wish['hop']].end}")
    if "left" in wish:
        said.append(f"that came from {HOPS[wish['left']].start} to {HOPS[wish['left']].end} in {days} days")
    if "bounced" in wish:
        kind = {"any": "bounced", "loops": "all"}.get(wish["bounced"]) or bounces.KINDS[
            wish["bounced"]
        ].lower()
        said.append(f"opened in the last {days} days: {kind}")
    if "owner" in wish:
        owner = User.objects.get_queryset().filter(pk=int(wish["owner"])).first()
        said.append(f"of {owner}" if owner else "of nobody")
    return ", ".join(said)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _any_of(kinds: list[str]) -> Q:
    return reduce(or_, (bounces.kind_q(kind) for kind in kinds))
