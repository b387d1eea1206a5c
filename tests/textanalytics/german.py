"""German customers of a parcel service, a bank and a shop: a few hundred sentences that differ in how they say it."""

from __future__ import annotations

from itertools import product

OPENINGS = (
    "",
    "Hallo, ",
    "Guten Tag, ",
    "Liebes Team, ",
    "Leider ",
    "Schon wieder: ",
    "Hilfe! ",
    "Kurze Info: ",
)
CLOSINGS = (
    "",
    ". Bitte um Hilfe",
    ". Was soll ich tun?",
    "! Das ist ärgerlich",
    ". Danke im Voraus",
    ", wie kann das sein?",
)

MATTERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "paket nicht angekommen": (
        ("paket", "sendung", "päckchen", "lieferung"),
        (
            "mein Paket ist nicht angekommen",
            "das Paket ist seit zwei Wochen nicht angekommen",
            "mein Paket ist immer noch nicht angekommen, obwohl es laut Verfolgung zugestellt wurde",
            "die Sendung ist nie angekommen, dabei steht da zugestellt",
            "ich warte auf mein Paket, es ist nicht angekommen",
            "angeblich wurde mein Paket zugestellt, es ist aber nicht angekommen",
            "das Päckchen für meine Mutter ist nicht angekommen",
        ),
    ),
    "paket beschädigt": (
        ("beschädig", "kaputt", "zerdrückt", "aufgerissen"),
        (
            "der Karton kam völlig beschädigt bei mir an",
            "der Karton war beschädigt und nass",
            "mein Karton war beschädigt, der Inhalt kaputt",
            "alle Kartons waren beschädigt und aufgerissen",
            "der Inhalt ist kaputt, weil der Karton beschädigt war",
            "beschädigter Karton, zerbrochenes Glas",
        ),
    ),
    "überweisung": (
        ("überweisung",),
        (
            "meine Überweisung wurde abgelehnt",
            "die Überweisung ins Ausland wurde ohne Grund abgelehnt",
            "meine Auslandsüberweisung wurde gestern abgelehnt",
            "warum wurde meine Überweisung abgelehnt",
            "jede Überweisung wird seit Montag abgelehnt",
            "die Überweisung an meinen Vermieter wurde abgelehnt",
        ),
    ),
    "karte gesperrt": (
        ("karte", "gesperrt"),
        (
            "meine Karte wurde gesperrt",
            "die Karte ist plötzlich gesperrt worden",
            "meine Kreditkarte ist gesperrt und niemand sagt mir warum",
            "an der Kasse war meine Bankkarte gesperrt",
            "ich habe die PIN dreimal falsch eingegeben, jetzt ist die Karte gesperrt",
            "seit dem Urlaub ist meine Karte gesperrt",
        ),
    ),
    "rückerstattung": (
        ("erstattung", "geld zurück", "erstattet"),
        (
            "ich warte auf die Rückerstattung für die Jacke",
            "die Rückerstattung ist noch nicht da",
            "wann kommt meine Rückerstattung",
            "keine Rückerstattung nach vier Wochen",
            "die Erstattung für meine Retoure fehlt noch",
            "ich habe die Jacke zurückgeschickt und keine Erstattung bekommen",
        ),
    ),
    "gutschein": (
        ("gutschein",),
        (
            "mein Gutschein funktioniert nicht",
            "der Gutschein wird an der Kasse nicht angenommen",
            "der Gutscheincode ist angeblich ungültig",
            "beim Bezahlen funktioniert der Gutschein nicht",
            "mein Geburtstagsgutschein lässt sich nicht einlösen",
            "ich kann den Gutschein nicht einlösen",
        ),
    ),
    "anmelden": (
        ("anmeld", "einloggen", "passwort"),
        (
            "ich kann mich nicht anmelden",
            "die Anmeldung funktioniert seit dem Update nicht",
            "beim Anmelden kommt immer eine Fehlermeldung",
            "seit heute früh kann ich mich in der App nicht anmelden",
            "das Passwort stimmt, aber die Anmeldung klappt nicht",
            "die Anmeldung in der App dreht sich im Kreis",
        ),
    ),
    "filiale": (
        ("filiale", "schalter"),
        (
            "die Filiale in unserem Ort wurde geschlossen",
            "schade, dass die Filiale geschlossen wurde",
            "unsere Filiale hat nur noch vormittags geöffnet",
            "die Filiale in der Hauptstraße ist immer geschlossen, wenn ich komme",
            "ohne Filiale im Ort muss ich zwanzig Kilometer fahren",
            "die Bankfiliale am Markt wurde geschlossen",
        ),
    ),
    "hotline": (
        ("hotline", "warteschleife"),
        (
            "ich hänge seit einer Stunde in der Warteschleife",
            "die Hotline ist nie erreichbar",
            "bei der Hotline geht niemand ran",
            "die Hotline legt nach zwanzig Minuten Warteschleife einfach auf",
            "eure Hotline ist nicht erreichbar",
            "in der Hotline wurde ich dreimal weitergeleitet",
        ),
    ),
    "fahrer klingelt": (
        ("fahrer", "zusteller", "klingel", "bote"),
        (
            "der Fahrer hat nicht geklingelt, obwohl ich zu Hause war",
            "der Zusteller klingelt nie",
            "euer Fahrer wirft nur eine Karte ein, statt zu klingeln",
            "der Fahrer war sehr unfreundlich und hat nicht geklingelt",
            "wieder hat der Paketbote nicht geklingelt",
            "der Zusteller hat nicht geklingelt und war gleich wieder weg",
        ),
    ),
}


def spoken() -> tuple[list[str], list[str]]:
    """(texts, the matter of each): every sentence in several openings and closings, none twice."""
    texts, matters = [], []
    for matter, (_, sentences) in MATTERS.items():
        for place, sentence in enumerate(sentences):
            for number, (opening, closing) in enumerate(product(OPENINGS, CLOSINGS)):
                if (number + 5 * place) % 8 == 0:
                    said = f"{opening}{sentence}{closing}"
                    texts.append(said[0].upper() + said[1:])
                    matters.append(matter)
    return texts, matters
