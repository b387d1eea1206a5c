"""Addresses for strangers (the form, its widget, "no more of it"), and the import pages."""

from django.urls import include, path

from pivotpoint.channels import views

app_name = "channels"
urlpatterns = [
    path("import/", include("pivotpoint.channels.imports.urls")),
    path("f/<str:key>/", views.form_page, name="form"),
    path("f/<str:key>/embed.js", views.embed, name="embed"),
    path("f/<str:key>/frame/", views.frame, name="frame"),
    path("f/<str:key>/frame/<str:token>/", views.thanks, name="thanks"),
    path("stop/<str:token>/", views.stop_page, name="stop"),
]
