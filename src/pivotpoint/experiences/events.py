"""What this stage records."""

from pivotpoint.journal.record import register

register("experiences.change_recorded", "A change was recorded for one or more loops.")
register("experiences.change_settles", "A change that was there settles further loops.")
register("experiences.change_edited", "A change was edited before anybody was told; data says what it was.")
register("experiences.change_corrected", "A line was added to a change that people had been told of.")
register("experiences.change_taken_back", "A change was taken back; nobody else is told about it.")
register("experiences.notices_drafted", "Notices were drafted for people behind a loop's insight.")
register("experiences.notice_approved", "A person approved notices of a loop.")
register("experiences.notice_edited", "A person changed the words of a notice.")
register("experiences.notice_left_out", "A person decided not to write to somebody.")
register("experiences.wording_changed", "The words that notices begin with were changed.")
register("experiences.everyone_told", "Everyone behind a loop's insight was told, or cannot be.")
register("experiences.verdict_given", "A customer said whether it helped.")
