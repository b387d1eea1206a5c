from django.urls import path, register_converter

from pivotpoint.desk import (
    insight,
    insight_verbs,
    insights,
    loop_verbs,
    loops,
    switchyard,
    telling,
    today,
    urls_people,
    yard_verbs,
)
from pivotpoint.desk.loop_verbs import STEPS


class Step:
    """One of the steps that a person can take with a loop."""

    regex = "|".join(STEPS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Step, "step")
app_name = "desk"
urlpatterns = [
    path("", today.today_page, name="today"),
    path("insights/", insights.insights_page, name="insights"),
    path("insights/merge/", insight_verbs.insights_merge, name="insights_merge"),
    path("insights/hand-over/", insight_verbs.insights_hand_over, name="insights_hand_over"),
    path("insights/<int:pk>/", insight.insight_page, name="insight"),
    path("insights/<int:pk>/messages/", insight.insight_messages, name="insight_messages"),
    path("insights/<int:pk>/hand-over/", insight_verbs.hand_over, name="hand_over"),
    path("insights/<int:pk>/merge/", insight_verbs.insight_merge, name="insight_merge"),
    path("insights/<int:pk>/split/", insight_verbs.insight_split, name="insight_split"),
    path("insights/<int:pk>/rename/", insight_verbs.insight_rename, name="insight_rename"),
    path("insights/<int:pk>/not-this/<int:message_pk>/", insight_verbs.not_this, name="not_this"),
    path("insights/<int:pk>/set-aside/", insight_verbs.set_aside, name="set_aside"),
    path("insights/<int:pk>/comment/", insight_verbs.comment, name="comment"),
    path("insights/<int:pk>/ask/", insight_verbs.ask, name="ask"),
    path("insights/<int:pk>/tasks/", insight_verbs.task_add, name="task_add"),
    path("tasks/<int:pk>/done/", insight_verbs.task_done, name="task_done"),
    path("theme-actions/<int:pk>/undo/", insight_verbs.action_undo, name="action_undo"),
    path("messages/<int:pk>/correct/", insight_verbs.message_correct, name="message_correct"),
    path("switchyard/", switchyard.switchyard_page, name="switchyard"),
    path("switchyard/new/", yard_verbs.pivot_new, name="pivot_new"),
    path("switchyard/try/", yard_verbs.rules_try, name="rules_try"),
    path("switchyard/<int:pk>/", switchyard.pivot_page, name="pivot"),
    path("switchyard/<int:pk>/edit/", yard_verbs.pivot_edit, name="pivot_edit"),
    path("switchyard/<int:pk>/gate/", yard_verbs.pivot_gate, name="pivot_gate"),
    path("switchyard/<int:pk>/close/", yard_verbs.pivot_close, name="pivot_close"),
    path("switchyard/<int:pk>/destinations/", yard_verbs.destination_new, name="destination_new"),
    path("destinations/<int:pk>/close/", yard_verbs.destination_close, name="destination_close"),
    path("destinations/<int:pk>/check/", yard_verbs.destination_check, name="destination_check"),
    path("destinations/<int:pk>/secret/", yard_verbs.destination_secret, name="destination_secret"),
    path("destinations/<int:pk>/replay/", yard_verbs.destination_replay, name="destination_replay"),
    path("passages/<int:pk>/pass/", loop_verbs.let_pass, name="let_pass"),
    path("passages/<int:pk>/hold/", loop_verbs.hold, name="hold"),
    path("loops/", loops.loops_page, name="loops"),
    path("loops/<int:pk>/", loops.loop_page, name="loop"),
    path("loops/<int:pk>/change/", telling.change_new, name="change_new"),
    path("loops/<int:pk>/notices/", telling.notices_page, name="notices"),
    path("loops/<int:pk>/notices/approve/", telling.notices_approve, name="notices_approve"),
    path("loops/<int:pk>/owner/", loop_verbs.loop_reassign, name="loop_reassign"),
    path("loops/<int:pk>/hand-offs/", loop_verbs.handoff_add, name="handoff_add"),
    path("loops/<int:pk>/<step:step>/", loop_verbs.loop_step, name="loop_step"),
    path("hand-offs/<int:pk>/replay/", loop_verbs.handoff_replay, name="handoff_replay"),
    path("notices/<int:pk>/", telling.notice_edit, name="notice_edit"),
    *urls_people.urlpatterns,
]
