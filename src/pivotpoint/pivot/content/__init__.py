"""A pivot as data, and back. One shape for versions, proposals and the file.

A column of Pivot is in it by itself (columns.py); what has rows of its own is a Part (parts.py): rules, destinations,
rota, escalation path, playbook, whether it is closed, and whatever else calls `parts.add`. What is missing has its default.
"""

from pivotpoint.pivot.content import closing, destinations, escalation, parts, playbook, rota, rules
from pivotpoint.pivot.content.difference import changed, differences, label
from pivotpoint.pivot.content.merge import clashes, merged
from pivotpoint.pivot.content.parts import Part, apply, content, contents

parts.add(rules.PART)
parts.add(destinations.PART)
parts.add(rota.PART)
parts.add(escalation.PART)
parts.add(playbook.PART)
parts.add(closing.PART)

__all__ = ["Part", "apply", "changed", "clashes", "content", "contents", "differences", "label", "merged"]
