"""The import pages; included under import/."""

from django.urls import path

from pivotpoint.channels.imports import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("<int:pk>/", views.one, name="import"),
    path("<int:pk>/progress/", views.progress, name="import_progress"),
    path("<int:pk>/start/", views.start, name="import_start"),
    path("<int:pk>/cancel/", views.cancel, name="import_cancel"),
    path("<int:pk>/take-back/", views.taking_back, name="import_take_back"),
    path("<int:pk>/let-in/", views.let_in, name="import_let_in"),
    path("<int:pk>/rejects.csv", views.rejects, name="import_rejects"),
]
