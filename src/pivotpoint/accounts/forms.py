"""What people type into the wizard and the settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from pivotpoint.accounts.functions import FUNCTIONS
from pivotpoint.accounts.models import Role, Team, User
from pivotpoint.accounts.permissions import PERMISSIONS


class SetUpForm(forms.Form):
    organisation = forms.CharField(max_length=120, label="Your organisation")
    brand_names = forms.CharField(
        required=False,
        label="Names that mean you",
        help_text="Brands, products, handles; separated by commas.",
    )
    functions = forms.MultipleChoiceField(
        choices=[(key, name) for key, (name, _) in FUNCTIONS.items()],
        initial=list(FUNCTIONS),
        widget=forms.CheckboxSelectMultiple,
        label="Functions that can act",
    )
    name = forms.CharField(max_length=120, label="Your name")
    email = forms.EmailField(label="Your e-mail")
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least ten characters.",
    )
    demo = forms.BooleanField(required=False, label="Fill it with the demo story, to look around first")

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean_brand_names(self) -> list[str]:
        return [word.strip() for word in self.cleaned_data["brand_names"].split(",") if word.strip()]


class InviteForm(forms.Form):
    name = forms.CharField(max_length=120)
    email = forms.EmailField(label="E-mail")
    role = forms.ChoiceField(choices=Role.choices, initial=Role.AGENT)
    team = forms.ModelChoiceField(Team.objects.all(), required=False, label="Function", empty_label="None")


class ChangeForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
    team = forms.ModelChoiceField(Team.objects.all(), required=False, label="Function", empty_label="None")


class WhoForm(forms.Form):
    name = forms.CharField(max_length=120)
    email = forms.EmailField(label="E-mail", help_text="They log in with it. The address before it is told.")


class LeaveForm(forms.Form):
    successor = forms.ModelChoiceField(
        User.objects.none(), label="Who takes over their open work?", empty_label="Choose"
    )

    def __init__(self, *args: Any, leaver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.queryset = User.objects.active().exclude(pk=leaver.pk)


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Team
        fields = ("name", "mark", "email", "lead")
        labels = {"mark": "Two letters", "email": "E-mail of the whole function"}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead: Any = self.fields["lead"]
        lead.empty_label = "Nobody yet"


class OrganisationForm(forms.Form):
    name = forms.CharField(max_length=120, label="Organisation")
    brand_names = forms.CharField(
        required=False, label="Names that mean you", help_text="Separated by commas."
    )
    rival_names = forms.CharField(
        required=False, label="Names that mean a rival", help_text="Separated by commas."
    )
    pattern_from = forms.IntegerField(min_value=1, max_value=1000, label="People that make a pattern")
    trend_from = forms.IntegerField(min_value=2, max_value=10000, label="People that make a trend")
    two_pairs_of_eyes = forms.BooleanField(
        required=False,
        label="A change of the switchyard needs a second person",
        help_text="It waits as a proposal until somebody other than its author approves it.",
    )
    reads_mood = forms.BooleanField(
        required=False,
        label="Show how people feel",
        help_text="Off: no page, answer or hand-off tells a mood. Messages are still read; switch it on and it is there.",
    )
    hour_price = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        label="What an hour of a colleague’s work costs",
        help_text="Then Effort says what listening costs. Empty: it says hours only.",
    )
    currency = forms.RegexField(
        "^[A-Za-z]{3}$", required=False, label="Currency", help_text="Three letters, as EUR."
    )


class TokenForm(forms.Form):
    name = forms.CharField(max_length=80, label="What is it for?")
    scopes = forms.MultipleChoiceField(
        choices=list(PERMISSIONS.items()), widget=forms.CheckboxSelectMultiple, label="What it may do"
    )
