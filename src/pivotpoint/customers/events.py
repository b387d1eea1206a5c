"""What this stage tells the others."""

from pivotpoint.journal.record import register

register("customers.merged", "Two customers turned out to be one person.")
register("customers.unmerged", "A merge was undone: they are two people again.")
register("customers.merge_suggested", "Two customers may be one person; somebody decides.")
register("customers.merge_rejected", "Two customers who were thought to be one are two.")
register("customers.consent_given", "A person allowed us to write to them.")
register("customers.consent_withdrawn", "A person no longer wants us to write to them.")
register("customers.erased", "A person's words and data were erased for good.")
