from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pivotpoint.accounts import set_up
from pivotpoint.accounts.models import Installation, Team, User
from pivotpoint.journal.models import Event

ANSWERS = {
    "organisation": "Fjordhus",
    "brand_names": "Fjordhus, @fjordhus",
    "functions": ["service", "finance"],
    "name": "Ada Winther",
    "email": "Ada@Fjordhus.example",
    "password": "a long enough password",
}


@pytest.mark.django_db
def test_every_page_leads_to_the_wizard_until_it_is_through(client: Any) -> None:
    assert client.get("/settings/").url == "/setup/"
    assert client.get("/setup/").status_code == 200


@pytest.mark.django_db
def test_the_wizard_makes_the_installation_and_logs_its_administrator_in(client: Any) -> None:
    response = client.post("/setup/", ANSWERS)
    assert response.status_code == 302
    here, user = Installation.here(), User.objects.get()
    assert here.brand_names == ["Fjordhus", "@fjordhus"] and here.set_up_at
    assert (user.email, user.role) == ("ada@fjordhus.example", "administrator")
    assert set(Team.objects.values_list("key", flat=True)) == {"service", "finance"}
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Event.objects.filter(name="accounts.set_up").exists()


@pytest.mark.django_db
def test_a_weak_password_is_refused_with_a_sentence(client: Any) -> None:
    response = client.post("/setup/", ANSWERS | {"password": "short"})
    assert "too short" in response.content.decode()
    assert not User.objects.exists()


def test_the_wizard_is_gone_once_it_is_through(client: Any, installation: Any) -> None:
    assert client.get("/setup/").status_code == 404
    assert client.post("/setup/", ANSWERS).status_code == 404
    assert not User.objects.exists()


@pytest.mark.django_db
def test_of_two_who_set_it_up_at_once_one_is_refused(
    client: Any, installation: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    Installation.objects.update(id=set_up.ONLY)
    monkeypatch.setattr(set_up, "is_set_up", lambda: False)  # As it looked to the second one.
    fields = {key: ANSWERS[key] for key in ("organisation", "name", "email", "password", "functions")}
    with pytest.raises(ValidationError, match="set up already"):
        set_up.set_up(**fields)  # type: ignore[arg-type]
    assert not User.objects.exists()
