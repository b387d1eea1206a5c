"""What listening records."""

from pivotpoint.journal.record import register

READING_CORRECTED = register(
    "listening.reading_corrected", "A person said what a message really is; or took that back."
)
READING_CONFIRMED = register("listening.reading_confirmed", "A person said that a message was read right.")
READER_LEARNT = register("listening.reader_learnt", "A reader that knows the corrections went live.")
READER_KEPT_BACK = register(
    "listening.reader_kept_back",
    "A reader that knows the corrections was right less often, and did not go live.",
)
READER_RETURNED = register("listening.reader_returned", "A person returned to an earlier reader.")
EXAMPLES_CHANGED = register(
    "listening.examples_changed",
    "A person said of a sentence whom it is about; or took that back.",
)
TAXONOMY_CHANGED = register("listening.taxonomy_changed", "A taxonomy was made, changed or closed.")
TAXONOMY_TAUGHT = register("listening.taxonomy_taught", "Messages are read with what a taxonomy has learnt.")
TAXONOMY_KEPT_BACK = register(
    "listening.taxonomy_kept_back",
    "What people said of a taxonomy's classes made it right less often; messages are read as before.",
)
TAG_JUDGED = register(
    "listening.tag_judged", "A person said that a message has a class, or not; or took that back."
)
NAMES_LEARNT = register(
    "listening.names_learnt", "Messages are read with other names from customers' fields."
)
NAMES_CHANGED = register(
    "listening.names_changed", "A person said that a value or a field holds no name; or took that back."
)
ENCODER_MADE = register(
    "listening.encoder_made", "Another encoder is known: a model, or one distilled from it."
)
ENCODER_LIVE = register("listening.encoder_live", "Themes are made of another encoder's vectors from now on.")
REREAD_STARTED = register("listening.reread_started", "A history is being read anew.")
REREAD_DECIDED = register(
    "listening.reread_decided", "A person accepted, cancelled or undid a history that was read anew."
)
REREAD_FINISHED = register(
    "listening.reread_finished", "Every reading of a history was exchanged, or put back."
)
