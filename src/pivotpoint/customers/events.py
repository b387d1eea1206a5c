"""What this stage tells the others."""

from pivotpoint.journal.record import register

MERGED = register("customers.merged", "Two customers turned out to be one person.")
UNMERGED = register("customers.unmerged", "A merge was undone: they are two people again.")
MERGE_SUGGESTED = register("customers.merge_suggested", "Two customers may be one person; somebody decides.")
MERGE_REJECTED = register("customers.merge_rejected", "Two customers who were thought to be one are two.")
CONSENT_GIVEN = register("customers.consent_given", "A person allowed us to write to them.")
CONSENT_WITHDRAWN = register("customers.consent_withdrawn", "A person no longer wants us to write to them.")
ERASED = register("customers.erased", "A person's words and data were erased for good.")
