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
    parents = above(list(number), [label.parent for label in labels])
    row = {text: i for i, text in enumerate(texts)}
    table = np.zeros((len(texts), len(labels)), np.int64)
    said = [lesson for lesson in lessons if lesson.name in number]
    only_not = {one.text for one in said} - {one.text for one in said if one.belongs}
    for text in only_not:
        table[row[text]] = -1
    for lesson in said:
        if lesson.belongs:
            children = [i for i, own in enumerate(parents) if number[lesson.name] in own]
            unsaid = [i for i in children if not table[row[lesson.text], i]]
            table[row[lesson.text], unsaid] = -1
    for lesson in said:
        table[row[lesson.text], number[lesson.name]] = int(lesson.belongs)
        if lesson.belongs:
            table[row[lesson.text], parents[number[lesson.name]]] = 1
    return table


def above(names: Sequence[str], parents: Sequence[str]) -> list[list[int]]:
    """Of each class the places of those that it is part of, the nearest first; a circle ends where it began."""
    number = {name: i for i, name in enumerate(names)}
    nearest = [number.get(parent, -1) for parent in parents]
    found: list[list[int]] = []
    for own, parent in enumerate(nearest):
        chain: list[int] = []
        while parent >= 0 and parent != own and parent not in chain:
            chain.append(parent)
            parent = nearest[parent]
        found.append(chain)
    return found
