"""My profile: what I am called, and how I log in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.accounts import address
from pivotpoint.accounts.models import Token, User
from pivotpoint.accounts.permissions import PERMISSIONS, ROLES, needs
from pivotpoint.enterprise.rooms.names import name_of


class AddressForm(forms.Form):
    email = forms.EmailField(label="New e-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label="Your password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("name",)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.view")
def me_page(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None, instance=_me(request))
    if form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("desk:me")
    return _page(request, {"form": form}, 422 if form.errors else 200)


def _me(request: HttpRequest) -> User:
    """A row of its own: what a form does to it is not yet what the page says of whoever looks at it."""
    user: Any = request.user
    return User.objects.get_queryset().get(pk=user.pk)


def _page(request: HttpRequest, forms: dict[str, Any], status: int) -> HttpResponse:
    user: Any = request.user
    context = {
        "form": NameForm(instance=user),
        "address_form": AddressForm(),
        "may": [PERMISSIONS[key] for key in PERMISSIONS if key in ROLES[user.role]],
        "room_name": name_of(user),
        "two_factor": is_mfa_enabled(user),
        "has_password": user.has_usable_password(),
        "tokens": Token.objects.live().filter(user=user),
        **forms,
    }
    return render(request, "desk/channels_me.html", context, status=status)


@require_POST
@needs("desk.view")
def my_email(request: HttpRequest) -> HttpResponse:
    """They want to log in with another address: a letter goes there."""
    form, user = AddressForm(request.POST), _me(request)
    if form.is_valid():
        try:
            address.demand_password(request, user, form.cleaned_data["password"])
            address.ask(user, form.cleaned_data["email"], by=user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            to = form.cleaned_data["email"]
            messages.success(
                request, f"A letter is on its way to {to}. Its link confirms the address, within a day."
            )
            return redirect("desk:me")
    return _page(request, {"address_form": form}, 422)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.view")
def my_email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter. Following it changes nothing: mail scanners open every link."""
    user = _me(request)
    try:
        email = address.asked(user, token)
        if request.method == "POST":
            address.confirm(user, token, by=user)
            messages.success(request, f"From now on you log in with {email}.")
            return redirect("desk:me")
    except ValidationError as refusal:
        wrong = {"wrong": " ".join(refusal.messages)}
        return render(request, "desk/me_email.html", wrong, status=410)
    return render(request, "desk/me_email.html", {"email": email})


@require_safe
@needs("desk.view")
def to_my_profile(request: HttpRequest) -> HttpResponse:
    """The login library's page for addresses would let everybody take one that is not theirs, perhaps a colleague's."""
    return redirect(f"{reverse('desk:me')}#email")
