"""Column names as they are really met."""

from __future__ import annotations

import re
from pathlib import Path

from pivotpoint.channels.tables.moments import parse_time
from pivotpoint.channels.tables.table import BadTable, unique_names

NAMES: dict[str, str] = {
    "text": "text message body content comment comments review feedback tweet verbatim description full_text"
    " complaint answer review_text review_body message_text nachricht kommentar bewertungstext texto mensaje"
    " commentaire consumer_complaint_narrative",
    "author": "author author_id user user_id username user_name customer customer_id customer_number"
    " client_id screen_name user_screen_name handle from sender reviewer reviewer_id account account_id"
    " member_id respondent_id person who kunde kunden_id kundennummer autor cliente",
    "time": "created_at created_utc created time timestamp date datetime posted_at sent_at received_at"
    " submitted_at created_on review_date date_created date_received published_at tweet_created when datum zeit"
    " erstellt_am fecha",
    "channel": "channel source platform medium touchpoint via kanal quelle canal submitted_via",
    "id": "id message_id tweet_id review_id comment_id external_id ticket_id case_id response_id uuid"
    " complaint_id key nummer",
    "subject": "subject title headline summary betreff titel asunto review_title",
    "email": "email e_mail mail email_address author_email customer_email user_email"
    " from_email sender_email reviewer_email contact_email",
    "name": "name full_name author_name customer_name display_name first_name",
    "rating": "rating stars score star_rating bewertung sterne puntuacion nps csat",
    "conversation": "conversation conversation_id thread thread_id ticket case",
    "in_reply_to": "in_reply_to in_response_to in_response_to_tweet_id in_reply_to_status_id parent_id"
    " reply_to",
    "by": "brand brand_name company company_name organisation organization firm business airline domain product product_name"
    " product_category store store_name shop branch hotel restaurant location site business_unit unit department division"
    " region marke unternehmen firma produkt filiale standort abteilung marca empresa",
}
"""For each part of a message the names of its column, best first."""

KNOWN = frozenset(name for names in NAMES.values() for name in names.split())


def plain(name: str) -> str:
    """`createdAt`, `Created at` and `created.at` are all `created_at`."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return re.sub(r"[^\w]+", "_", name.lower()).strip("_")


def column_names(path: Path, header: list[str]) -> list[str]:
    """Raises `BadTable` when the first line is a message already: taken for names, it would be lost."""
    known = any(plain(name) in KNOWN for name in header)
    value = next((cell.strip() for cell in header if _is_value(cell.strip())), None)
    if value and not known:
        raise BadTable(f"The first line of {path.name} names no columns: it holds {value[:60]!r}.")
    return unique_names(header)


def _is_value(cell: str) -> bool:
    """A moment or an address: nobody calls a column so."""
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", cell)) or (
        re.search(r"\d\D\d", cell) is not None and parse_time(cell) is not None
    )
