"""Rooms that we make: for the people around an insight, not for hand-offs."""

from __future__ import annotations

from pivotpoint.enterprise.connectors.contract import Made, Uttered
from pivotpoint.enterprise.connectors.matrix.homeserver import Event, Homeserver
from pivotpoint.pivot.models import Destination

OURS = "org.pivotpoint.post"
"""Beside the text of our message: what it is here, by which we find it again."""
NOBODY = 100
"""The power to write in a room that is closed; only we have it."""


def gather(destination: Destination, name: str, title: str, about: str) -> Made:
    """Private, without encryption. Its name is the key: an earlier attempt may have made it."""
    server = Homeserver(destination)
    alias = f"#{name}:{server.me().partition(':')[2]}"
    room = server.known(alias) or server.make(name, title, about) or server.known(alias)
    return Made(room, f"https://matrix.to/#/{alias}")


def rename(destination: Destination, place: str, title: str, about: str) -> None:
    """Its name and its topic; nothing is said where they are so already."""
    server = Homeserver(destination)
    for kind, key, words in (("m.room.name", "name", title), ("m.room.topic", "topic", about)):
        if (server.state(place, kind) or {}).get(key) != words:
            server.put_state(place, kind, {key: words})


def ask_in(destination: Destination, place: str, name: str) -> None:
    """Who is in already, or has been asked, is fine."""
    server = Homeserver(destination)
    there = server.state(place, f"m.room.member/{name}") or {}
    if there.get("membership") not in ("join", "invite"):
        server.invite(place, name)


def show_out(destination: Destination, place: str, name: str) -> None:
    server = Homeserver(destination)
    there = server.state(place, f"m.room.member/{name}") or {}
    if there.get("membership") in ("join", "invite"):
        server.kick(place, name)


def say(destination: Destination, place: str, key: str, text: str, thread: str) -> str:
    content: Event = {"msgtype": "m.text", "body": text, "m.mentions": {}, OURS: key}
    if thread:
        reply = {"is_falling_back": True, "m.in_reply_to": {"event_id": thread}}
        content["m.relates_to"] = {"rel_type": "m.thread", "event_id": thread, **reply}
    return Homeserver(destination).send(place, content, f"{place}-{key}")


def overhear(destination: Destination, place: str, heard: str) -> tuple[list[Uttered], str]:
    """What was said since `heard`, the oldest first; our own has a key."""
    server = Homeserver(destination)
    me, new = server.me(), server.since(place, heard)
    events = list(new.get("events", []))
    if new.get("limited") and new.get("prev_batch"):
        between = server.before(place, new["prev_batch"], heard, {"types": ["m.room.message"]})
        events = [*list(between)[::-1], *events]
    found = [_uttered(event, me) for event in events if event.get("type") == "m.room.message"]
    return [each for each in found if each is not None], str(new["next_batch"])


def _uttered(event: Event, me: str) -> Uttered | None:
    """No robots, no edits, nothing without words."""
    content, who = event.get("content") or {}, str(event.get("sender", ""))
    relates = content.get("m.relates_to") or {}
    if who == me:
        key = str(content.get(OURS) or "")
        return Uttered(str(event["event_id"]), who, "", key) if key else None
    text = str(content.get("body") or "").strip()
    edit = isinstance(relates, dict) and relates.get("rel_type") == "m.replace"
    if not text or edit or content.get("msgtype") not in ("m.text", "m.emote"):
        return None
    return Uttered(str(event["event_id"]), who, text)


def shut(destination: Destination, place: str, closed: bool) -> None:
    """Everybody may read on, and nobody may write; or they may again."""
    server = Homeserver(destination)
    power = server.state(place, "m.room.power_levels") or {}
    server.put_state(place, "m.room.power_levels", power | {"events_default": NOBODY if closed else 0})
