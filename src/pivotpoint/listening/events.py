"""What listening records."""

from pivotpoint.journal.record import register

READING_CORRECTED = register(
    "listening.reading_corrected", "A person said what a message really is; or took that back."
)
READER_LEARNT = register("listening.reader_learnt", "A reader that knows the corrections went live.")
