"""German matters of three trades get titles that a stranger understands; most of what is said is not left alone."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pytest

from tests.textanalytics.german import MATTERS, spoken
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.grammar.german import shares_its_verb
from textanalytics.naming.choosing.titles import Title, name_all
from textanalytics.reading.reading import Reader
from textanalytics.settling.moods import signs
from textanalytics.settling.settle import settle
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex

DENIED = ("nicht", "nie", "kein", "ohne", "abgelehnt", "gesperrt")


@cache
def named() -> dict[str, list[tuple[int, Title]]]:
    """The themes of each matter, largest first, as `listen` finds and names them."""
    texts, matters = spoken()
    cleaned = [clean(text) for text in texts]
    vectors, readings = default().encode(cleaned), Reader().read(texts)
    index = ThemeIndex(vectors.shape[1], detail=3.0)
    ids = index.add(vectors, cleaned)
    index.consolidate()
    corpus = read_texts(cleaned, index.themes_of(ids), readings.language)
    labels = settle(index.themes_of(ids), vectors, corpus, signs(readings.mood))
    found = name_all(corpus, labels, moods=readings.mood, vectors=vectors, encoder=default())
    themes: dict[str, list[tuple[int, Title]]] = {matter: [] for matter in MATTERS}
    for label, title in found.items():
        members = np.flatnonzero(labels == label).tolist()
        ((matter, _),) = Counter(matters[i] for i in members).most_common(1)
        themes[matter].append((len(members), title))
    return {matter: sorted(own, key=lambda pair: -pair[0]) for matter, own in themes.items()}


def test_a_few_hundred_sentences_are_told() -> None:
    texts, _ = spoken()
    assert len(texts) == len(set(texts)) >= 300


@pytest.mark.parametrize("matter", MATTERS)
def test_the_largest_theme_of_a_matter_says_what_it_is(matter: str) -> None:
    (_, title), *_ = named()[matter]
    assert any(word in title.title.lower() for word in MATTERS[matter][0]), title.title


def test_most_titles_are_phrases_and_few_messages_stand_alone() -> None:
    themes = [pair for own in named().values() for pair in own]
    total = sum(size for size, _ in themes)
    assert sum(size for size, title in themes if title.listed) <= 0.2 * total
    assert sum(size for size, _ in themes if size == 1) <= 0.05 * total


@pytest.mark.parametrize("matter", ["paket nicht angekommen", "fahrer klingelt"])
def test_what_did_not_happen_is_not_said_to_have_happened(matter: str) -> None:
    for _, title in named()[matter]:
        happened = any(word in title.title.lower() for word in ("angekommen", "zugestellt", "geklingelt"))
        assert not happened or any(word in title.title.lower() for word in DENIED), title.title


def title_of(*texts: str) -> str:
    """The title of these texts beside others about a vase."""
    beside = [
        f"{whose} Vase {what}"
        for whose in ("meine", "eure")
        for what in ("ist weg", "hat Risse", "fehlt mir", "ist blau")
    ]
    labels = np.array([0] * len(texts) + [1] * len(beside))
    corpus = read_texts([*texts, *beside], labels, ["de"] * len(labels))
    return name_all(corpus, labels)[0].title


LAMPS = [
    "die Lampen flackern",
    "solche Lampen nerven",
    "Lampen von euch brummen",
    "unsere Lampen sind weg",
    "wo bleiben meine Lampen",
]


def test_a_noun_that_most_hold_names_a_theme_as_most_write_it() -> None:
    assert title_of(*LAMPS, "so eine Lampe bekomme ich nie") == "Lampen"


def test_one_persons_words_about_it_are_no_title() -> None:
    assert title_of(*LAMPS, "die Lampe gibt es nur im Hof der Firma") == "Lampen"


def test_a_sentence_that_several_say_is_one() -> None:
    said = [
        "heute ist die Lampe kaputt",
        "die Lampe ist kaputt, ja",
        "schon die dritte Lampe ist kaputt",
        "Lampe ist kaputt seit Mai",
    ]
    assert title_of(*said, *LAMPS[:2]) == "Lampe ist kaputt"


def test_copies_of_a_sentence_are_one() -> None:
    said = ["immer nur Lampe ist kaputt und weg"] * 4
    assert title_of(*said, *LAMPS) == "Lampen"


def test_what_many_name_with_it_stands_beside_it() -> None:
    shades = ["die Lampen und ihr Schirm", "ein Schirm für Lampen", "Lampen aber kein Schirm dabei"]
    assert title_of(*LAMPS, *shades) == "Lampen · Schirm"


def test_a_verb_is_named_by_its_noun_where_that_is_said_too() -> None:
    late = [
        "mein Paket kommt verspätet",
        "wieder verspätet zugestellt",
        "alles verspätet bei euch",
        "verspätet wie immer",
    ]
    assert (
        title_of(*late, "so eine Verspätung gab es nie", "eine Verspätung nach der anderen") == "Verspätung"
    )


def test_where_it_happens_may_stand_beside_it_but_names_no_theme() -> None:
    shops = [
        f"{who} im Laden {what}"
        for who in ("ich stand", "wir waren", "es zog")
        for what in ("heute", "lange", "nie")
    ]
    lamps = ["die Lampen im Laden flackern", "im Laden sind Lampen kaputt", "unsere Lampen aus eurem Laden"]
    assert title_of(*LAMPS, *lamps, *shops[:1]) == "Lampen · Laden"


def test_a_name_that_others_write_large_too_names_no_german_theme() -> None:
    said = "tropft", "brummt laut", "kommt nicht an", "passt nicht ins Regal", "soll zurück", "war teuer"
    german = [f"Meine Wren {what}" for what in said]
    english = [
        f"my Wren {what}" for what in ("leaks", "hums all night", "came with a scratch", "is too loud")
    ]
    english += [
        f"my parcel {what}" for what in ("never came", "is late", "was opened", "lies in the rain")
    ] * 4
    labels = np.repeat([0, 1], [len(german), len(english)])
    spoken_in = ["de"] * len(german) + ["en"] * len(english)
    found = name_all(read_texts([*german, *english], labels, spoken_in), labels)
    assert found[0].title != "Wren"


def test_an_adjective_whose_noun_is_cut_off_leads_no_title() -> None:
    things = "Vorhänge Teller Gabeln Kissen Stühle Decken Rahmen Spiegel Uhren Körbe Kerzen Töpfe Gläser Tücher Eimer".split()
    said = ("Kapitän Krause zeigt", "wieder stören", "uns stören")
    assert (
        title_of(*(f"{said[i % 3]} die umgekehrten {thing}" for i, thing in enumerate(things)))
        == "Kapitän Krause"
    )


def test_a_bit_is_no_matter() -> None:
    texts = [f"das ist ein bisschen {how}" for how in "laut wild bunt rund herb fein matt flach".split()] * 2
    assert "bisschen" not in title_of(*texts).lower()


def test_a_few_messages_are_named_by_their_noun_unless_most_say_the_phrase() -> None:
    said = (
        "Die Erstattung dauert schon sechs Wochen",
        "Von einer Erstattung hört man nichts mehr",
        "Erstattung abgelehnt, warum auch immer",
    )
    assert title_of(*said).split(" · ")[0] == "Erstattung"
    assert title_of(*["Meine Erstattung ist abgelehnt worden"] * 2, "Erstattung abgelehnt") != "Erstattung"


def test_what_one_of_a_few_asks_is_no_title_for_all() -> None:
    said = (
        "Wie lange dauert der Stromausfall noch?",
        "Stromausfall seit Stunden, es ist finster",
        "schon wieder ein Stromausfall in der Südstadt",
    )
    assert title_of(*said).startswith("Stromausfall")
    assert title_of(*["Wie lange dauert der Stromausfall noch?"] * 2, said[1]) != "Stromausfall"


def test_a_noun_that_most_of_a_few_hold_is_truer_than_what_one_says() -> None:
    said = (
        "Das neue Design ist furchtbar unübersichtlich",
        "Altes Design bitte wieder her",
        "Gebt uns das Design von damals zurück",
    )
    assert title_of(*said) == "Design"


def test_a_thing_stands_before_what_was_done_to_it() -> None:
    said = (
        *(
            "Gesperrt seit Mai: die Rutsche",
            "Immer noch gesperrt, eure Rutsche",
            "Wieder gesperrt, auch die Rutsche",
        ),
        *(
            "Im Bad ist alles gesperrt",
            "Gesperrt, wir mussten umkehren",
            "Wirklich gesperrt, schade",
            "Gesperrt, es hieß nur: heute nicht",
            "Heute früh gesperrt",
        ),
    )
    assert title_of(*said) == "Rutsche · gesperrt"


def test_a_second_word_that_few_say_is_no_part_of_the_title() -> None:
    many = [
        f"die Lampe {what}"
        for what in ("flackert", "brummt", "ist hell", "fehlt", "gefällt uns", "blinkt", "tropft")
    ]
    many += [
        f"{whose} Lampe {what}"
        for whose in ("deine", "eure", "unsere", "meine", "seine")
        for what in ("spiegelt", "wackelt", "zittert", "klemmt", "hakt", "klirrt", "raucht")
    ]
    lit = ["die Lampe im Flur am Abend", "eine Lampe, der Flur und ich", "Lampe und Flur sind da"]
    assert "Flur" not in title_of(*many, *lit)
    assert "Flur" in title_of(*many[:7], *lit)


def test_what_one_article_holds_names_nothing_wherever_it_is_printed() -> None:
    article = "der Rhabarber verliert laut einem Gutachten der Kammer sogar ganz und gar"
    printed = [f"{where}: {article}" for where in ("Kiel", "Jena", "Ulm", "Trier")]
    others = [
        "Die Erstattung fehlt mir",
        "Keine Erstattung in Sicht",
        "Erstattung abgelehnt, warum auch immer",
    ]
    assert title_of(*printed, *others) == "Erstattung"


def test_a_sentence_that_claims_names_a_theme_only_if_several_say_it() -> None:
    said = [
        "Die Fähre hat keinen Kiosk",
        "Fähre ohne Kiosk, wie schade",
        "Kiosk der Fähre hat zu",
        "Fähre, Kiosk, nichts davon",
    ]
    said += ["Wo ist auf der Fähre der Kiosk?", "Auf einer Fähre mit Kiosk", "Der Kiosk der Fähre"]
    claims = title_of("Die Fähre ist im Kiosk", *said)
    assert "ist" not in claims.split()


@pytest.mark.parametrize(
    ("text", "phrase", "alone"),
    [
        ("Kunden und Händler klagen über Gebühren", "Händler klagen", False),
        ("Kunden und die Händler klagen über Gebühren", "Händler klagen", False),
        ("Händler klagen über Gebühren", "Händler klagen", True),
        ("Kunden und Händler", "Händler", True),
    ],
)
def test_who_does_something_with_somebody_else_cannot_stand_alone(
    text: str, phrase: str, alone: bool
) -> None:
    read = read_texts([text], np.zeros(1, np.int64), ["de"]).texts[0]
    start = read.words.index(phrase.split()[0])
    assert shares_its_verb(read, start, start + len(phrase.split())) is not alone


def test_the_words_of_a_theme_are_not_the_trades_own() -> None:
    lamps = [
        f"die Lampe im Zug {what}" for what in ("flackert", "brummt", "fehlt", "blinkt", "tropft", "wackelt")
    ]
    others = [
        f"der Zug nach {town} {what}"
        for town in ("Ulm", "Jena", "Kiel", "Trier")
        for what in ("hält", "fährt", "kommt")
    ]
    texts = [*lamps, *others * 5]
    labels = np.array([0] * len(lamps) + [1] * (len(texts) - len(lamps)))
    found = name_all(read_texts(texts, labels, ["de"] * len(texts)), labels)
    assert "Lampe" in found[0].keywords
    assert "Zug" not in found[0].keywords


def test_a_noun_and_its_other_side_are_both_named() -> None:
    late = (
        "heute kam sie mit einer Verspätung",
        "ohne eine Verspätung legt das Boot nie an",
        "Verspätung am Steg",
    )
    more = ("schon wieder eine Verspätung der Fähre", "was soll diese Verspätung am Morgen")
    scorn = (
        "von Pünktlichkeit auf dem Wasser träume ich nur",
        "wann legt die Fähre mal pünktlich an",
        "nie pünktlich",
    )
    assert title_of(*late, *more, *scorn) == "Verspätung · Pünktlichkeit"
    assert title_of(*late, *more) == "Verspätung"


def test_a_noun_names_also_those_who_use_its_verb() -> None:
    nouns = ("was soll der Ausfall am Steg", "noch ein Ausfall vor der Insel")
    torn = (
        "meine Fähre fällt heute aus",
        "das Boot fällt am Abend aus",
        "das Schiff fällt oft aus",
        "der Kahn fällt leider aus",
    )
    assert title_of(*nouns, *torn) == "Ausfall"
