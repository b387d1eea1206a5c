"""Where destinations answer."""

from __future__ import annotations

from django.urls import path

from pivotpoint.enterprise import views

app_name = "enterprise"
urlpatterns = [path("hooks/<int:pk>/", views.hook, name="hook")]
