"""Pages about the assistant, and what it suggests."""

from django.urls import path

from pivotpoint.desk import assistant, suggestions

urlpatterns = [
    path("settings/assistant/", assistant.assistant_page, name="assistant"),
    path("settings/assistant/keep/", assistant.assistant_keep, name="assistant_keep"),
    path("insights/<int:pk>/suggest-title/", suggestions.title_ask, name="title_ask"),
    path("title-suggestions/<int:pk>/approve/", suggestions.title_approve, name="title_approve"),
    path("title-suggestions/<int:pk>/throw-away/", suggestions.title_throw_away, name="title_throw_away"),
    path("loops/<int:pk>/change/words/", suggestions.notice_ask, name="notice_ask"),
    path(
        "notice-suggestions/<int:pk>/throw-away/<int:loop_pk>/",
        suggestions.notice_throw_away,
        name="notice_throw_away",
    ),
    path("inbox/<int:pk>/draft/", suggestions.answer_ask, name="answer_ask"),
    path("answer-suggestions/<int:pk>/throw-away/", suggestions.answer_throw_away, name="answer_throw_away"),
]
