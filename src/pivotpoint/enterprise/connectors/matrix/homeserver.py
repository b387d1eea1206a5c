"""The client-server API of a Matrix homeserver, as far as a hand-off needs it. Says of each failure who must act."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from pivotpoint.enterprise.connectors.contract import MappingError, TransientError
from pivotpoint.enterprise.connectors.exchange import LONGEST, Budget, evidence, exchange
from pivotpoint.enterprise.connectors.key import key_of
from pivotpoint.lib.http import Answer
from pivotpoint.pivot.models import Destination

LIMIT = 8 * 1024 * 1024
AT_ONCE = 100
"""Events of one answer. An event has at most 64 KB."""
TYPES = ["m.room.message", "m.reaction"]
NOTHING = {"not_types": ["*"]}

Event = dict[str, Any]


class Refused(MappingError):
    """The homeserver said no; `code` is its errcode."""

    def __init__(self, message: str, code: str, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.code = code


class Homeserver:
    """One destination's homeserver and room for one attempt."""

    def __init__(self, destination: Destination) -> None:
        config = destination.config
        self.url = str(config.get("url", "")).strip().rstrip("/")
        self.named = str(config.get("room", "")).strip()
        if not self.url or self.named[:1] not in ("#", "!"):
            raise MappingError("The homeserver's address or the room (#name:server or !id) is not given.")
        self.token = key_of(destination, "access token")
        self.budget = Budget("The homeserver")

    def me(self) -> str:
        return str(self._call("GET", "v3/account/whoami").get("user_id", ""))

    def room(self) -> str:
        """The room's id; a name is looked up."""
        if self.named.startswith("!"):
            return self.named
        return str(self._call("GET", f"v3/directory/room/{_q(self.named)}").get("room_id", ""))

    def known(self, alias: str) -> str:
        """The id of the room that is called so, or nothing."""
        try:
            return str(self._call("GET", f"v3/directory/room/{_q(alias)}").get("room_id", ""))
        except Refused as refusal:
            if refusal.code == "M_NOT_FOUND":
                return ""
            raise

    def make(self, name: str, title: str, about: str) -> str:
        """A room for those who are invited, which stays in this house; nothing when the name is taken."""
        body = {"preset": "private_chat", "room_alias_name": name, "name": title, "topic": about}
        try:
            made = self._call("POST", "v3/createRoom", body | {"creation_content": {"m.federate": False}})
        except Refused as refusal:
            if refusal.code == "M_ROOM_IN_USE":
                return ""
            raise
        return str(made["room_id"])

    def invite(self, room: str, name: str) -> None:
        self._call("POST", f"v3/rooms/{_q(room)}/invite", {"user_id": name})

    def kick(self, room: str, name: str) -> None:
        self._call("POST", f"v3/rooms/{_q(room)}/kick", {"user_id": name})

    def put_state(self, room: str, kind: str, content: Event) -> None:
        self._call("PUT", f"v3/rooms/{_q(room)}/state/{kind}", content)

    def enter(self, room: str) -> None:
        """Take up an invitation, or join what is open to all."""
        joined = self._call("GET", "v3/joined_rooms").get("joined_rooms", [])
        if room not in joined:
            self._call("POST", f"v3/join/{_q(room)}", {})

    def state(self, room: str, kind: str) -> Event | None:
        """Of the room, or None when it has no such state."""
        try:
            return self._call("GET", f"v3/rooms/{_q(room)}/state/{quote(kind)}")
        except Refused as refusal:
            if refusal.code == "M_NOT_FOUND":
                return None
            raise

    def send(self, room: str, content: Event, key: str) -> str:
        """The event's id. The same key again is the same event, as long as the homeserver remembers."""
        said = self._call("PUT", f"v3/rooms/{_q(room)}/send/m.room.message/{_q(key)}", content)
        return str(said["event_id"])

    def redact(self, room: str, event: str, key: str) -> None:
        body = {"reason": "Somebody asked to be forgotten."}
        self._call("PUT", f"v3/rooms/{_q(room)}/redact/{_q(event)}/{_q(key)}", body)

    def since(self, room: str, token: str) -> Event:
        """What is new in the room: the timeline of a sync, and `next_batch`."""
        timeline = {"limit": AT_ONCE, "types": TYPES}
        within = {"rooms": [room], "timeline": timeline, "state": NOTHING, "ephemeral": NOTHING}
        chosen = {"room": within | {"account_data": NOTHING}, "presence": NOTHING, "account_data": NOTHING}
        asked = {"timeout": "0", "set_presence": "offline", "filter": json.dumps(chosen)}
        said = self._call("GET", f"v3/sync?{urlencode(asked | ({'since': token} if token else {}))}")
        joined = said.get("rooms", {}).get("join", {}).get(room, {})
        return {"next_batch": said["next_batch"]} | joined.get("timeline", {})

    def before(self, room: str, token: str, until: str, only: Mapping[str, Any]) -> Iterator[Event]:
        """Events before `token`, the newest first, back to `until` or to the beginning."""
        asked = {"dir": "b", "limit": str(AT_ONCE), "filter": json.dumps(only)}
        asked |= {"to": until} if until else {}
        while True:
            query = asked | ({"from": token} if token else {})
            said = self._call("GET", f"v3/rooms/{_q(room)}/messages?{urlencode(query)}")
            yield from said.get("chunk", [])
            if said.get("end", token) == token:
                return
            token = said["end"]

    def related(self, room: str, event: str) -> list[Event]:
        """Every reply in its thread and every reaction to it, the oldest first."""
        found: list[Event] = []
        asked = {"dir": "f", "limit": str(AT_ONCE)}
        while True:
            said = self._call("GET", f"v1/rooms/{_q(room)}/relations/{_q(event)}?{urlencode(asked)}")
            found += said.get("chunk", [])
            if "next_batch" not in said:
                return sorted(found, key=lambda each: each.get("origin_server_ts", 0))
            asked["from"] = said["next_batch"]

    def _call(self, method: str, path: str, body: Event | None = None) -> Event:
        left = self.budget.left()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        url = f"{self.url}/_matrix/client/{path}"
        answer = exchange(method, url, headers=headers, content=content, seconds=left, limit=LIMIT)
        said = answer.json()
        if not answer.ok or not isinstance(said, dict):
            raise self._failure(answer, said if isinstance(said, dict) else {})
        return said

    def _failure(self, answer: Answer, said: Event) -> MappingError | TransientError:
        code, error = str(said.get("errcode", "")), str(said.get("error", ""))
        facts = evidence(answer)
        if answer.status == 429:
            wait = min(LONGEST, float(said.get("retry_after_ms") or 0) / 1000)
            return TransientError("The homeserver asks for patience.", wait=wait, **facts)
        if answer.status >= 500 or (answer.ok and not code):
            return TransientError(f"The homeserver answered {answer.status}.", **facts)
        sentences = {
            "M_UNKNOWN_TOKEN": "The homeserver does not take this access token; enter a new one.",
            "M_MISSING_TOKEN": "The homeserver does not take this access token; enter a new one.",
            "M_FORBIDDEN": f"The account may not enter or write in {self.named}; invite it there.",
            "M_NOT_FOUND": f"There is no room {self.named}.",
        }
        answers = code and code != "M_UNRECOGNIZED"
        plain = (
            f"The homeserver refuses: {error}" if answers else f"No Matrix homeserver answers at {self.url}."
        )
        return Refused(sentences.get(code, plain), code, **facts)


def _q(word: str) -> str:
    return quote(word, safe="")
