"""Accounts on a new homeserver: the product's, and two people of finance. Prints where it is and their tokens."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

PEOPLE = ("pivotpoint", "ines", "bo")


def _call(url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    content = json.dumps(body).encode() if body is not None else None
    with urlopen(Request(url, content, {"Content-Type": "application/json"}), timeout=30) as answer:
        said: dict[str, Any] = json.loads(answer.read())
    return said


def register(url: str, secret: str, name: str) -> str:
    """The access token of a new account."""
    door = f"{url}/_synapse/admin/v1/register"
    nonce, password = _call(door)["nonce"], secrets.token_urlsafe(16)
    signed = "\0".join([nonce, name, password, "notadmin"]).encode()
    mac = hmac.new(secret.encode(), signed, hashlib.sha1).hexdigest()
    body = {"nonce": nonce, "username": name, "password": password, "admin": False, "mac": mac}
    return str(_call(door, body)["access_token"])


def main(folder: str, port: str, command: str) -> None:
    settings = json.loads((Path(folder) / "homeserver.yaml").read_text(encoding="utf-8"))
    url = f"http://127.0.0.1:{port}"
    secret = settings["registration_shared_secret"]
    tokens = {name: register(url, secret, name) for name in PEOPLE}
    facts = {
        "url": url,
        "server": settings["server_name"],
        "tokens": tokens,
        "folder": folder,
        "command": command,
    }
    print(json.dumps(facts))


if __name__ == "__main__":
    main(*sys.argv[1:])
