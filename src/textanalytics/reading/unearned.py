"""German praise that is none: whoever tells of a misfortune in the same breath, mocks, or only wishes, does not praise.

"Danke, Anschluss verpasst" has a word of thanks and nothing to be thankful for. A sum over words takes the thanks. German is
learnt from few sentences, so praise has to be earned: by a word that praises, and behind which no trouble follows that was not put right.
Who tells of trouble first, and praises then, was helped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from textanalytics.reading.readings import Readings
from textanalytics.sentiment import COLUMNS, strengths
from textanalytics.text import tokens
from textanalytics.words.page import LONGEST

TROUBLE = re.compile(
    r"\b(?:kaputt\w*|defekt\w*|verspät\w*|verpass\w*|\w*aus(?:gefallen\w*|fällt|fiel|fall|fälle)|(?:fällt|fallen|fiel|fielen)\b[^.!?]{0,40}\baus"
    r"|gestrichen|verloren\w*|verlier\w*|gesperrt\w*|geschlossen|überfüllt\w*|zu spät|\w*störung(?:en)?|gestört|panne|chaos"
    r"|warteschlei\w*|beschädigt\w*|zerdrückt\w*|zerbrochen\w*|aufgerissen\w*|durchgeweicht\w*|abgelehnt|gestrandet|stranden"
    r"|aufgelegt|stehen (?:lassen|gelassen)|stehen ?gelassen|im regen|vor der nase|im stich|umsonst|vergeblich"
    r"|(?:keine|null) (?:antwort|rückmeldung|reaktion|info|information|durchsage|ansage|auskunft)|ohne (?:durchsage|ansage|ankündigung)"
    r"|(?:geht|gehen|funktioniert|funktionieren|läuft|laufen|klappt|lädt|kommt|öffnet|startet) (?:das |es |mal |schon |wieder |immer noch |noch )*nicht(?! mehr lange)"
    r"|nicht (?:angekommen|gekommen|erreichbar|geklingelt|zugestellt|erschienen|angetroffen|bescheid|geliefert|gutgeschrieben|gut geschrieben)"
    r"|(?:wieder|ist|alles) weg|(?:niemand|keiner) (?:weiß|sagt|kommt|da|geht|hilft|antwortet)|kommt keiner|nicht gibt"
    r"|unversch\w*|frechheit|hasse|entsetzt|enttäusch\w*)\b"
)
"""What goes wrong in any trade, in lower case."""

NOT_SO = re.compile(
    r"\b(?:(?:kein\w*|ohne|nie|niemals|nicht|nix|nichts|weder|statt)(?: \w+){0,2}|(?:bei|beim|im|in|trotz|nach|während|vor)(?: \w+)?) $"
)
"""Right before it, there is none: "keine Verspätung", "nichts kaputt"; or it is where somebody did well: "im Stau", "bei der Panne"."""

PUT_RIGHT = re.compile(
    r"\b(?:trotz|obwohl|sonst|behoben|gefunden|wiedergefunden|wieder (?:da|frei|gut|ok|okay|heil|in ordnung|bekommen)|ersetzt|ersatz|repariert"
    r"|geholfen|hilfe|erledigt|geklappt|gewartet hat|(?:aus|um)?getauscht|beseitigt|anerkannt|heil|erstattet|zurückerstattet|gutgeschrieben|entschädig\w*|kulan\w*|umtausch\w*"
    r"|sofort|gelöst|lösung|nie (?:wieder )?|noch nie|immer glück|dank (?:der|dem|des|euch|ihnen)|aber)\b"
)
"""With these somebody helped, or it was not so bad."""

MOCKING = re.compile(
    r"\b(?:ironie|sarkasmus|wer['’]?s glaubt|wers glaubt|träum\w* weiter)\b|#ironie|\bwunder,? wenn\b|\bein wunder\b"
    r"|\b(?:na|ja) klar\b.{0,80}\b(?:haha|lol)\b|\bfast pünktlich\w*\b|\bplötzlich\b.{0,40}\b(?:lol|haha)\b|\bbesser wird\b.{0,10}\blol\b"
    r"|\bnur \d+ (?:minuten|min|stunden|std|tage) (?:zu spät|später|verspätung)\b|\bdas nenne? ich (?:mal )?\w+.{0,60}\bfür nichts\b"
)

WISHING = re.compile(
    r"\b(?:wäre|wär|würden?|hättet?|könnt(?:e|en|et)|sollt(?:e|en|et)|hoffe|hoffentlich|wünsch\w*)\b"
)
THANKING = re.compile(
    r"\b(?:danke\w*|vielen dank|super|toll\w*|klasse|perfekt\w*|lob\w*|großartig\w*|zufrieden\w*|begeistert|freundlich\w*|nett\w*"
    r"|gerne? wieder|empfehl\w*|ein hoch auf)\b"
)

ONLY_SAID = re.compile(
    r"\b(?:gut|schön|lieb|best|viel|herzlich|freundlich|angenehm|froh)e[nrs]? (?:rest-?)?(?:morgen|abend|tag|nachmittag|mittag|nacht|woche|wochenende"
    r"|\w{2,5}tag|feierabend|feiertage|weihnachten|jahr|start|fahrt|reise|besserung|gr[üu](?:ß|ss)e?n?|wünsche)\b"
    r"|(?:^|[.!?:\"]\s*|\bhallo )liebe[rs]? (?!es\b|d(?:as|ie|en|ich)\b|diese|euch\b|eure|deine|ihn\b|sie\b)\w+"
    r"|\bam besten\b|\bnein,? danke\b|\bgut ?geschrieben\b|\beinfach\b(?! (?:zu|und|in)\b)|\bschnell (?:leer|weg|noch|mal)\b"
    r"|\b(?:möchte|will|wollen|wann|bitte|gebt|macht)\b[^.!?]{0,40}\bendlich\b|\bstark (?=(?:nach|ab|zu|zurück)?(?:ge|ver)\w)",
    re.IGNORECASE,
)
"""Words that praise elsewhere: greetings, whom a letter is to, "am besten", and "einfach" where it says "just"."""

PRAISING, BLAMING = 1.5, -1.0
"""Strengths of words that praise, of 4, and of those that blame."""

BELOW = -0.5
"""Sentiment of a complaint that was taken for praise."""

GLAD = re.compile("[\U0001f600-\U0001f60d\U0001f44d\U0001f44f\U0001f64f\U0001f970❤☺😊👍]|[:=]-?[)D]|<3")


def unearned(text: str) -> str:
    """What a German text that seems to praise does instead: "negative" or "neutral"; "" where it may well praise.

    >>> unearned("Danke, Anschluss verpasst!"), unearned("Danke, keine Verspätung!"), unearned("Ein pünktlicher Zug wäre schön")
    ('negative', '', 'neutral')
    """
    text = ONLY_SAID.sub(lambda said: " " * len(said[0]), text)
    lower = text.lower()
    praise, blame = _felt(text)
    praise += [found.start() for found in THANKING.finditer(lower)]
    trouble = [
        place
        for place in blame + [found.start() for found in TROUBLE.finditer(lower)]
        if _is_so(lower, place)
    ]
    if MOCKING.search(lower) or (
        trouble and max(trouble) > max(praise, default=-1) and not PUT_RIGHT.search(lower)
    ):
        return "negative"
    if WISHING.search(lower) and not THANKING.search(lower):
        return "neutral"
    return "" if praise or GLAD.search(text) else "neutral"


def _is_so(lower: str, place: int) -> bool:
    return not NOT_SO.search(lower, max(place - 40, 0), place)


def _felt(text: str) -> tuple[list[int], list[int]]:
    """Where the words that praise stand, and those that blame."""
    words = tokens(text)
    if not words:
        return [], []
    felt = strengths([word for word, _, _ in words])[:, COLUMNS["de"]].tolist()
    placed = [(value, start) for value, (_, start, _) in zip(felt, words, strict=True)]
    return [at for value, at in placed if value >= PRAISING], [at for value, at in placed if value <= BLAMING]


def take_back(texts: Sequence[str], readings: Readings, *, kept: Set[int] = frozenset()) -> None:
    """Writes into the readings of German texts what unearned praise is; but for those that are `kept`, by number."""
    for i, text in enumerate(texts):
        text = text[:LONGEST]
        if i in kept:
            continue
        seems = readings.mood[i] == "positive" or readings.intent[i] == "praise"
        if not seems or readings.language[i] != "de" or not (instead := unearned(text)):
            continue
        readings.mood[i] = instead
        readings.sentiment[i] = min(float(readings.sentiment[i]), BELOW if instead == "negative" else 0.0)
        if readings.intent[i] == "praise":
            readings.intent[i] = "complaint" if instead == "negative" else "other"
        readings.actionable[i] |= bool(readings.about_us[i]) and instead == "negative"
