"""A company's answers, machines and advertisers are told from the customers who quote or answer them."""

from __future__ import annotations

import pytest

from textanalytics.base import REASONS
from textanalytics.reading.reading import Context, Reader
from textanalytics.reading.senders import may_be_sent, senders, sent_by

READER = Reader()

SENT = {
    "company reply": [
        "@sam_k Hey Sam! Thanks for reaching out. Please DM us your order number so we can take a look. ^KB",
        "@lena We're sorry to hear that. Could you send us a DM with your booking reference? *AnnaP",
        "@tom We certainly can! Which size are you looking for?",
        "@user Hi there, we'd be happy to help. What is your postcode? -JT",
        "@user Please DM us your account number and we'll look into it.",
        "Thanks for contacting us! We will get back to you within two days.",
        "@user We apologize for the inconvenience. Our engineers are working on it. ^RM",
        "@user How can we help you today?",
        "@user We're here to help! Let us know what is going on. ^TS",
        "We apologise for the delay, Mark. Please follow and DM your confirmation number.",
        "@user Sorry about that! Send us a DM with your email address and we'll sort it out. /AB",
        "@user Das tut uns leid. Bitte schreiben Sie uns eine DM mit Ihrer Auftragsnummer. /ki",
        "@user Der ICE fährt heute nicht. Sie können den nächsten Zug nutzen. /je",
        "@user Vielen Dank für Ihre Nachricht. Wir leiten Ihr Anliegen an die Kollegen weiter. ^sw",
        "@user Wie können wir dir helfen?",
        "@user Wir bitten um Entschuldigung für die Unannehmlichkeiten. Schreib uns gern per PN.",
        "@user Danke für den Hinweis, wir geben das weiter. /ti",
        "@user Lamentamos lo ocurrido. Envíanos tu número de pedido por DM. ^LG",
        "@user ¡Hola! Escríbenos por mensaje privado y con gusto te ayudamos.",
        "@user Gracias por contactarnos. ¿En qué te podemos ayudar?",
        "@user We are glad you enjoyed it, Mia! See you soon. ^DL",
        "@user Could you share more details with us? We'd like to help if we can.",
        "@user Have you shared your feedback with us in the app?",
        "Our branches are open for you until six. We wish you a nice weekend.",
        "@user Sorry to see that, Tom! Did you buy the jacket online or in a shop of ours?",
        "@user Oh no, so sorry to hear about this! Which order is it?",
        "@user Thank you for your interest! You can reach our shop by phone until six.",
        "We are proud to announce that the new hall opens on Monday.",
        "@user Yes, we have the blue one, come in and try it on!",
        "In these times we are working hard to look after our guests and our employees.",
        "@user Wir freuen uns sehr auf Ihren Besuch!",
        "@user Bitte wenden Sie sich direkt an unsere Kollegen am Schalter.",
        "@user Um welche Bestellung handelt es sich? Dann sehen wir nach.",
    ],
    "automated": [
        "2 people followed me and one person unfollowed me // automatically checked by https://t.example/1",
        "one person followed me // automatically checked by https://t.example/2",
        "I liked a @YouTube video https://t.example/3 Best goals 2017",
        "I added a video to a @YouTube playlist https://t.example/4 Live in Paris",
        "Ich mag das @YouTube-Video: https://t.example/5 Fahrt durch die Alpen",
        "Me gustó un video de @YouTube https://t.example/6 gol de ayer",
        "Photos from Harbour Lights's post",
        'I posted 12 photos on Facebook in the album "Summer" https://t.example/7',
        "My week on Twitter: 3 Mentions, 12 Likes, 2 Retweets. How did yours go? via https://t.example/8",
        "Just posted a photo @ Central Station https://t.example/9",
        "I just checked in at Gate 12 with Swarm https://t.example/10",
        "How I did on Twitter this week: 4 New Followers, 12 Mentions via https://t.example/11",
    ],
    "advertisement": [
        "We buy email lists, best rates, contact us today.",
        "Dear Sir/Madam, we are a professional manufacturer of packaging bags and offer best prices. Request our catalogue.",
        "Flight delayed? Claim up to £510 compensation now https://t.example/20",
        "Train late again? We get your money back. No win no fee! https://t.example/21",
        "Flug verspätet? Jetzt bis zu 600 € Entschädigung sichern https://t.example/22",
        "¿Vuelo cancelado? Reclama hasta 600 € de indemnización aquí https://t.example/23",
        "Cheap flights from Boston to Miami from $49, book now https://t.example/24",
        "Günstige Flüge nach Mallorca schon ab 39 € https://t.example/25",
        "Stellenanzeige: Praktikant (m/w) im Vertrieb, Bürogebäude am Hafen, https://t.example/27",
        "Zum neuen Jahr suchen wir zwei neue Mitarbeiter in Teilzeit (bis 450 Euro). Bewerbungen bitte schriftlich!",
        "Die ersten 20, die meine Seite liken, bekommen ein Like zurück -> Mia K.",
        "Erstbezug nach Sanierung, Altbau am Park https://t.example/28",
        "Hallo, verdient dein PC auch schon Geld? Nur 10 Minuten am Tag, schau mal rein.",
        "Vuelos baratos a Madrid desde 29 € https://t.example/26",
        "We're hiring! Customer Service Agent in Leeds. Apply now https://t.example/27",
        "#Job: Train driver (m/w/d) in Hamburg, jetzt bewerben https://t.example/28",
        "Wir suchen Verstärkung! Kundenberater (m/w/d) in Köln https://t.example/29",
        "Se busca camarero en Sevilla, envía tu CV https://t.example/30",
        "Verkaufe Monatskarte Berlin AB für Mai, 60 € VB",
        "verkaufe 2 Tickets Hamburg - Köln für 40 €, bei Interesse PN",
        "Biete Mitfahrgelegenheit Köln - Berlin, Freitag 15 Uhr, 20 €",
        "Vendo dos entradas para el concierto, 50 euros, interesados por privado",
        "Selling 2 tickets for Friday night, $40 each, DM if interested",
        "Hot singles in your area are waiting https://t.example/31",
        "Sexy girls live on cam now, click here https://t.example/32",
        "Städtereise Prag: 3 Tage inkl. Hotel ab 99 € pro Person https://t.example/33",
        "Last minute: 7 nights all inclusive in Crete from £299pp https://t.example/34",
        "Win an Apple Watch! Enter our giveaway here https://t.example/35 #giveaway #sweepstakes",
        "I just entered to win a $500 gift card, you can too https://t.example/36",
        "Sign up with my referral code and get $10 off https://t.example/37",
        "I earn cash back when I shop, use my link and you can too https://t.example/38",
        "20 % auf alles! Nur heute. Jetzt Code sichern https://t.example/39",
        "Need a loan? Bad credit welcome, apply here https://t.example/40",
        "Buy 1000 real followers cheap https://t.example/41",
        "Make money from home, $500 a day, DM for info https://t.example/42",
        "Kostenlose Kreditkarte mit 50 € Startguthaben, hier beantragen https://t.example/43",
        "Castle Siege 2 is now available for pre-order https://t.example/44",
        "The wait is over. Pre-order your new speaker: https://t.example/45",
        "Join our rewards club today https://t.example/46",
        "Get a free case with every new phone this week https://t.example/47",
        "3 months of Music Plus for £1. Cancel anytime. https://t.example/48",
        "Post a photo of your garden for a chance to win a lawn mower https://t.example/49",
        "Power cut? Visit us in the town hall and charge your phone https://t.example/50",
        "Don't miss tonight's free show on the square https://t.example/51",
        "Learn how to bake bread with our new video https://t.example/52",
        "Sorteo: gana dos entradas para el sábado https://t.example/53",
    ],
}

CUSTOMERS = [
    "@acme you told me to DM you my order number, I did, and nobody answered",
    "They keep saying 'we apologize for the inconvenience' and nothing changes",
    '"Please DM us your booking reference" is all I ever get from you',
    "@acme thanks for reaching out, I sent you a DM with my number",
    "Thanks for contacting me back so quickly",
    "@acme can you please DM me? I have a question about my bill",
    "Please DM me the number of customer relations",
    "RT @acme: We're sorry to hear that, please DM us ^KB << you never answered mine",
    "@acme how can we get our money back? We are still waiting",
    "How can we help our mother to log in again?",
    "We are looking for a supplier of beans, what are your prices?",
    "We are a small café and your supplier of beans raised prices again",
    "we buy coffee here every week, best prices in town",
    "I would like to request your catalogue",
    "We are sorry to say that we will not fly with you again",
    "We're sorry we ever booked with you",
    "@acme your agent ^KB was very rude to me",
    "The reply I got was signed *AnnaP and said nothing",
    "@acme my flight goes from Boston -NY, where is my bag?",
    "I meant *their",
    "@acme Agent said he would call back. We certainly can wait no longer",
    "Who are you looking for? I was sent an email that is not mine",
    "@acme we'd be happy to pay if the card machine worked",
    "We'd love to help but your form does not load",
    "Ich habe euch eine DM geschickt und warte seit drei Tagen",
    "Das tut mir leid für den Fahrer, aber der Bus kam nicht",
    'Ihr schreibt immer "das tut uns leid" und nichts passiert',
    "Danke für die Nachricht, mein Paket ist trotzdem nicht da",
    "Wie können wir unser Geld zurückbekommen?",
    "Bitte schreiben Sie mir eine Mail, wann der Zug fährt",
    "Der Zug kam 20 min zu spät und/oder gar nicht",
    "@acme ich verkaufe jetzt meine Bahncard, ihr seid zu unpünktlich",
    "Ich muss meine Monatskarte verkaufen, weil der Bus nicht mehr fährt. Geht das?",
    "Warum verkauft ihr Karten für volle Züge, 60 € und kein Sitzplatz?",
    "Ich suche meine Karte, habe sie im Zug verloren",
    "Kann ich mein Ticket tauschen oder muss ich ein neues kaufen für 40 €?",
    "Les escribí por mensaje privado y nadie me contesta",
    "Gracias por contactarme, pero sigo sin mi pedido",
    "Siempre dicen lamentamos lo ocurrido y no hacen nada",
    "¿En qué me pueden ayudar? Mi vuelo fue cancelado",
    "Quiero vender mi entrada porque cancelaron el tren, ¿se puede?",
    "Mi vuelo fue cancelado, ¿cómo reclamo los 600 € de indemnización?",
    "My flight was delayed five hours, can I claim £510 compensation?",
    "You owe me up to £510 compensation, claim sent in May https://t.example/50",
    "Flug verspätet, bekomme ich die 600 € Entschädigung von euch?",
    "Your cheap flights from $49 cost me $210 in the end https://t.example/51",
    "The site says flights from $49 but at checkout it is $98",
    "Are you hiring for flight attendants right now?",
    "I applied for the job in Leeds and never heard back",
    "Ich habe mich als Lokführer beworben und keine Antwort bekommen",
    "Als Zugbegleiter (m/w) beworben, nie eine Antwort bekommen, 4 Monate her",
    "Kann man bei euch auch als Schüler nebenbei Geld verdienen, so 10 Stunden?",
    "Wir suchen seit 20 Minuten einen Mitarbeiter, der uns hilft",
    "I entered your giveaway and won, but the prize never came",
    "do you need a game pass to receive the gift from the giveaway?",
    "My referral code gives an error, I was promised $10 off",
    "I used my code SAVE20 and it was refused https://t.example/52",
    "I was charged when I signed up, your link says it is free https://t.example/53",
    "Is the tablet available for pre-order in white? https://t.example/54",
    "We preordered in May and nothing came https://t.example/55",
    "Get real, it is not free if we pay for it later https://t.example/56",
    "Get this refund done, you owe us £20 https://t.example/57",
    "Our shops are closed because of your outage and we lose money",
    "We'd love to help our neighbour, she cannot log in to your page",
    "We paid for 3 months of Plus and it stopped after one https://t.example/58",
    "Find my parcel please https://t.example/59",
    "one person in your shop followed me around, that was unpleasant",
    "Nobody followed up on my complaint",
    "I added a video to my playlist and it is gone",
    "I liked a video on YouTube and now the app crashes",
    "Photos from my order are missing in the album I paid for",
    "I posted a photo of the broken chair in your chat, no reply",
    "I checked in online but the gate agent could not find me",
    "I sold my ticket on your site, where is the money? $40",
    "Why are two tickets for sale at $40 each when I paid $80?",
    "The hotel on our city trip to Prague was dirty, 99 € for nothing",
    "We booked all inclusive in Crete for £299 and had to pay for water",
    "Your loan page says apply here and then shows an error https://t.example/54",
    "Hot water does not work in our room, single or double",
    "Sorry to hear you are closing, when does your last store shut? My mum loves it",
    "@acme sorry for the trouble, but when will my parcel be here?",
    "Thanks for your patience, I found my booking",
    "We have your app, but it does not open",
    "We are excited to fly with you tomorrow!",
    "We are working to save our café and your card reader fails, I cannot pay our team",
    "He said they would call. ^KB",
    "Wir freuen uns auf den Urlaub, aber das Hotel antwortet nicht",
]


@pytest.mark.parametrize(
    ("reason", "text"), [(reason, text) for reason, texts in SENT.items() for text in texts]
)
def test_who_is_no_customer_is_set_aside(reason: str, text: str) -> None:
    read = READER.read([text])
    assert not read.about_us[0]
    assert read.reason[0] in REASONS
    assert (read.reason[0] == "company reply") == (reason == "company reply")


@pytest.mark.parametrize("text", CUSTOMERS)
def test_a_customer_who_quotes_or_answers_one_is_heard(text: str) -> None:
    assert READER.read([text]).about_us[0]


def test_who_names_us_is_heard() -> None:
    text = "Flight delayed? Claim up to £510 compensation from Northwind now https://t.example/20"
    assert sent_by(text) == "advertisement"
    assert Reader(Context(names=("Northwind",))).read([text]).about_us[0]


def test_every_reason_is_known_and_every_pattern_is_called_by_a_word() -> None:
    assert {sender.reason for some in senders().values() for sender in some} <= set(REASONS)
    called = may_be_sent(["(DM", "Envíanos", "^KB", "giveaway", "https://t.example", "trains"])
    assert called.astype(int).tolist() == [
        [1, 0, 0, 1, 0],
        [1, 0, 1, 0, 0],
        [0, 0, 0, 0, 1],
        [0, 1, 0, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 0, 0, 0],
    ]


def test_a_long_text_is_not_asked() -> None:
    assert sent_by("@sam Please DM us your order number. " * 200) == ""
