"""Which facts of earlier stages move this one."""

from pivotpoint.experiences import hold, joined, judged, people, taken_back, tell, verdicts
from pivotpoint.journal.record import subscribe
from pivotpoint.pivot import opening

subscribe("pivot.loop_declined", joined.on_declined)
subscribe("pivot.decline_worded", joined.on_declined)
subscribe("pivot.loop_reopened", hold.on_reopened)
subscribe("pivot.insight_detached", hold.on_detached)
subscribe("channels.import_taken_back", taken_back.on_taken_back)
subscribe("channels.import_set_aside", taken_back.on_taken_back)
subscribe("channels.import_let_in", taken_back.on_let_in)
subscribe("customers.consent_withdrawn", hold.on_withdrawn)
subscribe("customers.merged", people.on_merged)
subscribe("customers.unmerged", people.on_unmerged)
subscribe("customers.erased", people.on_erased)
subscribe("channels.delivery_sent", tell.on_outcome, tell.may_be_ours)
subscribe("channels.delivery_failed", tell.on_outcome, tell.may_be_ours)
subscribe("channels.delivery_stopped", tell.on_outcome, tell.may_be_ours)
subscribe("experiences.verdict_given", verdicts.on_given)
subscribe("experiences.everyone_told", verdicts.on_told)
opening.also(judged.judged)
