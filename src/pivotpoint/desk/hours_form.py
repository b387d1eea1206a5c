"""What people type about hours, owners in turn, absences and the way of an escalation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from pivotpoint.accounts.models import Team, User
from pivotpoint.insights.models import Severity
from pivotpoint.lib import clock
from pivotpoint.pivot import calendar_text
from pivotpoint.pivot.models import Calendar, EscalationStep, Gate, Outbound, Ownership, Pivot
from pivotpoint.ui.templatetags.ui import gate

PLACES = 8
"""So many people one form takes into a rota."""
AS_ABOVE = ("", "As the gate is")


class PivotHours(forms.Form):
    """The part of a pivot's form about who owns, in which hours, who tells, and how open the gate is by severity."""

    owned_by = forms.ChoiceField(
        choices=Ownership.choices,
        initial=Ownership.PERSON,
        required=False,
        label="What newly comes in is owned by",
    )
    notices = forms.ChoiceField(
        choices=Outbound.choices,
        initial=Outbound.CHANNEL,
        required=False,
        label="Who lets notices out",
        help_text="To the people who asked; the stricter of this and the channel counts.",
    )
    calendar = forms.ModelChoiceField(
        Calendar.objects.none(),
        required=False,
        label="Business hours",
        empty_label="The function's, else every hour",
        help_text="Targets count in these hours.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calendar"].queryset = Calendar.objects.visible_to(user)  # type: ignore[attr-defined]
        given = (self.initial or {}).get("gates") or {}
        for severity in Severity:
            self.fields[f"gate_{severity.value}"] = forms.ChoiceField(
                choices=[AS_ABOVE, *((value, gate(value)) for value in Gate.values)],
                widget=forms.RadioSelect,
                required=False,
                label=f"{severity.label} severity",
                initial=given.get(severity.value, ""),
            )

    def gate_fields(self) -> list[forms.BoundField]:
        return [self[f"gate_{severity}"] for severity in reversed(Severity.values)]

    def clean(self) -> dict[str, Any]:
        """`gates` in place of the field for each severity."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["owned_by"] = cleaned.get("owned_by") or Ownership.PERSON
        cleaned["notices"] = cleaned.get("notices") or Outbound.CHANNEL
        said = {severity: cleaned.pop(f"gate_{severity}", "") for severity in Severity.values}
        return cleaned | {"gates": {severity: gate for severity, gate in said.items() if gate}}


class CalendarForm(forms.Form):
    name = forms.CharField(max_length=80, label="Name")
    zone = forms.CharField(max_length=60, label="Time zone", initial=timezone.get_default_timezone_name)
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Functions that work in these hours",
    )
    holidays = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        label="Holidays",
        help_text="A date and a name a line: 2026-12-25 Christmas.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = Team.objects.visible_to(user)  # type: ignore[attr-defined]
        week = (self.initial or {}).get("week", ["9:00-17:00"] * 5 + ["", ""])
        for number, name in enumerate(calendar_text.DAYS):
            self.fields[f"day_{number}"] = forms.CharField(
                max_length=80, required=False, label=name, initial=week[number]
            )

    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{number}"] for number in range(7)]

    def said(self) -> dict[str, Any]:
        """As calendars.save takes it."""
        cleaned = self.cleaned_data
        week = [cleaned[f"day_{number}"] for number in range(7)]
        return {key: cleaned[key] for key in ("name", "zone", "teams", "holidays")} | {"week": week}


def initial(calendar: Calendar) -> dict[str, Any]:
    """A calendar as its form shows it."""
    return {
        "name": calendar.name,
        "zone": calendar.zone,
        "week": [calendar_text.shift_words(day) for day in calendar.week],
        "teams": list(calendar.teams.all()),
        "holidays": "\n".join(map(str, calendar.holidays.all())),
    }


class RotaForm(forms.Form):
    """`whose` is pivot-<id> or team-<id>; places left empty close up."""

    whose = forms.ChoiceField(label="Whose")
    turn_days = forms.IntegerField(min_value=1, max_value=365, initial=7, label="Days a turn")
    starts_on = forms.DateField(
        label="The first turn begins", widget=forms.DateInput(attrs={"type": "date"}), initial=clock.today
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pivots, teams = Pivot.objects.visible_to(user).live(), Team.objects.visible_to(user)
        self.fields["whose"].choices = [  # type: ignore[attr-defined]
            ("Pivots", [(f"pivot-{one.pk}", one.name) for one in pivots]),
            ("Functions", [(f"team-{one.pk}", one.name) for one in teams]),
        ]
        able = [one for one in User.objects.visible_to(user).active() if one.may("loop.act")]
        choices = [("", "Nobody"), *((str(one.pk), str(one)) for one in able)]
        people = (self.initial or {}).get("people", [])
        for n in range(PLACES):
            self.fields[f"person_{n}"] = forms.ChoiceField(
                choices=choices,
                required=n == 0,
                label=f"{n + 1}.",
                initial=str(people[n]) if n < len(people) else "",
            )

    def places(self) -> list[forms.BoundField]:
        return [self[f"person_{n}"] for n in range(PLACES)]

    def turns(self) -> dict[str, Any]:
        """How long a turn is, and from when they count."""
        return {key: self.cleaned_data[key] for key in ("turn_days", "starts_on")}

    def people(self) -> list[User]:
        ids = [int(pk) for n in range(PLACES) if (pk := self.cleaned_data[f"person_{n}"])]
        users = {user.pk: user for user in User.objects.active().filter(pk__in=ids)}
        return [users[pk] for pk in ids if pk in users]

    def of(self) -> Pivot | Team:
        kind, _, pk = self.cleaned_data["whose"].partition("-")
        return (Pivot if kind == "pivot" else Team).objects.get(pk=pk)


class _Days(forms.DateInput):
    input_type = "date"


class AbsenceForm(forms.Form):
    """`user` is only asked of those who may say it of others."""

    user = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label="Choose")
    starts_on = forms.DateField(widget=_Days, label="First day", initial=clock.today)
    ends_on = forms.DateField(widget=_Days, label="Last day")
    deputy = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Deputy", empty_label="The next in line"
    )
    note = forms.CharField(max_length=120, required=False, label="Note")
    hand_over = forms.BooleanField(required=False, label="The deputy takes the open work over now")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.visible_to(user).active()
        self.fields["deputy"].queryset = people.exclude(pk=user.pk)  # type: ignore[attr-defined]
        if user.may("pivot.change"):
            self.fields["deputy"].queryset = self.fields["user"].queryset = people  # type: ignore[attr-defined]
            self.fields["user"].initial = user.pk
        else:
            del self.fields["user"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("hand_over") and not cleaned.get("deputy"):
            self.add_error("deputy", "Say who takes the open work over.")
        return cleaned


class HandOverForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label="Whose open work", empty_label="Choose")
    successor = forms.ModelChoiceField(User.objects.none(), label="Who takes it over", empty_label="Choose")
    reason = forms.CharField(max_length=300, required=False, label="Why")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "hand_%s"  # It stands beside the form for an absence, which has a user too.
        people = User.objects.visible_to(user).active()
        self.fields["successor"].queryset = people  # type: ignore[attr-defined]
        if user.may("pivot.change"):
            self.fields["user"].queryset = people  # type: ignore[attr-defined]
        else:
            del self.fields["user"]


class StepForm(forms.Form):
    """One step of an escalation; a row without anybody is no step."""

    to = forms.ChoiceField(choices=[("", "No step"), *EscalationStep.To.choices], required=False, label="Who")
    person = forms.ModelChoiceField(
        User.objects.active(), required=False, label="Which person", empty_label="–"
    )
    after_hours = forms.IntegerField(min_value=0, max_value=24 * 365, initial=0, label="Hours late")
    gives = forms.BooleanField(required=False, label="owns it from then on")


Steps = formset_factory(StepForm, extra=0, max_num=PLACES, absolute_max=PLACES)


def steps_of(steps: BaseFormSet[Any]) -> list[dict[str, Any]]:
    return [row for row in (form.cleaned_data for form in steps) if row.get("to")]


def upcoming(calendar: Calendar, today: date) -> str:
    """The next holiday."""
    return next((str(row) for row in calendar.holidays.all() if row.day >= today), "")
