"""The address that somebody logs in with: they ask for another one and confirm it by a letter to it; or an administrator sets it."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.record import record

log = logging.getLogger(__name__)
SALT = "pivotpoint.accounts.address"
DAY = 24 * 3600
USED_UP = "This link is used up, or older than a day. Ask for another one on My profile."


def demand_password(request: HttpRequest, user: User, password: str) -> None:
    """Refused unless it is theirs: an open browser, or a token that has leaked, must not be enough to take an account."""
    if not ratelimit.consume(request, action="reauthenticate", user=user):
        raise ValidationError("That was tried too often. Wait a minute.")
    if not user.check_password(password):
        raise ValidationError("This is not your password.")


def ask(user: User, email: str, *, by: Any) -> None:
    """A letter with a link goes to the new address; nothing has changed before it is followed and confirmed."""
    if user_of(by) != user:
        demand(by, "user.manage")
    email = _checked(email)
    if email == user.email:
        raise ValidationError("This is your address already.")
    if (other := _other(user, email)) is not None:
        if User.objects.visible_to(user).filter(pk=other.pk).exists():
            raise ValidationError(f"{email} is {other}'s address.")
        return  # Whoever may not see a colleague does not learn of them here either: no letter goes out.
    token = signing.dumps([user.pk, _digest(user.email), email], salt=SALT)
    link = settings.SITE_URL + reverse("desk:my_email_confirm", args=[token])
    try:
        _write(email, "confirm", {"user": user, "link": link})
    except OSError as error:  # Every error of smtplib is one.
        log.exception("a letter to a new address could not be sent")
        raise ValidationError(
            "The letter could not be sent. An administrator can set your address on your page in People."
        ) from error
    record("accounts.address_asked", user, by=by)


def asked(user: User, token: str) -> str:
    """The address that the link confirms for this person; Refused when it is another's, used up or too old."""
    try:
        pk, was, email = signing.loads(token, salt=SALT, max_age=DAY)
    except (signing.BadSignature, ValueError, TypeError):
        raise ValidationError(USED_UP) from None
    if pk != user.pk or was != _digest(user.email):
        raise ValidationError(USED_UP)
    return str(email)


def confirm(user: User, token: str, *, by: Any) -> User:
    """The link was in a letter to that address, so it is theirs."""
    return _change(user, asked(user, token), by)


def change(user: User, email: str, *, by: Any) -> User:
    """An administrator says what somebody's address is; the address before it is told."""
    demand(by, "user.manage")
    email = _checked(email)
    return user if email == user.email else _change(user, email, by)


def _change(user: User, email: str, by: Any) -> User:
    was = user.email
    try:
        with transaction.atomic():
            if (other := _other(user, email)) is not None:
                raise ValidationError(f"{email} is {other}'s address.")
            user.email = email
            user.save(update_fields=["email"])
            # What the login library remembers of the address before would still open the door.
            EmailAddress.objects.filter(user=user).delete()
            record("accounts.address_changed", user, by=by)
    except IntegrityError:
        user.email = was
        raise ValidationError(f"{email} is somebody else's address.") from None
    try:
        _write(was, "changed", {"user": user, "email": email})
    except OSError:
        log.exception("a letter about a changed address could not be sent")
    return user


def _digest(email: str) -> str:
    """The address of before, for the link: whoever gets a letter by mistake does not read it out of there."""
    return salted_hmac(SALT, email).hexdigest()[:16]


def _checked(email: str) -> str:
    email = email.strip().lower()
    validate_email(email)
    return email


def _other(user: User, email: str) -> User | None:
    return User.objects.get_queryset().filter(email__iexact=email).exclude(pk=user.pk).first()


def _write(to: str, letter: str, context: dict[str, Any]) -> None:
    subject, _, text = render_to_string(f"accounts/letters/{letter}.txt", context).partition("\n\n")
    EmailMessage(subject.strip(), text, to=[to]).send()
