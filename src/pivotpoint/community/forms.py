"""What customers can fill in."""

from __future__ import annotations

from django import forms

from pivotpoint.experiences.models import Verdict

MOST = 10_000


class TellForm(forms.Form):
    """The words, and where to write back if they want us to. `website` is a trap: people do not see it."""

    text = forms.CharField(max_length=MOST, error_messages={"required": "Write what happened."})
    name = forms.CharField(max_length=160, required=False)
    email = forms.EmailField(
        required=False, error_messages={"invalid": "Write the address as name@example.com."}
    )
    may_tell = forms.BooleanField(required=False)
    website = forms.CharField(required=False)


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
