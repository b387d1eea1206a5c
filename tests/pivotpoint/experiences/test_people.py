"""Notices follow their person."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.customers.erase import erase
from pivotpoint.customers.merge import merge, unmerge
from pivotpoint.customers.models import Customer, Merge
from pivotpoint.experiences import joined, verdicts
from pivotpoint.experiences.models import Notice
from pivotpoint.journal import record as journal
from tests.pivotpoint.experiences.conftest import People

pytestmark = pytest.mark.django_db


def test_of_two_notices_to_one_person_one_leaves(change: Any, maren: Any, sent: Any) -> None:
    first, second = Customer.objects.order_by("pk")[:2]
    merge(first, second, by=maren)
    journal.sweep()
    sent()
    assert Notice.objects.filter(state="told").count() == 2
    assert Notice.objects.filter(state="skipped", why_not__contains="another name").count() == 1


def test_who_was_told_under_another_name_is_not_told_again(
    change: Any, people: People, maren: Any, sent: Any
) -> None:
    sent()
    told = Notice.objects.earliest("pk").customer
    late = people.join("The same person")
    joined.draft_for_joiners()
    merge(late, told, by=maren)
    journal.sweep()
    sent()
    assert Notice.objects.filter(customer__in=[late, told], state="told").count() == 1


def test_taking_a_merge_apart_gives_each_their_own(change: Any, people: People, maren: Any) -> None:
    somebody = Customer.objects.create(name="Without words")
    theirs = Notice.objects.earliest("pk")
    gone = theirs.customer
    merge(somebody, gone, by=maren)
    journal.sweep()
    theirs.refresh_from_db()
    assert theirs.customer == somebody
    unmerge(Merge.objects.get(), by=maren)
    journal.sweep()
    theirs.refresh_from_db()
    assert theirs.customer == gone


def test_erasing_a_person_erases_what_we_wrote_to_them(change: Any, ada: Any, sent: Any) -> None:
    sent()
    notice = Notice.objects.earliest("pk")
    verdicts.give(notice, "helped", "It works, says Hanne.")
    erase(notice.customer, by=ada)
    journal.sweep()
    assert not Notice.objects.filter(pk=notice.pk).exists()
