"""Today: what is late, what waits at a gate, what climbed; and the counts beside the stations."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from pivotpoint.channels.reply import reply
from pivotpoint.collaboration import room
from pivotpoint.desk.frame import frame
from pivotpoint.desk.waiting import shorter
from pivotpoint.lib import clock
from pivotpoint.pivot.attach import attach
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.loops import open_loop
from pivotpoint.pivot.models import Handoff
from tests.pivotpoint.desk.letters import write


def today(client: Client, query: str = "") -> dict[str, Any]:
    page = client.get(reverse("desk:today") + query)
    return {section.key: section for section in page.context["sections"]}


def test_a_quiet_day_says_so(lead: Client, yard: SimpleNamespace, now: Any) -> None:
    with clock.at(now + timedelta(days=30)):
        assert "Nothing waits" in lead.get(reverse("desk:today")).content.decode()


def test_what_climbed_and_has_no_owner(lead: Client, yard: SimpleNamespace) -> None:
    rows = today(lead)["climbed"].rows
    assert [row.title for row in rows] == ["Refund still missing", "Locker code comes late"]
    open_loop(yard.trend, yard.refunds, by=yard.maren)
    assert [row.title for row in today(lead)["climbed"].rows] == ["Locker code comes late"]


def test_a_gate_waits_then_it_is_late(lead: Client, yard: SimpleNamespace, now: Any) -> None:
    decide(yard.trend)
    assert [verb.label for verb in today(lead)["gates"].rows[0].verbs] == ["Let it pass", "Hold"]
    with clock.at(now + timedelta(days=2)):
        sections = today(lead)
        assert sections["gates"].count == 0
        assert sections["late"].rows[0].owner == "Ines Halloran"


def test_mine_are_only_mine(yard: SimpleNamespace, client: Client, now: Any) -> None:
    open_loop(yard.trend, yard.refunds, by=yard.maren)
    with clock.at(now + timedelta(days=5)):
        client.force_login(yard.maren)
        assert today(client)["late"].count == 1
        assert today(client, "?whose=mine")["late"].count == 0
        client.force_login(yard.ines)
        mine = today(client, "?whose=mine")["late"]
        assert mine.rows[0].owner == "you"
        assert [verb.label for verb in mine.rows[0].verbs] == ["Accept", "Open"]


def test_a_dead_hand_off_counts_everybody_that_its_loop_stands_for(
    lead: Client, yard: SimpleNamespace
) -> None:
    loop = open_loop(yard.trend, yard.refunds, by=yard.maren)
    attach(yard.pattern, loop, by=yard.maren)
    Handoff.objects.filter(loop=loop).update(state="dead", attempts_made=12, error="No route.")
    assert today(lead)["late"].rows[0].people == 7


def test_a_dead_hand_off_needs_a_person(lead: Client, yard: SimpleNamespace) -> None:
    loop = open_loop(yard.trend, yard.refunds, by=yard.maren)
    Handoff.objects.filter(loop=loop).update(state="dead", attempts_made=12, error="No route.")
    row = today(lead)["late"].rows[0]
    assert row.words == "Stopped after 12 tries. No route."
    assert row.verbs[0].label == "Replay"


def test_more_than_fit_are_counted(lead: Client, yard: SimpleNamespace, now: Any) -> None:
    loop, goal = open_loop(yard.trend, yard.refunds, by=yard.maren), yard.refunds.destinations.get()
    for number in range(12):
        Handoff.objects.create(loop=loop, destination=goal, key=f"again-{number}", state="dead")
    late = today(lead)["late"]
    assert (len(late.rows), late.count) == (8, 12)


def test_who_was_named_finds_it(yard: SimpleNamespace, client: Client) -> None:
    room.comment(yard.trend, "@Bo Aramis do you know?", by=yard.maren)
    client.force_login(yard.bo)
    assert "Maren Oduya named you" in client.get(reverse("desk:today")).content.decode()


def test_a_viewer_gets_no_buttons_but_a_way_to_look(yard: SimpleNamespace, client: Client) -> None:
    decide(yard.trend)
    client.force_login(yard.victor)
    assert [(verb.label, verb.post) for verb in today(client)["gates"].rows[0].verbs] == [("Look", False)]


def test_who_does_the_work_begins_with_their_own(yard: SimpleNamespace, client: Client, now: Any) -> None:
    open_loop(yard.trend, yard.refunds, by=yard.maren)
    with clock.at(now + timedelta(days=5)):
        client.force_login(yard.joris)
        page = client.get(reverse("desk:today"))
        assert "You have nothing to decide now." in page.content.decode()
        assert {each["label"]: each["count"] for each in page.context["frame"]["stations"]}["Today"] == ""
        assert today(client, "?whose=all")["late"].rows[0].owner == "Ines Halloran"
        client.force_login(yard.ines)
        assert "1 decision waits for you" in client.get(reverse("desk:today")).content.decode()


def test_only_who_may_answer_is_told_to(yard: SimpleNamespace, mail: Any, client: Client, now: Any) -> None:
    write(mail)
    with clock.at(now + timedelta(days=9)):
        said = {}
        for name in ("maren", "bo"):
            client.force_login(getattr(yard, name))
            said[name] = [verb.label for verb in today(client, "?whose=all")["late"].rows[0].verbs]
    assert said == {"maren": ["Answer"], "bo": ["Look"]}


def test_a_stranger_learns_only_the_name(installation: Any, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    assert frame(request) == {"organisation": "Fjordhus"}


def test_the_counts_beside_the_stations_cost_one_query(
    yard: SimpleNamespace, rf: RequestFactory, django_assert_max_num_queries: Any, now: Any
) -> None:
    decide(yard.trend)
    request = rf.get("/insights/5/")
    request.user = yard.maren
    with clock.at(now + timedelta(days=2)), django_assert_max_num_queries(3):
        stations = {each["label"]: each for each in frame(request)["frame"]["stations"]}
    assert (stations["Today"]["count"], stations["Today"]["due"]) == ("1", True)
    assert (stations["Switchyard"]["count"], stations["Insights"]["here"]) == ("1", True)


def test_who_writes_again_after_an_answer_waits_again(
    yard: SimpleNamespace, mail: Any, rf: RequestFactory, lead: Client, now: Any
) -> None:
    request = rf.get("/")
    request.user = yard.maren

    def waiting() -> tuple[str, int]:
        stations = {each["label"]: each for each in frame(request)["frame"]["stations"]}
        with clock.at(now + timedelta(days=3)):
            late = today(lead)["late"].rows
        return stations["Inbox"]["count"], sum("waits for an answer" in row.words for row in late)

    conversation = write(mail, thread="t1").conversation
    assert waiting() == ("1", 1)
    reply(conversation, "We are looking into it.", by=yard.maren)
    assert waiting() == ("", 0)
    write(mail, text="It has still not come.", thread="t1")
    assert waiting() == ("1", 1)


def test_stations_that_may_not_be_entered_are_not_shown(yard: SimpleNamespace, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = yard.victor
    shown = frame(request)["frame"]
    assert "Inbox" not in [each["label"] for each in shown["stations"]]
    assert "Import" not in [each["label"] for each in shown["more"]]


def test_an_empty_house_says_where_to_begin(client: Client, ada: Any, victor: Any) -> None:
    client.force_login(ada)
    page = client.get(reverse("desk:today")).content.decode()
    assert "Nobody has said anything yet" in page and reverse("desk:channels") in page
    client.force_login(victor)
    assert "Nobody has said anything yet" not in client.get(reverse("desk:today")).content.decode()


def test_while_the_demo_begins_nobody_is_sent_to_import(client: Client, ada: Any, installation: Any) -> None:
    type(installation).objects.update(demo_asked_at=clock.now())
    client.force_login(ada)
    page = client.get(reverse("desk:today")).content.decode()
    assert "The demo story is about to be played" in page and "Nobody has said anything yet" not in page


def test_what_a_system_said_does_not_end_half_way() -> None:
    said = "Rolf Berg has left; name somebody else. " + "The server answered with a page of its own. " * 4
    assert shorter(said).endswith("page of its own.") and len(shorter(said)) <= 140
    assert shorter("short") == "short"
    assert shorter("word " * 60).endswith("word …")
