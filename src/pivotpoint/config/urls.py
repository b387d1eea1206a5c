"""All addresses: each stage brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from pivotpoint.accounts.permissions import public
from pivotpoint.config.api import api


@public
def closed(request: HttpRequest) -> HttpResponse:
    """allauth would let everybody call themselves by an address that is not theirs, perhaps a colleague's."""
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/email/", closed),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/", api.urls),
]
urlpatterns += [
    path("", include(f"{stage}.urls")) for stage in settings.STAGES[1:] if find_spec(f"{stage}.urls")
]
