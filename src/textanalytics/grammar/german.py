"""Where German keeps what belongs together: verbs at the end, their parts behind them, nouns with a capital."""

from __future__ import annotations

from functools import lru_cache

from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.sentence import Text

TURNED = frozenset(("nicht", "nie", "niet"))
"""Negations that stand behind what they turn: a title may end on one, and never just before."""

UMLAUTS = str.maketrans("äöü", "aou")

DOING = frozenset({Kind.OPEN, Kind.WEAK})
"""What a verb may be."""

SPLIT = frozenset("ab an auf aus bei ein mit nach vor zu los weg zurück".split())

FUSED = frozenset("am ans aufs beim im ins vom zum zur".split())
"""German prepositions with their article in them."""

BENT = ("en", "em", "er", "es")

COMPLETES = frozenset({Kind.OPEN, Kind.WEAK, Kind.ADJECTIVE})
"""What "hat", "wurde" and "ist" wait for at the end of the sentence."""

CUT_OFF = 0.5
"""For a verb whose object, or whose other half, was cut off."""


HEADS_POORLY = 0.35
"""For a phrase that begins with a verb: "sitze in der Bahn"."""

ANOTHER = frozenset("den dem das die".split())
"""Articles that no noun has behind it: another noun begins, whose verb was cut off, or a clause about this one."""

BARE = frozenset({Kind.DETERMINER, Kind.PREPOSITION, Kind.CONJUNCTION})
HAPPENING = ("ung", "ungen", "fall", "fälle")
"""What the small words of a phrase are that only names a thing, and how nouns end that say what happens."""

WAYS = frozenset("die den das".split())
"""Articles of what one goes into; what is in something has others."""

ASKING = frozenset("warum wieso weshalb wann wo wohin woher wer wen wem".split())
REACHING = frozenset("bis außer als statt wie".split())
"""Before "zum" and "im" these may stand."""

BEFORE_VERBS = frozenset("zu am um".split())
"""What a word written small may stand behind at the end: "zu spät", "am besten"."""

AND = frozenset("und oder sowie".split())
"""What joins two who do the same."""

VERBAL = ("t", "n", "e", "st")
JOINED = frozenset(
    "aber weil dass denn wenn ob obwohl damit doch sondern sodass sobald bevor nachdem".split()
)
"""Words that begin another clause, with or without the comma that belongs before them."""


def breaks_off(text: Text, place: int) -> bool:
    """In "Smartphone auch schon Geld" and "Fahrt ein neues Ticket" the verb is to come, or was cut off."""
    breaks = (
        text.kind[place] is Kind.ADVERB
        or text.lower[place] in ANOTHER
        or text.lower[place].startswith(("ein", "kein", "mein", "dein"))
    )
    other = text.kind[place] in (Kind.ADVERB, Kind.DETERMINER, Kind.NEGATION)
    return breaks and other and _behind_a_noun(text, place)


def turns_off(text: Text, place: int) -> bool:
    """In "Lampe nicht im Flur" the verb stood before: "funktioniert die Lampe nicht im Flur"."""
    return text.lower[place] in TURNED and _behind_a_noun(text, place)


def is_cut_at_a_name(text: Text, place: int) -> bool:
    """Whether a name that is no word stood before it: "mit der | zur Arbeit", "die Kollegen bei | zur Verfügung"."""
    if place == 0 or text.lower[place] not in FUSED or text.clause[place - 1] != text.clause[place]:
        return False
    before = text.kind[place - 1]
    return before is Kind.DETERMINER or (before is Kind.PREPOSITION and text.lower[place - 1] not in REACHING)


def has_no_verb(text: Text, start: int, last: int) -> bool:
    """Whether the verb is missing that a way somewhere needs: "Lampe in die Fassung"; or what one tries: "Lampen
    zu tauschen"; or the thing: "Arbeit und in der Bahn"."""
    if (
        last - start > 1
        and text.lower[last - 1] == "zu"
        and text.lower[last].endswith("n")
        and text.words[last].islower()
    ):
        return text.words[last - 2][0].isupper() and not any(map(str.islower, text.words[start : last - 1]))
    joined = any(
        text.kind[i] is Kind.CONJUNCTION and text.kind[i + 1] is Kind.PREPOSITION for i in range(start, last)
    )
    way = last - start > 2 and text.lower[last - 2] == "in" and text.lower[last - 1] in WAYS
    small = (text.words[i] for i in range(start, last) if text.kind[i] in (Kind.OPEN, Kind.WEAK))
    return joined or (way and not any(word.islower() for word in small))


def says_little(text: Text, start: int, last: int) -> bool:
    """Whether it ends on a "nicht" that turns nothing: "DB nicht", "Bahnhof wird nicht"; "Aufzug geht nicht" says what."""
    if text.lower[last] not in TURNED:
        return False
    said = (
        text.kind[i] in (Kind.WEAK, Kind.OPEN) and text.words[i].islower() and text.lower[i].endswith(VERBAL)
        for i in range(start, last)
    )
    return not any(said)


def _behind_a_noun(text: Text, place: int) -> bool:
    return place > 0 and text.kind[place - 1] is Kind.OPEN and text.words[place - 1][0].isupper()


def goes_over(text: Text, place: int) -> bool:
    """Whether another clause begins here: "Lampe kaufen | warum hat", "Lampe | weil", "Lampe zu kaufen | finde"."""
    what, before = text.kind[place], text.lower[max(place - 2, 0) : place]
    verb = text.words[place].islower() and what in (Kind.WEAK, Kind.AUXILIARY)
    to = verb and len(before) == 2 and before[0] == "zu" and before[1].endswith("n")
    return text.lower[place] in ASKING or text.lower[place] in JOINED or to


def is_before_its_noun(text: Text, last: int) -> bool:
    """Whether it is an adjective that was cut off from its noun: "am kommenden | Montag", "mit neuen | Lampen"; or whether
    there is none: "mit ner schwarzen"."""
    small = last > 0 and text.words[last].islower() and text.lower[last - 1] not in BEFORE_VERBS
    if small and text.kind[last - 1] is Kind.DETERMINER:
        return True
    if last == 0 or last + 1 >= len(text.kind) or text.clause[last + 1] != text.clause[last]:
        return False
    if small and text.kind[last - 1] is Kind.PREPOSITION:
        return True
    led = text.kind[last - 1] in (Kind.DETERMINER, Kind.PREPOSITION)
    noun = text.words[last + 1][0].isupper() and text.kind[last + 1] in (Kind.OPEN, Kind.TIME)
    return led and noun and text.lower[last].endswith(("e", *BENT)) and len(text.lower[last]) > 4


def says(text: Text, start: int, end: int) -> bool:
    """Whether a phrase says something of its thing: by a small word that is none of the smallest."""
    small = (text.kind[i] for i in range(start, end) if text.words[i].islower())
    return not BARE.issuperset(small)


def shares_its_verb(text: Text, start: int, end: int) -> bool:
    """Whether somebody else does it too, and stood before an "und": "Kunden und | Händler klagen über Gebühren"."""
    before = start - 1
    while before > 0 and text.kind[before] is Kind.DETERMINER:
        before -= 1
    joined = before > 0 and text.lower[before] in AND and _behind_a_noun(text, before)
    return joined and text.clause[before] == text.clause[start] and says(text, start, end)


def hastily(text: Text, place: int) -> bool:
    """Whether what would be a noun with a capital is a verb here: "ich sitz hier so"."""
    small = text.words[place].islower() and not text.lower[place].endswith("en")
    return small and text.kind[place + 1 : place + 2] == [Kind.ADVERB]


def begins_with_verb(text: Text, start: int, end: int) -> float:
    """1 to 0, how well a phrase begins with a word written small: "warten auf die Bahn" names what one does, and "bekomme
    keinen Sitzplatz" says not; "kam heute eine Antwort" is somebody's sentence."""
    following = text.kind[start + 1] if start + 1 < end else None
    if text.kind[start] not in (Kind.OPEN, Kind.WEAK):
        return 1.0
    if following is Kind.OPEN and text.words[start + 1][0].isupper() and text.kind[start] is Kind.OPEN:
        return 1.0
    if following is Kind.PREPOSITION:
        return 1.0 if text.lower[start].endswith("en") else HEADS_POORLY
    denied = any(
        text.kind[i] in (Kind.NEGATION, Kind.NEGATED) or text.lower[i].startswith("kein")
        for i in range(start, end)
    )
    return (1.0 if text.kind[start] is Kind.WEAK else HEADS_POORLY) if denied else 0.0


def only_names(text: Text, start: int, end: int) -> bool:
    """Whether it is German and does not, nor by a noun of what happens."""
    return (
        text.german
        and not says(text, start, end)
        and not any(word.endswith(HAPPENING) for word in text.words[start:end])
    )


def splits_off(text: Text, place: int) -> bool:
    """Whether this is the part that a German verb has sent to the end: "springt nicht an", "stürzt ab, sobald"."""
    if not text.german or text.lower[place] not in SPLIT:
        return False
    last = place + 1 == len(text.kind) or text.clause[place + 1] != text.clause[place]
    return last or text.kind[place + 1] is Kind.CONJUNCTION


def leaves_behind(text: Text, start: int, end: int) -> float:
    """Less than 1 for a German verb without what belongs to it: "Fahrer wirft | eine Karte ein", "ist nicht | da"."""
    last, following = end - 1, text.words[end]
    if text.lower[last] in TURNED:
        return (
            0.0 if text.kind[end] in (Kind.OPEN, Kind.WEAK, Kind.ADJECTIVE) and following.islower() else 1.0
        )
    if text.kind[last] is Kind.OPEN and text.words[last].islower():
        return CUT_OFF if text.kind[end] in (Kind.DETERMINER, Kind.NEGATION, Kind.ADVERB) else 1.0
    close = (
        next((i for i in range(end, len(text.kind)) if text.clause[i] != text.clause[last]), len(text.kind))
        - 1
    )
    if text.lower[close] in SPLIT:
        verbs = (
            text.kind[i] in (Kind.OPEN, Kind.WEAK) and text.words[i].islower() for i in range(start + 1, end)
        )
        return CUT_OFF if any(verbs) else 1.0
    return CUT_OFF if _waits(text, start, end, close) else 1.0


def _waits(text: Text, start: int, end: int, close: int) -> bool:
    """Whether "hat", "wurde" or "ist" stands in the phrase, and what it waits for behind it: "Fahrer hat das Paket |
    vor die Tür gelegt", "Zug war eine Stunde | zu spät"."""
    if Kind.AUXILIARY not in text.kind[start + 1 : end] or not text.words[end - 1][0].isupper():
        return False
    joins = (i for i in range(end, close + 1) if text.kind[i] in (Kind.CONJUNCTION, Kind.SUBJECT))
    final = next(joins, close + 1) - 1
    return final >= end and text.words[final].islower() and text.kind[final] in COMPLETES


def is_verb(text: Text, place: int) -> bool:
    """A small word behind a noun, by its ending: "in der Bahn warten", "mit der Bahn zu fahren"."""
    word, small = text.words[place], text.kind[place] in (Kind.OPEN, Kind.WEAK)
    noun = place - 2 if place > 1 and text.lower[place - 1] == "zu" else place - 1
    behind_noun = text.words[noun][0].isupper() if place else False
    return text.german and small and behind_noun and word.islower() and word.endswith(("t", "n"))


def is_bent(word: str, following: list[str]) -> bool:
    """Whether a German adjective carries the ending that the word before it asks for: it cannot open a title."""
    before_noun = bool(following) and following[0][:1].isupper() and following[0][1:].islower()
    return word.endswith(BENT) and len(word) > 4 and (before_noun if word[0].isupper() else True)


@lru_cache(1 << 16)
def hangs(word: str) -> bool:
    """Whether a German word, written small, goes on or hangs on what was cut off: an adjective ("neue"), a verb that
    only stands so behind "dass" ("mitteilt"), one that speaks to somebody ("fährst")."""
    joined = max(
        (part for part in SPLIT if word.startswith(part) and len(word) > len(part) + 3), key=len, default=""
    )
    inverted = (
        bool(joined) and word.endswith("t") and not word.startswith(joined + "ge") and "iert" not in word
    )
    return word.endswith("e") or inverted or (word.endswith("st") and len(word) > 5)


DATIVE = frozenset("den mit bei von aus zu seit nach allen vielen unseren euren ihren meinen diesen".split())
"""Words behind which a German plural takes an "n" that it has nowhere else."""


def in_dative(text: Text, place: int) -> bool:
    """Whether a noun may stand in the plural that "den" asks for: "an den Zügen" are "Züge"."""
    word, before = text.words[place], text.lower[place - 1] if place else ""
    return word.endswith("n") and word[0].isupper() and before in DATIVE


def root(word: str) -> str:
    """What the forms of a German verb share: "fahren", "fährt", "gefahren"."""
    return word.translate(UMLAUTS).removeprefix("ge")[:4]


def sent_off(text: Text, place: int) -> str:
    """The particle at the end of the clause, if the verb that has sent it there stands here."""
    if not _does(text, place):
        return ""
    clause = text.clause[place]
    last = place
    while last + 1 < len(text.clause) and text.clause[last + 1] == clause:
        last += 1
    if last == place or text.lower[last] not in SPLIT:
        return ""
    before = (i for i in range(place) if text.clause[i] == clause)
    return "" if any(_does(text, i) for i in before) else text.lower[last]


def _does(text: Text, place: int) -> bool:
    """Whether it may be a verb, and belongs to no noun right behind it: "meine Lampe", "kleine Lampe"."""
    if (
        text.kind[place] not in DOING
        or not text.words[place].islower()
        or not text.lower[place].endswith(VERBAL)
    ):
        return False
    following = text.words[place + 1 : place + 2]
    return not (text.lower[place].endswith("e") and following and following[0][0].isupper())
