"""The portal's pages. A GET never changes anything: mail scanners open every link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.channels.webform import TellUs, stamp
from pivotpoint.community.followed import Followed, followed
from pivotpoint.community.forms import ConsentForm, VerdictForm
from pivotpoint.community.guard import portal_page
from pivotpoint.community.said import said
from pivotpoint.community.tell import ask_to_be_forgotten, portal_channel, take
from pivotpoint.community.trace import trace
from pivotpoint.customers import consent as consents
from pivotpoint.customers.models import Purpose
from pivotpoint.experiences import links, verdicts
from pivotpoint.experiences.honesty import honesty
from pivotpoint.experiences.models import Notice

SOURCE = "Portal, their own page"


@portal_page
@require_safe
def portal(request: HttpRequest) -> HttpResponse:
    return _portal(request, TellUs())


def _portal(request: HttpRequest, form: TellUs, status: int = 200) -> HttpResponse:
    channel = portal_channel()
    context = {"form": form, "open": channel is not None, "rows": said(), "honesty": honesty()}
    if channel is not None:
        context["stamp"] = stamp(channel)
    return render(request, "community/portal.html", context, status=status)


@portal_page
@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """Kept, then the page on which they can follow it."""
    channel = portal_channel()
    if channel is None:
        raise Http404("The portal takes no messages at present.")
    form = TellUs(request.POST)
    if not form.is_valid():
        return _portal(request, form, status=422)
    message = take(channel, form)
    messages.success(request, "We have it. Keep this page's address: here you see what comes of it.")
    return redirect("community:follow", token=links.token(message))


@portal_page
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    mine = followed(token)
    return render(request, "community/follow.html", _followed(mine))


def _followed(mine: Followed) -> dict[str, Any]:
    told = False
    if mine.customer is not None:
        told = bool(consents.allowed([mine.customer.pk], Purpose.NOTICE)[mine.customer.pk])
    steps = trace(mine)
    asked = next((step for step in steps if step.now), None)
    verdict_token = links.token(asked.notice) if asked and asked.notice else ""
    return {"mine": mine, "steps": steps, "told": told, "verdict_token": verdict_token}


@portal_page
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request: HttpRequest, token: str) -> HttpResponse:
    """The question; and, by POST, their answer."""
    notice = links.find(token)
    if not isinstance(notice, Notice) or not verdicts.may_judge(notice):
        raise Http404(
            "There is nothing to judge here: the link is not complete, or the change was taken back."
        )
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verdicts.give(notice, form.cleaned_data["answer"], form.cleaned_data["comment"])
        messages.success(request, "Your answer is kept, and those who made the change see it.")
        return redirect("community:follow", token=token)
    status = 422 if form.errors else 200
    context = {"notice": notice, "token": token, "form": form}
    return render(request, "community/verdict.html", context, status=status)


@portal_page
@require_POST
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Whether we may write to them about what changed."""
    mine, form = followed(token), ConsentForm(request.POST)
    if mine.customer is None or not form.is_valid():
        raise Http404("Choose whether we may write to you.")
    say = consents.give if form.cleaned_data["tell"] == "yes" else consents.withdraw
    say(mine.customer, Purpose.NOTICE, source=SOURCE, by=mine.customer)
    if form.cleaned_data["tell"] == "yes":
        messages.success(request, "We write to you when something changes.")
    else:
        messages.success(request, "We do not write to you about changes any more. This page stays.")
    return redirect("community:follow", token=token)


@portal_page
@require_POST
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """A person sees to it, because a link may have been passed on."""
    mine = followed(token)
    channel = portal_channel() or (mine.messages[0].channel if mine.messages else None)
    if mine.customer is None or channel is None:
        raise Http404("There is nobody to forget: we do not know who wrote these words.")
    asked = ask_to_be_forgotten(mine.customer, channel)
    due = asked.conversation.due_at if asked.conversation else None
    when = f" by {due:%-d %B}" if due else ""
    messages.success(request, f"We have your wish. A person erases what we hold about you{when}.")
    return redirect("community:follow", token=token)
