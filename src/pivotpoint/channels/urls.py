"""Addresses for strangers: the form, its widget, and "no more of it"."""

from django.urls import path

from pivotpoint.channels import views

app_name = "channels"
urlpatterns = [
    path("f/<str:key>/", views.form_page, name="form"),
    path("f/<str:key>/embed.js", views.embed, name="embed"),
    path("f/<str:key>/frame/", views.frame, name="frame"),
    path("f/<str:key>/frame/<str:token>/", views.thanks, name="thanks"),
    path("stop/<str:token>/", views.stop_page, name="stop"),
]
