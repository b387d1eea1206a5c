"""All addresses: each stage brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from pivotpoint.config.api import api
from pivotpoint.desk.channel_settings_me import to_my_profile

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/email/", to_my_profile),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/", api.urls),
]
urlpatterns += [
    path("", include(f"{stage}.urls")) for stage in settings.STAGES[1:] if find_spec(f"{stage}.urls")
]
