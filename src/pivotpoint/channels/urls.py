"""Addresses for strangers: the form, its widget, and "no more of it"."""

from django.urls import path

from pivotpoint.channels import views

app_name = "channels"
urlpatterns = [
    path("stop/<str:token>/", views.stop_page, name="stop"),
]
