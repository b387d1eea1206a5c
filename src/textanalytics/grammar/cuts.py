"""Where a phrase may be cut out of its sentence: how clean it begins and ends beside words of each class."""

from __future__ import annotations

from textanalytics.grammar.kinds import Kind

ENDS_NEVER = frozenset(
    {
        *(Kind.DETERMINER, Kind.PREPOSITION, Kind.SUBJECT, Kind.AUXILIARY, Kind.NEGATED, Kind.CONJUNCTION),
        *(
            Kind.QUESTION,
            Kind.TO,
            Kind.ADVERB,
            Kind.NEGATION,
            Kind.NOISE,
            Kind.WEAK,
            Kind.ATTRIBUTE,
            Kind.OBJECT,
        ),
    }
)
STARTS_NEVER = frozenset(
    {
        *(Kind.DETERMINER, Kind.PREPOSITION, Kind.SUBJECT, Kind.OBJECT, Kind.AUXILIARY, Kind.CONJUNCTION),
        *(Kind.QUESTION, Kind.TO, Kind.PARTICLE, Kind.ADVERB, Kind.NOISE, Kind.TIME, Kind.ATTRIBUTE),
    }
)
CUT_BEFORE = {
    Kind.SUBJECT: 1.0,
    Kind.CONJUNCTION: 1.0,
    Kind.DETERMINER: 0.95,
    Kind.TO: 0.9,
    Kind.AUXILIARY: 0.8,
    Kind.ADVERB: 0.85,
    Kind.QUESTION: 0.85,
    Kind.PREPOSITION: 0.75,
    Kind.NOISE: 0.9,
    Kind.OBJECT: 0.6,
    Kind.TIME: 0.6,
    Kind.ATTRIBUTE: 0.55,
    Kind.WEAK: 0.55,
    Kind.ADJECTIVE: 0.5,
    Kind.OPEN: 0.35,
    Kind.PARTICLE: 0.5,
    Kind.NEGATED: 0.0,
    Kind.NEGATION: 0.0,
}
"""How clean a phrase begins when the word just before it is of this class. After `not` never: the sense turns."""

CUT_AFTER = {
    Kind.CONJUNCTION: 0.97,
    Kind.SUBJECT: 0.95,
    Kind.QUESTION: 0.9,
    Kind.ADVERB: 0.85,
    Kind.PREPOSITION: 0.85,
    Kind.TIME: 0.85,
    Kind.NOISE: 0.9,
    Kind.AUXILIARY: 0.6,
    Kind.NEGATED: 0.5,
    Kind.NEGATION: 0.5,
    Kind.TO: 0.6,
    Kind.DETERMINER: 0.5,
    Kind.OBJECT: 0.5,
    Kind.ATTRIBUTE: 0.5,
    Kind.ADJECTIVE: 0.4,
    Kind.WEAK: 0.45,
    Kind.OPEN: 0.3,
    Kind.PARTICLE: 0.2,
}
"""How clean a phrase ends when the word just after it is of this class."""

TORN = frozenset(
    {
        *((Kind.NEGATED, after) for after in (Kind.CONJUNCTION, Kind.DETERMINER, Kind.PREPOSITION)),
        *((Kind.NEGATED, after) for after in (Kind.SUBJECT, Kind.TIME, Kind.QUESTION, Kind.AUXILIARY)),
        *((Kind.DETERMINER, after) for after in (Kind.CONJUNCTION, Kind.PREPOSITION, Kind.AUXILIARY)),
        *((Kind.DETERMINER, after) for after in (Kind.SUBJECT, Kind.NEGATED)),
        *(
            (Kind.PREPOSITION, after)
            for after in (Kind.CONJUNCTION, Kind.AUXILIARY, Kind.SUBJECT, Kind.NEGATED)
        ),
        *((Kind.AUXILIARY, after) for after in (Kind.SUBJECT, Kind.CONJUNCTION)),
        (Kind.CONJUNCTION, Kind.AUXILIARY),
        (Kind.CONJUNCTION, Kind.NEGATION),
        *((Kind.TO, after) for after in (Kind.CONJUNCTION, Kind.SUBJECT, Kind.AUXILIARY)),
        (Kind.PREPOSITION, Kind.PREPOSITION),
    }
)
"""Neighbours that never stand in one whole phrase, or only in a question."""

STARTS_POORLY = {
    **dict.fromkeys("can't cannot cant couldn't won't wont".split(), 0.97),
    **dict.fromkeys(("keep", "keeps", "love", "hate", "help", "start", "stop", "thing", "things"), 0.95),
    **dict.fromkeys(
        "come comes coming came hope know see think look looks say tell told mean guess".split(), 0.5
    ),
    **dict.fromkeys("want need trying try tried give let lets put use using".split(), 0.7),
    **dict.fromkeys(
        "happening happened happens saying says said make makes made went got took gave saw sent get go found felt knew thought seem seems seemed".split(),
        0.45,
    ),
    **dict.fromkeys("like likes liked takes mean able kind sort".split(), 0.4),
}
"""How well a phrase may begin with such a word; 0.7 for the others in `POOR_STARTS`."""

POOR_STARTS = frozenset({Kind.WEAK, Kind.NEGATED, Kind.NEGATION})

DENYING = frozenset(
    "nothing nobody neither nor hardly barely unable fail fails failed failing refuse refuses refused refusing stopped"
    " nichts niemand nirgends nirgendwo weder kaum keinerlei weigert weigern verweigert verweigern versäumt unfähig".split()
)
"""Words that say not without being one of the little words for it: "failed to deliver", "unable to log in"."""

HEARSAY = frozenset(
    "say says said saying claim claims claimed claiming show shows showing marked supposed supposedly allegedly angeblich"
    " sagt behauptet heißt laut".split()
)
"""What follows these is what somebody else holds to be so: "it says my parcel was delivered"."""
