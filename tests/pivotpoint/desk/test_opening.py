"""Checked before automated, on the pages: whatever opens the gate shows first how the pivot has worked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts.models import Installation
from pivotpoint.journal.models import Event
from pivotpoint.pivot import edit, loops, versions
from pivotpoint.pivot.changing import Proposed
from pivotpoint.pivot.file import write
from pivotpoint.pivot.models import Pivot
from tests.switchyard import make_insight


@pytest.fixture
def bad(yard: SimpleNamespace) -> Pivot:
    """Two of five loops were declined."""
    for number in range(11, 16):
        loop = loops.open_loop(make_insight(number), yard.refunds, by=yard.ines)
        if number < 13:
            loops.decline(loop, "Not ours.", by=yard.ines)
    return yard.refunds  # type: ignore[no-any-return]


def gate() -> str:
    return Pivot.objects.get().gate


def looked_at(lead: Client, address: str, sent: dict[str, Any]) -> None:
    """First the figures and nothing else; the button below them sends the same form."""
    page = lead.post(address, sent)
    assert page.status_code == 409
    assert "2 of 5 loops were declined" in page.content.decode()
    assert gate() == "checked"
    again = dict(page.context["again"])
    assert again == sent
    lead.post(address, again | {"seen": "on"})
    assert gate() == "open"
    assert Event.objects.filter(name="pivot.gate_opened").latest("pk").actor_name == "Maren Oduya"


def test_at_the_gate_itself(lead: Client, bad: Pivot) -> None:
    looked_at(lead, reverse("desk:pivot_gate", args=[bad.pk]), {"gate": "open"})


def test_on_the_way_back_to_a_version(lead: Client, bad: Pivot, yard: SimpleNamespace) -> None:
    edit.set_gate(bad, "open", by=yard.maren, seen=True)
    number = versions.current(bad).number
    edit.set_gate(bad, "checked", by=yard.maren)
    looked_at(lead, reverse("desk:version_return", args=[bad.pk, number]), {"reason": "As before."})


def test_before_a_proposal_is_approved(lead: Client, bad: Pivot, yard: SimpleNamespace) -> None:
    Installation.objects.update(two_pairs_of_eyes=True)
    with pytest.raises(Proposed) as proposed:
        edit.set_gate(bad, "open", by=yard.ada, seen=True)
    address = reverse("desk:proposal_decide", args=[proposed.value.proposal.pk])
    looked_at(lead, address, {"verdict": "approved", "reason": ""})


def test_in_the_form_of_the_pivot_also_for_one_severity(lead: Client, bad: Pivot) -> None:
    address = reverse("desk:pivot_edit", args=[bad.pk])
    form = lead.get(address).context["form"]
    said = {name: form[name].value() for name in form.fields}
    known = {name: getattr(value, "pk", value) for name, value in said.items() if value is not None}
    sent = known | {
        "gate_high": "open",
        "reason": "Faster.",
    }
    page = lead.post(address, sent).content.decode()
    assert "2 of 5 loops were declined" in page
    assert 'name="seen"' in page
    lead.post(address, sent | {"seen": "on"})
    assert Pivot.objects.get().gates == {"high": "open"}


def test_in_a_file(lead: Client, bad: Pivot) -> None:
    address = reverse("desk:switchyard_file")
    text = write().replace("gate: checked", "gate: open")
    page = lead.post(address, {"text": text, "do": "compare"}).content.decode()
    assert "Its gate opens. 2 of 5 loops were declined." in page
    assert 'name="seen" required' in page
    refused = lead.post(address, {"text": text, "do": "apply"})
    assert (refused.status_code, gate()) == (422, "checked")
    lead.post(address, {"text": text, "do": "apply", "seen": "on"})
    assert gate() == "open"
