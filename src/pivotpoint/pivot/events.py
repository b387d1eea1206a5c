"""What pivot records."""

from __future__ import annotations

from pivotpoint.journal.record import register

register("pivot.changed", "A pivot, its rules, gate, targets or destinations were changed.")
register("pivot.calendar_changed", "A calendar of business hours was made, changed or taken away.")
register("pivot.matched", "A rule caught an insight; it stands at the gate, passed, or is collected.")
register("pivot.held", "A person held an insight back at the gate, with a reason.")
register("pivot.loop_opened", "A loop was opened and handed over, with an owner and a due date.")
register("pivot.loop_moved", "A loop reached another stage.")
register("pivot.loop_declined", "A loop was declined; `reason` is for us.")
register("pivot.decline_worded", "Somebody said why a loop was declined, in words for those who asked.")
register("pivot.loop_reopened", "A loop was opened again, with the reason.")
register("pivot.loop_closed", "A loop ended: confirmed, or declined and everybody told.")
register("pivot.loop_overdue", "A loop's due date has passed; somebody above its owner was told.")
register("pivot.loop_followed", "A loop went to the insight that its own was merged into, or back again.")
register("pivot.insight_attached", "An insight goes along with a loop; its people are told with it.")
register("pivot.insight_detached", "An insight goes along with a loop no more.")
register("pivot.owner_changed", "A pivot, passage or loop has another owner.")
register("pivot.rota_changed", "A rota was made, changed or taken away, or somebody in it left.")
register("pivot.absence_noted", "Somebody is away for some days; `deputy` stands in.")
register("pivot.absence_ended", "An absence was taken back.")
register("pivot.handoff_queued", "A hand-off to a destination waits to go out.")
register("pivot.handoff_answered", "A destination answered a hand-off.")
register(
    "pivot.handoff_died", "A hand-off was not delivered after all tries, or cannot be delivered as it is."
)
register(
    "pivot.handoff_fell_back", "No destination before it got through, so one in reserve gets the hand-off."
)
register("pivot.handoff_replayed", "A person had a hand-off sent once more.")
register("pivot.quotes_erased", "A person was erased whose words had gone out with a hand-off.")
register(
    "pivot.version_made", "A change of a pivot became a version, with author, reason and the whole content."
)
register("pivot.loops_moved", "A person moved open loops to another version of their pivot and its targets.")
register("pivot.proposed", "A change of the switchyard waits for a second pair of eyes.")
register("pivot.proposal_decided", "Somebody approved or rejected a proposed change.")
register(
    "pivot.gate_opened",
    "A gate was opened; data.figures is how the pivot had worked, as it was shown before.",
)
register("pivot.standing_made", "A standing answer was made: the front line may do this at once.")
register("pivot.standing_changed", "A standing answer was changed.")
register("pivot.standing_ended", "A standing answer ended; what it covered goes through the pivot again.")
register("pivot.standing_used", "An agent used a standing answer in a conversation.")
register("pivot.standing_taken_back", "The use of a standing answer was taken back.")
