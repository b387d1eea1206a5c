"""A homeserver in this process. It answers as Synapse was seen to: the same tests run against both."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SERVER = "fjordhus.example"
NAMES = ("pivotpoint", "ines", "bo")


class No(Exception):
    def __init__(self, status: int, code: str, error: str = "", **more: Any) -> None:
        super().__init__(error)
        self.status, self.said = status, {"errcode": code, "error": error} | more


class Fake(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tokens = {name: f"token-of-{name}" for name in NAMES}
        self.rooms: dict[str, dict[str, Any]] = {}
        self.stream: list[dict[str, Any]] = []
        self.done: dict[tuple[str, str], str] = {}
        self.busy = 0
        self.lock = threading.RLock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def forget_transactions(self) -> None:
        """What a homeserver does after a day."""
        self.done.clear()

    def call(self, me: str, method: str, path: list[str], asked: dict[str, str], body: Any) -> dict[str, Any]:
        with self.lock:
            if self.busy:
                self.busy -= 1
                raise No(429, "M_LIMIT_EXCEEDED", "Too Many Requests", retry_after_ms=90_000)
            match [method, *path[1:]]:
                case ["GET", "account", "whoami"]:
                    return {"user_id": me}
                case ["GET", "joined_rooms"]:
                    return {
                        "joined_rooms": [key for key, room in self.rooms.items() if me in room["members"]]
                    }
                case ["GET", "directory", "room", alias]:
                    return {"room_id": self._named(alias)}
                case ["POST", "createRoom"]:
                    return {"room_id": self._make(me, body)}
                case ["POST", "join", name]:
                    return {"room_id": self._join(me, name)}
                case ["GET", "sync"]:
                    return self._sync(me, asked)
                case ["GET" | "PUT" | "POST", "rooms", room, *rest]:
                    return self._within(me, method, self._member(me, room), rest, asked, body)
        raise No(404, "M_UNRECOGNIZED", "Unrecognized request")

    def _within(
        self, me: str, method: str, room: str, rest: list[str], asked: dict[str, str], body: Any
    ) -> dict[str, Any]:
        match [method, *rest]:
            case ["PUT", "send", kind, transaction]:
                return {"event_id": self._once(me, transaction, room, kind, body)}
            case ["PUT", "redact", event, transaction]:
                target = next(each for each in self.stream if each["event_id"] == event)
                target["content"] = {}
                return {"event_id": self._once(me, transaction, room, "m.room.redaction", {})}
            case ["GET", "messages"]:
                return self._messages(room, asked)
            case ["GET", "relations", event]:
                related = [each for each in self.stream if _root(each) == event]
                return {"chunk": [_shown(each) for each in related]}
            case ["GET", "state", "m.room.member", name]:
                return self._membership(room, name)
            case ["POST", "invite" | "kick" as verb]:
                return self._bring(room, verb, body["user_id"])
            case ["PUT", "state", kind]:
                self.rooms[room]["state"][kind] = body
                return {"event_id": "$state"}
            case ["GET", "state", kind] if kind in self.rooms[room]["state"]:
                return dict(self.rooms[room]["state"][kind])
        raise No(404, "M_NOT_FOUND", "Not found")

    def _membership(self, room: str, name: str) -> dict[str, Any]:
        for word, who in (("join", "members"), ("invite", "invited")):
            if name in self.rooms[room][who]:
                return {"membership": word}
        raise No(404, "M_NOT_FOUND", "Event not found.")

    def _bring(self, room: str, verb: str, name: str) -> dict[str, Any]:
        if not name.endswith(f":{SERVER}"):
            raise No(403, "M_FORBIDDEN", "Federation is off.")
        if verb == "invite":
            if name in self.rooms[room]["members"]:
                raise No(403, "M_FORBIDDEN", f"{name} is already in the room.")
            self.rooms[room]["invited"].add(name)
        else:
            for who in ("members", "invited"):
                self.rooms[room][who].discard(name)
        return {}

    def _named(self, alias: str) -> str:
        for key, room in self.rooms.items():
            if room["alias"] == alias:
                return key
        raise No(404, "M_NOT_FOUND", f"Room alias {alias} not found")

    def _make(self, me: str, body: dict[str, Any]) -> str:
        key = f"!{len(self.rooms)}room:{SERVER}"
        power = {"users": {me: 100}} | body.get("power_level_content_override", {})
        state = {"m.room.power_levels": power}
        state |= {each["type"]: each["content"] for each in body.get("initial_state", [])}
        alias = f"#{body['room_alias_name']}:{SERVER}" if "room_alias_name" in body else ""
        if alias and any(room["alias"] == alias for room in self.rooms.values()):
            raise No(400, "M_ROOM_IN_USE", "Room alias already taken")
        invited = {me, *body.get("invite", [])}
        self.rooms[key] = {"members": {me}, "invited": invited, "alias": alias, "state": state}
        return key

    def _join(self, me: str, name: str) -> str:
        room = self.rooms.get(name)
        if room is None or me not in room["invited"]:
            raise No(403, "M_FORBIDDEN", "You are not invited to this room.")
        room["members"].add(me)
        return name

    def _member(self, me: str, room: str) -> str:
        if me not in self.rooms.get(room, {"members": ()})["members"]:
            raise No(403, "M_FORBIDDEN", f"User {me} not in room {room}")
        return room

    def _once(self, me: str, transaction: str, room: str, kind: str, content: Any) -> str:
        key = (me, transaction)
        if key not in self.done:
            power = self.rooms[room]["state"]["m.room.power_levels"]
            if power.get("users", {}).get(me, 0) < power.get("events_default", 0):
                raise No(403, "M_FORBIDDEN", "You don't have permission to post that to the room.")
            event_id = f"${len(self.stream)}event"
            event = {"event_id": event_id, "room_id": room, "sender": me, "type": kind, "content": content}
            self.stream.append(event | {"origin_server_ts": int(time.time() * 1000)})
            self.done[key] = event_id
        return self.done[key]

    def _sync(self, me: str, asked: dict[str, str]) -> dict[str, Any]:
        chosen = json.loads(asked["filter"])["room"]
        start = int(asked.get("since", "s0")[1:])
        rooms = {}
        for room in chosen["rooms"]:
            if me in self.rooms.get(room, {"members": ()})["members"]:
                at = [n for n in range(start, len(self.stream)) if self._fits(n, room, chosen["timeline"])]
                newest = at[-chosen["timeline"]["limit"] :]
                events = [_shown(self.stream[n]) for n in newest]
                limited = len(newest) < len(at) or "since" not in asked
                rooms[room] = {
                    "timeline": {
                        "events": events,
                        "limited": limited,
                        "prev_batch": f"t{newest[0] if newest else len(self.stream)}",
                    }
                }
        return {"next_batch": f"s{len(self.stream)}", "rooms": {"join": rooms}}

    def _messages(self, room: str, asked: dict[str, str]) -> dict[str, Any]:
        only, limit = json.loads(asked.get("filter", "{}")), int(asked["limit"])
        start = int(asked.get("from", f"t{len(self.stream)}")[1:])
        stop = int(asked.get("to", "t0")[1:])
        at = [n for n in range(start - 1, stop - 1, -1) if self._fits(n, room, only)]
        said: dict[str, Any] = {"chunk": [_shown(self.stream[n]) for n in at[:limit]]}
        return said | ({"end": f"t{at[limit - 1]}"} if len(at) >= limit else {})

    def _fits(self, n: int, room: str, only: dict[str, Any]) -> bool:
        event = self.stream[n]
        if event["room_id"] != room or event["sender"] not in only.get("senders", [event["sender"]]):
            return False
        return event["type"] in only.get("types", [event["type"]])


def _root(event: dict[str, Any]) -> str:
    relates = event["content"].get("m.relates_to", {})
    return str(relates.get("event_id", "")) if "rel_type" in relates else ""


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != "room_id"}


class _Handler(BaseHTTPRequestHandler):
    server: Fake
    protocol_version = "HTTP/1.0"

    def log_message(self, *_: Any) -> None:
        pass

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        path = [unquote(each) for each in parts.path.removeprefix("/_matrix/client/").split("/")]
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        names = {value: name for name, value in self.server.tokens.items()}
        try:
            if token not in names:
                raise No(401, "M_UNKNOWN_TOKEN", "Invalid access token passed.")
            me = f"@{names[token]}:{SERVER}"
            status, said = 200, self.server.call(me, self.command, path, asked, json.loads(body or b"{}"))
        except No as no:
            status, said = no.status, no.said
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = _take  # noqa: N815 the names that http.server calls


@contextmanager
def running() -> Iterator[Fake]:
    """On a free port of the loopback."""
    fake = Fake()
    threading.Thread(target=fake.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield fake
    finally:
        fake.shutdown()
        fake.server_close()
