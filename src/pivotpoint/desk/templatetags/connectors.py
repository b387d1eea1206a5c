"""Kinds of destination, as people call them."""

from __future__ import annotations

from django import template

from pivotpoint.enterprise.connectors import called

register = template.Library()
register.filter("kind_name", called)
