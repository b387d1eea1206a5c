"""Channels, dead letters and the profile, in the settings."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.channels.models import Channel, Delivery
from pivotpoint.journal.models import Event
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Handoff
from tests.conftest import PASSWORD
from tests.pivotpoint.desk.scene import url

GIVEN = {
    "name": "Letters", "goal": "Answer where they write.", "replies": "approved", "notices": "none",
    "notices_per_week": "1", "per_minute": "30", "answer_hours": "8", "follow_up_hours": "48",
}  # fmt: skip


@pytest.fixture
def desk(now: Any, maren: Any, client: Client) -> Client:
    client.force_login(maren)
    return client


def test_the_list_says_why_each_channel_is_there(desk: Client, mail: Channel, form: Channel) -> None:
    page = desk.get(url("channels")).content.decode()
    assert mail.goal in page
    assert form.goal in page


def test_open_a_channel(desk: Client) -> None:
    page = desk.post(url("channel_new", "email"), GIVEN | {"sender": "hello@shop.example"})
    channel = Channel.objects.get(name="Letters")
    assert page.url == url("channel", channel.pk)
    assert (channel.kind, channel.replies, channel.notices, channel.per_minute) == (
        "email",
        "approved",
        "none",
        30,
    )
    assert channel.config == {"answer_hours": 8.0, "follow_up_hours": 48.0, "sender": "hello@shop.example"}
    assert Event.objects.filter(name="channels.channel_opened").exists()


def test_without_a_why_no_channel_is_opened(desk: Client) -> None:
    page = desk.post(url("channel_new", "api"), GIVEN | {"goal": " "})
    assert page.status_code == 422
    assert "Say why this channel is there." in page.content.decode()
    assert not Channel.objects.exists()


def test_a_name_that_is_taken_is_refused_at_its_field(desk: Client, mail: Channel) -> None:
    page = desk.post(url("channel_new", "api"), GIVEN | {"name": mail.name})
    assert page.status_code == 422
    assert page.context["form"].errors["name"]


def test_change_a_form_and_where_it_may_be_embedded(desk: Client, form: Channel) -> None:
    Channel.objects.filter(pk=form.pk).update(config={"answer_hours": 12})
    page = desk.get(url("channel", form.pk)).content.decode()
    assert f"/f/{form.key}/embed.js" in page
    assert "name your sites" in page
    wrong = desk.post(url("channel", form.pk), GIVEN | {"origins": "not a site"})
    assert wrong.status_code == 422
    assert "write it as https://shop.example" in wrong.content.decode()
    desk.post(url("channel", form.pk), GIVEN | {"origins": "https://Shop.example/\nhttps://b.example"})
    form.refresh_from_db()
    assert form.origins == ["https://shop.example", "https://b.example"]
    assert form.config["answer_hours"] == 8


def test_close_and_open_again(desk: Client, mail: Channel) -> None:
    desk.post(url("channel_close", mail.pk))
    mail.refresh_from_db()
    assert mail.closed_at is not None
    desk.post(url("channel_close", mail.pk), {"as": "open"})
    mail.refresh_from_db()
    assert mail.closed_at is None


def test_who_may_change_channels(desk: Client, mail: Channel, samir: Any) -> None:
    assert desk.get(url("channel", 999)).status_code == 404
    assert desk.get("/settings/channels/new/pigeon/").status_code == 404
    assert desk.get(url("channel_close", mail.pk)).status_code == 405
    assert desk.post(url("channels")).status_code == 405
    desk.force_login(samir)
    page = desk.get(url("channels"))
    assert page.status_code == 200
    assert url("channel", mail.pk) not in page.content.decode()
    for name, args in (("channel", mail.pk), ("channel_new", "api")):
        assert desk.get(url(name, args)).status_code == 403
    assert desk.post(url("channel_close", mail.pk)).status_code == 403


def test_dead_letters_of_both_sides_are_shown_and_tried_again(
    client: Client, yard: SimpleNamespace, hanne: Any, mail: Channel
) -> None:
    loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    Handoff.objects.update(state="dead", error="The address answers 503.")
    letter = Delivery.objects.create(
        channel=mail,
        customer=hanne,
        purpose="reply",
        text="x",
        key="k",
        state="dead",
        error="No such mailbox.",
    )
    client.force_login(yard.maren)
    page = client.get(url("deliveries")).content.decode()
    for words in ("The address answers 503.", "No such mailbox.", url("loop", loop.pk)):
        assert words in page
    handoff = Handoff.objects.get()
    client.post(url("handoff_replay", handoff.pk), {"next": url("deliveries")})
    client.post(url("delivery_replay", letter.pk), {"next": url("deliveries")})
    handoff.refresh_from_db()
    letter.refresh_from_db()
    assert (handoff.state, letter.state) == ("queued", "queued")
    assert client.get(url("deliveries")).content.decode().count("Everything arrived.") == 2


def test_a_partner_sees_only_their_own_dead_letters(
    client: Client, yard: SimpleNamespace, hanne: Any, mail: Channel
) -> None:
    loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    Handoff.objects.update(state="dead")
    Delivery.objects.create(channel=mail, customer=hanne, purpose="reply", text="x", key="k", state="dead")
    client.force_login(yard.pia)
    page = client.get(url("deliveries"))
    assert not page.context["handoffs"].object_list
    assert "Hanne" not in page.content.decode()
    assert client.post(url("deliveries")).status_code == 405


def test_dead_letters_cost_the_same_with_more(
    desk: Client, hanne: Any, mail: Channel, django_assert_max_num_queries: Any
) -> None:
    desk.get(url("deliveries"))

    def bury(key: str) -> None:
        Delivery.objects.create(
            channel=mail, customer=hanne, purpose="reply", text="x", key=key, state="dead"
        )

    bury("first")
    with django_assert_max_num_queries(16) as few:
        desk.get(url("deliveries"))
    for number in range(20):
        bury(str(number))
    with django_assert_max_num_queries(len(few)):
        desk.get(url("deliveries"))


def test_my_profile(desk: Client, maren: Any) -> None:
    page = desk.get(url("me")).content.decode()
    assert reverse("account_change_password") in page
    assert reverse("mfa_index") in page
    desk.post(url("me"), {"name": "Maren O."})
    maren.refresh_from_db()
    assert maren.name == "Maren O."
    assert desk.post(url("me"), {"name": ""}).status_code == 422


def test_a_new_password_leads_back_to_the_profile(desk: Client) -> None:
    new = "another long pass phrase"
    asked = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = desk.post(reverse("account_change_password"), asked, follow=True)
    assert page.redirect_chain[-1][0] == url("me")
    assert "Your password is changed." in page.content.decode()


def test_tabs_that_lead_nowhere_for_somebody_are_not_shown(desk: Client, samir: Any) -> None:
    assert url("journal") in desk.get(url("me")).content.decode()
    desk.force_login(samir)
    assert url("journal") not in desk.get(url("me")).content.decode()
