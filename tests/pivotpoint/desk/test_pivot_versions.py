"""The pages of versions, proposals and the file; the API does the same."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pivotpoint.accounts.models import Installation, Token
from pivotpoint.accounts.permissions import PERMISSIONS
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, loops
from pivotpoint.pivot.file import write
from pivotpoint.pivot.models import Pivot, Proposal
from tests.pivotpoint.desk.scene import url


def shown(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(url(name, *args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def act(yard: SimpleNamespace, **fields: Any) -> None:
    edit.save(fields, by=yard.maren, pivot=Pivot.objects.get(pk=yard.refunds.pk), reason="Quicker.")


def test_the_page_shows_compares_and_goes_back(lead: Client, yard: SimpleNamespace) -> None:
    pk = yard.refunds.pk
    act(yard, act_hours=240)
    act(yard, gate="open")
    page = shown(lead, "pivot_versions", pk)
    assert "Act within 14 days → 10 days" in page
    assert "Quicker." in page
    page = shown(lead, "pivot_versions", pk, query="?a=1&b=3")
    compared = page[page.index('id="compared"') :]
    assert "Act within 14 days → 10 days" in compared
    assert "Gate checked → open" in compared
    assert "say the same" in shown(lead, "pivot_versions", pk, query="?a=2&b=2")
    assert 'id="compared"' not in shown(lead, "pivot_versions", pk, query="?a=1&b=99&page=x")
    page = lead.post(url("version_return", pk, 1), follow=True).content.decode()
    assert "Refunds is as in version 1 again." in page
    assert (Pivot.objects.get().act_hours, Pivot.objects.get().gate) == (336, "checked")
    assert lead.post(url("version_return", pk, 77)).status_code == 404


def test_open_loops_are_moved_with_one_button(lead: Client, yard: SimpleNamespace) -> None:
    loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    act(yard, accept_hours=4)
    page = shown(lead, "pivot_versions", yard.refunds.pk)
    assert "Move 1 open loop to version 2" in page
    assert "as of version 1" in shown(lead, "loop", loop.pk)
    lead.post(url("version_loops", yard.refunds.pk, 2))
    loop.refresh_from_db()
    assert loop.due_at == clock.now() + timedelta(hours=4)
    page = shown(lead, "loop", loop.pk)
    assert "as of version 2" in page
    assert "Its targets are another version" in page
    assert "Move 1 open loop" not in shown(lead, "pivot_versions", yard.refunds.pk)


def test_who_may_not_change_sees_no_buttons(client: Client, yard: SimpleNamespace) -> None:
    act(yard, act_hours=240)
    client.force_login(yard.ines)
    assert "Return to it" not in shown(client, "pivot_versions", yard.refunds.pk)
    assert client.post(url("version_return", yard.refunds.pk, 1)).status_code == 403


def test_more_versions_are_no_more_queries(lead: Client, yard: SimpleNamespace) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(lead, "pivot_versions", yard.refunds.pk)
        return len(queries)

    act(yard, act_hours=240)
    asked()
    few = asked()
    for hours in range(1, 20):
        act(yard, act_hours=hours)
    assert asked() == few


def test_a_form_asks_for_the_reason(lead: Client, yard: SimpleNamespace) -> None:
    assert 'name="reason"' in shown(lead, "pivot_edit", yard.refunds.pk)
    fields = {name: getattr(yard.refunds, name) for name in edit.FIELDS}
    fields |= {"team": yard.refunds.team_id, "owner": yard.refunds.owner_id, "gate": "open"}
    fields = {key: value for key, value in fields.items() if value not in (None, {}, "")}
    lead.post(url("pivot_edit", yard.refunds.pk), fields | {"reason": "It has worked for a month."})
    assert yard.refunds.versions.first().reason == "It has worked for a month."


def test_a_second_pair_of_eyes_on_the_pages(lead: Client, yard: SimpleNamespace) -> None:
    Installation.objects.update(two_pairs_of_eyes=True)
    page = lead.post(url("pivot_gate", yard.refunds.pk), {"gate": "open"}, follow=True)
    assert page.redirect_chain == [(url("proposals"), 302)]
    assert "another person who may change pivots" in page.content.decode()
    assert "Take it back" in page.content.decode()
    assert ">Approve<" not in page.content.decode()
    assert Pivot.objects.get().gate == "checked"
    proposal = Proposal.objects.get()
    lead.post(url("proposal_decide", proposal.pk), {"verdict": "approved"})
    assert Pivot.objects.get().gate == "checked"
    assert "second pair of eyes" not in shown(lead, "today")
    lead.force_login(yard.ada)
    assert "Maren Oduya asks for a second pair of eyes" in shown(lead, "today")
    assert "1 proposal waits" in shown(lead, "switchyard")
    assert "Gate checked → open" in shown(lead, "proposals")
    with clock.at(clock.now() + timedelta(hours=7)):
        page = lead.post(url("proposal_decide", proposal.pk), {"verdict": "approved"}, follow=True)
    assert "Approved. It counts from now on." in page.content.decode()
    assert "7 h" in page.content.decode()
    assert Pivot.objects.get().gate == "open"


def test_the_setting_is_kept(client: Client, yard: SimpleNamespace) -> None:
    client.force_login(yard.ada)
    data = {"name": "Fjordhus", "pattern_from": 2, "trend_from": 3, "two_pairs_of_eyes": "on"}
    client.post(reverse("settings"), data)
    assert Installation.here().two_pairs_of_eyes
    assert "checked" in client.get(reverse("settings")).content.decode()
    client.post(reverse("settings"), data | {"two_pairs_of_eyes": ""})
    assert not Installation.here().two_pairs_of_eyes


def test_a_file_is_compared_and_then_applied(lead: Client, yard: SimpleNamespace) -> None:
    file = lead.get(url("switchyard_download"))
    text = file.content.decode()
    assert text == write()
    assert file["Content-Disposition"] == 'attachment; filename="switchyard.yaml"'
    assert "Download 1 pivot" in shown(lead, "switchyard_file")
    assert "as the file says" in lead.post(url("switchyard_file"), {"text": text}).content.decode()
    changed = SimpleUploadedFile("ours.yaml", text.replace("act_hours: 336", "act_hours: 240").encode())
    page = lead.post(url("switchyard_file"), {"file": changed, "do": "compare"})
    assert "Act within 14 days → 10 days" in page.content.decode()
    assert Pivot.objects.get().act_hours == 336
    sent = {key: page.context[key] for key in ("text", "name")}
    page = lead.post(url("switchyard_file"), sent | {"do": "apply"}, follow=True).content.decode()
    assert "The switchyard is as the file says; 1 pivot changed." in page
    assert yard.refunds.versions.first().reason == "From file ours.yaml."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": "x"}, "has no list"),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff")}, "not UTF-8"),
        ({"file": SimpleUploadedFile("a.yaml", b"x" * 4_000_001)}, "more than 1,000,000"),
        (
            {"text": "schema: pivotpoint.switchyard/1\npivots: [{name: A, owner: b}]", "do": "apply"},
            "team is missing",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said(
    lead: Client, yard: SimpleNamespace, sent: dict[str, Any], sentence: str
) -> None:
    page = lead.post(url("switchyard_file"), sent)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def call(client: Client, user: Any, method: str, path: str, body: Any = None) -> Any:
    _, secret = Token.issue(user, "test", PERMISSIONS)
    return client.generic(
        method,
        f"/api/v1/{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"authorization": f"Bearer {secret}"},
    )


def test_the_api_does_the_same(client: Client, yard: SimpleNamespace) -> None:
    pk, maren, ada = yard.refunds.pk, yard.maren, yard.ada
    loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    call(client, maren, "PATCH", f"pivots/{pk}", {"act_hours": 240, "reason": "Quicker."})
    found = call(client, maren, "GET", f"pivots/{pk}/versions").json()["items"]
    assert [(one["number"], one["reason"]) for one in found] == [(2, "Quicker."), (1, "As it was found.")]
    assert call(client, maren, "GET", f"pivots/{pk}/versions/1").json()["content"]["act_hours"] == 336
    said = call(client, maren, "GET", f"pivots/{pk}/versions/2/difference?to=1").json()
    assert said == {"differences": ["Act within 10 days → 14 days"]}
    assert call(client, maren, "GET", f"loops/{loop.pk}").json()["version"] == 1
    assert call(client, maren, "POST", f"pivots/{pk}/versions/2/loops", {}).json() == {"loops": 1}
    assert call(client, maren, "POST", f"pivots/{pk}/versions/1/return", {}).json()["act_hours"] == 336
    assert call(client, maren, "POST", f"pivots/{pk}/versions/1/return", {}).status_code == 422

    text = call(client, maren, "GET", "switchyard").json()["text"]
    body = {"text": text.replace("gate: checked", "gate: open"), "name": "ours", "dry_run": True}
    line = {"pivot": "Refunds", "does": "changed", "differences": ["Gate checked → open"]}
    line |= {"warning": "", "of": "pivot"}
    assert call(client, maren, "PUT", "switchyard", body).json() == {"dry_run": True, "changes": [line]}
    Installation.objects.update(two_pairs_of_eyes=True)
    asked = call(client, maren, "PUT", "switchyard", body | {"dry_run": False})
    assert asked.status_code == 202
    number = asked.json()["proposal"]
    assert call(client, maren, "GET", "proposals").json()["items"][0]["id"] == number
    assert call(client, maren, "POST", f"proposals/{number}/decision", {"approve": True}).status_code == 422
    decided = call(client, ada, "POST", f"proposals/{number}/decision", {"approve": True}).json()
    assert (decided["verdict"], decided["changes"][0]["difference"]) == ("approved", ["Gate checked → open"])
    assert call(client, ada, "GET", "proposals").json()["items"] == []
    assert call(client, ada, "GET", "proposals/drag").json()[0]["changes"] == 1
    assert Pivot.objects.get().gate == "open"
