from django.urls import path

from pivotpoint.metrics import views

app_name = "metrics"
urlpatterns = [path("ledger/", views.ledger_page, name="ledger")]
