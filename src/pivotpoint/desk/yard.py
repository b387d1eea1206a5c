"""The drawing of the switchyard: people as the width of lines, from the channels to the business and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from pivotpoint.channels.models import Channel
from pivotpoint.desk.flows import Flows
from pivotpoint.desk.tracks import SHIFT, path
from pivotpoint.pivot.models import Gate, Pivot

MIDDLE = 236.0
LEFT, STATION, FAN, GOODS, BOX = 118.0, 420.0, 520.0, 948.0, 126.0
TOP, BOTTOM, ROW = 50.0, 424.0, 62.0
BACK_ANSWERED, BACK_TOLD = 498.0, 552.0
CHANGED, TOLD, END = 850.0, 510.0, 30.0
CHANNELS, PIVOTS = 8, 7
"""So many are drawn; the table has them all."""
NAMED = 17
"""So many letters fit on one line of a box."""


@dataclass(slots=True)
class Band:
    """One line. `kind` is a class of the style sheet, `fn` a function's key."""

    d: str
    width: float
    kind: str = ""
    fn: str = ""
    here: bool = False


@dataclass(slots=True)
class Label:
    x: float
    y: float
    name: str
    words: str


APART = 20.0
"""Between two semaphores of one pivot."""


@dataclass(slots=True)
class Node:
    """A pivot on its line."""

    pivot: Pivot
    y: float
    radius: float
    people: int
    waiting: int
    waited: str
    here: bool

    @property
    def below(self) -> float:
        """Where the words under the line stand."""
        return self.y + max(18.0, self.radius + 12)

    @property
    def state(self) -> str:
        return "wait" if self.waiting else next(iter(self.gates.values()))

    @property
    def gates(self) -> dict[str, str]:
        return self.pivot.gates_now()

    @property
    def arms(self) -> list[tuple[float, str, str]]:
        """Where each semaphore stands, its gate, and the letter of its severity; one without a letter where all are
        the same."""
        if len(self.gates) == 1:
            return [(0.0, gate, "") for gate in self.gates.values()]
        return [
            (-APART * n, gate, severity[:1].upper()) for n, (severity, gate) in enumerate(self.gates.items())
        ]

    @property
    def words(self) -> str:
        """What the reader of a screen hears."""
        gates = ", ".join(f"{severity} {gate}".strip() for severity, gate in self.gates.items())
        return f"{self.pivot.name}: {self.people} people, gate {gates}" + (
            f", {self.waiting} wait {self.waited}" if self.waiting else ""
        )


@dataclass(slots=True)
class Box:
    """A destination with the pivots that lead to it."""

    y: float
    height: float
    name: str
    words: str
    slow: bool = False
    out_y: float = 0.0

    @property
    def lines(self) -> list[tuple[float, str]]:
        """Its name on one line or two, with the middle of the box between them and the words below."""
        named = fold(self.name, NAMED)
        first = self.out_y - 2 - 7 * (len(named) - 1)
        return [(first + 14 * place, line) for place, line in enumerate(named)]

    @property
    def words_y(self) -> float:
        return self.lines[-1][0] + 14


@dataclass(slots=True)
class Yard:
    """Everything that templates/desk/_yard.html draws."""

    flows: Flows
    bands: list[Band] = field(default_factory=list)
    channels: list[Label] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    left_out: int = 0
    """Pivots that only the table has."""
    station_y: float = 0.0
    station_height: float = 0.0
    low_x: float = 0.0
    answered_width: float = 0.0
    changed_height: float = 16.0
    delivered_width: float = 0.0
    told_width: float = 0.0
    acting_width: float = 0.0
    owed_width: float = 0.0

    @property
    def told_head(self) -> float:
        """Half the height of the arrow's head."""
        return self.told_width / 2 + 6

    @property
    def told_head_up(self) -> float:
        return -self.told_head

    @property
    def answered_head_up(self) -> float:
        return BACK_ANSWERED - self.answered_width / 2 - 6

    @property
    def answered_head_down(self) -> float:
        return BACK_ANSWERED + self.answered_width / 2 + 6


def fold(name: str, letters: int) -> list[str]:
    """The name on one line, or on two where it is longer; what does not fit then is cut."""
    lines = wrap(name, letters, max_lines=2, placeholder="…", break_long_words=True)
    return lines or [name]


def scale(flows: Flows) -> float:
    """Pixels a person: the station is at most 90 high, and what goes back has room on its way."""
    passed = sum(flows.passed(pk) for pk in flows.pivots)
    bounds = [(90.0, flows.heard), (44.0, flows.answered), (18.0, flows.low), (30.0, passed)]
    return min((most / people for most, people in bounds if people), default=1.0)


def draw(
    flows: Flows, channels: Iterable[Channel], pivots: Sequence[Pivot], gates: dict[int, Any], here: int = 0
) -> Yard:
    """`gates` by pivot: how many wait and how long (desk.hops). `here` is the pivot that is looked at."""
    yard, k = Yard(flows), scale(flows)
    drawn = _in_order(pivots, flows, here)
    yard.left_out = len(pivots) - len(drawn)
    widths = _widths(flows, drawn, k)
    tops = _station(yard, [widths[pivot.pk] for pivot in drawn], k)
    _channels(yard, list(channels), k)
    rows = _rows(drawn)
    for pivot, top in zip(drawn, tops, strict=False):
        gate = gates.get(pivot.pk)
        waiting, waited = (gate.waiting, gate.longest) if gate else (0, "")
        width, y = widths[pivot.pk], rows[pivot.pk]
        node = Node(
            pivot, y, max(4.5, width / 2 + 1.5), flows.people(pivot.pk), waiting, waited, pivot.pk == here
        )
        yard.nodes.append(node)
        yard.bands.append(_to_pivot(top, y, width, pivot, tops, node.here))
    _boxes(yard, drawn, rows, gates, k)
    _back(yard, k)
    return yard


def _in_order(pivots: Sequence[Pivot], flows: Flows, here: int) -> list[Pivot]:
    """Those of most people, and the one that is looked at; those to one destination beside each other, the closed ones
    last, so that no lines cross."""
    most = sorted(pivots, key=lambda pivot: (pivot.pk != here, -flows.people(pivot.pk)))[:PIVOTS]
    groups: dict[str, list[Pivot]] = defaultdict(list)
    for pivot in most:
        groups[_goal(pivot)].append(pivot)
    ordered = sorted(
        groups.items(), key=lambda group: (group[0] == "", -sum(flows.people(p.pk) for p in group[1]))
    )
    return [pivot for _, members in ordered for pivot in members]


def _goal(pivot: Pivot) -> str:
    """Name of where it leads; nothing for a gate that only collects."""
    if pivot.gates_now() == {"": Gate.CLOSED}:
        return ""
    names = [destination.name for destination in pivot.destinations.all() if destination.closed_at is None]
    return names[0] if names else f"{pivot.team.name}, no system"


def _widths(flows: Flows, pivots: Sequence[Pivot], k: float) -> dict[int, float]:
    return {pivot.pk: max(1.7, flows.people(pivot.pk) * k) for pivot in pivots}


def _rows(pivots: Sequence[Pivot]) -> dict[int, float]:
    step = min(ROW, (BOTTOM - TOP) / max(1, len(pivots) - 1))
    first = MIDDLE - step * (len(pivots) - 1) / 2
    return {pivot.pk: first + i * step for i, pivot in enumerate(pivots)}


def _station(yard: Yard, widths: Sequence[float], k: float) -> list[float]:
    """Stack what leaves the station: pivots, a low rung, answered in person. Middles of the pivots' lines."""
    answered, low = yard.flows.answered * k, yard.flows.low * k
    height = sum(widths) + max(0, len(widths) - 1) * 1.2 + answered + low + 12
    yard.station_height = max(60.0, height + 12)
    yard.station_y = MIDDLE - yard.station_height / 2
    y, tops = MIDDLE - height / 2, []
    for width in widths:
        tops.append(y + width / 2)
        y += width + 1.2
    y += 6
    yard.answered_width = max(1.7, answered) if answered else 0.0
    across = STATION + 64 + answered / 2
    yard.low_x = across + answered / 2 + low / 2 + 12
    if low:
        turn = [(STATION + 6, y + low / 2), (yard.low_x, y + low / 2), (yard.low_x, 472.0)]
        yard.bands.append(Band(path(turn, 58), max(1.7, low), "low"))
        half = max(9.0, low / 2 + 4)
        yard.stops.append(f"M{yard.low_x - half:.1f} 473h{2 * half:.1f}")
    y += low + 6
    if answered:
        back = [
            (STATION + 6, y + answered / 2),
            (across, y + answered / 2),
            (across, BACK_ANSWERED),
            (END, BACK_ANSWERED),
        ]
        yard.bands.append(Band(path(back, max(34, answered / 2 + 8)), answered, "told soft"))
    return tops


def _to_pivot(top: float, y: float, width: float, pivot: Pivot, tops: Sequence[float], here: bool) -> Band:
    """Out of the station, a slope of 45°, along its row to the business."""
    up = y < top
    edge = tops[0] if up else tops[-1]
    turn = FAN + SHIFT * abs(top - edge)
    end = GOODS - 12 if pivot.gates_now() == {"": Gate.CLOSED} else GOODS
    points = [(STATION + 6, top), (turn, top), (turn + abs(y - top), y), (end, y)]
    return Band(path(points, (30 + abs(top - edge), 26)), width, "", pivot.team.key, here)


def _channels(yard: Yard, channels: list[Channel], k: float) -> None:
    """The widest in the middle, all bending into the station."""
    counts = [(channel.name, yard.flows.channels.get(channel.pk, 0)) for channel in channels]
    counts = sorted(((name, people) for name, people in counts if people), key=lambda one: -one[1])
    rest = counts[CHANNELS - 1 :]
    if len(rest) > 1:
        counts = [*counts[: CHANNELS - 1], (f"{len(rest)} others", sum(people for _, people in rest))]
    ordered: list[tuple[str, int]] = []
    for place, one in enumerate(counts):
        ordered.insert(0 if place % 2 else len(ordered), one)
    step = min(58.0, 348 / max(1, len(ordered) - 1))
    widths = [max(1.7, people * k) for _, people in ordered]
    inside = MIDDLE - (sum(widths) + 1.2 * (len(widths) - 1)) / 2
    first = MIDDLE + 3 - step * (len(ordered) - 1) / 2
    for place, ((name, people), width) in enumerate(zip(ordered, widths, strict=True)):
        row, target = first + place * step, inside + width / 2
        turn = STATION - 77 - SHIFT * abs(target - MIDDLE)
        points = [(LEFT, row), (turn - abs(target - row), row), (turn, target), (STATION - 6, target)]
        yard.bands.append(Band(path(points, 30), width, "in"))
        yard.channels.append(Label(16, row, name, f"{people:,} people" if people > 1 else "1 person"))
        inside += width + 1.2


def _boxes(
    yard: Yard, pivots: Sequence[Pivot], rows: dict[int, float], gates: dict[int, Any], k: float
) -> None:
    """Destinations, and their lines around the outside back to "Changed", the lowest innermost."""
    groups: dict[str, list[Pivot]] = defaultdict(list)
    for pivot in pivots:
        if goal := _goal(pivot):
            groups[goal].append(pivot)
        else:
            y = rows[pivot.pk]
            yard.stops.append(f"M{GOODS - 11:.0f} {y - 8:.1f}v16")
    out, down = GOODS + BOX + 1, BACK_TOLD
    for goal, members in reversed(groups.items()):
        ys = [rows[pivot.pk] for pivot in members]
        words, slow = _accepting(members, gates)
        half = 18.0 if len(fold(goal, NAMED)) == 1 else 25.0
        box = Box(min(ys) - half, max(ys) - min(ys) + 2 * half, goal, words, slow, sum(ys) / len(ys))
        yard.boxes.append(box)
        width = sum(yard.flows.passed(pivot.pk) for pivot in members) * k
        if not width:
            continue
        width = max(1.7, width)
        out, down = out + width / 2 + 1, down + width / 2
        points = [(GOODS + BOX, box.out_y), (out, box.out_y), (out, down), (CHANGED + 8, down)]
        yard.bands.append(
            Band(path(points, (max(2.0, out - GOODS - BOX), out - GOODS - BOX + 8)), width, "ent")
        )
        out, down = out + width / 2, down + width / 2 + 1
    yard.changed_height = down - BACK_TOLD + 14


def _accepting(members: Sequence[Pivot], gates: dict[int, Any]) -> tuple[str, bool]:
    """How long the slowest of them takes to accept, and whether that is over its target."""
    known = [(gates[p.pk].accept_hours, p) for p in members if gates.get(p.pk) and gates[p.pk].accept_hours]
    if not known:
        return "", False
    hours, pivot = max(known, key=lambda one: one[0])
    return f"accepts in {gates[pivot.pk].accept}", hours > pivot.accept_hours


def _back(yard: Yard, k: float) -> None:
    """What is delivered and told runs back to the customers; what is owed is hatched."""
    flows = yard.flows
    told = flows.total("told", "confirmed")
    yard.told_width, yard.owed_width = told * k, flows.total("owed") * k
    yard.delivered_width, yard.acting_width = (told + flows.total("owed")) * k, flows.total("acting") * k
