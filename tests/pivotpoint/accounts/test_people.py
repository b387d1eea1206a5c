from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.accounts import people
from pivotpoint.accounts.leave import leave
from pivotpoint.accounts.models import Token, User
from pivotpoint.journal.models import Event


def test_an_invited_colleague_chooses_a_password_by_the_link(
    client: Any, ada: Any, teams: dict[str, Any]
) -> None:
    user = people.invite(
        email="tove@fjordhus.example", name="Tove Quill", role="agent", team=teams["service"], by=ada
    )
    door = people.door(user).split("8000", 1)[1]
    page = client.get(door, follow=True)
    assert page.status_code == 200
    client.post(
        page.request["PATH_INFO"],
        {"password1": "another long password", "password2": "another long password"},
    )
    user.refresh_from_db()
    assert user.check_password("another long password")
    assert client.session["_auth_user_id"] == str(user.pk), "they are in"


def test_an_invitation_is_found_again_until_it_was_taken(client: Any, ada: Any, samir: Any) -> None:
    user = people.invite(email="tove@fjordhus.example", name="Tove", role="viewer", team=None, by=ada)
    client.force_login(ada)
    assert "/accounts/password/reset/key/" in client.get(f"/settings/people/{user.pk}/").content.decode()
    assert "/password/reset/key/" not in client.get(f"/settings/people/{samir.pk}/").content.decode()


def test_the_same_address_is_invited_once(ada: Any, samir: Any) -> None:
    with pytest.raises(ValidationError, match="here already"):
        people.invite(email=samir.email.upper(), name="Samir", role="agent", team=None, by=ada)


def test_only_an_administrator_invites(maren: Any) -> None:
    with pytest.raises(PermissionDenied):
        people.invite(email="x@fjordhus.example", name="X", role="viewer", team=None, by=maren)


def test_the_last_administrator_stays(ada: Any, samir: Any) -> None:
    with pytest.raises(ValidationError, match="last administrator"):
        people.change(ada, role="viewer", team=None, by=ada)
    with pytest.raises(ValidationError, match="last administrator"):
        leave(ada, samir, by=ada)


def test_a_leaver_is_out_at_once_and_their_keys_with_them(
    client: Any, ada: Any, samir: Any, maren: Any
) -> None:
    _, secret = Token.issue(samir, "export", ["desk.view"])
    client.force_login(samir, backend="allauth.account.auth_backends.AuthenticationBackend")
    leave(samir, maren, by=ada)
    assert client.get("/settings/").status_code == 302
    assert Token.find(secret) is None
    event = Event.objects.get(name="accounts.user_left")
    assert (event.subject_id, event.data["successor"]) == (samir.pk, maren.pk)


def test_nobody_hands_over_to_themselves_or_to_somebody_who_left(ada: Any, samir: Any, maren: Any) -> None:
    leave(samir, maren, by=ada)
    for successor in (maren, User.objects.get(pk=samir.pk)):
        with pytest.raises(ValidationError):
            leave(maren, successor, by=ada)


def test_a_token_does_no_more_than_its_owner_may(maren: Any, victor: Any) -> None:
    token, _ = Token.issue(victor, "too much", ["desk.view", "pivot.change"])
    assert token.may("desk.view") and not token.may("pivot.change")
    assert not Token.issue(maren, "little", ["desk.view"])[0].may("pivot.change")


def test_who_forgot_the_password_gets_a_letter_and_a_stranger_none(
    client: Any, samir: Any, mailoutbox: list[Any]
) -> None:
    samir.name = "Samir O'Teal"
    samir.save()
    for email in ("nobody@home.example", samir.email):
        answer = client.post("/accounts/password/reset/", {"email": email}, follow=True)
        assert "Look into your mail" in answer.content.decode()
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == ([samir.email], "Choose a new password")
    assert "Hello Samir O'Teal" in letter.body and "/accounts/password/reset/key/" in letter.body
