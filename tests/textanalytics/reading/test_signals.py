"""Who is about to leave, and what is a crisis, are told from all that only sounds like it; people's word counts more."""

from __future__ import annotations

import re

import pytest

from textanalytics import lexicons
from textanalytics.base import INTENTS, SIGNALS, SPOKEN
from textanalytics.reading.reading import Correction, Reader
from textanalytics.reading.signals import DANGER, Signals, endangers, excuses, patterns
from textanalytics.words.page import Vocabulary, open_page

READER = Reader()

LEAVING = [
    "If this happens once more I am switching to another provider.",
    "You just lost a customer, congratulations",
    "I want to cancel my subscription, this is not worth the money",
    "Im done with you, closing my account today",
    "That was the last time I order here, what a mess",
    "We will take our business elsewhere",
    "I will never buy from you again",
    "Ich kündige meinen Vertrag, es reicht",
    "Wenn das so weitergeht, werde ich zur Konkurrenz wechseln",
    "Das war das letzte Mal, dass ich bei euch bestelle",
    "Ihr habt einen treuen Kunden verloren",
    "Quiero cancelar mi suscripción, pésimo servicio",
    "Nunca volveré a comprar en esta tienda",
    "Thinking of leaving you after all these years",
    "Sort this out or I'm gone",
    "Bei euch buche ich nie mehr",
    "Nächstes Jahr bin ich dann bei der Konkurrenz",
    "Esta semana me doy de baja",
    "No vuelvo a viajar con ustedes",
    "I'm off to somebody who answers the phone",
    "Never setting foot in your shop again",
    "My next phone will be from another brand",
    "Deleted the app and won't be back",
    "You won't see another penny from me",
    "Unless somebody calls me back today we leave",
    "Wir verlängern den Vertrag nicht",
    "Hier kaufe ich nichts mehr",
    "Mein nächstes Handy kommt von woanders",
    "Ich habe mein Konto heute aufgelöst",
    "Este ha sido mi último pedido",
    "Ya he cerrado mi cuenta",
]
STAYING = [
    "Please cancel my order from yesterday",
    "My flight was cancelled again and nobody says why",
    "How do I switch to dark mode?",
    "I lost my luggage in the lost and found",
    "I will never fly with anyone else, you are the best",
    "So glad I switched from my old bank to you",
    "You closed my account without telling me",
    "I deleted the app and reinstalled it, still broken",
    "I am done with the form, what is next?",
    "Der Zug wechselt das Gleis",
    "Ich möchte nicht kündigen, nur die Adresse ändern",
    "Quiero cambiar de asiento",
    "Did you see the photos of my account page?",
    "Can I move my number to you?",
    "We found a new bank holiday offer on your page",
    "I cancelled my contract as you told me, and now?",
    "Then I'm off to Spain with you",
    "Ich bin bei der Konkurrenz nur einmal geflogen",
    "No vuelvo hasta el martes",
    "You lost me at hello",
    "I am off to another meeting, call me later",
    "not returning my emails",
    "This is my last question to you",
    "My next phone will be yours",
    "Wo ist die letzte Rechnung von euch?",
    "Ich kaufe bei euch immer wieder gern",
    "Bist du noch da oder bist du weg?",
    "El 3 de mayo fue mi último pedido, llegó bien",
]
CRISES = [
    "My lawyer will contact you about this",
    "The charger caught fire on my desk last night",
    "There is a fire in the kettle",
    "There was smoke from your charger last night",
    "My daughter was injured by your product",
    "I had an allergic reaction although the label said no nuts",
    "I am going to sue you",
    "I can see other people's data in my account!",
    "I have reported this to the ombudsman",
    "If I hear nothing by Friday I will go to the press",
    "Der Akku brennt, was soll ich tun?",
    "Ich gehe jetzt zum Anwalt",
    "Mein Sohn wurde durch das Gerät verletzt",
    "Voy a llamar a mi abogado",
    "I can see another customer's invoices",
    "There was metal in my soup",
    "In der Suppe war ein Nagel",
    "Der Fahrer hat meinen Bruder geschlagen",
    "La plancha se incendió",
    "Había un gusano en la sopa",
    "The ladder broke and my father fractured his hip",
    "A man in your shop grabbed my daughter",
    "Your driver called my wife a racial slur",
    "We were turned away because of our skin",
    "I am sending this to the newspapers",
    "I don't want to live any more",
    "The cot collapsed with the baby in it",
    "Der Föhn hat angefangen zu brennen",
    "Mein Kind hat sich an der Kante den Finger abgeschnitten",
    "Nos intoxicamos todos en vuestro restaurante",
    "El guardia nos echó por ser negros",
]
DANGERS = {
    "assaulted": "I was verbally and physically assaulted by your courier",
    "molested": "A passenger molested my sister on the night bus",
    "gun": "The driver pulled a gun when I asked for the receipt",
    "accident": "We were in a bad accident because your driver was texting",
    "nearly died": "The menu said no nuts, I have an allergy and nearly died",
    "bit on": "I bit on a piece of glass in your muffin",
    "threatened": "Your technician started threatening us in our own kitchen",
    "hurt": "Three passengers were hurt when the bus braked",
    "shoved": "The guard shoved my father against the wall",
    "insulin": "You lost my bag and I am without insulin until tomorrow",
    "lives": "That pilot put all our lives at risk",
    "drunk": "The driver was drunk and fell asleep twice",
    "red light": "Your van ran a red light in front of the school",
    "groom": "A player is grooming young girls in your chat",
    "ambulance": "My neighbour had to call an ambulance after your soup",
    "monoxide": "Carbon monoxide came out of the new boiler",
    "followed": "Your courier followed me home",
    "suicide": "I have suicidal thoughts because of this debt",
    "betrunken": "Der Busfahrer war betrunken",
    "messer": "Ein Mann mit einem Messer lief durch den Wagen und ihr tut nichts",
    "angst": "Ich hatte Todesangst in eurem Aufzug",
    "krankenwagen": "Wir mussten nach dem Essen einen Krankenwagen rufen",
    "gefahr": "Ihr habt meine Tochter in Gefahr gebracht",
    "gebissen": "Ich habe auf ein Metall gebissen",
    "eingeklemmt": "Mein Arm wurde in der Zugtür eingeklemmt",
    "bedrängt": "Ich wurde von eurem Mitarbeiter sexuell bedrängt",
    "gestürzt": "Meine Mutter ist in eurem Laden auf dem nassen Boden gestürzt",
    "looks": "The ladder in your window looks dangerous",
    "schock": "Meine Frau bekam einen allergischen Schock",
    "blessé": "Le livreur m'a frappé et blessé",
    "intoxication": "Intoxication alimentaire après votre menu",
    "feu": "Le chargeur a pris feu cette nuit",
    "fuoco": "La batteria ha preso fuoco",
    "aangevallen": "Ik werd door jullie chauffeur aangevallen",
    "fogo": "O carregador pegou fogo na minha cama",
    "cord": "The cord of your lamp fried and shocked my wife when she plugged it in",
    "burns": "The heater gave my son second degree burns",
    "phone": "The bus driver was looking at his phone and nearly hit a cyclist",
    "alone": "The nursery left my three year old alone in the yard",
    "wires": "Your fitter left live wires hanging out of the wall",
    "sparks": "The toaster started spitting sparks at breakfast",
    "singed": "The iron singed my carpet and the house was full of it",
    "fainting": "It is so hot in this ward that patients are fainting",
    "dose": "The pharmacy gave me the wrong dose",
    "made ill": "The prawns and the chicken made my whole family ill, your fish made us sick",
    "vomiting": "Our baby has been throwing up since the new formula",
    "locked": "The carer locked grandma in and went home",
    "seat belt": "The seat belt in your taxi did not work",
    "came down": "A lamp came down on a woman's head",
    "ran over": "Your courier drove over my dog's paw",
    "overheats": "It overheats to the point of being a fire hazard",
    "stung": "Three kids got stung in your garden",
    "bitten": "Your guard's dog bit me at the gate",
    "somebody's insulin": "I was given someone else's insulin",
    "left out": "My father was left in his chair in the rain",
    "drink": "Somebody at your bar slipped something in her drink",
    "by the hair": "He pulled my sister off the tram by her hair",
    "funken": "Der Mixer hat beim Einschalten Funken gesprüht",
    "gas": "Im Keller riecht es seit zwei Tagen stark nach Gas",
    "vergiftung": "Wir lagen alle mit Lebensmittelvergiftung flach",
    "rot": "Der Busfahrer ist schon wieder bei Rot gefahren",
    "akku": "Der Akku ist nachts geplatzt",
    "allein": "Ihr habt meinen Sohn auf dem Ausflug allein gelassen",
    "verätzung": "Von der Creme habe ich Verätzungen",
    "überfahren": "Der Lieferwagen hätte fast unsere Katze überfahren",
    "kabel": "In der Küche hängen blanke Kabel aus der Wand",
    "finger": "Die Tür hat meiner Tochter den Finger eingeklemmt",
    "faust": "Er hat mir ins Gesicht geschlagen",
    "angesengt": "Der Heizlüfter hat den Teppich angesengt",
    "bett": "Mein Vater ist aus dem Pflegebett gefallen",
    "flecken": "Ich wurde so fest gepackt, dass ich blaue Flecken habe",
    "glass in a meal": "Im Brei war eine Glasscherbe",
    "burnt by what it is used for": "The lamp gets so hot that it burns your fingers",
    "a burning smell": "There was a burning smell in the cabin and we had to get out",
    "a shock from a thing": "The plug gave me a shock",
    "not safe": "The stairs to your platform are icy, I do not feel safe",
    "fainted in the heat": "Im Wagen fiel eine Frau in Ohnmacht, weil es so heiß war",
    "no air": "Ich bekam im vollen Abteil keine Luft mehr",
    "on the rails": "Meine Tochter ist am Bahnsteig ins Gleis gefallen",
    "it smelt burnt": "Das Ladegerät ist geschmolzen und es roch verbrannt",
    "out of a train that burns": "Wir mussten wegen Feuer den Zug verlassen",
    "off the rails": "Unser Zug ist kurz hinter dem Tunnel entgleist",
}
SAFE = [
    "The new weapon skin with the gun does not load",
    "I accidentally ordered two",
    "You threatened me with a late fee",
    "Adding insult to injury, the bag is lost",
    "Do you have sugar free meals for my diabetic father?",
    "My call was dropped out of the queue",
    "He pushed me through the process in ten minutes, great agent",
    "The safety card is funny",
    "I am allergic to your music",
    "Der Film mit dem betrunkenen Clown lädt nicht",
    "Die Tür klemmt",
    "Ich bin auf euer Angebot gestoßen",
    "Your site bit me twice today with that error",
    "The delivery ran late",
    "I burned through my data in one day",
    "I accidentally set my card on fire",
    "Der Preis hat mir einen Schlag versetzt",
    "Men hit us with that worldwide, says the song",
    "Is your kitchen good? Are your cooks trying to kill me?",
    "The servers are on fire again",
    "Mir platzt gleich der Kragen",
    "The driver was texting me where to wait",
    "I was locked in to a contract with my family in it",
    "Nobody was concerned about our comfort or our safety",
    "It was bumpy over the hills and my kids vomited, thanks for the bags",
    "three people followed me and one person unfollowed me",
    "Is my data safe with your app?",
    "It is safe to say that I like it, and not safe to assume that others do",
    "The white background burns my eyes",
    "Straßenbahn in der Wendeschleife entgleist",
    "Der Preis ist gestürzt",
    "Die Verbindung ist schon wieder zusammengebrochen",
]
CALM = [
    "Your new playlist is on fire",
    "I would die for these tickets",
    "Thank you, nobody was injured and the crew was great",
    "Where is the press release of last week?",
    "The fire drill in your store was funny",
    "I have fire in the belly for this app",
    "My card was stolen, I reported it to the police",
    "I hurt my budget with this order lol, my lawyer says hi",
    "Das Wetter ist heute gefährlich schön",
    "The police drama on your channel is good",
    "The ATM swallowed my card",
    "Das Glas in der Tür ist sauber",
    "Mi hijo nació en el hospital de al lado",
    "Nos vemos en la puerta",
    "It broke the leg of my table",
    "Ein Bein vom Stuhl ist gebrochen",
    "I got a shock when I saw the price",
    "I grabbed my daughter a toy in your shop",
    "I was refused a refund because the box was black",
    "I don't want to live in a flat without your lamps",
    "I was sick of waiting after an hour",
    "Nach dem Essen wurde uns die Rechnung übergeben",
    "Se rompió una pieza cara",
]


@pytest.mark.parametrize("text", LEAVING)
def test_who_is_about_to_leave_is_heard(text: str) -> None:
    assert READER.read([text]).intent == ["churn threat"]


@pytest.mark.parametrize("text", CRISES)
def test_a_crisis_is_heard(text: str) -> None:
    assert READER.read([text]).intent == ["crisis"]


@pytest.mark.parametrize("text", DANGERS.values(), ids=DANGERS)
def test_danger_to_somebody_is_a_crisis_and_told_from_others(text: str) -> None:
    assert READER.read([text]).intent == ["crisis"]
    assert endangers(text)


def test_law_and_press_endanger_nobody() -> None:
    threats = ["My lawyer will contact you about this", "If I hear nothing by Friday I will go to the press"]
    assert READER.read(threats).intent == ["crisis", "crisis"]
    assert [endangers(text) for text in threats] == [None, None]


@pytest.mark.parametrize("text", SAFE + CALM)
def test_what_only_sounds_dangerous_endangers_nobody(text: str) -> None:
    assert endangers(text) is None
    assert READER.read([text]).intent[0] != "crisis"


@pytest.mark.parametrize("text", STAYING + CALM)
def test_what_only_sounds_like_it_is_neither(text: str) -> None:
    assert READER.read([text]).intent[0] in SPOKEN


def test_the_words_that_say_it_are_shown_and_it_is_not_certain() -> None:
    text = "Three weeks without a reply. I'm switching to another provider."
    reading = READER.read([text])
    shown = " ".join(text[start:end] for start, end in reading.evidence[0]["intent"])
    assert "switching to" in shown
    assert "reply" not in shown
    assert 0.5 < reading.confidence["intent"][0] < 1
    assert reading.actionable[0]


def test_a_long_report_in_which_nobody_speaks_is_no_crisis() -> None:
    report = "The station was closed for hours. " * 12 + "A passenger was injured at the north entrance."
    assert READER.read([report]).intent[0] != "crisis"
    told = "We waited at the station for hours. " * 12 + "My mother was injured at the north entrance."
    assert READER.read([told]).intent[0] == "crisis"


def test_a_correction_turns_it_off_for_like_texts_and_on_for_others() -> None:
    false, near = "I will never buy from you again", "I will never ever buy from you guys again"
    taught = READER.learn([Correction(false, "intent", "complaint")])
    assert taught.read([false, near]).intent == ["complaint", "complaint"]
    unseen = "We shall look for greener pastures with our fleet of vans"
    assert READER.read([unseen]).intent != ["churn threat"]
    told = READER.learn([Correction(unseen, "intent", "churn threat")])
    assert told.read([unseen, unseen + " soon"]).intent == ["churn threat"] * 2


def test_the_batch_changes_no_reading() -> None:
    texts = LEAVING + STAYING + CRISES + CALM
    assert READER.read(texts).intent == [READER.read([text]).intent[0] for text in texts]


def test_every_intent_fits_its_column_and_every_pattern_compiles() -> None:
    assert (*SPOKEN, *SIGNALS) == INTENTS
    assert all(len(intent) <= 12 for intent in INTENTS)
    headings = {heading for heading, _ in lexicons.sections("signals.txt")}
    patterned = {heading for heading in headings if not heading.startswith("list ")}
    assert patterned == {DANGER, *(name for signal in SIGNALS for name in (signal, f"{signal} unless"))}
    assert all([*patterns(signal), *excuses(signal)] for signal in SIGNALS)


@pytest.mark.parametrize("file", ["signals.txt", "stakes.txt"])
def test_every_list_is_used(file: str) -> None:
    named = {heading[5:] for heading, _ in lexicons.sections(file) if heading.startswith("list ")}
    assert named == set(lexicons.LISTED.findall(lexicons.source(file)))


def test_a_list_stands_for_any_of_its_words() -> None:
    found = [one.found for one in patterns("churn threat") if one.found.search("rather buy somewhere else")]
    assert found and all(one.search("rather shop elsewhere") for one in found)
    with pytest.raises(KeyError):
        lexicons.any_of("nobody wrote this list", "signals.txt")


@pytest.mark.parametrize(
    "text", ["i will cancel my account", "I WILL CANCEL MY ACCOUNT", "İ wıll cancel my account"]
)
def test_patterns_are_asked_whatever_the_capitals(text: str) -> None:
    signals = Signals().read(open_page([text], Vocabulary()))
    assert signals[0][0] == SIGNALS.index("churn threat")
    start, end = signals[0][1]
    assert text[start:end].lower().endswith("account")


def test_patterns_are_in_small_letters_because_texts_are() -> None:
    for signal in SIGNALS:
        for pattern in patterns(signal):
            written = re.sub(r"\\[A-Za-z]", "", pattern.found.pattern)
            assert written == written.lower()
