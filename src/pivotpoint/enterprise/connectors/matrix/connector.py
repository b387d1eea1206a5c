"""A message in a room for each hand-off. Who reads there answers by a reaction or in the thread."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from pivotpoint.enterprise.connectors.contract import MappingError, Part, Said, Sent
from pivotpoint.enterprise.connectors.matrix import community, talk
from pivotpoint.enterprise.connectors.matrix.homeserver import TYPES, Event, Homeserver
from pivotpoint.enterprise.models import Counterpart
from pivotpoint.pivot.models import Destination, Handoff
from pivotpoint.pivot.payload import ERASED

LABEL = "Matrix room"
CONFIG = {
    "url": "Address of the homeserver",
    "room": "Room (#name:server or !id)",
}
SIGNED = False
KEY = "Access token of the account that writes there"
FORGETS = True

OURS = "org.pivotpoint.handoff"
"""Beside the text of our message: the hand-off's key, by which we find it again."""
DAY_MS = 86_400_000

gather, rename = community.gather, community.rename
ask_in, show_out = community.ask_in, community.show_out
say, overhear, shut = community.say, community.overhear, community.shut


def check(destination: Destination) -> None:
    """Homeserver, token, room; that it can be entered, read and written in."""
    server = Homeserver(destination)
    me, room = server.me(), server.room()
    server.enter(room)
    if server.state(room, "m.room.encryption") is not None:
        raise MappingError(f"{server.named} is encrypted, so answers there can't be read; use another room.")
    power = server.state(room, "m.room.power_levels") or {}
    needed = power.get("events", {}).get("m.room.message", power.get("events_default", 0))
    if power.get("users", {}).get(me, power.get("users_default", 0)) < needed:
        raise MappingError(f"{me} may only read in {server.named}; give it the right to write.")


def deliver(handoff: Handoff, destination: Destination) -> Sent:
    """The key is the transaction's id, which a homeserver remembers for a day or so; after a failure we look first."""
    server = Homeserver(destination)
    room = server.room()
    if handoff.payload.get("type") == ERASED:
        return _forget(server, room, handoff)
    server.enter(room)
    event = _there(server, room, handoff) or server.send(room, content(handoff), handoff.key)
    return Sent(server.named, f"https://matrix.to/#/{room}/{event}", "200", event, event)


def content(handoff: Handoff) -> Event:
    """Nobody is called by name: whoever reads the room decides how loud it is."""
    payload = handoff.payload
    words = payload | {"due": parse_datetime(payload["loop"]["due_at"])}
    return {
        "msgtype": "m.text",
        "body": render_to_string("enterprise/room.txt", words).strip(),
        "format": "org.matrix.custom.html",
        "formatted_body": render_to_string("enterprise/room.html", words).strip(),
        "m.mentions": {},
        OURS: handoff.key,
    }


def _there(server: Homeserver, room: str, handoff: Handoff) -> str:
    """The event that an earlier attempt has made, if any."""
    known = Counterpart.objects.filter(handoff=handoff).values_list("record", flat=True).first()
    if known or not (handoff.attempts_made > 1 or handoff.attempts.exists()):
        return known or ""
    oldest = handoff.created_at.timestamp() * 1000 - DAY_MS
    for event in server.before(room, "", "", {"senders": [server.me()], "types": ["m.room.message"]}):
        if event.get("content", {}).get(OURS) == handoff.key:
            return str(event["event_id"])
        if event.get("origin_server_ts", 0) < oldest:
            break
    return ""


def _forget(server: Homeserver, room: str, handoff: Handoff) -> Sent:
    """Take the message out, and write in its thread what is left of it; our copy has lost the words already."""
    first = Handoff.objects.get(key=handoff.payload["handoff"], destination=handoff.destination_id)
    event = _there(server, room, first)
    if not event:
        return Sent(status="200", response="There was no message.")
    server.redact(room, event, handoff.key)
    left = content(first) | _in_thread(event)
    server.send(room, {key: value for key, value in left.items() if key != OURS}, f"{handoff.key}-left")
    return Sent(status="200", response=f"{event} was taken out.")


def _in_thread(event: str) -> Event:
    reply = {"is_falling_back": True, "m.in_reply_to": {"event_id": event}}
    return {"m.relates_to": {"rel_type": "m.thread", "event_id": event, **reply}}


def read(destination: Destination, place: str) -> Part:
    """Everything since `place`. A sync gives the newest; what lies between it and `place` is fetched as well.

    The homeserver's own place in its stream is the cursor: it knows no time, so nothing that comes late is skipped.
    """
    server = Homeserver(destination)
    room, before = server.room(), _Place(destination, place)
    me = before.me or server.me()
    new = server.since(room, before.token)
    events = list(new.get("events", []))
    if new.get("limited") and new.get("prev_batch"):
        events = [*_gap(server, room, destination, new["prev_batch"], before.token), *events]
    found: dict[str, str] = {}
    said: list[Said] = []
    for event in events:
        if event.get("sender") != me:
            said += _taken(server, room, event, set(found.values()))
        elif key := (event.get("content") or {}).get(OURS):
            found[str(key)] = str(event["event_id"])
    return Part(said, found, before.next(me, new["next_batch"]))


def _gap(server: Homeserver, room: str, destination: Destination, token: str, until: str) -> list[Event]:
    """The oldest first. Without a place yet: back to when the first hand-off went there."""
    oldest = 0.0
    if not until:
        first = destination.handoffs.order_by("created_at").first()
        if first is None:
            return []
        oldest = first.created_at.timestamp() * 1000 - DAY_MS
    found = []
    for event in server.before(room, token, until, {"types": TYPES}):
        if event.get("origin_server_ts", 0) < oldest:
            break
        found.append(event)
    return found[::-1]


def _taken(server: Homeserver, room: str, event: Event, found: set[str]) -> list[Said]:
    """What it answers. A no without a why is asked for it, in the thread, once."""
    word = talk.word(event)
    if word is None or not (word.record in found or _known(word.record)):
        return []
    answer = talk.answer(word, lambda record: server.related(room, record))
    if answer is not None:
        return [answer]
    why = {"msgtype": "m.notice", "body": f"{word.who}: say why, here. Everybody who asked will read it."}
    server.send(
        room, why | {"m.mentions": {"user_ids": [word.who]}} | _in_thread(word.record), f"why-{word.key}"
    )
    return []


def _known(record: str) -> bool:
    return Counterpart.objects.filter(record=record).exists()


class _Place:
    """Where we have read up to, by which account, in which room: another account or room begins anew."""

    def __init__(self, destination: Destination, text: str) -> None:
        config = destination.config
        of = f"{config.get('url')} {config.get('room')} {destination.secret}"
        self.of = hashlib.sha256(of.encode()).hexdigest()[:16]
        known: dict[str, Any] = json.loads(text) if text else {}
        same = known.get("of") == self.of
        self.me, self.token = (str(known["me"]), str(known["token"])) if same else ("", "")

    def next(self, me: str, token: str) -> str:
        return json.dumps({"of": self.of, "me": me, "token": token})
