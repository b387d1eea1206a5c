"""The import pages and the API: works, not visible, role lacking, wrong method."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pivotpoint.accounts.models import Token
from pivotpoint.channels.imports.sweep import work_off
from pivotpoint.channels.models import Channel, ImportRun
from tests.pivotpoint.imports.conftest import PARTS, REVIEWS

pytestmark = pytest.mark.django_db


def file(text: str = REVIEWS) -> SimpleUploadedFile:
    return SimpleUploadedFile("reviews.csv", text.encode(), "text/csv")


def test_from_upload_to_rejects(client: Any, maren: Any, feed: Any) -> None:
    client.force_login(maren)
    answer = client.post("/import/", {"file": file(REVIEWS + "4,rhea,,2026-11-03T10:00:00Z,1,\n")})
    page = answer.headers["Location"]
    assert "The sofa arrived with a scratch." in client.get(page).content.decode()
    answer = client.post(page, {**PARTS, "channel": feed.pk, "then": "start"})
    assert answer.status_code == 302, answer.content.decode()
    assert 'hx-trigger="every 1s"' in client.get(f"{page}progress/").content.decode()
    assert work_off()
    assert "Done: 3 taken in, 0 there already, 1 refused." in client.get(f"{page}progress/").content.decode()
    shown = client.get(page).content.decode()
    assert "hx-trigger" not in shown
    assert "The text is empty." in shown
    lines = b"".join(client.get(f"{page}rejects.csv").streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "reviews.csv" in client.get("/import/").content.decode()


def test_a_bad_file_and_a_bad_mapping_are_said_on_the_page(client: Any, maren: Any, feed: Any) -> None:
    client.force_login(maren)
    answer = client.post("/import/", {"file": SimpleUploadedFile("x.csv", b"\x89PNG\r\n")})
    assert answer.status_code == 422
    assert "a picture, not a table" in answer.content.decode()
    page = client.post("/import/", {"file": file()}).headers["Location"]
    answer = client.post(page, {"channel": feed.pk, "text": "comment", "id": "comment"})
    assert "used for two parts" in answer.content.decode()


def test_a_condition_that_no_row_fits_is_said_before_and_after(client: Any, maren: Any, feed: Any) -> None:
    client.force_login(maren)
    page = client.post("/import/", {"file": file()}).headers["Location"]
    sent = {**PARTS, "channel": feed.pk, "where_column": "customer", "where_value": "nobody"}
    assert client.post(page, {**sent, "then": "look"}).status_code == 302
    assert "None of the first rows has “nobody” in customer." in client.get(page).content.decode()
    client.post(page, {**sent, "then": "start"})
    assert work_off()
    shown = client.get(page).content.decode()
    assert "No row has “nobody” in customer, so every row was left out." in shown
    assert "/insights/?period=" not in shown


def test_what_was_taken_in_leads_on(client: Any, maren: Any, feed: Any) -> None:
    client.force_login(maren)
    page = client.post("/import/", {"file": file()}).headers["Location"]
    client.post(page, {**PARTS, "channel": feed.pk, "then": "start"})
    assert work_off()
    shown = client.get(page).content.decode()
    assert "/insights/?period=" in shown
    assert "every row was left out" not in shown


def test_the_first_file_opens_its_channel(client: Any, maren: Any) -> None:
    client.force_login(maren)
    page = client.post("/import/", {"file": file()}).headers["Location"]
    assert "New channel" in client.get(page).content.decode()
    new = {"channel_name": "App shop", "channel_kind": "review", "channel_goal": "Hear what breaks."}
    answer = client.post(page, {**PARTS, **new, "channel_goal": "", "then": "start"})
    assert "Say why you listen there." in answer.content.decode()
    answer = client.post(page, {**new, "text": "comment", "id": "comment"})
    assert "used for two parts" in answer.content.decode()
    assert not Channel.objects.exists()  # What does not go through opens nothing.
    client.post(page, {**PARTS, **new, "then": "start"})
    run, channel = ImportRun.objects.get(), Channel.objects.get()
    assert (run.channel, channel.kind, channel.goal) == (channel, "review", "Hear what breaks.")


def test_who_opens_no_channels_is_told_who_does(client: Any, cast: dict[str, Any]) -> None:
    client.force_login(cast["samir"])
    page = client.post("/import/", {"file": file()}).headers["Location"]
    shown = client.get(page).content.decode()
    assert "A lead or an administrator opens one" in shown
    assert "New channel" not in shown


def test_dry_run_then_for_good_then_cancelled(client: Any, maren: Any, feed: Any) -> None:
    client.force_login(maren)
    page = client.post("/import/", {"file": file()}).headers["Location"]
    client.post(page, {**PARTS, "channel": feed.pk, "then": "dry"})
    work_off()
    assert "Would be taken in" in client.get(page).content.decode()
    client.post(f"{page}start/")
    client.post(f"{page}cancel/")
    assert ImportRun.objects.get().state == "cancelled"


@pytest.mark.parametrize("name", ["ines", "victor", "pia"])
def test_who_may_not_is_told(client: Any, cast: dict[str, Any], name: str) -> None:
    client.force_login(cast[name])
    assert client.get("/import/").status_code == 403


def test_strangers_log_in_and_wrong_methods_are_refused(client: Any, maren: Any) -> None:
    assert client.get("/import/").status_code == 302
    client.force_login(maren)
    assert client.get("/import/9/").status_code == 404
    assert client.get("/import/9/cancel/").status_code == 405


def test_over_the_api(client: Any, maren: Any, ines: Any, feed: Any) -> None:
    def call(method: str, path: str, body: Any = None, user: Any = maren) -> Any:
        _, secret = Token.issue(user, "t", ["message.write"])
        kind = {} if isinstance(body, dict) and "file" in body else {"content_type": "application/json"}
        return getattr(client, method)(
            f"/api/v1/imports{path}", body, headers={"Authorization": f"Bearer {secret}"}, **kind
        )

    made = call("post", "", {"file": file(REVIEWS + "4,rhea,,never,1,Odd.\n")})
    assert made.status_code == 201, made.content
    pk = made.json()["run"]["id"]
    mapped = call("put", f"/{pk}", json.dumps({"channel": feed.pk, "mapping": PARTS}))
    assert mapped.json()["mapping"] == PARTS
    assert len(call("get", f"/{pk}/preview").json()) == 4
    assert call("post", f"/{pk}/start", json.dumps({})).status_code == 202
    work_off()
    assert call("get", f"/{pk}").json()["accepted"] == 3
    assert [row["row_number"] for row in call("get", f"/{pk}/rejects").json()["items"]] == [5]
    assert call("post", f"/{pk}/cancel").json()["state"] == "done"
    assert call("get", "").json()["items"][0]["id"] == pk
    assert call("get", "", user=ines).status_code == 403
    assert call("put", f"/{pk}", json.dumps({"channel": feed.pk, "mapping": {}})).status_code == 422


def test_after_a_dry_run_the_columns_can_be_said_anew(client: Any, maren: Any, feed: Any) -> None:
    client.force_login(maren)
    page = client.post("/import/", {"file": file()}).headers["Location"]
    client.post(page, {"text": "comment", "time": "customer", "channel": feed.pk, "then": "dry"})
    work_off()
    assert ImportRun.objects.get().rejected == 3
    assert f"{page}?columns" in client.get(page).content.decode()
    assert 'value="start"' in client.get(f"{page}?columns").content.decode()
    client.post(page, {**PARTS, "channel": feed.pk, "then": "start"})
    work_off()
    run = ImportRun.objects.get()
    assert (run.state, run.dry_run, run.accepted, run.rejects.count()) == ("done", False, 3, 0)
    assert 'value="start"' not in client.get(f"{page}?columns").content.decode()


def test_the_only_channel_is_chosen_already(client: Any, maren: Any, feed: Any) -> None:
    client.force_login(maren)
    page = client.post("/import/", {"file": file()}).headers["Location"]
    chosen = f'<option value="{feed.pk}" selected>'
    assert chosen in client.get(page).content.decode()
    Channel.objects.create(name="Shop", kind="review", goal="Hear what breaks.")
    assert chosen not in client.get(page).content.decode()
