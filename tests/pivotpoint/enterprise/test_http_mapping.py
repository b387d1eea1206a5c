"""A mapping of one's own for a system that nobody thought of: what it sends, and what is said of a wrong one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from pivotpoint.enterprise.connectors.http import connector
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.enterprise.systems.check import check_one
from pivotpoint.pivot import edit, loops
from tests.receiver import receiving
from tests.switchyard import make_insight

pytestmark = pytest.mark.usefixtures("now", "maren")

OWN = {
    "label": "Order",
    "headers": {"X-Key": "{settings.key}"},
    "make": {
        "method": "POST",
        "address": "{settings.url}/{pivot.name}?for={key}",
        "body": {
            "what": "{insight.title}",
            "people": "{insight.people}",
            "lines": [{"said": "{insight.keywords}"}],
        },
    },
    "found": {"reference": "{reference}", "link": "{url}"},
}


def test_a_mapping_of_ones_own(pivot: Any, maren: Any) -> None:
    with receiving("", verify=False) as receiver:
        config = {"url": receiver.url, "mapping": json.dumps(OWN)}
        made = edit.save_destination(pivot, name="Orders", kind="http", config=config, key="k", by=maren)
        handoff = loops.open_loop(make_insight(1), pivot, by=None, why="They wait.").handoffs.get()
        assert check_one(made) == ""
        assert deliver() == 1
        (key, said), headers = receiver.taken.popitem(), receiver.headers
    handoff.refresh_from_db()
    assert said == {"what": "Refund 1 does not arrive", "people": 3, "lines": [{"said": ["refund", "wait"]}]}
    assert (headers["X-Key"], headers["Idempotency-Key"]) == ("k", key)
    assert receiver.path == f"/handoffs/Refunds?for={handoff.key}"
    assert (handoff.external_ref, handoff.external_url) == (f"CR-{key}", "https://erp.example/1")


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("", "Choose a preset or give a mapping."),
        ("{", "The mapping is no JSON"),
        ("[1]", "The mapping is no object."),
        ({"found": {}}, "The mapping is not of the right shape: .*make"),
        (
            {"make": {"address": "x", "method": "DELETE"}},
            "The method “DELETE” is none of GET, POST, PUT, PATCH.",
        ),
        (
            {"make": {"address": "{settings.url}/{insight.colour}"}},
            "asks for {insight.colour}, which a hand-off does not",
        ),
        (
            {"make": {"address": "{settings.url}"}, "outcomes": [{"when": {}, "outcome": "gone"}]},
            "which is no answer",
        ),
        (
            {"make": {"address": "{settings.url}"}, "answer": {"record": "{id}", "signature": "none"}},
            "none of hub, token",
        ),
        ({"make": {"address": "{settings.url}", "body": "{settings.key}"}}, None),
    ],
)
def test_a_wrong_mapping_is_said_at_once(pivot: Any, maren: Any, mapping: Any, sentence: str | None) -> None:
    config = {"url": "http://127.0.0.1:9", "mapping": mapping}
    made = edit.save_destination(pivot, name="Own", kind="http", config=config, by=maren)
    found = check_one(made)
    if sentence is None:
        assert found == ""
    else:
        assert re.search(sentence, found), found


def test_the_key_stays_out_of_bodies_and_addresses(pivot: Any, maren: Any) -> None:
    mapping = {
        "make": {"address": "{settings.url}/{settings.key}", "method": "POST", "body": "{settings.key}"}
    }
    config = {"url": "http://127.0.0.1:9", "mapping": mapping}
    made = edit.save_destination(pivot, name="Own", kind="http", config=config, key="secret", by=maren)
    plan = connector.mapping_of(made.config)
    asked = connector.speak.request(made, plan, plan.make, connector.facts_of(connector.SAMPLE))
    assert "secret" not in asked.url + asked.body.decode()
