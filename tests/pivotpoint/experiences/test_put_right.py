"""A change is edited until the first notice has left, and corrected by a line of its own afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from pivotpoint.channels.models import Delivery, Message
from pivotpoint.community.said import said
from pivotpoint.experiences import changes, joined, links, notices, put_right
from pivotpoint.experiences.models import Change, Notice
from pivotpoint.journal.models import Event
from pivotpoint.pivot.models import Loop
from pivotpoint.pivot.refused import Refused
from tests.pivotpoint.experiences.conftest import People, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def waits(people: People, loop: Loop, ines: Any, now: Any) -> Change:
    """Three people's notices wait for approval."""
    people.channel.notices = "approved"
    people.channel.save()
    return record(loop, ines, now)


def texts() -> list[str]:
    return sorted(Notice.objects.values_list("text", flat=True))


def test_before_anybody_is_told_the_change_and_its_notices_say_the_new_words(
    waits: Change, ines: Any, now: Any
) -> None:
    old, since = waits.what, now.date() - timedelta(days=2)
    assert all(old in text for text in texts())
    put_right.edit(waits, by=ines, what="The bank books once now.", live_since=since, hypothesis="Fewer asks")
    assert len(texts()) == 3
    assert all("The bank books once now." in text and old not in text for text in texts())
    waits.refresh_from_db()
    assert (waits.live_since, waits.hypothesis) == (since, "Fewer asks")
    event = Event.objects.about(waits).get(name="experiences.change_edited")
    assert event.data["fields"] == "what, live_since, hypothesis"
    assert (event.data["was_what"], event.data["was_live_since"]) == (old, str(now.date()))


def test_the_same_words_are_no_edit(waits: Change, ines: Any) -> None:
    put_right.edit(waits, by=ines, what=f" {waits.what} ", title=waits.title)
    assert not Event.objects.filter(name="experiences.change_edited").exists()


def test_what_somebody_worded_by_hand_stays_and_is_approved_again(waits: Change, ines: Any) -> None:
    mine, other, _ = Notice.objects.order_by("pk")
    notices.edit(mine, "Dear you, it is done. {link}", by=ines)
    assert notices.approve([mine, other], by=ines) == 2
    put_right.edit(waits, by=ines, what="The bank books once now.")
    mine.refresh_from_db()
    assert (mine.text, mine.state, mine.approved_by) == ("Dear you, it is done. {link}\n", "draft", None)
    assert not Notice.objects.filter(pk=other.pk).exists()
    assert list(Notice.objects.values_list("state", flat=True)) == ["draft"] * 3


@pytest.mark.parametrize("state", ["queued", "told", "failed"])
def test_once_one_has_left_the_words_stay(waits: Change, ines: Any, state: str) -> None:
    one = Notice.objects.order_by("pk")[0]
    Notice.objects.filter(pk=one.pk).update(state=state)
    with pytest.raises(Refused, match="add a correction"):
        put_right.edit(waits, by=ines, what="Other words.")
    waits.refresh_from_db()
    assert waits.what != "Other words."
    put_right.edit(waits, by=ines, public=False)
    assert not Change.objects.get(pk=waits.pk).public


def test_a_day_to_come_no_words_and_a_change_taken_back_are_refused(
    waits: Change, ines: Any, samir: Any, now: Any
) -> None:
    with pytest.raises(Refused, match="still to come"):
        put_right.edit(waits, by=ines, live_since=now.date() + timedelta(days=1))
    with pytest.raises(Refused, match="Say what changed"):
        put_right.edit(waits, by=ines, what=" ")
    with pytest.raises(Refused, match="Nobody has been told yet"):
        put_right.correct(waits, "It was four days.", by=ines)
    with pytest.raises(PermissionDenied):
        put_right.edit(waits, by=samir, what="Mine.")
    changes.take_back(waits, "It broke.", by=ines)
    with pytest.raises(Refused, match="was taken back"):
        put_right.edit(waits, by=ines, what="Other words.")


def test_a_correction_stands_below_and_is_in_what_leaves_later(
    client: Client, change: Change, people: People, ines: Any, sent: Callable[[], Any]
) -> None:
    sent()
    told = Delivery.objects.count()
    put_right.correct(change, "It is four days, not three.", by=ines)
    sent()
    assert Delivery.objects.count() == told == 3
    change.refresh_from_db()
    assert "four days" not in change.what
    (row,) = [one for one in said() if "four days" in one.text]
    assert "Put right on " in row.text
    message = Message.objects.filter(direction="in").order_by("pk").first()
    assert message is not None
    page = client.get(f"/portal/follow/{links.token(message)}/").text
    assert "Put right:" in page and "It is four days, not three." in page
    people.join()
    joined.draft_for_joiners()
    later = Notice.objects.order_by("-pk")[0]
    assert "Put right on " in later.text and "four days" in later.text
    assert Event.objects.about(change).filter(name="experiences.change_corrected").count() == 1


def test_the_pages_offer_what_is_possible(client: Client, waits: Change, ines: Any, now: Any) -> None:
    client.force_login(ines)
    page = f"/changes/{waits.pk}/"
    assert f'href="{page}edit/"' in client.get(page).text
    form = {"title": "Booked once", "what": "The bank books once.", "live_since": now.date().isoformat()}
    assert client.post(f"{page}edit/", form | {"public": "on"}).status_code == 302
    shown = client.get(page).text
    assert "Booked once" in shown and "Edited" in shown
    stale = client.post(f"{page}edit/", form | {"title": "Mine", "was": "title:00000000"})
    assert stale.status_code == 422 and "title is now “Booked once”" in stale.text
    Notice.objects.update(state="told", told_at=now)
    shown = client.get(page).text
    assert "Add a correction" in shown and f'href="{page}edit/"' not in shown
    assert "its words stay as they have read them" in client.get(f"{page}edit/").text
    client.post(f"{page}corrections/", {"text": "Four days it is."})
    assert "Four days it is." in client.get(page).text
    client.post(f"{page}portal/", {"as": "hide"})
    assert "The portal does not show it." in client.get(page).text
