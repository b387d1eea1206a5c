"""Messages that name no matter: thanks, greetings, "dm sent", "any update?". They belong to no theme of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from textanalytics.base import BoolArray

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_EMPTY = frozenset(
    """
a an the this that these those there here it its it's is isn't are aren't was were be been am i i'm im i've ive i'd
i'll me my mine you you're your yours u ur ya y'all we we're our us he she they them his her their who what what's
whats where when why how which huh eh um uh oh ah aha wow omg lol lmao haha hahaha hehe hmm yay ugh
and or but so if then than as at by for from in into of on off to up with about just only also too very really quite
do don't dont does doesn't did didn't done doing have haven't has had got get can can't could would will won't
should shall let lets let's not no nope nah yes yeah yep yup y n ok okay k kk alright sure right fine cool nice great
good awesome perfect amazing excellent wonderful brilliant lovely best better well
thank thanks thankyou thx ty tysm cheers appreciate appreciated appreciation grateful much many so lot lots
please pls plz kindly sorry hi hey hello hiya yo dear sir madam team guys folks everyone anyone someone all
morning afternoon evening night day today tonight tomorrow yesterday weekend week bye goodbye see soon later now
dm dms dmed dm'd pm message messaged inbox sent send sending received replied reply answer check checked details
info detail info's link again still yet already more any anything something nothing everything update updates news
think know see look looks looking sounds sound hear say said tell told mean means hope try tried trying want wanted
need help helped helpful please one two same here's that's thats that'd there's way thing things time times
welcome worries problem problems issue issues question gotcha understood noted agreed exactly true indeed absolutely
definitely course waiting wait asap done works worked working happy glad love loved like liked
amp gt lt rt via
und oder aber der die das ein eine einen ist sind war ich du er sie es wir ihr mir mich dir dich uns euch nicht kein ja
nein doch mal auch noch nur schon so zu auf bei mit von für im in an am um aus wie was wer wo warum wann denn dann
danke dankeschön dank vielen bitte hallo hi moin servus tag guten morgen abend grüße gruß liebe lieber gut super toll
prima klasse ok okay alles klar genau stimmt gerne gern sehr schön schade leider sorry entschuldigung hilfe frage
nachricht antwort geschickt gesendet erledigt habe hab haben hat
gracias hola por favor sí si buenos días merci bonjour oui non salut
""".split()
)
_THANKS = frozenset(
    "thank thanks thankyou thx ty cheers appreciate danke dankeschön gracias merci hi hey hello hallo".split()
)


def is_vague(texts: Sequence[str]) -> BoolArray:
    """(n,) whether a text has no word that names a matter, or is a thanks or greeting with at most one such word.

    >>> is_vague(["ok thanks!", "DM sent", "refund not received"]).tolist()
    [True, True, False]
    """
    return np.fromiter(map(_vague, texts), np.bool_, len(texts))


def _vague(text: str) -> bool:
    if len(text) > 300:
        return False
    words = [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
    naming = sum(word not in _EMPTY and len(word) > 1 for word in words)
    if naming == 0:
        return True
    return naming == 1 and 1 < len(words) <= 4 and not _THANKS.isdisjoint(words)
