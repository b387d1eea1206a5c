"""What a tagger learns from: classes with sentences, and people's verdicts on messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import IntArray


@dataclass(frozen=True, slots=True)
class Label:
    """One class. What belongs to it belongs to its `parent` as well (a name, or "")."""

    name: str
    description: str = ""
    examples: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text has a class, or not."""

    text: str
    name: str
    belongs: bool = True


def examples(labels: Sequence[Label]) -> list[Lesson]:
    """The sentences and descriptions of the classes; ValueError with one sentence when a class has neither."""
    found = []
    for label in labels:
        said = [text.strip() for text in (*label.examples, label.description) if text.strip()]
        if not said:
            raise ValueError(f"{label.name} needs an example or a description.")
        found += [Lesson(text, label.name) for text in said]
    return found


def truth(labels: Sequence[Label], lessons: Sequence[Lesson], texts: Sequence[str]) -> IntArray:
    """(texts, classes): 1 has it, 0 has it not, -1 nobody knows. The last verdict counts.

    A text of one class has not the others, unless somebody says so; of its children nobody knows.
    """
    number = {label.name: i for i, label in enumerate(labels)}
    above = [_above(label, labels) for label in labels]
    row = {text: i for i, text in enumerate(texts)}
    table = np.zeros((len(texts), len(labels)), np.int64)
    said = [lesson for lesson in lessons if lesson.name in number]
    only_not = {one.text for one in said} - {one.text for one in said if one.belongs}
    for text in only_not:
        table[row[text]] = -1
    for lesson in said:
        if lesson.belongs:
            children = [i for i, names in enumerate(above) if lesson.name in names]
            unsaid = [i for i in children if not table[row[lesson.text], i]]
            table[row[lesson.text], unsaid] = -1
    for lesson in said:
        table[row[lesson.text], number[lesson.name]] = int(lesson.belongs)
        if lesson.belongs:
            for name in above[number[lesson.name]]:
                table[row[lesson.text], number[name]] = 1
    return table


def _above(label: Label, labels: Sequence[Label]) -> list[str]:
    """The names of its parents, the nearest first; a circle ends where it began."""
    by = {one.name: one for one in labels}
    found: list[str] = []
    while label.parent in by and label.parent not in found:
        found.append(label.parent)
        label = by[label.parent]
    return found
