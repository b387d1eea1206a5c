"""From an insight's page to a loop that is there, and back; and whose loops they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from pivotpoint.accounts.models import User
from pivotpoint.desk.timeline import timeline
from pivotpoint.insights.models import Backing
from pivotpoint.lib import clock
from pivotpoint.pivot import absences, attach, edit, loops
from pivotpoint.pivot.escalate import escalate
from pivotpoint.pivot.models import Attachment, Destination, Handoff, Loop
from tests.pivotpoint.desk.test_hours import api
from tests.trackers import GitHub, tracking


@pytest.fixture
def loop(yard: Any) -> Loop:
    return loops.open_loop(yard.trend, yard.refunds, by=yard.maren)


def test_an_insight_is_attached_shown_and_taken_back(lead: Client, yard: Any, loop: Loop) -> None:
    page = f"/insights/{yard.pattern.pk}/"
    assert "Add it to an open loop" in lead.get(page).content.decode()
    lead.post(f"{page}attach/", {"loop": loop.pk, "role": "trigger", "why": "Same depot."})
    row = Attachment.objects.get()
    assert (row.loop, row.insight, row.role, row.by) == (loop, yard.pattern, "trigger", yard.maren)
    shown = lead.get(page).content.decode()
    assert "Goes along with" in shown
    assert "Same depot." in shown
    assert "handed over" in shown  # where it is on its way
    there = lead.get(f"/loops/{loop.pk}/").content.decode()
    assert "Also stands for" in there
    assert "7 people" in there  # five and two
    lead.post(f"/attachments/{row.pk}/undo/")
    assert "Also stands for" not in lead.get(f"/loops/{loop.pk}/").content.decode()


def test_it_is_attached_to_what_another_system_knows(lead: Client, yard: Any, loop: Loop) -> None:
    Handoff.objects.update(external_ref="FIN-204")
    address = f"/insights/{yard.pattern.pk}/attach/"
    lead.post(address, {"reference": "FIN-205"})
    lead.post(address, {"loop": "mars"})
    assert not Attachment.objects.exists()
    lead.post(address, {"reference": "FIN-204"})
    assert Attachment.objects.get().loop == loop


@pytest.fixture
def issue(yard: Any, settings: Any) -> Iterator[tuple[Destination, Any]]:
    """A tracker at the end of the pivot, and an issue in it that somebody wrote there."""
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    with tracking(GitHub) as tracker:
        tracker.take("POST", f"/repos/{tracker.project}/issues", {}, {"title": "Refunds", "body": "Late."})
        config = {"preset": "github-issues", "url": tracker.url, "project": tracker.project}
        made = edit.save_destination(
            yard.refunds, name="Issues", kind="http", config=config, key="right", by=yard.maren
        )
        yield made, tracker


def test_it_goes_on_with_a_record_that_is_there(
    lead: Client, client: Client, yard: Any, issue: tuple[Destination, Any]
) -> None:
    tracker, page = issue[0], f"/insights/{yard.pattern.pk}/"
    assert "Go on with a record in another system" in lead.get(page).content.decode()
    said = lead.post(f"{page}adopt/", {"destination": tracker.pk, "reference": "#7"}, follow=True)
    assert "It knows no record as “#7”." in said.content.decode()
    assert not Loop.objects.exists()
    said = lead.post(f"{page}adopt/", {"destination": tracker.pk, "reference": "#1"}, follow=True)
    assert "Its loop goes on with that record in Issues." in said.content.decode()
    loop = Loop.objects.get()
    assert (loop.insight, loop.handoffs.get(destination=tracker).external_ref) == (yard.pattern, "Issue #1")
    assert lead.post(f"{page}adopt/", {"destination": "mars"}).status_code == 404
    made = api(client, yard.maren)(
        "POST", f"insights/{yard.trend.pk}/adoptions", {"destination": tracker.pk, "reference": "1"}
    )
    assert (made.status_code, made.json()["loop"]) == (201, loop.pk)
    assert Attachment.objects.get().insight == yard.trend


def test_the_api_does_the_same(client: Client, yard: Any, loop: Loop) -> None:
    call = api(client, yard.maren)
    made = call("POST", "attachments", {"insight": yard.pattern.pk, "loop": loop.pk, "role": "trigger"})
    assert (made.status_code, made.json()["loop"]) == (201, loop.pk)
    assert [one["id"] for one in call("GET", f"attachments?loop={loop.pk}").json()["items"]] == [
        made.json()["id"]
    ]
    assert call("DELETE", f"attachments/{made.json()['id']}").status_code == 204
    assert call("GET", "attachments").json()["items"] == []
    lost = call("POST", "attachments", {"insight": yard.pattern.pk, "reference": "FIN-1"})
    assert lost.status_code == 422
    assert api(client, yard.pia)("GET", "attachments").json()["items"] == []


def test_whoever_is_behind_what_goes_along_is_counted_and_has_it_in_their_timeline(
    lead: Client, yard: Any, loop: Loop
) -> None:
    person = Backing.objects.filter(theme=yard.pattern.pk).earliest("pk").customer
    own = yard.trend.theme.people

    def counted() -> tuple[int, bool]:
        listed = lead.get("/api/v1/loops").json()["items"][0]["people"]
        assert f'<b>{listed}</b></td><td class="where' in lead.get("/loops/").content.decode()
        assert lead.get(f"/api/v1/loops/{loop.pk}").json()["people"] == listed
        moves = [one.row for one in timeline(person)[0] if one.kind == "loop"]
        return listed, any(move.loop_id == loop.pk for move in moves)

    assert counted() == (own, False)
    row = attach.attach(yard.pattern, loop, by=yard.maren)
    assert counted() == (own + yard.pattern.theme.people, True)
    Backing.objects.filter(theme=yard.pattern.pk, customer=person).update(
        customer=Backing.objects.filter(theme=yard.trend.pk).earliest("pk").customer
    )
    assert lead.get(f"/api/v1/loops/{loop.pk}").json()["people"] == own + yard.pattern.theme.people - 1
    attach.detach(row, by=yard.maren)
    assert lead.get(f"/api/v1/loops/{loop.pk}").json()["people"] == own


def test_mine_my_functions_and_nobodys(client: Client, yard: Any, loop: Loop) -> None:
    client.force_login(yard.ines)
    for view in ("mine", "team"):
        assert yard.trend.theme.title in client.get(f"/loops/?view={view}").content.decode()
    empty = client.get("/loops/?view=nobody").content.decode()
    assert "Every open loop has an owner who is here and may act." in empty
    client.force_login(yard.joris)
    for view in ("mine", "team"):
        assert yard.trend.theme.title not in client.get(f"/loops/?view={view}").content.decode()
    # Behind the product's back: it is counted, not assumed.
    User.objects.get_queryset().filter(pk=yard.ines.pk).update(role="viewer")
    found = client.get("/loops/?view=nobody").content.decode()
    assert yard.trend.theme.title in found
    assert '<b class="sig">1</b>' in found


def test_the_loop_says_who_was_told_and_that_its_owner_is_away(
    lead: Client, yard: Any, loop: Loop, now: Any
) -> None:
    day = date(2026, 11, 19)
    absences.note(yard.ines, day, day + timedelta(days=5), yard.joris, by=yard.ines)
    with clock.at(now + timedelta(hours=49)):
        escalate()
        page = lead.get(f"/loops/{loop.pk}/").content.decode()
    assert "<b>Joris Tamm</b> was told" in page
    assert "Next: the next in line gets it" in page
    assert "Ines Halloran is away until 24 November." in page
