"""Read new e-mail replies one by one. An answer and our position in the mailbox are stored in one transaction."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from pivotpoint.enterprise.connectors.contract import Failed
from pivotpoint.enterprise.connectors.email import token
from pivotpoint.enterprise.connectors.email.connector import addresses
from pivotpoint.enterprise.models import Mailbox
from pivotpoint.enterprise.replies import imap, letter
from pivotpoint.enterprise.words import understand
from pivotpoint.lib import clock
from pivotpoint.lib.digest import digest
from pivotpoint.lib.lease import unclaimed
from pivotpoint.pivot import answers
from pivotpoint.pivot.models import Answer, Handoff

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
LONGEST = 5000
"""Characters of a reply that are kept."""
LIMIT = 100
"""Letters of one sweep."""


def read() -> int:
    """Read new e-mails; returns the number of answers. MailboxError fails the sweep, and `check` reports it."""
    if not settings.IMAP_HOST:
        return 0
    name = f"{settings.IMAP_USER}@{settings.IMAP_HOST}/{settings.IMAP_FOLDER}"
    box, _ = Mailbox.objects.get_or_create(name=name[:300])
    if not _claim(box):
        return 0
    try:
        with imap.opened() as folder:
            return _read_on(box, folder)
    finally:
        Mailbox.objects.filter(pk=box.pk).update(claimed_at=None, read_at=clock.now())


def wrong() -> str:
    """Why the mailbox cannot be read, in one sentence; "" when it can."""
    if not settings.IMAP_HOST:
        return ""
    try:
        with imap.opened():
            return ""
    except imap.MailboxError as error:
        return f"Replies by e-mail: {error}"


def _claim(box: Mailbox) -> bool:
    return bool(Mailbox.objects.filter(unclaimed(LEASE), pk=box.pk).update(claimed_at=clock.now()))


def _read_on(box: Mailbox, folder: imap.Folder) -> int:
    """Other numbers (validity) than before: from the beginning, where what we know already is known by its id."""
    box.refresh_from_db()
    if folder.validity != box.validity:
        box.validity, box.last = folder.validity, 0
    answered = 0
    for number in folder.after(box.last, _first())[:LIMIT]:
        raw = folder.letter(number)
        with transaction.atomic():
            answered += take(raw) if raw else 0
            box.last = number
            box.save(update_fields=["validity", "last"])
    return answered


def _first() -> date:
    """Nothing can be a reply that is older than the first letter that went out; a day more for time zones."""
    sent = (
        Handoff.objects.filter(destination__kind="email").order_by("pk").values_list("created_at", flat=True)
    )
    return (sent.first() or clock.now()).date() - timedelta(days=1)


def take(raw: bytes) -> int:
    """Returns 1 when it is a new reply by a person from one of the destination's addresses, else 0."""
    try:
        said = letter.read(raw)
    except ValueError as error:
        log.warning("a letter in the mailbox of replies is skipped: %s", error)
        return 0
    key = token.find(said.marks)
    handoff = Handoff.objects.filter(key=key).select_related("destination", "loop").first() if key else None
    if handoff is None or said.automatic or not said.text or not _may(said.sender, handoff):
        return 0
    answer_key = f"mail-{digest(said.key or raw.decode('latin-1'))}"
    if Answer.objects.filter(handoff=handoff, key=answer_key).exists():
        return 0
    text = said.text[:LONGEST]
    outcome, note = understand(text)
    if outcome == Answer.Outcome.DECLINED and not note:
        # Everybody who asked will read the reason, so a bare no moves nothing: its owner sees it and asks.
        outcome, note = Answer.Outcome.NOTE, text
    answers.answer(handoff, outcome, note=note, key=answer_key, actor_name=said.sender)
    return 1


def _may(sender: str, handoff: Handoff) -> bool:
    try:
        return sender in [each.lower() for each in addresses(handoff.destination)]
    except Failed:
        return False
