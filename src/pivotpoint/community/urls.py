"""Addresses for customers; what they may open is in the token."""

from django.urls import path

from pivotpoint.community import views

app_name = "community"
urlpatterns = [
    path("portal/", views.portal, name="portal"),
    path("portal/tell/", views.tell, name="tell"),
    path("portal/follow/<str:token>/", views.follow, name="follow"),
    path("portal/verdict/<str:token>/", views.verdict, name="verdict"),
    path("portal/follow/<str:token>/consent/", views.consent, name="consent"),
    path("portal/follow/<str:token>/forget/", views.forget, name="forget"),
]
