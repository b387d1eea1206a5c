"""The closed word classes: what a phrase may start with, end with, and be cut next to.

A tagger would be a model of its own; the few hundred words that hold sentences together say enough to tell a
whole phrase from a torn one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import cache


class Kind(IntEnum):
    """The class of a word. `OPEN` is everything that carries meaning of its own."""

    OPEN = 0
    DETERMINER = 1
    PREPOSITION = 2
    SUBJECT = 3
    OBJECT = 4
    AUXILIARY = 5
    NEGATED = 6
    CONJUNCTION = 7
    QUESTION = 8
    TO = 9
    PARTICLE = 10
    ADVERB = 11
    NEGATION = 12
    NOISE = 13
    WEAK = 14
    """Verbs that need a word after them, nouns that need one before: `get`, `want`, `thing`."""
    ATTRIBUTE = 15
    """Adjectives that stand before a noun and nowhere else: `last`, `other`."""
    ADJECTIVE = 16
    """Adjectives that may end a phrase only after `is` and the like."""
    TIME = 17
    """`today`, `yesterday`: right at the end of a phrase, no subject of their own."""


NAMING = frozenset({Kind.OPEN, Kind.DETERMINER, Kind.PREPOSITION, Kind.CONJUNCTION, Kind.TO, Kind.ATTRIBUTE})
"""A phrase of such words alone names a thing and says nothing of it."""

NAMED = frozenset({Kind.OPEN, Kind.DETERMINER, Kind.PREPOSITION, Kind.CONJUNCTION, Kind.ADJECTIVE})
"""So does one of these, which may judge it."""

TELLING = frozenset({Kind.NEGATED, Kind.NEGATION, Kind.AUXILIARY, Kind.ADJECTIVE})
"""With one of these it says what is the matter."""

FILLING = frozenset({Kind.WEAK, Kind.TIME, Kind.OBJECT, Kind.ATTRIBUTE, Kind.ADVERB})
EMPTY = FILLING | {Kind.SUBJECT}
"""Small words that add little to the others."""

ENGLISH: dict[Kind, str] = {
    Kind.DETERMINER: "the a an my your our his her their its this these those any some every each all both no"
    " another which's what's",
    Kind.PREPOSITION: "of in for with at on from by about after before since during into onto over under"
    " between through against per via within than like near until till as towards around behind inside outside"
    " w/o w",
    Kind.SUBJECT: "i we they he she you it there it's that's there's i'm i've i'll i'd we're we've we'll they're"
    " they've you're you've he's she's im ive id youre theyre thats theres who's who whoever u y'all yall ya",
    Kind.OBJECT: "me us them him myself yourself yourselves himself herself ourselves themselves someone anyone"
    " everyone nobody anybody somebody everybody something anything everything nothing one ones that mine yours",
    Kind.AUXILIARY: "is are was were be been being am have has had having do does did doing will would can could"
    " should may might must gonna wanna gotta 's 're 've 'll 'd ain't ought",
    Kind.NEGATED: "can't cannot won't don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't"
    " couldn't wouldn't shouldn't cant wont dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt couldnt"
    " wouldnt shouldnt",
    Kind.CONJUNCTION: "and or but because cause cuz so if while though although unless whether nor & plus cos bc"
    " whereas therefore however hence + n",
    Kind.QUESTION: "how what why when where which whose whom how's why's where's when's",
    Kind.TO: "to",
    Kind.PARTICLE: "up out off down back away",
    Kind.ADVERB: "very really just still even also already always again ever now then here too only maybe almost"
    " actually so quite pretty literally basically currently probably simply totally absolutely completely"
    " anyway anymore yet soon once twice often sometimes usually instead else especially finally"
    " suddenly apparently seriously definitely certainly rather honestly obviously clearly much more most"
    " less least well enough far further such fully constantly continually repeatedly immediately super",
    Kind.NEGATION: "not never no without",
    Kind.NOISE: "please pls plz thanks thank thx ty hey hi hello hiya lol lmao omg wtf smh ugh ur guys yes yeah"
    " yep yup nope ok okay sorry sir madam dear folks oh wow haha hahaha ah um hmm hm cheers amp gt lt rt dm dms cc"
    " https http www com ur tho btw tbh imo idk fyi asap damn hell fuck fucking fuckin fucked shit shitty crap ass"
    " bullshit bitch wth ffs fml af bruh bro dude buddy mate kinda sorta etc eh alright anyways congrats congratulations"
    " regards appreciate appreciated birthday morning welcome ain jk welp stupid idiot idiots aww awww aw yay yo woo whoa",
    Kind.WEAK: "get gets getting got gotten go goes going want wants wanted wanting need needs needed let lets make"
    " makes making made tell tells telling told say says saying said think thinks thinking thought know knows"
    " knew give gives giving gave given take takes taking took put puts keep keeps keeping kept try tries trying"
    " tried use uses using see sees seeing saw look looks looking looked seem seems seemed feel feels feeling felt"
    " mean means meant find finds finding found believe hope hopes hoping hoped wish guess suppose love loving"
    " loved loves hate hates hated like likes liked ask asks asking asked come comes coming came become becomes"
    " lot lots bit kind sort couple able unable allow allows allowed let's expect expected start starts started"
    " starting provide provided send sending sends sent leave leaving left show shows showing done thing things way"
    " stuff guy person man woman help helps helping helped wondering happening happens happened happen",
    Kind.ATTRIBUTE: "last next other same own few several first second third many whole entire new two three four six seven eight nine ten eleven twelve"
    " five such different various certain",
    Kind.ADJECTIVE: "bad terrible horrible awful great good nice best worst better worse amazing awesome poor"
    " ridiculous big huge real true complete excellent fantastic wonderful perfect beautiful sure possible unacceptable"
    " disappointed disappointing frustrated frustrating pathetic disgusting rude absolute sad happy long free full late",
    Kind.TIME: "today yesterday tomorrow tonight morning afternoon evening monday tuesday wednesday thursday friday"
    " saturday sunday ago day days week weeks month months year years time times hour hours hrs hr minute minutes"
    " mins min second seconds night january february april june july august september october november december",
}

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september october"
    " november december today yesterday tomorrow tonight".split()
)
"""Days and months: no part of a title, even with a capital, unless many name the same."""

GERMAN: dict[Kind, str] = {
    Kind.DETERMINER: "der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner"
    " dein deine euer eure unser unsere unseren unserer ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner"
    " dieser diese dieses diesen diesem jeder jede jedes jeden jedem alle allen aller kein keine keinen keinem"
    " keiner manche solche einige beide beiden im am zum zur vom beim ins ans"
    " ne nen nem ner 'ne 'nen 'n jene jener jenes jenen jenem solcher solches solchen solchem mancher manches"
    " manchen manchem einiger einigen sämtliche sämtlichen eurem euren eures unserem unseres seines ihres"
    " deinen deinem deiner",
    Kind.PREPOSITION: "von in für mit an auf aus bei nach vor seit während über unter zwischen durch gegen"
    " pro um bis zu ab trotz wegen laut statt hinter neben als gegenüber per via je entlang aufgrund innerhalb außerhalb samt mittels bezüglich inklusive inkl anhand"
    " außer gegen seitens anstatt zufolge gemäß binnen dank mithilfe",
    Kind.SUBJECT: "dies ich wir du er sie es man ihr wer da das's gibt's jeder's wer's ich's er's sie's",
    Kind.OBJECT: "mich mir uns euch ihn ihm ihnen sich dich dir etwas nichts jemand niemand einander alles"
    " jemandem jemanden niemandem niemanden irgendwas irgendwer irgendjemand was's selber",
    Kind.AUXILIARY: "ist sind war waren wird werden wurde wurden worden bin bist sei wäre wären hat habe haben"
    " hatte hatten hast kann können könnte könnten muss müssen musste mussten soll sollen sollte sollten will"
    " wollen wollte darf dürfen möchte mag werde würde würden seid habt könnt hätte hätten hättest könntest sollst dürfte dürften müsste müssten möchten"
    " hab habs hab's habt hattest hattet gehabt gewesen geworden isses ists ist's wars war's wärst wärt werd"
    " wirst kannst kanns kann's konnte konnten konntest musst musste müsst müsste müssten willst wollt"
    " wolltest magst mögen mochte mochten darfst durfte durften solltest sollt würdest würdet",
    Kind.CONJUNCTION: "und oder aber weil dass denn wenn ob obwohl damit doch sondern sowie falls sodass sobald"
    " während bevor nachdem also daher deshalb jedoch trotzdem sonst bzw"
    " sobald solange soweit sofern indem wobei weswegen somit folglich hingegen dennoch ehe seitdem statt",
    Kind.QUESTION: "warum wann wo wie was wieso weshalb wohin woher wem wessen wieviel welche welcher welches"
    " welchen welchem"
    " wozu woran worauf womit wofür wovon worum wobei wonach",
    Kind.ADVERB: "sehr nur auch noch schon immer wieder jetzt dann hier dort mal halt eben ja doch gar ganz sogar"
    " etwa fast eigentlich leider vielleicht wohl bereits dabei dazu davon daran darauf dafür dagegen damals"
    " eher mehr weniger meist oft so zu bald gerade gleich endlich überhaupt natürlich einfach wirklich zwar"
    " zudem außerdem derzeit aktuell selbst kaum ziemlich besonders rund pauschal durchaus manchmal bisher"
    " irgendwie echt ganze tatsächlich anscheinend offenbar wahrscheinlich weder nun mittlerweile vielmehr nirgends"
    " stattdessen darum deswegen daraufhin dadurch demnach zumindest teilweise momentan zurzeit inzwischen neulich"
    " nämlich bloß ebenfalls ebenso allerdings dennoch ansonsten jedenfalls übrigens schließlich letztlich nochmal"
    " wiederholt ständig dauernd danach davor vorher nachher zuerst zuletzt unterwegs gern gerne hoffentlich öfter"
    " hin her los rein raus rauf runter rüber vorbei drin drauf dran drüber drunter herum rum heraus hinaus"
    " herein hinein herunter hinunter dahin daher überall"
    " bisschen sowas nix irgendwo irgendwann irgendwohin früh früher später lange länger kurz knapp genau klar nen na ca"
    " circa etwa viel vieles wenig mehrere weiter weiterhin plötzlich direkt komplett völlig vollkommen total"
    " absolut extrem richtig einmal zweimal allem egal schade zusammen allein alleine gemeinsam jeweils mindestens höchstens"
    " ungefähr circa dauerhaft ziemlich halbwegs einigermaßen sicherlich bestimmt keinesfalls"
    " keineswegs jemals niemals mitten nebenbei hierbei hierfür hiermit damit somit wieso sofort vorerst erst"
    " erstmal zunächst zeitweise stets häufig selten mehrfach voraus erneut abermals vorhin eben grad sowieso eh"
    " ohnehin normalerweise grundsätzlich generell insgesamt dermaßen derart persönlich ehrlich deutlich",
    Kind.NEGATION: "nicht nie kein keine keinen keinem keiner keines niemals ohne",
    Kind.NOISE: "liebes geehrte geehrter geehrtes damen herren bitte danke hallo hi hey moin servus guten gruß grüße liebe lieber ok okay naja achso lol"
    " haha mfg lg tja ach oh https http www re rt via amp dpa pressemeldung pressebox quelle foto"
    " scheiße scheiss verdammt telmi img src zitat nan hui wow xd ey alter ne nö äh"
    " sorry hm hmm puh boah oha ups uff yeah yes no hihi hehe grr grrr hach jo jep nee nö tschüss ciao lieben"
    " grüßen freundlichen grüßen freundliche grüße viele grüße vg mfg lg gruss grüsse smh omg wtf btw",
    Kind.WEAK: "vergessen vergiss vergisst vergaß erhalten erhält erhielt freue freu freut freuen sitze sitz sitzt sitzen saß saßen gesessen gibt gib geht gehen ging macht machen gemacht sagt sagte sagen kommt kommen kam lässt lassen"
    " steht stehen liegt findet finden hält bleibt sogenannte sogenannten diverse jeweiligen täglich dank soll"
    " gehe geh gehst geht's gehts gingen gegangen mache mach machst machten machte mach's macht's komme komm"
    " kommst kamen gekommen sehe seh siehst sieht sehen sah sahen gesehen sage sag sagst sagten gesagt denke"
    " denk denkst denkt denken dachte dachten gedacht weiß weiss weißt wissen wusste wussten gewusst finde"
    " find findest fand fanden gefunden lasse lass gelassen ließ stehe stand standen gestanden bleibe bleiben"
    " blieb blieben geblieben gebe gibst geben gab gaben gegeben nehme nimmt nehmen nahm genommen bringe"
    " bringt bringen brachte gebracht halte halten hielt hielten gehalten stelle stellt stellen stellte"
    " gestellt setzt setzen gesetzt lege legt legen gelegt glaube glaub glaubt glauben meine meint meinen"
    " meinte gemeint hoffe hoff hofft hoffen wünsche wünscht wünschen brauche brauch brauchst braucht brauchen"
    " brauchte bekomme bekommst bekommt bekommen bekam kriege krieg kriegst kriegt kriegen gekriegt schaue"
    " schau schaut schauen gucke guck guckt gucken höre hör hört hören gehört zeige zeigt zeigen gezeigt heiße"
    " heißt heißen fühle fühlt fühlen scheint scheinen schien tue tut tun tat getan fange fängt fangen beginnt"
    " versuche versucht versuchen passiert passieren passt passen läuft laufen lief gelaufen habe's möchte"
    " schreibe schreib schreibt schreiben schrieb geschrieben frage fragt fragen gefragt antworte ding dinge"
    " dingen sache sachen zeug typ typen leute leuten mensch menschen mann männer frau frauen kerl person"
    " personen weg wege art weise fall grund ende anfang sinn glück beispiel moment stück stelle seite"
    " hilfe helfen hilft geholfen ändert wäre's gewesen tun stimmt nutzt genutzt nutzen benutzt benutzen",
    Kind.ATTRIBUTE: "neue neuen neuer neues letzte letzten letzter nächste nächsten nächster ganze ganzen andere"
    " anderen erste ersten erster viele vielen große großen paar weitere weiteren meisten eigenen gleichen eigene"
    " zwei drei vier fünf"
    " neuem neuste neueste neuesten letztes letztem nächstes nächstem voriger vorige vorigen vieler anderer"
    " anderes anderem erstes zweite zweiten dritte dritten weiterer weiteres ganz einzige einzigen einziger"
    " einzig halbe halben halber halbes gesamte gesamten bestimmte bestimmten verschiedene verschiedenen große"
    " großer großes kleine kleinen kleiner kleines alte alten alter junge jungen junger eigener eigenes wenige"
    " wenigen mehreren sechs sieben acht neun zehn elf zwölf hundert tausend jüngste jüngsten heutige heutigen"
    " gestrigen öffentliche öffentlichen üblichen",
    Kind.ADJECTIVE: "neu gut gute guten guter schlecht schlechte schlechten groß lang toll super"
    " gutes gutem besser bessere besseren beste besten bester bestes schlechter schlechtes schlimm schlimme"
    " schlimmer schlimmste schön schöne schönen schöner schönes tolle tollen toller tolles geil nett nette"
    " netter netten blöd doof dumm krass lustig traurig froh glücklich wichtig wichtige schwer leichter voll"
    " klein alt jung hoch höher höhere niedrig furchtbar schrecklich ärgerlich peinlich unverschämt unfassbar"
    " unmöglich spät klasse spitze perfekt wunderbar fantastisch katastrophal lächerlich traumhaft mies miese"
    " miserabel möglich wahr falsch falsche falschen falscher falsches richtige richtigen richtiger richtiges schnell"
    " schneller schnelle schnellen langsam langsamer arm arme armen armer armes frei freie freien freier freies fest",
    Kind.TIME: "heute gestern morgen abend nacht uhr montag dienstag mittwoch donnerstag freitag samstag sonntag"
    " tag tage tagen woche wochen monat monate jahr jahre jahren stunde stunden minute minuten min zeit januar"
    " februar märz april mai juni juli august september oktober november dezember"
    " sekunde sekunden mittag mittags vormittag nachmittag abends morgens nachts tags wochenende feierabend"
    " sommer winter frühling herbst tagen uhrzeit vorgestern übermorgen heut stunden",
}

FOREIGN = (
    "the and of to for with from at by is are you your this that my we they it be have has just what when not"
)
"""Small English words in German texts: quoted, or part of a name. They tell nothing."""

OTHERS: dict[str, str] = {
    "fr": "le la les un une des du de d l à au aux en et ou mais que qui quoi dont où je tu il elle on nous vous ils"
    " elles me te se ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs est sont était"
    " ai as a avons avez ont été être avoir pas ne plus par pour avec sans sur sous dans chez très bien si",
    "es": "el la los las un una unos unas de del a al en y o pero que quien cual yo tú él ella nosotros ustedes ellos"
    " me te se nos le les lo mi mis tu tus su sus este esta estos estas es son era fue ser estar está están he ha"
    " han hay no sí por para con sin sobre muy más ya si como cuando porque",
    "it": "il lo la i gli le un uno una di del della dei delle a al alla in nel nella e o ma che chi io tu lui lei"
    " noi voi loro mi ti si ci vi mio mia tuo suo questo questa è sono era essere ho ha hanno non più per con senza"
    " su molto se come quando perché da dal dalla",
    "nl": "de het een van in op aan met voor door uit bij naar om te en of maar dat die dit deze ik jij je hij zij ze"
    " wij we jullie mij me hem haar ons mijn jouw uw zijn is was waren ben bent heb hebt heeft hebben had niet geen"
    " ook nog al wel er als wat wie hoe waarom wanneer zo dan te",
    "pt": "o a os as um uma uns umas de do da dos das em no na nos nas e ou mas que quem eu tu ele ela nós vocês eles"
    " me te se meu minha seu sua este esta isso é são era ser estar está tem ter não mais por para com sem sobre"
    " muito já se como quando porque ao à",
}
"""Languages of which only the function words are known: enough to keep a title from starting or ending on one."""


@cache
def kinds(language: str) -> Mapping[str, Kind]:
    """Word to class for one language. An unknown language gets the words of all the smaller ones."""
    if language in ("en", "de"):
        lists = ENGLISH if language == "en" else GERMAN
        known = {word: kind for kind, words in lists.items() for word in words.split()}
        return known if language == "en" else dict.fromkeys(FOREIGN.split(), Kind.NOISE) | known
    words = OTHERS.get(language) or " ".join(OTHERS.values())
    return dict.fromkeys(words.split(), Kind.PREPOSITION)
