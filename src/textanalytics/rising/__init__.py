"""What is new: onsets over days, surges within hours, words that burst, and what an alert may say."""
