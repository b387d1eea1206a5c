"""What people and robots do on a homeserver, by its client-server API: the same on the real one and on the fake."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

_numbers = itertools.count(int(time.time() * 1000))


class Person:
    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        self.name = str(self.call("GET", "v3/account/whoami")["user_id"])

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        content = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = Request(f"{self.url}/_matrix/client/{path}", content, headers, method=method)
        try:
            with urlopen(request, timeout=30) as answer:
                said: dict[str, Any] = json.loads(answer.read())
        except HTTPError as error:
            with error:
                raise AssertionError(f"{method} {path}: {error.code} {error.read()!r}") from error
        return said

    def make_room(self, *invited: str, alias: str = "", **more: Any) -> str:
        body: dict[str, Any] = {"preset": "private_chat", "invite": list(invited)} | more
        if alias:
            body["room_alias_name"] = alias
        return str(self.call("POST", "v3/createRoom", body)["room_id"])

    def join(self, room: str) -> None:
        self.call("POST", f"v3/join/{quote(room, safe='')}", {})

    def put(self, room: str, kind: str, content: dict[str, Any]) -> str:
        path = f"v3/rooms/{quote(room, safe='')}/send/{kind}/{next(_numbers)}"
        return str(self.call("PUT", path, content)["event_id"])

    def say(self, room: str, text: str, *, thread: str = "", to: str = "", kind: str = "m.text") -> str:
        content: dict[str, Any] = {"msgtype": kind, "body": text}
        if thread:
            content["m.relates_to"] = {"rel_type": "m.thread", "event_id": thread}
        elif to:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": to}}
        return self.put(room, "m.room.message", content)

    def react(self, room: str, event: str, key: str) -> str:
        relates = {"rel_type": "m.annotation", "event_id": event, "key": key}
        return self.put(room, "m.reaction", {"m.relates_to": relates})

    def take_back(self, room: str, event: str) -> None:
        path = f"v3/rooms/{quote(room, safe='')}/redact/{quote(event, safe='')}/{next(_numbers)}"
        self.call("PUT", path, {})

    def messages(self, room: str) -> list[dict[str, Any]]:
        """Every message of the room, the oldest first."""
        found, token = [], ""
        while True:
            at = f"&from={token}" if token else ""
            said = self.call("GET", f"v3/rooms/{quote(room, safe='')}/messages?dir=b&limit=100{at}")
            found += said["chunk"]
            if said.get("end", token) == token:
                return [each for each in reversed(found) if each["type"] == "m.room.message"]
            token = said["end"]
