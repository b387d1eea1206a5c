"""What no word holds together is no trend, until a person says that it is one matter."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from pivotpoint.channels.models import Message
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.models import Insight, MicroCluster, Theme
from pivotpoint.insights.naming.languages import spoken_to
from pivotpoint.insights.naming.titles import name
from tests.switchyard import make_insight
from tests.textanalytics.naming.belonging.test_mixed import ALL, ANYTHING, LUCK
from tests.textanalytics.naming.telling.test_several import ELSEWHERE, KETTLE, REFUND

pytestmark = pytest.mark.django_db


def holding(theme: Theme, texts: list[str]) -> None:
    """The theme's clusters keep these texts, one each."""
    MicroCluster.objects.filter(theme=theme).update(count=0)
    for n, text in enumerate(texts):
        kept = {"theme": theme, "count": 1, "vector": b"", "samples": [text]}
        MicroCluster.objects.update_or_create(id=1000 * theme.pk + n, defaults=kept)
    name([theme.pk])
    theme.refresh_from_db()


def test_it_is_noticed_when_it_is_named_and_again_when_its_words_agree(form: Any, now: Any) -> None:
    theme = make_insight(7, 7).theme
    holding(theme, ANYTHING)
    assert theme.mixed
    assert not Insight.objects.of_one_matter().exists()
    holding(theme, [f"{text}, and my refund is late" for text in ANYTHING])
    assert not theme.mixed
    assert Insight.objects.of_one_matter().get().theme == theme


def test_whoever_names_it_says_that_it_is_one_matter(form: Any, maren: Any, now: Any) -> None:
    theme = make_insight(7, 7, mixed=True).theme
    action = edit.rename(theme, "Nothing works on Mondays", by=maren)
    assert Insight.objects.of_one_matter().exists()
    undo(action, by=maren)
    assert not Insight.objects.of_one_matter().exists()


def test_the_heard_words_of_one_matter_are_not_mixed(heard: Any) -> None:
    assert Theme.objects.live().filter(vague=False).exists()
    assert not Theme.objects.filter(mixed=True).exists()


def test_what_only_the_name_of_who_is_spoken_to_holds_together_is_mixed(form: Any, now: Any) -> None:
    """The name is learnt from the messages as they were written."""
    late = "late delayed waiting slow overdue tardy lateness delay belated waited".split()
    holding(make_insight(8, 10).theme, REFUND)
    theme = make_insight(7, 10).theme
    texts = [f"Acmeline {word}" for word in late]
    holding(theme, texts)
    name([7, 8])
    assert not Theme.objects.get(pk=7).mixed
    Message.objects.filter(membership__cluster__theme=theme).update(text="@AcmelineHelp look at this")
    assert spoken_to() == {"acmelinehelp"}
    name([7, 8])
    assert Theme.objects.get(pk=7).mixed


def test_what_shares_a_thing_and_no_matter_says_so_until_a_person_names_it(
    form: Any, maren: Any, now: Any, client: Any
) -> None:
    """What all have in common is known where several themes are named together."""
    holding(make_insight(8, 10).theme, REFUND)
    for pk, text in enumerate(ELSEWHERE, 9):
        holding(make_insight(pk, 1).theme, [text])
    theme = make_insight(7, 15).theme
    holding(theme, KETTLE)
    name(range(7, 9 + len(ELSEWHERE)))
    theme.refresh_from_db()
    assert theme.several
    assert Insight.objects.of_one_matter().filter(theme=theme).exists()
    client.force_login(maren)
    page, ladder = reverse("desk:insight", args=[7]), reverse("desk:insights")
    assert "Several matters: its messages" in client.get(page).content.decode()
    assert client.get(ladder).content.decode().count("several matters") == 1
    action = edit.rename(theme, "Kettles", by=maren)
    assert "Several matters" not in client.get(page).content.decode()
    assert action.data["several"] is True


def kept_together(theme: Theme, texts: list[str]) -> None:
    MicroCluster.objects.filter(theme=theme).update(count=0)
    MicroCluster.objects.bulk_create(
        MicroCluster(
            id=1000 * theme.pk + n, theme=theme, count=8, vector=b"", samples=texts[8 * n : 8 * n + 8]
        )
        for n in range(-(-len(texts) // 8))
    )


def test_a_heap_is_mixed_but_not_what_many_speak_of_by_a_few_of_their_texts(form: Any, now: Any) -> None:
    for pk, texts in enumerate([*ALL, LUCK], 7):
        kept_together(make_insight(pk, 1).theme, texts)
    heap = Theme.objects.get(pk=7 + len(ALL))
    name(range(7, heap.pk + 1))
    assert list(Theme.objects.filter(mixed=True)) == [heap]
    MicroCluster.objects.filter(theme=heap).update(count=200)
    name(range(7, heap.pk + 1))
    assert not Theme.objects.filter(mixed=True).exists()


def test_what_may_be_held_by_a_word_is_doubted_until_a_person_names_it(
    form: Any, maren: Any, now: Any
) -> None:
    for pk, texts in enumerate([*ALL, LUCK], 7):
        kept_together(make_insight(pk, 1).theme, texts)
    doubted = Theme.objects.get(pk=7 + len(ALL))
    MicroCluster.objects.filter(theme=doubted).update(count=200)
    name(range(7, doubted.pk + 1))
    assert list(Theme.objects.filter(unsure=True)) == [doubted]
    action = edit.rename(doubted, "Bad luck", by=maren)
    assert not Theme.objects.filter(unsure=True).exists()
    undo(action, by=maren)
    assert list(Theme.objects.filter(unsure=True)) == [doubted]
