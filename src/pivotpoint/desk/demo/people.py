"""The story's people: customers by name, and who works at Larkfield."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

FIRST = (
    "Ada Anouk Arjun Astrid Bela Bram Carla Chidi Clara Daan Dilan Edda Efe Elio Emre Enya Farid Fenna Finn Freya Gita "
    "Greta Hamid Hanna Hugo Ida Imke Ines Ivo Jana Jonas Juno Kaito Karla Kofi Lale Lars Lena Levi Lina Lior Luca Mads "
    "Maia Malik Mara Marek Mila Mina Nadia Niels Nika Noor Olga Omar Otto Pavel Petra Rafi Rosa Runa Sami Sanna Sean "
    "Selma Sina Sofie Stellan Tariq Tessa Theo Tilda Una Vera Viktor Wanda Wim Yara Yusuf Zoe"
).split()
LAST = (
    "Abbott Achter Adeyemi Albrecht Amsel Baird Banerjee Bergman Blom Brandt Castell Corrigan Dahl Dekker Demir Duarte "
    "Eklund Falk Ferrer Finch Fuchs Gallo Garner Haas Hallam Hartwig Hume Ibarra Jansen Jessen Kaya Keller Kimura Koch "
    "Lang Larsen Leclerc Lindqvist Lorenz Maier Marsh Meyer Moreau Nagy Novak Okafor Olsen Ostrow Park Pereira Quist "
    "Raman Reuter Rios Roth Sandhu Sato Schuster Silva Sommer Stark Tanaka Thorn Ueda Vance Vogel Weiss Winter Yilmaz Zeller"
).split()
ALIKE = 0.12
"""Share of people with the same handle on social as before the @ of their address: the product suggests a merge."""
HABITS = {"careful": 52, "lower": 17, "slips": 14, "brief": 13, "loud": 4}
"""How people write, and how many of a hundred do."""
TRADES = ("deals", "promo", "jobs_now", "citynews", "growth", "bestprice", "weather", "moonshot")
SEGMENTS = ("Subscriber", "Subscriber", "Subscriber", "Shop customer", "Shop customer", "Office", "Trade")


@dataclass(frozen=True)
class Person:
    """A customer of the story. Some are called the same on social as in their e-mail address; most are not."""

    name: str
    handle: str
    email: str
    social: str
    pen_name: str
    segment: str
    language: str
    habit: str
    may_tell: bool

    @property
    def first(self) -> str:
        return self.name.split(" ")[0]


@dataclass(frozen=True)
class Colleague:
    """Somebody at Larkfield."""

    key: str
    name: str
    role: str
    function: str = ""


STAFF = (
    Colleague("ada", "Ada Lindqvist", "administrator"),
    Colleague("maren", "Maren Oduya", "lead"),
    Colleague("samir", "Samir Teal", "agent", "service"),
    Colleague("una", "Una Castell", "agent", "service"),
    Colleague("ines", "Ines Halloran", "owner", "finance"),
    Colleague("joris", "Joris Tamm", "owner", "supply"),
    Colleague("tove", "Tove Quill", "owner", "product"),
    Colleague("milo", "Milo Renard", "owner", "marketing"),
    Colleague("greta", "Greta Sandhu", "owner", "sales"),
    Colleague("henk", "Henk Barlow", "owner", "service"),
    Colleague("rolf", "Rolf Berg", "expert", "supply"),
    Colleague("bo", "Bo Aramis", "expert", "supply"),
    Colleague("pia", "Pia Lund", "partner", "supply"),
    Colleague("victor", "Victor Hale", "viewer"),
)
PASSWORD = "larkfield-demo"  # noqa: S105 the demo's published password


def crowd(count: int, random: Random) -> list[Person]:
    """`count` customers with different names and handles."""
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    random.shuffle(names)
    return [_person(names[i % len(names)], i // len(names), random) for i in range(count)]


def _person(name: str, again: int, random: Random) -> Person:
    first, last = name.split(" ")
    number = str(again + 1) if again else ""
    handle = f"{first}.{last}{number}".lower()
    alike = random.random() < ALIKE
    return Person(
        name=name,
        handle=handle,
        email=f"{handle}@post.example",
        social=handle if alike else f"{first[:3]}{last[:4]}_{random.randrange(10_000):04}".lower(),
        pen_name=f"{first}{last[0]}{random.randrange(10_000)}",
        segment=random.choice(SEGMENTS),
        language="de" if random.random() < 0.12 else "en",
        habit=random.choices(list(HABITS), list(HABITS.values()))[0],
        may_tell=random.random() < 0.82,
    )


def stranger(random: Random) -> Person:
    """Somebody who only advertises, or talks about something else."""
    handle = f"{random.choice(TRADES)}{random.randrange(1_000)}"
    return Person(
        handle, handle, f"{handle}@bulk.example", handle, handle, "", "en", "careful", may_tell=False
    )
