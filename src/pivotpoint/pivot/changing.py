"""Every change of a pivot happens inside `changing`: it becomes a version, or a proposal that somebody else looks at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from pivotpoint.accounts.models import Installation
from pivotpoint.accounts.permissions import user_of
from pivotpoint.journal.actor import actor_of
from pivotpoint.journal.record import record
from pivotpoint.pivot import opening
from pivotpoint.pivot.conditions.names import Names
from pivotpoint.pivot.content import apply, clashes, content, differences, merged
from pivotpoint.pivot.models import Pivot, PivotVersion, Proposal, ProposedChange
from pivotpoint.pivot.refused import Refused

FOUND = "As it was found."


class Proposed(Exception):
    """Nothing has changed yet: a second pair of eyes is asked for. Pages say so, the API answers 202."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(f"Proposed. {ASKED}")
        self.proposal = proposal


ASKED = "It counts once another person who may change pivots has approved it."


class _Waits(Exception):
    """Takes the changes back; nothing is wrong."""


@dataclass
class Changing:
    """One change of one or more pivots. `made` are the versions that came of it, once it is through, and `opened` the
    gates that it opens. `seen`: `looked` has seen how these pivots have worked (opening.py).
    """

    by: Any
    reason: str
    agreed: bool
    seen: bool = False
    looked: Any = None
    before: dict[int, tuple[Pivot, PivotVersion | None]] = field(default_factory=dict)
    made: list[PivotVersion] = field(default_factory=list)
    opened: list[opening.Opened] = field(default_factory=list)

    def watch(self, *pivots: Pivot) -> None:
        """Call it before the first change. A pivot that is not saved yet will have version 1."""
        known = {pivot.pk for pivot, _ in self.before.values() if pivot.pk}
        for pivot in pivots:
            if pivot.pk is None or pivot.pk not in known:
                self.before[id(pivot)] = (pivot, keep(pivot) if pivot.pk else None)

    def ended(self) -> Ended:
        """The pivots that are not what they were, with what they are now."""
        rows = [(_locked(pivot), base) for pivot, base in self.before.values() if pivot.pk]
        now = [(pivot, base, content(pivot)) for pivot, base in rows]
        return [(pivot, base, is_) for pivot, base, is_ in now if base is None or base.content != is_]


_now: ContextVar[Changing | None] = ContextVar("changing", default=None)


@contextmanager
def changing(
    *pivots: Pivot,
    by: Any,
    reason: str = "",
    agreed: bool = False,
    seen: bool = False,
    looked: Any = None,
    over: int | None = None,
) -> Iterator[Changing]:
    """One transaction. What it does to these pivots is a version of each; with two pairs of eyes it is taken back and
    proposed instead, unless it was `agreed`. Inside another one it belongs to that.

    When it opens a gate somebody must have `seen` how the pivot has worked: `looked`, where that is not `by`.

    `over`: the number of the version that whoever changes the first of `pivots` had before them. What others changed
    since stays as they made it; Refused when that is the same.
    """
    outer = _now.get()
    if outer is not None:
        outer.watch(*pivots)
        outer.seen = outer.seen or seen
        yield outer
        return
    change = Changing(by, reason.strip()[:300], agreed, seen, looked or by)
    token = _now.set(change)
    try:
        with transaction.atomic():
            change.watch(*pivots)
            yield change
            if over is not None:
                _beside_others(change, pivots[0], over)
            ended = change.ended()
            wider = [pivot for pivot, base, is_ in ended if base and opening.opens(base.content, is_)]
            change.opened = opening.demand_seen(wider, seen=change.seen)
            if ended and not agreed and Installation.here().two_pairs_of_eyes:
                ended = _by_name(ended)
                raise _Waits
            change.made = [_version(pivot, base, is_, by, change.reason) for pivot, base, is_ in ended]
            _note_opened(change)
    except _Waits:
        raise Proposed(_proposal(change, ended)) from None
    finally:
        _now.reset(token)


def _beside_others(change: Changing, pivot: Pivot, over: int) -> None:
    """Two people had the same page open: neither takes back, unseen, what the other has done."""
    seen = pivot.versions.filter(number=over).first()
    if seen is None:
        raise Refused(f"{pivot} has no version {over}.")
    latest = next(base for one, base in change.before.values() if base and one.pk == pivot.pk)
    if latest.content == seen.content:
        return
    row = _locked(pivot)
    wanted = content(row)
    if clash := clashes(seen.content, wanted, latest.content):
        what = ", ".join(clash)
        raise Refused(
            f"{latest.actor_name} has changed this meanwhile: {what}. Open the page anew to see it."
        )
    apply(row, merged(seen.content, wanted, latest.content))
    pivot.refresh_from_db()


Ended = list[tuple[Pivot, PivotVersion | None, dict[str, Any]]]


def _by_name(ended: Ended) -> Ended:
    """Rules that ask about a pivot which is only proposed name it: it has no id before it is approved."""
    made = {str(pivot.pk): pivot.name for pivot, base, _ in ended if base is None}
    names = Names()
    return [
        (pivot, base, is_ | ({"rules": names.unmade(is_["rules"], made)} if made and "rules" in is_ else {}))
        for pivot, base, is_ in ended
    ]


def _note_opened(change: Changing) -> None:
    """Who looked, and at which figures."""
    for one in change.opened:
        record("pivot.gate_opened", one.pivot, by=change.looked, seen=change.seen, **one.worked.as_dict())


def keep(pivot: Pivot, *, by: Any = None, reason: str = FOUND) -> PivotVersion:
    """The latest version; a new one when the pivot is not, or no longer, what that says. In the caller's transaction."""
    row = _locked(pivot)
    latest, now = row.versions.first(), content(row)
    return latest if latest and latest.content == now else _version(row, latest, now, by, reason)


def _locked(pivot: Pivot) -> Pivot:
    """Its row as it is now; nobody else makes a version of it before the transaction ends."""
    return Pivot.objects.select_for_update().get(pk=pivot.pk)


def _version(
    pivot: Pivot, base: PivotVersion | None, now: dict[str, Any], by: Any, reason: str
) -> PivotVersion:
    version = PivotVersion.objects.create(
        pivot=pivot,
        number=base.number + 1 if base else 1,
        content=now,
        difference=differences(base.content, now) if base else [],
        reason=reason,
        by=user_of(by),
        actor_name=actor_of(by).name,
    )
    record("pivot.version_made", version, by=by, pivot=pivot.pk, number=version.number, reason=reason)
    return version


@transaction.atomic
def _proposal(change: Changing, ended: Ended) -> Proposal:
    by = change.by
    proposal = Proposal.objects.create(reason=change.reason, by=user_of(by), actor_name=actor_of(by).name)
    for pivot, base, wanted in ended:
        # What was made inside went back with the transaction: a pivot without a version before is not there.
        there = Pivot.objects.filter(pk=pivot.pk).first() if base else None
        ProposedChange.objects.create(
            proposal=proposal,
            pivot=there,
            base=keep(there) if there else None,
            content=wanted,
            difference=differences(base.content, wanted) if base else [],
        )
    record("pivot.proposed", proposal, by=by, pivots=[str(pivot) for pivot, _, _ in ended])
    return proposal
