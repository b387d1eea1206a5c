"""Pages about people, their words, and what came of them."""

from django.urls import path, register_converter

from pivotpoint.channels.models import Kind
from pivotpoint.desk import (
    accuracy,
    change_edit,
    changes,
    channel_settings,
    channel_settings_deliveries,
    channel_settings_me,
    class_preview,
    customer,
    customer_verbs,
    customers,
    effort,
    feeds,
    inbox,
    inbox_verbs,
    journal,
    names,
    relevance,
    rereads,
    review,
    search,
    systems,
    taxonomies,
)


class KindConverter:
    """A kind of channel."""

    regex = "|".join(Kind.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindConverter, "kind")

urlpatterns = [
    path("inbox/", inbox.inbox_page, name="inbox"),
    path("inbox/apart/", inbox.apart_page, name="apart"),
    path("inbox/<int:pk>/", inbox.conversation_page, name="conversation"),
    path("inbox/<int:pk>/reply/", inbox_verbs.reply, name="conversation_reply"),
    path("inbox/<int:pk>/owner/", inbox_verbs.assign, name="conversation_assign"),
    path("inbox/<int:pk>/close/", inbox_verbs.close, name="conversation_close"),
    path("inbox/<int:pk>/let-in/", inbox_verbs.let_in, name="conversation_let_in"),
    path("messages/<int:pk>/release/", inbox_verbs.message_release, name="message_release"),
    path("corrections/<int:pk>/undo/", inbox_verbs.correction_undo, name="correction_undo"),
    path("deliveries/<int:pk>/approve/", inbox_verbs.delivery_approve, name="delivery_approve"),
    path("deliveries/<int:pk>/replay/", inbox_verbs.delivery_replay, name="delivery_replay"),
    path("customers/", customers.customers_page, name="customers"),
    path("customers/suggestions/", customers.suggestions_page, name="suggestions"),
    path("customers/suggestions/<int:pk>/", customers.suggestion_decide, name="suggestion_decide"),
    path("customers/<int:pk>/", customer.customer_page, name="customer"),
    path("customers/<int:pk>/consent/", customer_verbs.consent_note, name="consent_note"),
    path("conflicts/<int:pk>/settle/", customer_verbs.conflict_settle, name="conflict_settle"),
    path("customers/<int:pk>/same/", customer_verbs.merge_page, name="merge_find"),
    path("customers/<int:pk>/merge/", customer_verbs.merge_do, name="merge"),
    path("merges/<int:pk>/undo/", customer_verbs.merge_undo, name="merge_undo"),
    path("customers/<int:pk>/erase/", customer_verbs.erase_page, name="erase"),
    path("changes/", changes.changes_page, name="changes"),
    path("changes/<int:pk>/", changes.change_page, name="change"),
    path("changes/<int:pk>/edit/", change_edit.change_edit, name="change_edit"),
    path("changes/<int:pk>/corrections/", change_edit.change_correct, name="change_correct"),
    path("changes/<int:pk>/portal/", change_edit.change_public, name="change_public"),
    path("changes/<int:pk>/take-back/", changes.change_take_back, name="change_take_back"),
    path("search/", search.search_page, name="search"),
    path("settings/channels/", channel_settings.channels_page, name="channels"),
    path("settings/channels/new/<kind:kind>/", channel_settings.channel_new, name="channel_new"),
    path("settings/channels/<int:pk>/", channel_settings.channel_page, name="channel"),
    path("settings/channels/<int:pk>/close/", channel_settings.channel_close, name="channel_close"),
    path("settings/systems/", systems.systems_page, name="systems"),
    path("settings/systems/new/", systems.system_new, name="system_new"),
    path("settings/systems/<int:pk>/check/", systems.system_check, name="system_check"),
    path("settings/systems/<int:pk>/pause/", systems.system_pause, name="system_pause"),
    path("settings/systems/<int:pk>/replay/", systems.system_replay, name="system_replay"),
    path("settings/feeds/new/", feeds.feed_new, name="feed_new"),
    path("settings/feeds/<int:pk>/", feeds.feed_page, name="feed"),
    path("settings/feeds/<int:pk>/check/", feeds.feed_check, name="feed_check"),
    path("settings/feeds/<int:pk>/replay/", feeds.feed_replay, name="feed_replay"),
    path("settings/feeds/<int:pk>/secret/", feeds.feed_secret, name="feed_secret"),
    path("settings/feeds/<int:pk>/close/", feeds.feed_close, name="feed_close"),
    path("settings/deliveries/", channel_settings_deliveries.deliveries_page, name="deliveries"),
    path("settings/reading/", accuracy.accuracy_page, name="accuracy"),
    path("settings/reading/readers/<slug:version>/", accuracy.reader_return, name="reader_return"),
    path("settings/reading/effort/", effort.effort_page, name="effort"),
    path("settings/reading/review/", review.review_page, name="review"),
    path("messages/<int:pk>/confirm/", review.message_confirm, name="message_confirm"),
    path("messages/<int:pk>/glance/", review.message_glance, name="message_glance"),
    path("messages/<int:pk>/answer/undo/", review.answer_undo, name="answer_undo"),
    path("settings/reading/taxonomies/", taxonomies.taxonomies_page, name="taxonomies"),
    path("settings/reading/taxonomies/<int:pk>/", taxonomies.taxonomy_page, name="taxonomy"),
    path("settings/reading/taxonomies/<int:pk>/close/", taxonomies.taxonomy_close, name="taxonomy_close"),
    path("settings/reading/taxonomies/<int:pk>/labels/", taxonomies.taxonomy_labels, name="taxonomy_labels"),
    path("settings/reading/taxonomies/<int:pk>/classes/", taxonomies.class_new, name="class_new"),
    path(
        "settings/reading/taxonomies/<int:pk>/preview/", class_preview.new_preview, name="class_new_preview"
    ),
    path("settings/reading/taxonomies/classes/<int:pk>/", taxonomies.class_page, name="class"),
    path(
        "settings/reading/taxonomies/classes/<int:pk>/preview/",
        class_preview.class_preview,
        name="class_preview",
    ),
    path("settings/reading/taxonomies/classes/<int:pk>/edit/", taxonomies.class_edit, name="class_edit"),
    path(
        "settings/reading/taxonomies/classes/<int:pk>/retire/", taxonomies.class_retire, name="class_retire"
    ),
    path(
        "settings/reading/taxonomies/classes/<int:pk>/<int:message_pk>/", taxonomies.tag_say, name="tag_say"
    ),
    path("tag-verdicts/<int:pk>/undo/", taxonomies.tag_undo, name="tag_undo"),
    path("settings/reading/names/", names.names_page, name="names"),
    path("settings/reading/names/learn/", names.names_learn, name="names_learn"),
    path("settings/reading/names/leave-out/", names.names_leave_out, name="names_leave_out"),
    path("settings/reading/names/left-out/<int:pk>/", names.names_take_back, name="names_take_back"),
    path("settings/reading/about-us/", relevance.relevance_page, name="relevance"),
    path("settings/reading/about-us/sentences/", relevance.relevance_give, name="relevance_give"),
    path("settings/reading/about-us/moves/", relevance.relevance_moves, name="relevance_moves"),
    path("settings/reading/about-us/<int:pk>/", relevance.relevance_take_back, name="relevance_take_back"),
    path("settings/reading/anew/", rereads.rereads_page, name="rereads"),
    path("settings/reading/anew/start/", rereads.reread_start, name="reread_start"),
    path("settings/reading/anew/<int:pk>/", rereads.reread_page, name="reread"),
    path("settings/reading/anew/<int:pk>/<slug:step>/", rereads.reread_step, name="reread_step"),
    path("settings/journal/", journal.journal_page, name="journal"),
    path("settings/me/", channel_settings_me.me_page, name="me"),
    path("settings/me/email/", channel_settings_me.my_email, name="my_email"),
    path("settings/me/email/<str:token>/", channel_settings_me.my_email_confirm, name="my_email_confirm"),
]
