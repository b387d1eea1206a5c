"""An organisation's own classes, taught by examples: `Taught.teach(texts, labels)`, then `predict(texts)`."""

from textanalytics.taught.taught import Taught

__all__ = ["Taught"]
