"""The reader learns from people's judgements and example sentences: a candidate is made, judged, and goes live or not."""
