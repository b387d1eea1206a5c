"""How a customer is known, as people call it."""

from __future__ import annotations

from django import template

from pivotpoint.channels.models import Kind

register = template.Library()
KINDS = {kind: label.removesuffix(" (imported)") for kind, label in Kind.choices}


@register.filter
def handle_kind(kind: str) -> str:
    """The kind of channel on which the handle is theirs; a system's own word where it is none of ours."""
    return KINDS.get(kind, kind)
