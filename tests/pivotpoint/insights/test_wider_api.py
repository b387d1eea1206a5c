"""Wider themes over the API and on the pages: works, not visible, role lacking."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from pivotpoint.insights.models import Theme, WiderTheme
from tests.pivotpoint.insights.test_api import call  # noqa: F401 a fixture
from tests.pivotpoint.insights.test_wider import told  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db


def test_the_second_level_over_the_api(told: dict[str, Theme], maren: Any, call: Any) -> None:  # noqa: F811
    rows = call(maren, "get", "wider-themes").json()["items"]
    invoice = next(row for row in rows if "nvoice" in row["title"])
    assert (invoice["themes"], invoice["people"], invoice["messages"]) == (2, 4, 6)
    inside = call(maren, "get", f"insights?part_of={invoice['id']}").json()["items"]
    assert {row["id"] for row in inside} == {told["copy"].pk, told["vat"].pk}
    assert {row["theme"]["part_of"] for row in inside} == {invoice["id"]}
    assert call(maren, "get", f"wider-themes/{invoice['id']}").json() == invoice
    assert call(maren, "get", "wider-themes/999").status_code == 404


def test_placing_and_renaming_over_the_api(told: dict[str, Theme], maren: Any, call: Any) -> None:  # noqa: F811
    pk, wider = told["vat"].pk, WiderTheme.objects.get(inside=told["vat"].pk).pk
    placed = call(maren, "post", f"insights/{pk}/part-of", {"part_of": None})
    assert (placed.status_code, placed.json()["kind"]) == (201, "place")
    assert call(maren, "get", f"insights/{pk}").json()["theme"]["part_of"] is None
    call(maren, "delete", f"actions/{placed.json()['id']}")
    assert call(maren, "get", f"insights/{pk}").json()["theme"]["part_of"] == wider
    titled = call(maren, "post", f"wider-themes/{wider}/title", {"title": "All invoices"})
    assert (titled.status_code, titled.json()["title"]) == (201, "All invoices")
    assert call(maren, "post", f"insights/{pk}/part-of", {"part_of": 999}).status_code == 404


def test_a_partner_sees_no_second_level(told: dict[str, Theme], pia: Any, call: Any, client: Any) -> None:  # noqa: F811
    assert call(pia, "get", "wider-themes").json()["items"] == []
    client.force_login(pia)
    page = client.get(reverse("desk:insights"), {"by": "wider", "period": ""})
    assert page.status_code == 200
    assert "Invoice" not in page.content.decode()


def test_the_pages_show_what_an_insight_is_part_of(
    told: dict[str, Theme],  # noqa: F811
    maren: Any,
    client: Any,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(maren)
    wider = WiderTheme.objects.get(inside=told["vat"].pk)
    page = client.get(reverse("desk:insight", args=[told["vat"].pk])).content.decode()
    assert "Part of" in page
    assert wider.title in page
    assert told["copy"].title in page
    by_wider = client.get(reverse("desk:insights"), {"by": "wider", "period": ""})
    heads = [group["wider"] for group in by_wider.context["groups"]]
    assert wider in heads
    assert heads[-1] is None
    inside = client.get(reverse("desk:insights"), {"part_of": wider.pk, "period": ""})
    assert {line["theme"].pk for group in inside.context["groups"] for line in group["lines"]} == {
        told["copy"].pk,
        told["vat"].pk,
    }
    assert "4 people" in inside.content.decode()


def test_placing_and_renaming_on_the_pages(told: dict[str, Theme], maren: Any, client: Any) -> None:  # noqa: F811
    client.force_login(maren)
    wider = WiderTheme.objects.get(inside=told["vat"].pk)
    client.post(reverse("desk:wider_rename", args=[wider.pk]), {"title": "All invoices"})
    assert WiderTheme.objects.get(pk=wider.pk).title == "All invoices"
    client.post(reverse("desk:insight_place", args=[told["vat"].pk]), {"part_of": ""})
    assert Theme.objects.get(pk=told["vat"].pk).part_of is None
    client.post(reverse("desk:insight_place", args=[told["vat"].pk]), {"part_of": wider.pk})
    assert Theme.objects.get(pk=told["vat"].pk).part_of == wider
