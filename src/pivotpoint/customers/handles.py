"""How a customer is named on a channel, and when two handles are the same."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from unicodedata import normalize

from pivotpoint.lib.digest import digest

EMAIL, SOCIAL = "email", "social"
PUBLIC = frozenset({SOCIAL, "review"})
"""Kinds of channels on which a handle is what a person is called, for everybody to read."""
LONGEST = 200
# What stands before the @ and says nothing about who it is.
SHARED = frozenset(
    [
        "admin",
        "billing",
        "bonjour",
        "contact",
        "customer",
        "customers",
        "feedback",
        "hallo",
        "hello",
        "help",
        "home",
        "info",
        "kontakt",
        "mail",
        "me",
        "no-reply",
        "noreply",
        "office",
        "orders",
        "post",
        "sales",
        "service",
        "shop",
        "support",
        "team",
        "test",
        "user",
        "web",
    ]
)


@dataclass(frozen=True, slots=True)
class Handle:
    """One speaker as the channel names them. `kind` is the channel's kind; any part may be empty."""

    kind: str
    handle: str = ""
    name: str = ""
    email: str = ""
    segment: str = ""
    organisation: str = ""


def normal(kind: str, handle: str) -> str:
    """The handle in the form that is compared: without case and a leading @."""
    plain = _plain(handle)
    if kind != EMAIL:
        plain = plain.lstrip("@")
    return plain if len(plain) <= LONGEST else f"{plain[:130]}…{digest(plain, 16)}"


def _plain(name: str) -> str:
    """Without what a system adds or changes on the way: blanks, case, letters written in two parts.

    Not case-folded: Strauß is not Strauss.
    """
    plain = name.strip().lower()
    return plain if plain.isascii() else normalize("NFC", plain)


def address(email: str) -> str:
    """The e-mail address in the form that is compared, or "" when it is not one."""
    plain = _plain(parseaddr(email)[1] if "<" in email else email)
    before, at, after = plain.rpartition("@")
    good = before and at and "." in after.strip(".") and len(plain) <= LONGEST and plain.isprintable()
    return plain if good and " " not in plain else ""


def stem(kind: str, handle: str) -> str:
    """The part that a person tends to keep from one address to the next: a hint that two are one person, no proof."""
    plain = handle.partition("@")[0].partition("+")[0] if kind == EMAIL else handle
    return "" if len(plain) < 5 or plain.isdigit() or plain in SHARED else plain


def _address_as_handle(handle: Handle) -> str:
    """Many systems call people by their e-mail address; on a social network such a handle names a server."""
    at_first = handle.handle.lstrip().startswith("@")
    known = "@" in handle.handle and not at_first and handle.kind != SOCIAL
    return address(handle.handle) if known else ""


def keys(handle: Handle) -> list[tuple[str, str]]:
    """Each (kind, handle) that identifies this speaker with certainty."""
    found: list[tuple[str, str]] = []
    if handle.kind == EMAIL:
        own = address(handle.handle)
    else:
        own = normal(handle.kind, handle.handle) if handle.handle else ""
    if own:
        found.append((handle.kind, own))
    mail = address(handle.email) if handle.email else _address_as_handle(handle)
    if mail and (EMAIL, mail) not in found:
        found.append((EMAIL, mail))
    return found
