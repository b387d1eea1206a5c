"""What is at stake for whoever writes, told by words that anybody can read: somebody's safety, their money, theft and fraud.

Fraud is looked for in English and German: of BANKING77's 799 messages on cards, phones, payments and withdrawals in other hands six in ten are found, and 96 of
100 that are found are of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from textanalytics.base import BoolArray

THING = (
    r"(?:payment|charge|transaction|withdrawal|debit|purchase|order|transfer|spending|activity|cash|money)s?"
)
NOT = r"(?:did ?n[o'’]?t|do ?n[o'’]?t|have ?n[o'’]?t|can ?n[o'’]?t|can['’]t|never|no longer|not)"
OURS = r"(?:authori[sz]e|recogni[sz]e|recall|remember|make|made|making|do|did|done|set up|approve|initiate|complete|withdraw|perform)\w*"
FOREIGN = r"(?:strange|suspicious|unfamiliar|unknown|mysterious|fake|false|bogus|unrecogni[sz]ed)"
SOMEONE = r"some(?:one|body)(?: else)?(?: (?:has|is|was|had|been|may|might|could|have|be|gained|got)){0,3}"

FRAUD = (
    r"fraud\w*|scam(?:s|med|mers?|ming)?|phish\w*|identity theft|(?<!grand )theft(?! auto)|thie(?:f|ves)|stolen?|robbed|burgled|burglary|pickpocket\w*|mugged",
    r"hacked|hackers?|compromised|unauthori[sz]ed|impersonat(?:es?|ed|ing)|counterfeit\w*",
    rf"{SOMEONE} (?:used|using|access\w*|got|took|taken|opened|ordered|withdrawing|copied|hold) (?:\w+ ){{0,4}}?my\b",
    rf"{THING} (?:\w+ ){{0,5}}?(?:that |which )?i(?:['’]ve| have| am)? (?:\w+ly )?{NOT} (?:\w+ )?{OURS}",
    rf"i {NOT} (?:\w+ )?(?:authori[sz]e|recogni[sz]e|approve|recall|remember making)\w* (?:\w+ ){{0,4}}?{THING}",
    rf"{THING} (?:\w+['’]?\w* ){{0,5}}?(?:is ?n[o'’]?t|was ?n[o'’]?t|are ?n[o'’]?t|were ?n[o'’]?t|not|['’]s not) (?:been )?"
    r"(?:mine|from me|by me|made by me|done by me|me)",
    rf"{FOREIGN} (?:\w+ ){{0,2}}?{THING}",
    r"without my (?:permission|consent|knowledge|authori[sz]ation|approval)",
    r"betrug\w*|betrüg\w*|betrogen|gestohlen\w*|geklaut\w*|gehackt\w*|diebstahl\w*|bestohlen|ausgeraubt|unbefugt\w*",
    r"nicht (?:von mir )?(?:autorisiert|veranlasst|genehmigt)\w*|ohne meine (?:zustimmung|erlaubnis|einwilligung|genehmigung)",
)
"""Theft and fraud by their names; somebody at what is mine; what is paid that I never did."""

STAKES = {
    "safety": re.compile(
        r"\b(unsafe|danger\w*|injur\w*|assault\w*|molest\w*|bleed\w*|on fire|caught fire|smoke|electric shock|"
        r"burn(t|ed) (my|me|his|her|our|their|us)|angegriffen|belästigt|bedroht|"
        r"allerg\w+|poison\w*|hospital|collaps\w+|choking|gefährlich\w*|verletz\w*|brennt|in brand|rauch|"
        r"stromschlag|krankenhaus|vergift\w*)\b",
        re.IGNORECASE,
    ),
    "money": re.compile(
        r"\b(refund\w*|charged?|overcharg\w*|invoice\w*|money|paid|payments?|fees?|credit(ed)?|billed|debit\w*|"
        r"geld|erstatt\w*|rückerstatt\w*|abgebucht|rechnung|gebühr\w*|bezahlt|überwies\w*)\b",
        re.IGNORECASE,
    ),
    "fraud": re.compile(rf"\b(?:{'|'.join(FRAUD)})\b", re.IGNORECASE),
}


def at_stake(texts: Sequence[str], what: str) -> BoolArray:
    """(n,) whether each text speaks of it, by one of `STAKES`.

    >>> at_stake(["My card was stolen", "A payment that I never made", "My card expires"], "fraud").tolist()
    [True, True, False]
    """
    words = STAKES[what]
    return np.fromiter((bool(words.search(text)) for text in texts), np.bool_, len(texts))


def stakes(texts: Sequence[str]) -> dict[str, float]:
    """Share of these texts that speak of each of `STAKES`."""
    return {what: round(float(at_stake(texts, what).sum()) / max(len(texts), 1), 3) for what in STAKES}
