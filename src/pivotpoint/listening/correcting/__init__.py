"""People say what a reading should be: corrections, the review of doubtful ones, and how often both agree."""
