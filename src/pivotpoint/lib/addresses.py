"""Which addresses an outgoing call may reach: public ones, and private ones that the administrator has named."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from httpx import URL, InvalidURL


class Forbidden(Exception):
    """The address must not be called; a person has to change it."""


class Unreachable(Exception):
    """Nobody answered as expected; a later try may work."""


@dataclass(frozen=True)
class Pinned:
    """A URL and the one address that was checked and will be called."""

    url: URL
    address: str


def pin(url: str) -> Pinned:
    """Resolve, check every address behind the name, keep the first; Forbidden or Unreachable say why not."""
    parsed = _parse(url)
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    found = _resolve(parsed.host, port)
    if not _named(parsed.host, port):
        for address in found:
            if not is_public(address):
                raise Forbidden(
                    f"{parsed.host} is at the private address {address}; name it in OUTGOING_PRIVATE_HOSTS to allow it."
                )
    return Pinned(parsed, found[0])


def _parse(url: str) -> URL:
    try:
        parsed = URL(url)
    except (InvalidURL, ValueError, TypeError) as error:
        raise Forbidden(f"“{url}” is not an address.") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise Forbidden(f"“{url}” does not begin with http:// or https://.")
    if parsed.userinfo:
        raise Forbidden("An address with a user name or password in it is not called.")
    return parsed


def _resolve(host: str, port: int) -> list[str]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"There is no host {host}.") from error
    return [str(row[4][0]).split("%")[0] for row in rows]


def _named(host: str, port: int) -> bool:
    """Whether the administrator allows this host, or this host and port, though it is private."""
    names = settings.OUTGOING_PRIVATE_HOSTS
    return host in names or f"{host}:{port}" in names


def is_public(address: str) -> bool:
    """Reachable on the open internet, also when a v4 address is dressed up as v6."""
    ip = ip_address(address)
    return all(each.is_global and not each.is_multicast for each in _disguises(ip))


def _disguises(ip: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address and those it stands for: v4-mapped, v4-compatible, 6to4, Teredo, NAT64."""
    if isinstance(ip, IPv4Address):
        return [ip]
    inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    packed = ip.packed
    if packed[:12] == bytes(12) or packed[:12] == bytes.fromhex("0064ff9b0000000000000000"):
        inner.append(IPv4Address(packed[12:]))
    return [ip, *(each for each in inner if each is not None)]
