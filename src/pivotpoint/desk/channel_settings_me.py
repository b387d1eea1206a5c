"""My profile: what I am called, and how I log in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import PERMISSIONS, ROLES, needs
from pivotpoint.enterprise.rooms.names import name_of


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("name",)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.view")
def me_page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = NameForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("desk:me")
    context = {
        "form": form,
        "may": [PERMISSIONS[key] for key in PERMISSIONS if key in ROLES[user.role]],
        "room_name": name_of(user),
        "two_factor": is_mfa_enabled(user),
    }
    return render(request, "desk/channels_me.html", context, status=422 if form.errors else 200)
