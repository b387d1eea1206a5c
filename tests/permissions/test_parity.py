"""Everything the pages can do, the API can do: each page names the operations that do the same."""

from __future__ import annotations

import re

from tests.permissions.test_table import OWN, operations

PAGES = {
    "": "GET today, GET honesty, GET ledger",
    "today/story/": "GET today/story",
    "insights/": "GET insights",
    "insights/merge/": "POST insights/pk/merge",
    "insights/hand-over/": "POST loops",
    "insights/pk/": "GET insights/pk, GET insights/pk/quotes, GET insights/pk/days, GET insights/pk/similar, "
    "GET insights/pk/channels, GET insights/pk/room, GET insights/pk/experts, GET insights/pk/actions",
    "insights/pk/messages/": "GET messages",
    "insights/pk/hand-over/": "POST loops",
    "insights/pk/merge/": "POST insights/pk/merge",
    "insights/pk/split/": "POST insights/pk/split",
    "insights/pk/rename/": "POST insights/pk/title",
    "insights/pk/not-this/message_pk/": "POST messages/pk/theme",
    "insights/pk/set-aside/": "PUT insights/pk/aside",
    "insights/pk/comment/": "POST insights/pk/comments, POST insights/pk/decisions",
    "insights/pk/ask/": "POST insights/pk/invitations",
    "insights/pk/tasks/": "POST insights/pk/tasks",
    "tasks/pk/done/": "POST tasks/pk/finish",
    "theme-actions/pk/undo/": "DELETE actions/pk",
    "messages/pk/correct/": "POST messages/pk/corrections",
    "messages/pk/confirm/": "POST messages/pk/confirmations",
    "messages/pk/glance/": "POST messages/pk/glances",
    "messages/pk/release/": "POST messages/pk/release",
    "corrections/pk/undo/": "DELETE corrections/pk",
    "switchyard/": "GET pivots, GET pivots/uncovered, POST pivots/order",
    "switchyard/new/": "POST pivots, GET pivots/fields",
    "switchyard/try/": "POST pivots/replay",
    "switchyard/pk/": "GET pivots/pk",
    "switchyard/pk/edit/": "PATCH pivots/pk",
    "switchyard/pk/gate/": "PATCH pivots/pk",
    "switchyard/pk/close/": "POST pivots/pk/close",
    "switchyard/pk/destinations/": "POST pivots/pk/destinations, GET destination-kinds",
    "destinations/pk/close/": "POST destinations/pk/close",
    "destinations/pk/check/": "POST destinations/pk/check",
    "destinations/pk/secret/": "POST destinations/pk/secret",
    "destinations/pk/key/": "PATCH destinations/pk",
    "destinations/pk/replay/": "POST destinations/pk/replay",
    "passages/pk/pass/": "POST passages/pk/pass",
    "passages/pk/hold/": "POST passages/pk/hold",
    "loops/": "GET loops",
    "loops/pk/": "GET loops/pk, GET loops/pk/moves, GET loops/pk/payload, GET handoffs",
    "loops/pk/change/": "POST changes",
    "loops/pk/notices/": "GET notices, GET loops/pk/notices/preview",
    "loops/pk/notices/approve/": "POST notices/approvals",
    "loops/pk/owner/": "POST loops/pk/reassign",
    "loops/pk/hand-offs/": "POST loops/pk/handoffs",
    "loops/pk/step/": "POST loops/pk/accept, POST loops/pk/start, POST loops/pk/deliver, POST loops/pk/decline, "
    "POST loops/pk/told, POST loops/pk/confirm, POST loops/pk/reopen",
    "hand-offs/pk/replay/": "POST handoffs/key/replay",
    "notices/pk/": "PATCH notices/pk, POST notices/pk/left-out",
    "inbox/": "GET conversations",
    "inbox/apart/": "GET messages",
    "inbox/pk/": "GET conversations/pk",
    "inbox/pk/reply/": "POST conversations/pk/replies, POST conversations/pk/notes",
    "inbox/pk/owner/": "PUT conversations/pk/owner",
    "inbox/pk/close/": "POST conversations/pk/closure",
    "deliveries/pk/approve/": "POST deliveries/pk/approval",
    "deliveries/pk/replay/": "POST deliveries/pk/replay",
    "customers/": "GET customers",
    "customers/suggestions/": "GET merge-suggestions",
    "customers/suggestions/pk/": "POST merge-suggestions/pk/decision",
    "customers/pk/": "GET customers/pk, GET customers/pk/timeline, GET customers/pk/identities, "
    "GET customers/pk/consents, GET customer-conflicts",
    "customers/pk/consent/": "POST customers/pk/consents",
    "conflicts/pk/settle/": "POST customer-conflicts/pk/settle",
    "customers/pk/same/": "GET customers",
    "customers/pk/merge/": "POST customers/pk/merges",
    "merges/pk/undo/": "DELETE merges/pk",
    "customers/pk/erase/": "DELETE customers/pk",
    "changes/": "GET changes",
    "changes/pk/": "GET changes/pk, GET verdicts",
    "changes/pk/take-back/": "POST changes/pk/taken-back",
    "search/": "GET search",
    "ledger/": "GET ledger",
    "import/": "GET imports, POST imports",
    "import/pk/": "GET imports/pk, PUT imports/pk, GET imports/pk/preview",
    "import/pk/progress/": "GET imports/pk",
    "import/pk/start/": "POST imports/pk/start",
    "import/pk/cancel/": "POST imports/pk/cancel",
    "import/pk/rejects.csv": "GET imports/pk/rejects",
    "settings/": "GET organisation, PATCH organisation",
    "settings/me/": "GET me, PATCH me",
    "settings/people/": "GET users",
    "settings/people/invite/": "POST users",
    "settings/people/pk/": "PATCH users/pk",
    "settings/people/pk/leave/": "POST users/pk/leave",
    "settings/functions/": "GET teams",
    "settings/functions/new/": "POST teams",
    "settings/functions/key/": "PATCH teams/key",
    "settings/channels/": "GET channels",
    "settings/channels/new/kind/": "POST channels",
    "settings/channels/pk/": "GET channels/key, PATCH channels/key",
    "settings/channels/pk/close/": "POST channels/key/closure, DELETE channels/key/closure",
    "settings/reading/": "GET reading-accuracy, GET readers",
    "settings/reading/readers/version/": "POST readers/version/return",
    "settings/reading/review/": "GET doubtful-readings",
    "settings/reading/anew/": "GET rereads",
    "settings/reading/anew/start/": "POST rereads",
    "settings/reading/anew/pk/": "GET rereads/pk",
    "settings/reading/anew/pk/step/": "POST rereads/pk/pause, DELETE rereads/pk/pause, "
    "POST rereads/pk/cancellation, POST rereads/pk/acceptance, DELETE rereads/pk/acceptance",
    "settings/reading/taxonomies/": "GET taxonomies, POST taxonomies",
    "settings/reading/taxonomies/pk/": "GET taxonomies/pk, GET taxonomies/pk/trial",
    "settings/reading/taxonomies/pk/close/": "POST taxonomies/pk/closure",
    "settings/reading/taxonomies/pk/classes/": "POST taxonomies/pk/classes",
    "settings/reading/taxonomies/classes/pk/": "GET classes/pk/tags, GET messages/pk/tags",
    "settings/reading/taxonomies/classes/pk/edit/": "PUT classes/pk",
    "settings/reading/taxonomies/classes/pk/retire/": "POST classes/pk/retirement",
    "settings/reading/taxonomies/classes/pk/message_pk/": "POST messages/pk/tag-verdicts",
    "tag-verdicts/pk/undo/": "DELETE tag-verdicts/pk",
    "settings/deliveries/": "GET deliveries",
    "settings/tokens/": "GET tokens",
    "settings/tokens/issue/": "POST tokens",
    "settings/tokens/pk/revoke/": "DELETE tokens/pk",
    "settings/journal/": "GET journal",
}


def bare(route: str) -> str:
    """Arguments by name alone."""
    return re.sub(r"[<{](?:[^>}:]*:)?([^>}]+)[>}]", r"\1", route)


def test_each_page_has_its_operations() -> None:
    offered = {f"{method} {bare(path).removeprefix('/api/v1/')}" for method, path, _ in operations()}
    named = {operation for line in PAGES.values() for operation in line.split(", ")}
    assert sorted(named - offered) == []


def test_no_page_is_without_a_row() -> None:
    inside = {bare(route) for route, p in OWN if getattr(p.callback, "permission", "") != "public"}
    assert sorted(inside ^ set(PAGES)) == []
