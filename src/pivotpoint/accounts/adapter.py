"""Nobody signs up by themselves: the wizard makes the first user, an administrator invites the others."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import resolve_url

log = logging.getLogger(__name__)

NOT_SENT = "The letter could not be sent: the mail server does not take it."


class ClosedDoor(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("desk:me")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down breaks no page, and does not tell a stranger which addresses we know."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # Every error of smtplib is one.
            log.exception("a letter to a user could not be sent")
            if self.request.user.is_authenticated:
                messages.error(self.request, NOT_SENT)
