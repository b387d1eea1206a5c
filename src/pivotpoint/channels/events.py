"""What this stage tells the others."""

from pivotpoint.journal.record import register

register("channels.channel_opened", "A way in was opened.")
register("channels.channel_changed", "A channel's WHY, policy or setting was changed.")
register("channels.conversation_opened", "Somebody wrote and waits for an answer.")
register("channels.conversation_reopened", "Somebody wrote again after we had closed, or waits after all.")
register("channels.conversation_assigned", "A conversation got another owner.")
register("channels.conversation_closed", "A conversation needs no answer any more.")
register(
    "channels.conversation_kept_apart",
    "A conversation wants no answer: an advertisement, say. A person may let it in.",
)
register("channels.message_released", "A message that was kept apart was let in.")
register("channels.reply_sent", "A person answered a customer.")
register("channels.delivery_sent", "Words left the house for one person.")
register("channels.delivery_failed", "Words could not be delivered; somebody looks at it.")
register("channels.delivery_stopped", "Words were held back before they left.")
register("channels.delivery_replayed", "Words that were not delivered are tried again.")
IMPORT_STARTED = register("channels.import_started", "A person began to import a file.")
IMPORT_FINISHED = register("channels.import_finished", "A file has been taken in, row by row.")
IMPORT_STOPPED = register("channels.import_stopped", "An import was cancelled or could not go on.")
IMPORT_TAKEN_BACK = register("channels.import_taken_back", "A person took an import back, and said why.")
IMPORT_SET_ASIDE = register(
    "channels.import_set_aside", "Every message of an import that was taken back is set aside."
)
IMPORT_LET_IN = register("channels.import_let_in", "A person lets an import in again that was taken back.")
