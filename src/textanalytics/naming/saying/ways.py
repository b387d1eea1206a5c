"""Which way a verb goes: who checks in and who checks out do two things, and a title of both names both."""

from __future__ import annotations

from textanalytics.grammar.ends import GOES_ON
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.phrases import Phrase
from textanalytics.grammar.sentence import Text
from textanalytics.grammar.spelling import Spelling
from textanalytics.naming.saying.backing import HALF, Backing
from textanalytics.naming.saying.claims import SPEAKERS, turns
from textanalytics.naming.saying.listing import BESIDE

WAYS = frozenset("in out on off up down".split())
"""Small words that tell which way a verb goes, each the contrary of another."""

CONTRARY = ("in", "un", "im", "dis", "ir", "non", "mis", "de")
"""With one of these in front a word says the contrary: "connect" and "disconnect"; with two of them what is the same behind: "increase"."""

CONTRARIES = frozenset(
    frozenset(pair.split("/"))
    for pair in "fast/slow faster/slower quick/slow quicker/slower cheap/expensive cheaper/pricier male/female buy/sell"
    " send/receive open/close good/bad better/worse best/worst early/late high/low higher/lower lost/found raise/lower".split()
)
"""Words that are told much alike and are contraries."""


def are_contrary(one: str, other: str) -> bool:
    """Whether two English words, in lower case, are contraries.

    >>> are_contrary("connect", "disconnect"), are_contrary("increase", "decrease"), are_contrary("faster", "slower")
    (True, True, True)
    >>> are_contrary("verify", "prove")
    False
    """
    bare = [{word, *(word.removeprefix(before) for before in CONTRARY)} for word in (one, other)]
    turned = one != other and any(len(word) > 2 for word in bare[0] & bare[1])
    return turned or frozenset((one, other)) in CONTRARIES


def both_ways(text: Text, phrase: Phrase, said: str, backing: Backing, spelling: Spelling) -> str:
    """What the phrase says, as it is `said`; and beside it what at least half as many do with the same verb the other way, what most
    do first: "Check in / Check out"."""
    places = range(phrase.start + 1, phrase.end)
    going = (place for place in places if turns(text, place) and text.lower[place - 1] in GOES_ON)
    place = next(going, -1)
    if place < 0:
        return _or_the_contrary(text, phrase, said, backing, spelling)
    verb, small = text.lower[place - 1 : place + 1]
    count = {way: int(backing.going(verb, way).sum()) for way in WAYS | {small}}
    way = max(sorted(count.keys() - {small}), key=lambda way: count[way])
    if count[way] < max(HALF * count[small], SPEAKERS):
        return said
    other = spelling.phrase([way if word == small else word for word in said.lower().split()], "en")
    return f"{other}{BESIDE}{said}" if count[way] > count[small] else f"{said}{BESIDE}{other}"


def _or_the_contrary(text: Text, phrase: Phrase, said: str, backing: Backing, spelling: Spelling) -> str:
    """What is said; and beside it the same with the contrary of one of its words, if at least half as many say that: "Send money / Receive
    money"."""
    words = text.lower[phrase.start : phrase.end]
    for word in words:
        others = sorted(other for pair in CONTRARIES if word in pair for other in pair - {word})
        rest = [one for one in words if one != word and kinds("en").get(one, Kind.OPEN) is Kind.OPEN]
        count = {other: len(backing.all_of([other, *rest])) for other in (word, *others)}
        best = max(others, key=lambda other: count[other], default=word)
        if best != word and count[best] >= max(HALF * count[word], SPEAKERS):
            turned = spelling.phrase([best if own == word else own for own in said.lower().split()], "en")
            return BESIDE.join([said, turned] if count[word] >= count[best] else [turned, said])
    return said


def says_not(said: str) -> bool:
    """Whether an English phrase denies something.

    >>> says_not("Can't log in"), says_not("Log in")
    (True, False)
    """
    known = kinds("en")
    return any(known.get(word) in (Kind.NEGATED, Kind.NEGATION) for word in said.lower().split())
