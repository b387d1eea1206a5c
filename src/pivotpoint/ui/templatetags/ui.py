"""Small marks that templates need everywhere."""

from __future__ import annotations

from django import template

register = template.Library()
