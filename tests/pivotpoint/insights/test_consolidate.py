"""When themes are brought in order, and what follows when two become one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.insights.gathering import consolidate, memory
from pivotpoint.insights.gathering.wording import worded
from pivotpoint.insights.models import IndexState, MicroCluster, Theme, ThemeVector
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from textanalytics.themes import Consolidation

pytestmark = pytest.mark.django_db
Heard = dict[str, list[Message]]


def state(**fields: Any) -> None:
    IndexState.objects.update_or_create(pk=1, defaults={"encoder": "x", "stamp": 1, **fields})


@pytest.mark.parametrize(
    ("gathered", "consolidated", "due"),
    [(0, 0, False), (100, 100, False), (110, 100, False), (120, 100, True), (1, 0, True)],
)
def test_a_fifth_more_is_enough(gathered: int, consolidated: int, due: bool) -> None:
    state(gathered=gathered, consolidated=consolidated)
    assert consolidate.is_due() is due


def test_while_an_import_runs_it_waits_for_much_more() -> None:
    ImportRun.objects.create(
        file_name="x.csv", path="x", digest="", state=ImportRun.State.RUNNING, heartbeat_at=clock.now()
    )
    for gathered, consolidated, due in (
        (11_900, 0, False),
        (12_000, 0, True),
        (95_999, 12_000, False),
        (96_000, 12_000, True),
    ):
        state(gathered=gathered, consolidated=consolidated)
        assert consolidate.is_due() is due, gathered


def test_one_message_without_a_theme_is_reason_enough_among_few() -> None:
    state(gathered=101, consolidated=100, consolidated_at=clock.now())
    MicroCluster.objects.create(pk=0, count=1, vector=b"")
    assert consolidate.is_due()
    state(gathered=10_001, consolidated=10_000, consolidated_at=clock.now())
    assert not consolidate.is_due()
    state(gathered=10_001, consolidated=10_000, consolidated_at=clock.now() - timedelta(minutes=11))
    assert consolidate.is_due()


def test_a_theme_that_vanished_leads_to_what_took_it_over(heard: Heard) -> None:
    late, twice = (Theme.objects.get(clusters__members=heard[key][0].pk) for key in ("late", "twice"))
    none = np.zeros(0, np.int64)
    run = Consolidation(none, none, {late.pk: twice.pk, 99: 98}, {twice.pk: late.pk})
    consolidate._keep_kinship(run)
    consolidate._keep_kinship(run)
    late.refresh_from_db()
    twice.refresh_from_db()
    assert (late.merged_into, twice.parent) == (twice, late)
    assert Event.objects.filter(name="insights.merged").count() == 1


def test_an_edit_meanwhile_wins(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person changes the rows while the consolidation computes: it starts over from what they decided."""
    IndexState.objects.update(consolidated=0)
    real = memory.save

    def later(copy: memory.Held, **more: Any) -> set[int]:
        IndexState.objects.update(stamp=7)
        return real(copy, **more)

    monkeypatch.setattr(memory, "save", later)
    assert consolidate.consolidate() == 0
    assert IndexState.objects.get().consolidated == 0
    monkeypatch.setattr(memory, "save", real)
    assert consolidate.consolidate() > 0
    assert ThemeVector.objects.count() == Theme.objects.live().count()


def test_themes_stay_when_nothing_new_is_said(heard: Heard, listen: Callable[[], None]) -> None:
    before = list(MicroCluster.objects.order_by("pk").values_list("pk", "theme"))
    IndexState.objects.update(consolidated=0)
    listen()
    assert list(MicroCluster.objects.order_by("pk").values_list("pk", "theme")) == before


@pytest.mark.parametrize(("grown", "busy", "left"), [(1.2, False, 0), (1.1, False, 7), (1.2, True, 7)])
@pytest.mark.usefixtures("heard")
def test_at_the_end_of_an_import_every_message_is_counted(grown: float, busy: bool, left: int) -> None:
    theme = Theme.objects.live().latest("messages")
    Theme.objects.filter(pk=theme.pk).update(uncounted=7)
    gathered = IndexState.objects.get().gathered
    IndexState.objects.update(consolidated=gathered / grown)
    if busy:
        ImportRun.objects.create(
            file_name="x.csv", path="x", digest="", state=ImportRun.State.RUNNING, heartbeat_at=clock.now()
        )
    consolidate.put_in_order()
    theme.refresh_from_db()
    assert theme.uncounted == left


@pytest.mark.parametrize(
    ("left", "named_by", "again"), [(12, None, True), (2, None, False), (12, "maren", False)]
)
def test_a_theme_that_a_tenth_has_left_is_named_anew(
    left: int, named_by: str | None, again: bool, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(named_by) if named_by else None
    parent = Theme.objects.create(pk=3, title="What grind size is right?", titled_for=20, titled_by=person)
    child = Theme.objects.create(pk=9)
    MicroCluster.objects.create(pk=0, theme=parent, count=60, vector=b"")
    MicroCluster.objects.create(pk=1, theme=child, count=left, vector=b"")
    consolidate._name_again(Consolidation(np.array([3, 9]), np.array([1]), {}, {9: 3}), set())
    parent.refresh_from_db()
    assert (parent.titled_for == 0) is again


def test_what_was_mixed_is_named_anew_when_it_has_changed() -> None:
    mixed = Theme.objects.create(pk=3, title="Stop · down", titled_for=20, mixed=True)
    sound = Theme.objects.create(pk=4, title="Kettle leaks", titled_for=20)
    still = Theme.objects.create(pk=5, title="Long · wait", titled_for=20, mixed=True)
    consolidate._name_again(Consolidation(np.zeros(0, np.int64), np.zeros(0, np.int64), {}, {}), {3, 4})
    titled = dict(Theme.objects.values_list("pk", "titled_for"))
    assert titled == {mixed.pk: 0, sound.pk: 20, still.pk: 20}


def test_what_has_a_title_that_fits_is_not_taken_apart() -> None:
    Theme.objects.create(pk=3, title="Stop · down", titled_for=20, mixed=True)
    Theme.objects.create(pk=4, title="Kettle leaks", titled_for=20)
    Theme.objects.create(pk=5, title="Theme 5")
    assert worded().kept == {4}
