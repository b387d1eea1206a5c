"""Which pages the tour shows, in what order, with one sentence each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tour_places import (
    change,
    conversation,
    customer,
    form,
    import_run,
    insight,
    messages,
    page,
    pivot,
    public,
    report,
    telling,
    to,
)

LEAD, ADMIN, NOBODY = "lead", "administrator", ""


@dataclass(frozen=True)
class Shot:
    """One page. `path` gives its address on the server, or a file; `tall` caps the height of the picture in px."""

    name: str
    title: str
    sentence: str
    path: Callable[[], str]
    who: str = LEAD
    tall: int = 1300
    fresh: bool = False


SHOTS = (
    Shot(
        "today",
        "Today",
        "What needs a person now, and whether the company keeps its word.",
        to("desk:today"),
    ),
    Shot(
        "inbox",
        "Inbox",
        "One conversation: what they said, how it was read, what may be answered.",
        conversation,
        tall=900,
    ),
    Shot(
        "insights",
        "Insights",
        "What different people said that means the same, on three rungs.",
        to("desk:insights"),
    ),
    Shot(
        "insight",
        "Insight",
        "Who stands behind it, since when, in their own words, and where it should go.",
        insight,
    ),
    Shot(
        "messages", "Its messages", "Every message behind an insight; pick some to split them off.", messages
    ),
    Shot(
        "wider",
        "Insights by wider theme",
        "What is about one thing stands together; whoever is behind several of them is counted once.",
        to("desk:insights", query="?by=wider&period="),
        tall=1400,
    ),
    Shot(
        "alerts",
        "Alerts",
        "What unusually many people speak of, how sure that is, and whether it was real.",
        to("desk:alerts", query="?state=all"),
        tall=1100,
    ),
    Shot(
        "switchyard",
        "Switchyard",
        "Where words go, how long they wait, and what comes back.",
        to("desk:switchyard"),
        tall=1300,
    ),
    Shot(
        "pivot-form",
        "A pivot",
        "Rules without code, tried on the last ninety days before they are kept.",
        pivot("desk:pivot_edit"),
    ),
    Shot(
        "versions",
        "Versions",
        "Every change of a pivot, who made it and why; compare any two, go back.",
        pivot("desk:pivot_versions"),
    ),
    Shot(
        "playbook",
        "Playbook",
        "The steps that become tasks once a loop is accepted, each with an owner and a time.",
        pivot("desk:playbook"),
        tall=1100,
    ),
    Shot(
        "switchyard-file",
        "Switchyard as a file",
        "All pivots as one readable text: take it away, compare it, take it in.",
        to("desk:switchyard_file"),
    ),
    Shot(
        "uncovered",
        "What nobody catches",
        "Insights that fit no pivot, those of most people first.",
        to("desk:uncovered"),
    ),
    Shot(
        "friction",
        "Friction",
        "Where it waits, where somebody works, where it gets stuck.",
        to("desk:friction"),
    ),
    Shot(
        "standing",
        "Standing answers",
        "What the front line may do at once, where it could do more, and what stops working.",
        to("desk:standing"),
    ),
    Shot(
        "loops",
        "Loops",
        "Every insight that was handed over, with its one owner and due date.",
        to("desk:loops"),
    ),
    Shot(
        "loop",
        "Loop",
        "One insight on its way: stages, people to tell, hand-offs, journal.",
        lambda: page("desk:loop", telling().pk),
    ),
    Shot(
        "notices",
        "Notices",
        "Read before sending: who is told what, and who is not and why.",
        lambda: page("desk:notices", telling().pk),
    ),
    Shot(
        "changes",
        "Changes",
        "What is different now because people said so, and whether it helped.",
        to("desk:changes"),
        tall=1100,
    ),
    Shot("change", "Change", "One change: its hypothesis, who was told, what they answered.", change),
    Shot(
        "ledger",
        "Ledger",
        "Every message received is in exactly one place; the sum is checked.",
        to("metrics:ledger"),
    ),
    Shot("customers", "Customers", "Everybody who said something, once.", to("desk:customers"), tall=1100),
    Shot(
        "customer", "Customer", "One person: what they said, what they were told, what they allow.", customer
    ),
    Shot(
        "search",
        "Search",
        "Words, people, insights and loops in one list.",
        to("desk:search", query="?q=refund"),
        tall=1100,
    ),
    Shot(
        "imports",
        "Import",
        "Files that were taken in, and what was kept out and why.",
        to("channels:imports"),
        tall=900,
    ),
    Shot(
        "import-map",
        "Import: columns",
        "Which column is what; the first rows as they would be taken.",
        import_run("draft"),
    ),
    Shot(
        "import-done",
        "Import: finished",
        "What was taken in and what was rejected, with the reason.",
        import_run("done"),
        tall=900,
    ),
    Shot("settings", "Settings", "People, functions, channels, tokens, journal.", to("settings"), ADMIN, 900),
    Shot(
        "channels",
        "Channels",
        "Every way in and out, with its why and what may be sent on it.",
        to("desk:channels"),
        ADMIN,
        1100,
    ),
    Shot(
        "systems",
        "Systems",
        "Every system that loops go to, how it goes with each, and who leads there.",
        to("desk:systems"),
        ADMIN,
        1100,
    ),
    Shot(
        "accuracy",
        "How well it reads",
        "What people confirmed and corrected, by judgement, language and channel.",
        to("desk:accuracy"),
    ),
    Shot(
        "effort",
        "Effort",
        "What listening takes of people and of the machine, and what came of it.",
        to("desk:effort"),
    ),
    Shot(
        "review",
        "Review",
        "Messages that the reader is not sure of, those that teach most first.",
        to("desk:review"),
    ),
    Shot(
        "taxonomies",
        "Taxonomies",
        "Classes of an organisation's own, taught by examples, by a description or by a file of labels.",
        to("desk:taxonomies"),
    ),
    Shot(
        "about-us",
        "About us",
        "A few sentences say what is about us, about a rival, about the trade, or noise.",
        to("desk:relevance"),
    ),
    Shot(
        "names",
        "Names",
        "Products, sites and segments that customers' records name; they are found in what people write.",
        to("desk:names"),
    ),
    Shot(
        "rereads",
        "Read anew",
        "The whole history with what was learnt since, and with another encoder, beside what stands.",
        to("desk:rereads"),
        tall=900,
    ),
    Shot(
        "assistant",
        "Assistant",
        "What a language model may suggest, what it costs, and exactly what left the house.",
        to("desk:assistant"),
        ADMIN,
        1100,
    ),
    Shot(
        "hours",
        "Working hours",
        "When each function works, and whose turn it is.",
        to("desk:hours"),
        ADMIN,
        1000,
    ),
    Shot(
        "people", "People", "Who works here, in which function, with which role.", to("people"), ADMIN, 1100
    ),
    Shot("journal", "Journal", "Who did what when.", to("desk:journal"), ADMIN, 1100),
    Shot(
        "api",
        "API",
        "Everything that the pages do, described at /api/docs.",
        lambda: "/api/docs",
        ADMIN,
        1100,
    ),
    Shot(
        "setup",
        "First run",
        "The first page of an empty installation.",
        lambda: "/setup/",
        NOBODY,
        1200,
        fresh=True,
    ),
    Shot(
        "login",
        "Log in",
        "The door; a second factor follows for those who have set one up.",
        lambda: "/accounts/login/",
        NOBODY,
        900,
    ),
    Shot(
        "portal",
        "Portal",
        "Customers: tell us; you said, we did; how well the company keeps it.",
        to("community:portal"),
        NOBODY,
        1400,
    ),
    Shot(
        "form", "Web form", "The form, which also sits in any page of yours as a widget.", form, NOBODY, 1000
    ),
    Shot(
        "follow",
        "What I said",
        "A customer's own page by a signed link: from their words to the change.",
        public("community:follow", answered=True),
        NOBODY,
    ),
    Shot(
        "verdict",
        "Did it help?",
        "The link in each notice; one tap answers.",
        public("community:verdict", answered=False),
        NOBODY,
        1000,
    ),
    Shot(
        "report",
        "Listen's report",
        "`pivotpoint listen FILE --html`: one page that needs no server.",
        report,
        NOBODY,
        1400,
    ),
)
