"""The change comes back: told to every person who asked, in their own channel, and asked whether it helped.

In: loops delivered or declined. Out: notices, verdicts. Records: experiences.change_recorded, experiences.notices_drafted,
experiences.notice_approved, experiences.everyone_told, experiences.verdict_given.
"""
