"""What insights records. The subject is the insight; of merged and split, the theme that goes on."""

from pivotpoint.journal.record import register

OPENED = register("insights.opened", "A theme that somebody can act on became an insight.")
BECAME_PATTERN = register("insights.became_pattern", "Enough different people said it to make a pattern.")
BECAME_TREND = register("insights.became_trend", "Enough different people said it to make a trend.")
FELL = register("insights.fell_a_rung", "Fewer different people stand behind it than was thought.")
MERGED = register("insights.merged", "Two themes became one: data.gone went into data.into.")
SPLIT = register("insights.split", "Messages left a theme for one of their own: data.into.")
RENAMED = register("insights.renamed", "A person gave a theme another title.")
MOVED = register("insights.message_moved", "A person said that a message belongs elsewhere.")
PLACED = register("insights.placed", "A person said which wider theme a theme is part of, or that of none.")
WIDER_RENAMED = register("insights.wider_renamed", "A person gave a wider theme another title.")
FOREIGN = register("insights.not_about_us", "A person said that nothing of a theme is about us.")
UNDONE = register("insights.undone", "What a person did to a theme was taken back.")
SET_ASIDE = register("insights.set_aside", "A person said: not now.")
ALERTED = register(
    "insights.alert_raised", "Unusually many people spoke of an insight, and somebody was told."
)
JUDGED = register("insights.alert_judged", "A person said whether an alert was real; or took that back.")
CALMED = register("insights.alert_calmed", "An insight that had risen is as usual again.")
MARKED = register("insights.marked", "A person pinned an insight or muted its alerts; or ended that.")
