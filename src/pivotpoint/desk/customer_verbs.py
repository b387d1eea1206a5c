"""What is done with a customer: consent, merges, erasure."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.models import Kind
from pivotpoint.customers import consent
from pivotpoint.customers.erase import erase
from pivotpoint.customers.merge import merge, unmerge
from pivotpoint.customers.models import Customer, Merge, Purpose
from pivotpoint.desk.customer import find, what_goes
from pivotpoint.desk.customers import sought, wanted
from pivotpoint.desk.doing import do
from pivotpoint.enterprise.models import Conflict
from pivotpoint.enterprise.records.keep import settle

CANDIDATES = 12


class ConsentForm(forms.Form):
    """What they said, and where they said so."""

    purpose = forms.ChoiceField(choices=Purpose.choices)
    channel_kind = forms.ChoiceField(choices=[("", "every channel"), *Kind.choices], required=False)
    granted = forms.ChoiceField(choices=[("yes", "They said yes"), ("no", "They said no")])
    source = forms.CharField(max_length=120, error_messages={"required": "Write where they said so."})


def _page(customer: Customer) -> str:
    return reverse("desk:customer", args=[customer.pk])


@require_POST
@needs("customer.change")
def consent_note(request: HttpRequest, pk: int) -> HttpResponse:
    """A yes or a no, with its source."""
    customer, form = find(request, pk).person, ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(_page(customer))
    said = form.cleaned_data
    say = consent.give if said["granted"] == "yes" else consent.withdraw
    kind, source = said["channel_kind"], said["source"]
    return do(
        request,
        lambda: say(customer, said["purpose"], channel_kind=kind, source=source, by=request.user),
        "Noted." if said["granted"] == "yes" else "Noted. What is queued for them stops before it leaves.",
        _page(customer),
    )


@require_POST
@needs("customer.change")
def conflict_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose value of a field stays: ours, or that of the system which has the customer's record."""
    rows = Conflict.objects.visible_to(request.user).open().select_related("link__customer")
    conflict = get_object_or_404(rows, pk=pk)
    kept = request.POST.get("kept", "")
    return do(
        request,
        lambda: settle(conflict, kept, by=request.user),
        "Settled. Both sides have the same with the next comparison.",
        _page(conflict.link.customer.person),
    )


@require_safe
@needs("customer.change")
def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the other one."""
    customer = find(request, pk).person
    words = wanted(request)
    others = sought(Customer.objects.visible_to(request.user), words).exclude(pk=customer.pk)
    found = others.prefetch_related("identities").order_by("name", "pk")[:CANDIDATES] if words else []
    return render(request, "desk/customer_merge.html", {"customer": customer, "words": words, "found": found})


@require_POST
@needs("customer.change")
def merge_do(request: HttpRequest, pk: int) -> HttpResponse:
    """`gone` turns out to be this one."""
    customer = find(request, pk).person
    asked = request.POST.get("gone", "")
    gone = find(request, int(asked) if asked.isdecimal() and len(asked) < 18 else 0)
    done = f"{gone} and {customer} are one person now. It can be undone below."
    return do(request, lambda: merge(customer, gone, by=request.user), done, _page(customer))


@require_POST
@needs("customer.change")
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two people again."""
    seen = Customer.objects.visible_to(request.user)
    row = get_object_or_404(Merge.objects.select_related("kept", "gone"), pk=pk, kept__in=seen)
    done = f"{row.kept} and {row.gone} are two people again."
    return do(request, lambda: unmerge(row, by=request.user), done, _page(row.kept))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("customer.change")
def erase_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET says what would be gone, POST does it once the box is ticked. There is no way back."""
    customer = find(request, pk).person
    if request.method == "POST" and request.POST.get("sure"):
        done = "Erased. Texts, handles, consents and counts are gone."
        return do(request, lambda: erase(customer, by=request.user), done, reverse("desk:customers"))
    unsure = request.method == "POST"
    context = {"customer": customer, "goes": what_goes(customer), "unsure": unsure}
    return render(request, "desk/customer_erase.html", context, status=422 if unsure else 200)
