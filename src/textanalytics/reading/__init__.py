"""One message read: the judgements together, their evidence and confidence, and how they learn from people."""
