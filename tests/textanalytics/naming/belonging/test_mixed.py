"""What no word holds together is no matter, whatever put it together."""

from __future__ import annotations

import numpy as np

from textanalytics.base import IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus, members_of, read_texts
from textanalytics.grammar.keywords import weigh
from textanalytics.naming.belonging.mixed import MANY, hardly, heaps, stated, unsure
from textanalytics.naming.choosing.titles import titles
from textanalytics.naming.saying.nearness import Meaning

REFUND = [f"my refund {what}" for what in ("is late", "never came", "went to the wrong card", "is missing")]
REFUND += ["no refund after three weeks", "where does the refund stay", "refund refused without a word"]
ANYTHING = [
    "the lamp hums at night",
    "a parcel stood in the rain",
    "your driver sang for my daughter",
    "the newsletter has a broken link",
    "two chairs wobble on the tiles",
    "he hung up while I spelled my name",
    "oak or beech for a bathroom",
]


def test_a_group_of_what_is_like_nothing_else_is_mixed() -> None:
    found = titles([*REFUND, *ANYTHING], np.repeat([0, 1], [len(REFUND), len(ANYTHING)]))
    assert (found[0].mixed, found[1].mixed) == (False, True)


def test_a_few_texts_are_not_judged_by_their_words() -> None:
    found = titles([*REFUND, *ANYTHING[:5]], np.repeat([0, 1], [len(REFUND), 5]))
    assert not found[1].mixed


def test_what_only_a_place_sets_apart_is_mixed() -> None:
    sights = "cabin cabin crew crew menu menu violin garden volcano bishop goats choir".split()
    town = [
        f"{way} Rostock, the {sight}"
        for way, sight in zip(("in", "from", "to", "via") * 3, sights, strict=True)
    ]
    tram = [
        f"the tram in Rostock {what}" for what in ("derailed", "rang", "stood", "fell", "shook", "hummed")
    ]
    found = titles([*REFUND, *town, *tram], np.repeat([0, 1, 2], [len(REFUND), len(town), len(tram)]))
    assert (found[1].mixed, found[2].mixed) == (True, False)


def test_what_nearly_all_say_is_not_mixed() -> None:
    texts = [f"my refund is missing, {n}" for n in range(60)]
    found = titles([*texts, *ANYTHING], np.repeat([0, 1], [60, len(ANYTHING)]))
    assert (found[0].mixed, found[1].mixed) == (False, True)
    assert not titles(texts, np.zeros(60, np.int64))[0].mixed


MATTERS = """refund arrived; parcel damaged; invoice wrong; password rejected; kettle leaking; driver shouting; battery swelling;
suitcase missing; hotline engaged; coupon expired; mattress sagging; passport stamped; gluten listed; violin tuned; tyre punctured;
toner smudged; dentist booked; carpet stained; mortgage approved; helmet cracked; museum closed; ferry cancelled; vaccine delayed;
keyboard sticking; garden flooded""".replace("\n", " ").split("; ")
WHEN = (
    "since May",
    "after two weeks",
    "again today",
    "for the third time",
    "on Sunday night",
    "without a word",
    "in Leeds",
    "at all",
)
WHO = ("my", "our", "the", "your", "his", "that")


def of_a_matter(thing: str, what: str) -> list[str]:
    said = [f"{who} {thing} was not {what} {when}" for who in WHO[:3] for when in WHEN]
    return said + [f"why is {who} {thing} still {what} {when}" for who in WHO[3:] for when in WHEN]


def heaps_among(*groups: list[str]) -> frozenset[int]:
    texts = [text for group in groups for text in group]
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    corpus, meaning = read_texts(texts, labels), Meaning(default(), default().encode(texts), labels)
    return heaps(corpus, weigh(corpus.words, labels), members_of(labels), meaning)


ALL = [of_a_matter(*matter.split()) for matter in MATTERS]
LUCK = [f"{group[place]}, bad luck" for place, group in enumerate(ALL[:14])]
PIANO = [
    "the piano lost a pedal",
    "a pedal of my piano broke off",
    "piano pedal is loose",
    "no pedal on this piano",
]


def test_what_shares_a_word_while_its_like_is_elsewhere_is_a_heap() -> None:
    assert heaps_among(*ALL, LUCK) == {len(ALL)}


class HalfTogether(Meaning):
    """Of texts that are not alike, three in ten neighbours are of them."""

    def alike(self, members: IntArray) -> float:
        return 0.2

    def inside(self, members: IntArray) -> float:
        return 0.3


def test_a_word_that_is_nobodys_matter_makes_a_heap_where_another_makes_a_theme() -> None:
    said = ("at the till", "on the phone", "before noon", "in the rain", "near the exit", "with a smile")
    cousins, coupons = ([f"{what} {how}" for how in said] for what in ("cousin", "coupon"))
    texts = [text for group in [*ALL, cousins, coupons] for text in group]
    labels = np.repeat(np.arange(len(ALL) + 2), [*map(len, ALL), len(said), len(said)])
    corpus, meaning = read_texts(texts, labels), HalfTogether(default(), default().encode(texts), labels)
    assert heaps(corpus, weigh(corpus.words, labels), members_of(labels), meaning) == {len(ALL)}


def test_few_texts_most_of_whose_neighbours_are_elsewhere_are_no_sure_theme() -> None:
    texts = [text for group in ALL for text in group]
    labels = np.repeat(np.arange(len(ALL)), [*map(len, ALL)])
    meaning = HalfTogether(default(), default().encode(texts), labels)
    few, more = np.arange(6), np.arange(48)
    assert unsure({0: few, 1: more, 2: few[:2]}, meaning) == {0}
    assert unsure(members_of(labels), Meaning(default(), default().encode(texts), labels)) == frozenset()


def test_what_half_of_a_theme_say_word_for_word_is_a_matter() -> None:
    cancel = [
        f"please cancel {what}"
        for what in ("my booking", "this booking", "our bookings", "the booking of May")
    ]
    texts = [*cancel, "cancel it", "I cannot come", "no table for us", "sorry, not today"]
    members, corpus = {0: np.arange(8)}, read_texts(texts, np.zeros(8, np.int64))
    assert stated({0: "Cancel my booking"}, members, corpus) == {0}
    assert stated({0: "Cancel my table"}, members, corpus) == frozenset(), "few say all of it"
    assert stated({0: "Cancel"}, members, corpus) == frozenset(), "a word may be of anything"
    assert stated({0: "Cancel my booking"}, {0: np.arange(7)}, corpus) == frozenset(), (
        "so few may do by chance"
    )


def test_of_few_texts_a_word_of_one_holds_nothing_together() -> None:
    few = [
        ["a refund for my parcel", "the driver shouted", "no toner left"],
        ["a refund", "refund, please", "my refund"],
    ]
    texts = [text for group in [*ALL, *few] for text in group]
    labels = np.repeat(np.arange(len(ALL) + 2), [*map(len, ALL), 3, 3])
    corpus, meaning = read_texts(texts, labels), HalfTogether(default(), default().encode(texts), labels)
    assert heaps(corpus, weigh(corpus.words, labels), members_of(labels), meaning) == {len(ALL)}


def test_a_heap_is_mixed() -> None:
    texts = [text for group in [*ALL, LUCK] for text in group]
    labels = np.repeat(np.arange(len(ALL) + 1), [*map(len, ALL), len(LUCK)])
    found = titles(texts, labels, vectors=default().encode(texts), encoder=default())
    assert [(label, title.heap) for label, title in found.items() if title.mixed] == [(len(ALL), True)]


def test_among_few_texts_neighbours_do_not_tell() -> None:
    assert not heaps_among(*ALL[:16], LUCK)


def test_a_small_matter_is_no_heap_and_two_texts_are_none() -> None:
    assert not heaps_among(*ALL, PIANO)
    assert not heaps_among(*ALL, LUCK[:2])


def test_what_many_speak_of_is_no_heap() -> None:
    many = [f"{group[place]}, bad luck" for group in ALL for place in (0, 30)]
    assert len(many) >= MANY
    assert not heaps_among(*ALL, many)


NOUNS = """Rechnung Lieferung Batterie Hotline Gutschein Matratze Reisepass Fähre Impfung Tastatur Garten Teppich Hypothek Helm
Museum Patrone Reifen Zutat Geige Koffer Kessel Passwort""".split()
SAYING = ("fehlt", "ist falsch", "gefällt mir", "kam nicht")
WANN = (
    "seit Mai",
    "schon wieder",
    "am Sonntag",
    "ohne ein Wort",
    "in Kiel",
    "zum dritten Mal",
    "heute",
    "nach zwei Wochen",
)
BESIDE = [
    f"{whose} {noun} {what} {when}"
    for noun in NOUNS
    for whose in ("meine", "eure")
    for what in SAYING
    for when in WANN[:6]
]
SAID = (
    "singt im Flur",
    "lacht am Telefon",
    "kocht gern",
    "fährt nach Kiel",
    "schläft lange",
    "mag Hüte",
    "trinkt Tee",
    "liest",
)


class HalfWorded(Meaning):
    """Of texts that are not alike, half the neighbours are of them."""

    def alike(self, members: IntArray) -> float:
        return 0.2

    def inside_worded(self, members: IntArray, corpus: Corpus) -> float:
        return 0.5


def german(*groups: list[str], meaning: type[Meaning] = Meaning) -> tuple[frozenset[int], frozenset[int]]:
    """The heaps among the groups, and those of which nobody is sure, numbered behind what stands beside them."""
    texts = [*BESIDE, *(text for group in groups for text in group)]
    sizes = [len(BESIDE) // len(NOUNS)] * len(NOUNS) + [len(group) for group in groups]
    labels = np.repeat(np.arange(len(sizes)), sizes)
    corpus = read_texts(texts, labels, ["de"] * len(texts))
    known, members = meaning(default(), default().encode(texts), labels), members_of(labels)
    found = (asks(corpus, weigh(corpus.words, labels), members, known) for asks in (heaps, hardly))
    first, second = (frozenset(label - len(NOUNS) for label in some if label >= len(NOUNS)) for some in found)
    return first, second


def test_a_german_noun_that_tells_nothing_holds_less_together_than_a_matter() -> None:
    aunts, bills = (
        [f"{whose} {noun} {said}" for said in SAID]
        for whose, noun in (("die", "Tante"), ("die", "Erstattung"))
    )
    assert german(aunts, bills, meaning=HalfWorded) == ({0}, {0})


def test_of_few_german_texts_nobody_is_as_sure() -> None:
    many = [f"die Erstattung {said}" for said in SAID]
    assert german(many, meaning=HalfWorded)[1] == frozenset()
    assert german(many[:3], meaning=HalfWorded)[1] == {0}


def test_two_that_say_the_same_and_what_one_article_says_are_not_asked() -> None:
    article = "die Tante lässt sechs Wochen auf sich warten und keiner weiß warum"
    printed = [f"{where}: {article}" for where in ("Kiel", "Jena", "Ulm", "Trier")]
    same = ["die Tante im Flur", "die Tante im Flur!"]
    assert german(printed, same)[1] == frozenset()


def test_one_article_with_others_counts_once() -> None:
    article = "die Erstattung lässt sechs Wochen auf sich warten und keiner weiß warum"
    printed = [f"{where}: {article}" for where in ("Kiel", "Jena", "Ulm", "Trier", "Bonn", "Hof")]
    assert german([*printed, *(f"die Erstattung {said}" for said in SAID[:2])], meaning=HalfWorded)[1] == {0}
    assert german([f"die Erstattung {said}" for said in SAID], meaning=HalfWorded)[1] == frozenset()


def test_the_neighbours_of_german_texts_hold_their_words() -> None:
    texts = [f"die Erstattung {said}" for said in SAID]
    labels = np.repeat(np.arange(len(NOUNS) + 1), [*[len(BESIDE) // len(NOUNS)] * len(NOUNS), len(texts)])
    corpus = read_texts([*BESIDE, *texts], labels, ["de"] * len(labels))
    meaning = Meaning(default(), default().encode([*BESIDE, *texts]), labels)
    mine = np.arange(len(BESIDE), len(labels))
    assert meaning.inside_worded(mine, corpus) > meaning.inside(mine)
