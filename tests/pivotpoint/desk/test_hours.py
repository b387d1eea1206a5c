"""Settings for hours, turns and absences, and a pivot's own ways, from the pages and by the API."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pivotpoint.accounts.models import Token
from pivotpoint.accounts.permissions import PERMISSIONS
from pivotpoint.jobs import beat
from pivotpoint.pivot import calendars, edit, loops, rotas
from pivotpoint.pivot.models import Absence, Calendar, Pivot, Rota

DAYS = {f"day_{n}": "9-12, 13-17" if n < 5 else "" for n in range(7)}
OFFICE = {"name": "Office", "zone": "Europe/Berlin", "holidays": "2026-12-25 Christmas", **DAYS}


def api(client: Client, user: Any) -> Any:
    _, secret = Token.issue(user, "all", PERMISSIONS)
    return lambda method, path, said=None: client.generic(
        method,
        f"/api/v1/{path}",
        json.dumps({} if said is None else said),
        content_type="application/json",
        headers={"authorization": f"Bearer {secret}"},
    )


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_calendar_is_made_changed_and_taken_away(lead: Client, yard: Any) -> None:
    team = yard.refunds.team
    lead.post("/settings/hours/new/", OFFICE | {"teams": [team.pk]})
    calendar = Calendar.objects.get()
    assert calendars.of(yard.refunds) == calendar.hours()
    page = lead.get("/settings/hours/").content.decode()
    assert "<b>Mon–Fri</b> 09:00-12:00, 13:00-17:00" in page
    assert "2026-12-25 Christmas" in page
    shown = lead.get(f"/settings/hours/{calendar.pk}/").content.decode()
    assert 'value="09:00-12:00, 13:00-17:00"' in shown
    wrong = lead.post(f"/settings/hours/{calendar.pk}/", OFFICE | {"day_0": "nine"})
    assert wrong.status_code == 422
    assert "Monday: write “9:00-17:00”" in wrong.content.decode()
    lead.post(f"/settings/hours/{calendar.pk}/remove/")
    assert not Calendar.objects.exists()


def test_a_rota_shows_whose_turn_it_is(lead: Client, yard: Any) -> None:
    people = {"person_0": yard.ines.pk, "person_1": yard.joris.pk}
    said = {"whose": f"pivot-{yard.refunds.pk}", "turn_days": 7, "starts_on": "2026-11-10", **people}
    lead.post("/settings/hours/rotas/new/", said)
    rota = Rota.objects.get()
    page = lead.get("/settings/hours/").content.decode()
    assert "<b>Joris Tamm</b>" in page
    lead.post(f"/settings/hours/rotas/{rota.pk}/", said | {"person_1": ""})
    assert [turn.user for turn in rota.turns.all()] == [yard.ines]
    twice = lead.post(f"/settings/hours/rotas/{rota.pk}/", said | {"person_1": yard.ines.pk})
    assert "Everybody has one place in a rota." in twice.content.decode()
    lead.post(f"/settings/hours/rotas/{rota.pk}/remove/")
    assert not Rota.objects.exists()


def test_somebody_says_their_own_absence_and_hands_the_work_over(client: Client, yard: Any) -> None:
    loop = loops.open_loop(yard.trend, yard.refunds, by=None)
    client.force_login(yard.ines)
    said = {"starts_on": "2026-11-17", "ends_on": "2026-11-20", "deputy": yard.joris.pk, "hand_over": "on"}
    client.post("/settings/away/", said | {"user": yard.samir.pk})
    row = Absence.objects.get()
    assert (row.user, row.deputy) == (yard.ines, yard.joris)  # she cannot say it of somebody else
    beat.settle()
    loop.refresh_from_db()
    assert loop.owner == yard.joris
    assert "Is there" in client.get("/settings/away/").content.decode()
    client.force_login(yard.samir)
    assert "Is there" not in client.get("/settings/away/").content.decode()
    assert client.post(f"/settings/away/{row.pk}/end/").status_code == 403
    client.force_login(yard.maren)
    client.post(f"/settings/away/{row.pk}/end/")
    assert not Absence.objects.standing().exists()


def test_a_lead_hands_over_for_somebody_who_is_ill(lead: Client, yard: Any) -> None:
    loop = loops.open_loop(yard.trend, yard.refunds, by=None)
    said = {"user": yard.ines.pk, "successor": yard.joris.pk, "reason": "Ill."}
    lead.post("/settings/away/hand-over/", said)
    beat.settle()
    loop.refresh_from_db()
    assert loop.owner == yard.joris
    refused = lead.post("/settings/away/hand-over/", said | {"successor": yard.ines.pk})
    assert "Choose somebody else who works here." in refused.content.decode()


def test_a_pivots_form_keeps_owner_hours_and_gates(lead: Client, yard: Any) -> None:
    calendar = calendars.save("Office", "UTC", ["9-17"] * 7, "", by=yard.maren)
    pivot = yard.refunds
    kept = {key: getattr(pivot, key) for key in ("name", "gate", "position")}
    hours = {"pass_hours": 1, "accept_hours": 2, "act_hours": 3, "tell_hours": 4}
    said = {"owner": pivot.owner_id, "team": pivot.team_id, "owned_by": "rota", "gate_high": "open"}
    lead.post(f"/switchyard/{pivot.pk}/edit/", kept | hours | said | {"calendar": calendar.pk})
    pivot.refresh_from_db()
    assert (pivot.owned_by, pivot.calendar, pivot.gates) == ("rota", calendar, {"high": "open"})
    form = lead.get(f"/switchyard/{pivot.pk}/edit/").content.decode()
    assert 'name="gate_high" value="open"' in form
    assert "gate-open" in form
    panel = lead.get(f"/switchyard/{pivot.pk}/").content.decode()
    assert "It has no rota yet." in panel
    assert "<dt>High</dt>" in panel


def test_a_path_is_kept_and_given_up(lead: Client, yard: Any) -> None:
    address = f"/switchyard/{yard.refunds.pk}/escalation/"
    assert "The function&#x27;s lead" in lead.get(address).content.decode()
    form = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
    first = {
        "form-0-to": "person",
        "form-0-person": yard.joris.pk,
        "form-0-after_hours": 4,
        "form-0-gives": "on",
    }
    lead.post(address, form | first | {"form-1-to": "", "form-1-after_hours": 0})
    assert "after 4 h: Joris Tamm owns it" in lead.get(f"/switchyard/{yard.refunds.pk}/").content.decode()
    wrong = lead.post(address, form | first | {"form-1-to": "next", "form-1-after_hours": 1})
    assert "Each step comes after the one before it" in wrong.content.decode()
    lead.post(address, {"usual": "1"})
    assert not yard.refunds.escalation_steps.exists()


def test_everything_by_the_api(client: Client, yard: Any) -> None:
    call, pk = api(client, yard.maren), yard.refunds.pk
    week = ["9-12, 13-17"] * 5 + ["", ""]
    said = {"name": "Office", "week": week, "holidays": {"2026-12-25": "Christmas"}, "teams": ["finance"]}
    made = call("POST", "calendars", said)
    assert made.status_code == 201
    assert made.json()["week"][0] == "09:00-12:00, 13:00-17:00"
    assert (
        call("PUT", f"calendars/{made.json()['id']}", said | {"zone": "Asia/Tokyo"}).json()["zone"]
        == "Asia/Tokyo"
    )
    assert (
        call("PATCH", f"pivots/{pk}", {"calendar": made.json()["id"]}).json()["calendar"] == made.json()["id"]
    )
    assert call("DELETE", f"calendars/{made.json()['id']}").status_code == 422
    patched = call("PATCH", f"pivots/{pk}", {"calendar": None, "gates": {"high": "open"}, "owned_by": "team"})
    assert (patched.json()["gates"], patched.json()["owned_by"]) == ({"high": "open"}, "team")
    assert call("DELETE", f"calendars/{made.json()['id']}").status_code == 204
    rota = call("PUT", "rotas", {"pivot": pk, "people": [yard.joris.pk, yard.ines.pk]})
    assert [one["name"] for one in rota.json()["people"]] == ["Joris Tamm", "Ines Halloran"]
    assert call("DELETE", f"rotas/{rota.json()['id']}").status_code == 204
    path = call("PUT", f"pivots/{pk}/escalation", [{"to": "person", "person": yard.joris.pk}])
    assert path.json()[0]["person"]["name"] == "Joris Tamm"
    assert [one["to"] for one in call("PUT", f"pivots/{pk}/escalation", []).json()] == ["lead", "next"]
    days = {"starts_on": "2026-11-17", "ends_on": "2026-11-18", "deputy": yard.joris.pk}
    absence = call("POST", "absences", days | {"user": yard.ines.pk})
    assert absence.json()["user"]["name"] == "Ines Halloran"
    own = api(client, yard.samir)
    assert own("DELETE", f"absences/{absence.json()['id']}").status_code == 403
    assert call("DELETE", f"absences/{absence.json()['id']}").status_code == 204
    assert call("GET", "absences").json() == []
    assert own("POST", f"users/{yard.ines.pk}/handover", {"successor": yard.joris.pk}).status_code == 403
    assert call("POST", f"users/{yard.ines.pk}/handover", {"successor": yard.joris.pk}).status_code == 204


def test_a_partner_sees_the_absences_of_their_own_function(client: Client, yard: Any) -> None:
    for user in (yard.ines, yard.joris):
        Absence.objects.create(user=user, starts_on=date(2026, 11, 17), ends_on=date(2026, 11, 18))
    client.force_login(yard.pia)
    page = client.get("/settings/away/").content.decode()
    assert "Joris Tamm" in page
    assert "Ines Halloran" not in page


def test_settings_ask_the_same_number_of_questions_however_many_there_are(lead: Client, yard: Any) -> None:
    def add(n: int) -> None:
        calendar = calendars.save(f"Office {n}", "UTC", ["9-17"] * 7, "2026-12-25 X", by=yard.maren)
        fields = {"name": f"Pivot {n}", "team": yard.ines.team, "owner": yard.ines, "calendar": calendar}
        rotas.save(edit.save(fields, by=yard.maren), [yard.ines, yard.joris], by=yard.maren)
        Absence.objects.create(user=yard.bo, starts_on=date(2026, 11, 17), ends_on=date(2026, 11, 18 + n))

    addresses = ["/settings/hours/", "/settings/away/", "/switchyard/"]
    add(1)
    few = [statements(lead, address) for address in addresses * 2][3:]
    for n in range(2, 6):
        add(n)
    assert [statements(lead, address) for address in addresses] == few
    assert Pivot.objects.count() == 6
