"""An organisation's own classes, taught by examples. There are two ways, and which to take is said here alone.

* `Tagger` (`several`): a text has any number of classes, or none; three to five sentences or a description each, people's
  verdicts, classes below classes. The taxonomies of the product.
* `Taught` (`single`): every text has exactly one of the classes, or "none of these"; for a labelled table. It also knows
  what the reader thinks of a text and how it is said, and is right more often there (docs/reference/reading.md).
"""

from textanalytics.taught.several.lessons import Label, Lesson
from textanalytics.taught.several.tagger import Tag, Tagger
from textanalytics.taught.single.classifier import Taught

__all__ = ["Label", "Lesson", "Tag", "Tagger", "Taught"]
