"""A community's room is asked for on the insight's page, and one says there what one is called in Matrix."""

from __future__ import annotations

from typing import Any

from django.test import Client

from pivotpoint.enterprise.models import CommunityRoom, RoomName
from pivotpoint.enterprise.rooms.keep import keep
from pivotpoint.journal.models import Event
from pivotpoint.pivot import edit
from pivotpoint.pivot.models import Destination
from tests.matrix.fake import Fake, running
from tests.pivotpoint.desk.test_hours import api


def lead_to(yard: Any, home: Fake, name: str = "Finance room") -> Destination:
    config = {"url": home.url, "room": "!finance:fjordhus.example"}
    token = home.tokens["pivotpoint"]
    return edit.save_destination(
        yard.refunds, name=name, kind="matrix", config=config, key=token, by=yard.maren
    )


def test_it_is_offered_made_and_shown(lead: Client, yard: Any, settings: Any) -> None:
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    page = f"/insights/{yard.trend.pk}/"
    assert "Open a room" not in lead.get(page).content.decode()
    with running() as home:
        room = lead_to(yard, home)
        assert "Open a room" in lead.get(page).content.decode()
        for _ in range(2):
            lead.post(f"{page}room-there/", {"destination": room.pk})
        assert "Its Matrix room is being made." in lead.get(page).content.decode()
        made = CommunityRoom.objects.get()
        assert (made.opened_by, keep()) == (yard.maren, 0)
    shown = lead.get(page).content.decode()
    assert "What is said here is said in its Matrix room as well." in shown
    assert "Say your Matrix id" in shown
    assert f"https://matrix.to/#/#pivotpoint-{yard.trend.pk}-" in shown
    assert Event.objects.filter(name="enterprise.room_opened").count() == 1


def test_a_homeserver_that_is_away_is_said_on_the_page(lead: Client, yard: Any, settings: Any) -> None:
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    with running() as home:
        room = lead_to(yard, home)
    lead.post(f"/insights/{yard.trend.pk}/room-there/", {"destination": room.pk})
    assert keep() == 0
    assert "ConnectError" in lead.get(f"/insights/{yard.trend.pk}/").content.decode()


def test_everybody_says_their_own_id(lead: Client, yard: Any) -> None:
    lead.post("/settings/me/room-name/", {"room_name": "@maren:fjordhus.example"})
    assert RoomName.objects.get().user == yard.maren
    assert 'value="@maren:fjordhus.example"' in lead.get("/settings/me/").content.decode()
    said = lead.post("/settings/me/room-name/", {"room_name": "maren"}, follow=True)
    assert "A Matrix id is written @name:server." in said.content.decode()
    lead.post("/settings/me/room-name/", {"room_name": ""})
    assert not RoomName.objects.exists()


def test_the_api_does_the_same(client: Client, yard: Any) -> None:
    call, address = api(client, yard.maren), f"insights/{yard.trend.pk}/community-room"
    assert call("GET", address, {}).status_code == 404
    assert call("PUT", "me/room-name", {"name": "@maren:a.example"}).json() == {"name": "@maren:a.example"}
    with running() as home:
        room = lead_to(yard, home)
    made = call("POST", address, {"destination": room.pk})
    assert (made.status_code, made.json()) == (201, {"url": "", "wrong": "", "closed_at": None})
    assert call("GET", address, {}).json()["url"] == ""
