"""A history read anew, on its pages: begun, looked at, accepted, undone."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.listening.encoders.known import introduce
from pivotpoint.listening.models import Reading, Reread
from pivotpoint.listening.rereads import runs
from pivotpoint.listening.taxonomies import taxonomies
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop
from tests.pivotpoint import encoders as others

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(yard: SimpleNamespace, client: Client, settings: Any, tmp_path: Path) -> SimpleNamespace:
    """Maren begins it; a loop is under way."""
    settings.DATA_FOLDER = tmp_path
    loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    client.force_login(yard.maren)
    answer = client.post(reverse("desk:reread_start"), {"version": ""})
    yard.run = Reread.objects.get()
    yard.page = reverse("desk:reread", args=[yard.run.pk])
    assert answer["Location"] == yard.page
    return yard


def step(client: Client, run: Reread, name: str) -> None:
    client.post(reverse("desk:reread_step", args=[run.pk, name]))
    run.refresh_from_db()


def test_it_says_how_far_it_is(begun: SimpleNamespace, client: Client) -> None:
    assert "reading, 0 %" in client.get(reverse("desk:rereads")).content.decode()
    step(client, begun.run, "pause")
    assert "Nobody reads on" in client.get(begun.page).content.decode()
    step(client, begun.run, "resume")
    assert begun.run.state == Reread.State.RUNNING


def test_a_page_that_moves_asks_for_its_figures_and_never_jumps(
    begun: SimpleNamespace, client: Client
) -> None:
    page = client.get(begun.page).content.decode()
    assert 'hx-trigger="every 3s" hx-select="#run"' in page
    assert "http-equiv" not in page
    step(client, begun.run, "pause")
    assert "hx-trigger" not in client.get(begun.page).content.decode()


def test_the_report_names_themes_and_loops_and_both_figures(begun: SimpleNamespace, client: Client) -> None:
    """The yard's readings were written by hand, so the reader sees them differently."""
    while begun.run.state != Reread.State.READ:
        runs.advance()
        begun.run.refresh_from_db()
    page = client.get(begun.page).content.decode()
    assert begun.run.report["changed"] > 0
    assert [row["loop"] for row in begun.run.report["loops"]] == [Loop.objects.get().pk]
    assert page.count(begun.trend.theme.title) >= 2
    assert "Accept: switch over" in page
    assert "Keep the readings of now" in page


def test_the_report_quotes_what_moves_most(begun: SimpleNamespace, client: Client) -> None:
    while begun.run.state != Reread.State.READ:
        runs.advance()
        begun.run.refresh_from_db()
    shown = {row[0]: row[3] for row in client.get(begun.page).context["judgements"]}
    pair = begun.run.report["judgements"]["mood"]["pairs"][0]
    moved = Reading.objects.filter(mood=pair["from"], message__candidates__mood=pair["to"])
    assert 0 < len(shown["Mood"]) <= 3
    assert set(shown["Mood"]) <= set(moved.values_list("message__text", flat=True))
    step(client, begun.run, "accept")
    assert not any(row[3] for row in client.get(begun.page).context["judgements"])


def test_the_report_says_what_the_own_classes_would_catch(begun: SimpleNamespace, client: Client) -> None:
    causes = taxonomies.make("Causes", by=begun.maren)
    late = taxonomies.save_class(causes, "Too late", examples=["It came late"], by=begun.maren)
    rows = [{"class": late.pk, "now": 2, "then": 1_240}, {"class": late.pk + 1, "now": 1, "then": 1}]
    Reread.objects.update(state=Reread.State.READ, report={"classes": rows})
    page = client.get(begun.page)
    assert [(one.name, row["then"]) for row, one in page.context["classes"]] == [("Too late", 1_240)]
    assert "2 → <b>1,240</b>" in page.content.decode()


def test_accepted_and_undone_from_the_page(begun: SimpleNamespace, client: Client) -> None:
    before = list(Reading.objects.order_by("pk").values("pk", "mood", "function", "version"))
    for name, done in (("accept", Reread.State.ACCEPTED), ("undo", Reread.State.UNDONE)):
        while begun.run.state not in (Reread.State.READ, Reread.State.ACCEPTED):
            runs.advance()
            begun.run.refresh_from_db()
        step(client, begun.run, name)
        while begun.run.state != done:
            runs.advance()
            begun.run.refresh_from_db()
        assert client.get(begun.page).status_code == 200
    assert list(Reading.objects.order_by("pk").values("pk", "mood", "function", "version")) == before


def test_what_is_no_step_is_not_there(begun: SimpleNamespace, client: Client) -> None:
    assert client.post(reverse("desk:reread_step", args=[begun.run.pk, "explode"])).status_code == 404
    step(client, begun.run, "cancel")
    assert begun.run.state == Reread.State.CANCELLED
    assert "Nothing was changed" in client.get(begun.page).content.decode()


def test_an_agent_sees_it_and_decides_nothing(begun: SimpleNamespace, client: Client) -> None:
    client.force_login(begun.samir)
    page = client.get(begun.page)
    assert page.status_code == 200
    assert "Pause" not in page.content.decode()
    assert client.post(reverse("desk:reread_step", args=[begun.run.pk, "cancel"])).status_code == 403


def test_another_encoder_is_chosen_and_its_report_shown(
    begun: SimpleNamespace, client: Client, tmp_path: Path
) -> None:
    """Nothing is said of encoders while only the shipped one is known."""
    page = client.get(reverse("desk:rereads")).content.decode()
    assert "found with the encoder <code>static-2</code>" in page
    step(client, begun.run, "cancel")
    assert 'name="encoder"' not in client.get(reverse("desk:rereads")).content.decode()
    introduce(str(others.halved(tmp_path)), by=begun.maren)
    assert (
        '<option value="halved">halved, a model</option>'
        in client.get(reverse("desk:rereads")).content.decode()
    )
    client.post(reverse("desk:reread_start"), {"version": "", "encoder": "halved"})
    run = Reread.objects.get(encoder__name="halved")
    while run.state != Reread.State.READ:
        runs.advance()
        run.refresh_from_db()
    shown = client.get(reverse("desk:reread", args=[run.pk])).content.decode()
    assert "What the encoder moves" in shown
    assert "<code>static-2</code> → <code>halved</code>" in shown
    step(client, run, "accept")
    while run.state != Reread.State.ACCEPTED:
        runs.advance()
        run.refresh_from_db()
    assert (
        "found with the encoder <code>halved</code>" in client.get(reverse("desk:rereads")).content.decode()
    )
    assert client.post(reverse("desk:reread_start"), {"encoder": "none such"}).status_code == 404
