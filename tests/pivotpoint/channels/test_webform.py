"""The public form: for people, on our page and on other sites."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.channels import follow, webform
from pivotpoint.channels.limits import forget_old
from pivotpoint.channels.models import Arrivals, Channel, Conversation, Message
from pivotpoint.customers import consent
from pivotpoint.lib import clock

pytestmark = pytest.mark.django_db
WORDS = "The lamp came broken."


@pytest.fixture
def address(form: Any, samir: Any, now: datetime) -> str:
    """The address of the form, opened ten seconds ago."""
    return reverse("channels:form", args=[form.key])


def fields(channel: Any, now: datetime, **more: Any) -> dict[str, Any]:
    with clock.at(now - timedelta(seconds=10)):
        return {"text": WORDS, "stamp": webform.stamp(channel), **more}


def test_what_a_person_tells_us_is_taken_and_can_be_followed(
    client: Any, form: Any, address: str, now: datetime
) -> None:
    assert "Tell us." in client.get(address).content.decode()
    answer = client.post(address, fields(form, now, name="Hanne", email="hanne@home.example", may_tell="on"))

    message = Message.objects.get()
    assert (message.text, message.quarantined, message.customer.name) == (WORDS, "", "Hanne")
    assert answer.status_code == 302 and follow.message_for(answer.url.rstrip("/").split("/")[-1]) == message
    assert "form" in consent.allowed([message.customer_id], "notice")[message.customer_id]
    assert Conversation.objects.get().customer == message.customer


def test_a_box_that_is_not_ticked_says_nothing(client: Any, form: Any, address: str, now: datetime) -> None:
    client.post(address, fields(form, now, email="hanne@home.example"))
    assert not Message.objects.get().customer.consents.exists()


def test_sending_twice_is_one_message(client: Any, form: Any, address: str, now: datetime) -> None:
    sent = fields(form, now)
    client.post(address, sent)
    client.post(address, sent)
    client.post(address, {**sent, "text": "And the cable is missing."})
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"website": "http://spam.example"}, webform.TRAPPED),
        ({"stamp": "forged"}, webform.NO_STAMP),
        ({"stamp": ""}, webform.NO_STAMP),
    ],
)
def test_a_machine_is_kept_apart_and_not_told(
    client: Any, form: Any, address: str, now: datetime, change: dict[str, str], reason: str
) -> None:
    answer = client.post(address, fields(form, now, **change))
    assert answer.status_code == 302 and Message.objects.get().quarantined == reason
    assert not Conversation.objects.exists()


def test_faster_than_a_person_writes_is_kept_apart(client: Any, form: Any, address: str) -> None:
    client.post(address, {"text": WORDS, "stamp": webform.stamp(form)})
    assert Message.objects.get().quarantined == webform.TOO_FAST


def test_a_stamp_of_another_form_is_none(client: Any, form: Any, address: str, now: datetime) -> None:
    other = Channel.objects.create(name="Other form", kind="form", goal="Hear more.")
    client.post(address, fields(other, now))
    assert Message.objects.get().quarantined == webform.NO_STAMP


@pytest.mark.parametrize(
    ("wrong", "words"), [({"text": " "}, "Write what happened."), ({"email": "hanne"}, "valid email")]
)
def test_bad_input_says_what_to_write(
    client: Any, form: Any, address: str, now: datetime, wrong: dict[str, str], words: str
) -> None:
    answer = client.post(address, fields(form, now, **wrong))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Message.objects.exists()


def test_too_many_in_one_minute_are_put_off(client: Any, form: Any, address: str, now: datetime) -> None:
    Channel.objects.update(per_minute=2)
    codes = [client.post(address, fields(form, now, text=f"{WORDS} {n}")).status_code for n in range(3)]
    assert codes == [302, 302, 429]
    late = client.post(address, fields(form, now, text="More"))
    assert late.headers["Retry-After"] == "60" and "in a minute" in late.content.decode()
    assert client.post(address, fields(form, now), REMOTE_ADDR="10.0.0.9").status_code == 302
    with clock.at(now + timedelta(minutes=1)):
        assert client.post(address, fields(form, now, text="Later")).status_code == 302
    assert Message.objects.count() == 4


def test_addresses_are_not_kept(client: Any, form: Any, address: str, now: datetime) -> None:
    client.post(address, fields(form, now), REMOTE_ADDR="192.0.2.77")
    assert "192.0.2" not in str(list(Arrivals.objects.values()))
    with clock.at(now + timedelta(hours=2)):
        forget_old()
    assert not Arrivals.objects.exists()


def test_a_proxy_names_the_caller_only_when_it_is_trusted(
    client: Any, form: Any, address: str, now: datetime, settings: Any
) -> None:
    Channel.objects.update(per_minute=1)
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    via = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.5"}
    forged = {"REMOTE_ADDR": "203.0.113.5", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}
    assert client.post(address, fields(form, now), **via).status_code == 302
    assert client.post(address, fields(form, now, text="Again"), **forged).status_code == 429


@pytest.mark.parametrize(
    ("origin", "code"),
    [
        ("http://testserver", 302),
        ("https://shop.example", 302),
        (None, 302),
        ("https://evil.example", 403),
        ("null", 403),
    ],
)
def test_only_known_sites_may_send(
    client: Any, form: Any, address: str, now: datetime, origin: str | None, code: int
) -> None:
    Channel.objects.update(origins=["https://shop.example"])
    headers = {"HTTP_ORIGIN": origin} if origin else {}
    assert client.post(address, fields(form, now), **headers).status_code == code
    assert Message.objects.exists() is (code == 302)


def test_the_frame_shows_only_on_the_channel_s_sites(client: Any, form: Any, address: str) -> None:
    frame = reverse("channels:frame", args=[form.key])
    assert "frame-ancestors 'none'" in client.get(frame).headers["Content-Security-Policy"]
    Channel.objects.update(origins=["https://shop.example", "https://help.example"])
    answer = client.get(frame)
    assert answer.headers["Content-Security-Policy"].endswith(
        "frame-ancestors https://shop.example https://help.example"
    )
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors 'none'" in client.get(address).headers["Content-Security-Policy"]


def test_in_the_frame_they_get_the_link(client: Any, form: Any, address: str, now: datetime) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("channels:frame", args=[form.key]), fields(form, now), follow=True)
    assert answer.status_code == 200 and follow.link(Message.objects.get()) in answer.content.decode()
    assert client.get(reverse("channels:thanks", args=[form.key, "wrong"])).status_code == 404


def test_the_script_puts_the_frame(client: Any, form: Any, address: str) -> None:
    answer = client.get(reverse("channels:embed", args=[form.key]))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert f'"http://127.0.0.1:8000/f/{form.key}/frame/"' in answer.content.decode()


@pytest.mark.parametrize("change", [{"closed_at": clock.now()}, {"kind": "portal"}, {"key": "other"}])
def test_no_open_form_no_page(client: Any, form: Any, address: str, change: dict[str, Any]) -> None:
    Channel.objects.update(**change)
    for name in ("form", "frame", "embed"):
        assert client.get(reverse(f"channels:{name}", args=[form.key])).status_code == 404


class TestStop:
    @pytest.fixture
    def link(self, mail: Any, hanne: Any) -> str:
        from pivotpoint.channels import outbox, stop

        consent.give(hanne, "notice", source="Form")
        delivery = outbox.post(mail, hanne, purpose="notice", subject="s", text="t", key="k")
        return stop.link(delivery).removeprefix("http://127.0.0.1:8000")

    def test_opening_the_link_changes_nothing(self, client: Any, hanne: Any, link: str) -> None:
        assert "No more of it?" in client.get(link).content.decode()
        assert consent.allowed([hanne.pk], "notice")[hanne.pk]

    def test_one_click_is_a_no(self, hanne: Any, link: str) -> None:
        strict = Client(enforce_csrf_checks=True)
        for _ in range(2):
            assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert not consent.allowed([hanne.pk], "notice")[hanne.pk]
        assert hanne.consents.count() == 2

    def test_a_wrong_link_is_no_page(self, client: Any, installation: Any) -> None:
        assert client.get("/stop/wrong/").status_code == 404
