"""The page of a pivot's playbook; the API does the same."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pivotpoint.pivot import edit
from pivotpoint.pivot.models import PlaybookStep


def rows(*steps: dict[str, Any]) -> dict[str, Any]:
    """As the form sends them."""
    sent: dict[str, Any] = {"form-TOTAL_FORMS": len(steps), "form-INITIAL_FORMS": 0}
    for n, step in enumerate(steps):
        usual = {"text": "", "who": "owner", "due_hours": 24, "position": n + 1}
        sent |= {f"form-{n}-{key}": value for key, value in (usual | step).items()}
    return sent


def test_steps_are_written_ordered_and_shown(lead: Client, yard: SimpleNamespace) -> None:
    address = reverse("desk:playbook", args=[yard.refunds.pk])
    assert "Playbook" in lead.get(address).content.decode()
    sent = rows(
        {"text": "Answer them", "who": "person", "person": yard.ines.email, "position": 9, "answer": "Paid."},
        {"text": ""},
        {"text": "Find every refund", "due_hours": 4, "checklist": "Bank\nERP"},
        {"text": "Stop it", "who": "lead", "team": "supply"},
    )
    lead.post(address, sent | {"reason": "The same each time."})
    assert list(PlaybookStep.objects.values_list("text", flat=True)) == [
        "Find every refund",
        "Stop it",
        "Answer them",
    ]
    assert yard.refunds.versions.first().reason == "The same each time."
    panel = lead.get(reverse("desk:pivot", args=[yard.refunds.pk])).content.decode()
    assert "Find every refund (the loop&#x27;s owner, 4 h; 2 to tick)" in panel
    assert "changed playbook" in panel
    form = lead.get(address)
    assert form.context["steps"][2]["person"].value() == yard.ines.email
    assert len(form.context["steps"].forms) == 5


def test_a_step_that_cannot_be_is_a_sentence(lead: Client, yard: SimpleNamespace) -> None:
    address = reverse("desk:playbook", args=[yard.refunds.pk])
    page = lead.post(address, rows({"text": "Answer them", "who": "person"}))
    assert page.status_code == 422
    assert "say which person does it" in page.content.decode()
    assert not PlaybookStep.objects.exists()


def test_more_steps_are_no_more_queries(lead: Client, yard: SimpleNamespace) -> None:
    def queries() -> int:
        address = reverse("desk:pivot", args=[yard.refunds.pk])
        lead.get(address)
        with CaptureQueriesContext(connection) as asked:
            lead.get(address)
        return len(asked)

    step = {"text": "Ask", "who": "person", "person": yard.ines.email}
    edit.set_playbook(yard.refunds, [step], by=yard.maren)
    few = queries()
    edit.set_playbook(yard.refunds, [step | {"text": f"Ask {n}"} for n in range(9)], by=yard.maren)
    assert queries() == few


def test_the_api_does_the_same(lead: Client, yard: SimpleNamespace) -> None:
    address = f"/api/v1/pivots/{yard.refunds.pk}/playbook"
    steps = [{"text": "Ask the bank", "who": "person", "person": yard.ines.pk, "due_hours": 8}]
    body = json.dumps({"steps": steps, "reason": "Always."})
    said = lead.put(address, body, content_type="application/json")
    assert said.json() == lead.get(address).json()
    (step,) = said.json()
    assert (step["text"], step["person"]["id"], step["due_hours"]) == ("Ask the bank", yard.ines.pk, 8)
    assert yard.refunds.versions.first().reason == "Always."
    wrong = json.dumps({"steps": [{"text": ""}]})
    assert lead.put(address, wrong, content_type="application/json").status_code == 422
