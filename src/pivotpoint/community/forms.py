"""What customers can fill in."""

from __future__ import annotations

from django import forms

from pivotpoint.experiences.models import Verdict


class VerdictForm(forms.Form):
    answer = forms.ChoiceField(
        choices=Verdict.Answer.choices,
        error_messages={
            "required": "Choose an answer.",
            "invalid_choice": "Choose one of the three answers.",
        },
    )
    comment = forms.CharField(max_length=2_000, required=False)


class ConsentForm(forms.Form):
    """`yes` or `no` to being written to about what changed."""

    tell = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
