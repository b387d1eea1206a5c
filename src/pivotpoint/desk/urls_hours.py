"""Pages about hours, turns, absences, escalations, playbooks, and what is attached to a loop."""

from django.urls import path

from pivotpoint.desk import attach, away, community_room, escalation, hours, playbook

urlpatterns = [
    path("settings/hours/", hours.hours_page, name="hours"),
    path("settings/hours/new/", hours.calendar_new, name="calendar_new"),
    path("settings/hours/<int:pk>/", hours.calendar_edit, name="calendar_edit"),
    path("settings/hours/<int:pk>/remove/", hours.calendar_remove, name="calendar_remove"),
    path("settings/hours/rotas/new/", hours.rota_new, name="rota_new"),
    path("settings/hours/rotas/<int:pk>/", hours.rota_edit, name="rota_edit"),
    path("settings/hours/rotas/<int:pk>/remove/", hours.rota_remove, name="rota_remove"),
    path("settings/away/", away.away_page, name="away"),
    path("settings/away/<int:pk>/end/", away.away_end, name="away_end"),
    path("settings/away/hand-over/", away.away_hand_over, name="away_hand_over"),
    path("insights/<int:pk>/attach/", attach.insight_attach, name="insight_attach"),
    path("insights/<int:pk>/adopt/", attach.insight_adopt, name="insight_adopt"),
    path("insights/<int:pk>/room-there/", community_room.room_open, name="room_open"),
    path("settings/me/room-name/", community_room.my_name, name="my_room_name"),
    path("attachments/<int:pk>/undo/", attach.attachment_undo, name="attachment_undo"),
    path("switchyard/<int:pk>/escalation/", escalation.escalation_page, name="escalation"),
    path("switchyard/<int:pk>/playbook/", playbook.playbook_page, name="playbook"),
]
