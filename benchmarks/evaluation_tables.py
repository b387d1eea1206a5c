"""One table for each analyser: what is measured on which set, beside what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.evaluation_meter import Meter
from benchmarks.evaluation_sets import Sets

THEMES = ("v_measure", "ari", "themes", "unthemed_share", "messages_per_processor_second")
LARGEST_ANCHOR, LARGEST_COPIED = 4_000, 10_000
"""Others are slow: they are asked about no more rows; of altered copies, where speed is the question, about these."""


@dataclass
class Table:
    title: str
    header: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"### {self.title}", "", _line(self.header), _line(["---"] * len(self.header))]
        return "\n".join([*lines, *(_line(row) for row in self.rows)])


def _line(cells: Sequence[object]) -> str:
    return f"| {' | '.join('–' if cell is None else str(cell) for cell in cells)} |"


def _some(figures: dict[str, Any], names: Sequence[str]) -> list[object]:
    return [figures.get(name) for name in names]


def themed(meter: Meter, sets: Sets) -> Table:
    header = ["set", "messages / labels", "engine", "V", "ARI", "themes", "without", "a processor second"]
    table = Table("Themes beside people's labels", header)
    files = {
        "BANKING77, 3,000 of train": (sets.some("banking77_train", lambda _: True, 3000, "b77"), "category"),
        "BANKING77 train": (sets.file("banking77_train"), "category"),
        "CLINC150 with out of scope": (sets.file("clinc150_dev"), "intent"),
        "NLU++ (each set of intents a label)": (sets.file("nlupp"), "intents"),
        "airline complaints by reason": (
            sets.some("airline_tweets_dev", lambda row: bool(row["reason"]), 4000, "reasons"),
            "reason",
        ),
    }
    for name, (path, label) in files.items():
        found = meter.ours(f"themes {name}", "themes", path, "--label", label)
        size = f"{found['messages']:,} / {found['labels']}"
        table.rows.append([name, size, "ours", *_some(found, THEMES)])
        others = {}
        if found["messages"] <= LARGEST_ANCHOR:
            others["k-means, true number"] = meter.anchor(f"k-means {name}", "kmeans", path, "--label", label)
        if meter.model and found["messages"] <= LARGEST_ANCHOR:
            options = (path, "--label", label, "--model", meter.model)
            others["BERTopic, MiniLM"] = meter.anchor(f"BERTopic {name}", "bertopic", *options)
            others["BERTopic, TF-IDF"] = meter.anchor(f"BERTopic TF-IDF {name}", "bertopic-tfidf", *options)
        table.rows += [["", "", other, *_some(figures, THEMES)] for other, figures in others.items()]
    return table


def titled(meter: Meter, sets: Sets) -> Table:
    """What titles are like, and how much has none that says something, of every set."""
    names = ("coverage", "distinct_share", "fragment_share", "listed_share", "alone_share", "mixed_share")
    header = ["set", "messages", "coverage", "distinct", "fragments", "listed", "alone", "mixed"]
    table = Table("Titles of themes", header)
    files: dict[str, tuple[str, tuple[str, ...]]] = {
        "airline tweets": ("airline_tweets_dev", ()),
        "support threads, customers": ("support_threads", ("inbound=true",)),
        "app reviews": ("app_reviews", ()),
        "care conversations, customers": ("care_conversations", ("role=client",)),
        "BANKING77 train": ("banking77_train", ()),
        "CLINC150 with out of scope": ("clinc150_dev", ()),
        "NLU++, a bank's customers": ("nlupp", ("domain=banking",)),
        "NLU++, a hotel's guests": ("nlupp", ("domain=hotels",)),
        "complaints of nine trades": ("complaints_dev", ()),
        "railway, German": ("railway_de_dev", ()),
        "reviews of restaurants": ("aspects_dev", ("domain=restaurants",)),
        "reviews of laptops": ("aspects_dev", ("domain=laptops",)),
    }
    for name, (file, where) in files.items():
        options = [option for condition in where for option in ("--where", condition)]
        found = meter.ours(f"titles {name}", "titles", sets.file(file), *options)
        table.rows.append([name, f"{found['messages']:,}", *_some(found, names)])
    return table


def felt(meter: Meter, sets: Sets) -> Table:
    """The mood of each thing that people named."""
    names = ("macro_f1", "accuracy", "accuracy_felt_differently", "whole_text_macro_f1")
    header = [
        "set",
        "things",
        "macro-F1",
        "accuracy",
        "side right where two differ",
        "macro-F1 by the whole text",
    ]
    table = Table("Moods of things", header)
    for name in ("restaurants", "laptops"):
        where = ("--where", f"domain={name}", "--label", "aspect_terms")
        found = meter.ours(f"aspects {name}", "aspects", sets.file("aspects_dev"), *where)
        table.rows.append([f"reviews of {name}", f"{found['things']:,}", *_some(found, names)])
    return table


def stable(meter: Meter, sets: Sets) -> Table:
    header = ["set", "growth", "kept per step", "opening messages still in their theme"]
    table = Table("Stability while messages come in", header)
    files = {
        "BANKING77, 3,000 of train": (sets.some("banking77_train", lambda _: True, 3000, "b77"), ()),
        "support threads": (sets.file("support_threads"), ("--where", "inbound=true")),
    }
    for name, (path, where) in files.items():
        for growth, options in {
            "10 % to all in nine steps": (),
            "doubling from a half, one step": ("--start", 0.5, "--steps", 1),
            "by 2 %, five steps": ("--start", 0.9, "--steps", 5),
        }.items():
            found = meter.ours(f"stability {name} {growth}", "stability", path, *where, *options)
            table.rows.append([name, growth, found["kept_per_step"], found["kept_first_tenth"]])
    return table


def taught(meter: Meter, sets: Sets) -> Table:
    names = ("accuracy", "macro_f1", "auroc_none", "calibration_error", "messages_per_processor_second")
    header = [
        "set",
        "taught with",
        "engine",
        "accuracy",
        "macro-F1",
        "none: AUROC",
        "calibration error",
        "a processor second",
    ]
    table = Table("Classes taught by examples", header)
    train, test = sets.halves("banking77_train", 0.2)
    options = ("classify", "--train", train, "--test", test, "--label", "category")
    anchor = meter.anchor("tf-idf BANKING77", "tfidf", train, test, "--label", "category")
    for how, more in {"four fifths": (), "10 a class": ("--shots", 10), "5 a class": ("--shots", 5)}.items():
        found = meter.ours(f"classify BANKING77 {how}", *options, *more)
        table.rows.append(["BANKING77, a fifth of train asked", how, "ours", *_some(found, names)])
    table.rows.append(["", "four fifths", "tf-idf, logistic regression", *_some(anchor, names)])
    train, test = sets.by("clinc150_dev", lambda row: row["split"] != "train", "clinc")
    options = ("classify", "--train", train, "--test", test, "--label", "intent", "--none", "oos")
    found = meter.ours("classify CLINC150", *options)
    table.rows.append(["CLINC150, validation and out of scope asked", "train", "ours", *_some(found, names)])
    return table


def judged(meter: Meter, sets: Sets) -> Table:
    header = ["judgement", "set", "engine", "taught with", "macro-F1", "accuracy"]
    table = Table("Judgements of the reader", header)

    def add(kind: str, name: str, path: Path, train: Path | None = None, *more: object) -> None:
        how = "–" if train is None else f"{more[1]} rows" if more else "the rest"
        options = () if train is None else ("--train", train, *more)
        found = meter.ours(f"{kind} {name} {how}", kind, path, *options)
        table.rows.append([kind, name, "ours", how, *_some(found, ("macro_f1", "accuracy"))])

    def beside(kind: str, name: str, anchor: str, *files: Path) -> None:
        found = meter.anchor(f"{anchor} {kind} {name}", anchor, *files, "--label", kind)
        how = "–" if anchor == "vader" else "the rest"
        engine = {"vader": "VADER", "tfidf": "tf-idf, logistic regression"}[anchor]
        table.rows.append([kind, name, engine, how, *_some(found, ("macro_f1", "accuracy"))])

    brands = sorted({row["brand"] for row in sets.rows("airline_tweets_dev")})
    for brand in brands:
        train, test = sets.by("airline_tweets_dev", lambda row, own=brand: row["brand"] == own, brand)  # type: ignore[misc]
        add("sentiment", f"airline, {brand}", test)
        beside("sentiment", f"airline, {brand}", "vader", test)
        add("sentiment", f"airline, {brand}", test, train, "--corrections", 300)
        add("sentiment", f"airline, {brand}", test, train)
        beside("sentiment", f"airline, {brand}", "tfidf", train, test)
    add("sentiment", "app reviews by stars", sets.stars())
    beside("sentiment", "app reviews by stars", "vader", sets.work / "app_reviews-moods.csv")
    add("sentiment", "railway, German", sets.file("railway_de_dev"))
    for kind, name, file in (
        ("complaint", "nine trades, a fifth asked", "complaints_dev"),
        ("relevance", "railway, German, a fifth asked", "railway_de_dev"),
    ):
        train, test = sets.halves(file, 0.2)
        add(kind, name, test)
        add(kind, name, test, train)
        beside(kind, name, "tfidf", train, test)
        found = meter.ours(f"{kind} {name} –", kind, test)
        table.rows.append([kind, name, "always the commoner", "–", found["majority_macro_f1"], None])
    return table


def risen(meter: Meter, sets: Sets) -> Table:
    names = ("found", "of", "mean_delay_days", "false_alarm_days_per_week", "issues_paged", "praise_paged")
    header = [
        "set",
        "found",
        "of",
        "mean delay, days",
        "false alarm days a week",
        "issues paged",
        "praise paged",
    ]
    table = Table("Known events, end to end", header)
    events = ("--events", sets.file("known_events_dev"))
    for name, time, more in (
        ("airline_tweets_dev", "created_at", ("--author", "author")),
        ("app_reviews", "date", ()),
    ):
        found = meter.ours(f"emerging {name}", "emerging", sets.file(name), "--time", time, *more, *events)
        table.rows.append([name, *_some(found, names)])
    return table


def planted(meter: Meter, sets: Sets) -> Table:
    names = ("found", "of", "found_of_3_a_day", "found_of_5_a_day", "found_of_10_a_day")
    more = ("mean_delay_days", "false_alarm_days_per_week")
    header = ["set", "people a day", "seed", "found", "of", "of 3 a day", "of 5", "of 10", "mean delay, days"]
    table = Table("Events planted into real messages", [*header, "false alarm days a week"])
    for name, label in (("banking77_train", "category"), ("clinc150_dev", "intent")):
        for a_day in (15, 40):
            for seed in (0, 1):
                options = ("--label", label, "--a-day", a_day, "--seed", seed)
                found = meter.ours(f"planted {name} {a_day} {seed}", "planted", sets.file(name), *options)
                table.rows.append([name, a_day, seed, *_some(found, names + more)])
    return table


def timed(meter: Meter, sets: Sets) -> Table:
    names = ("messages", "messages_per_second", "messages_per_processor_second", "peak_mb")
    columns = ["what", "messages", "a second", "a processor second", "peak MB", "times VADER's speed"]
    table = Table("Speed", columns)
    for name in ("support_threads", "airline_tweets_dev"):
        found = meter.ours(f"reading {name}", "reading", sets.file(name))
        what = f"everything read and gathered by {found['processes']} processes, {name}"
        table.rows.append([what, *_some(found, names), found["times_vader"]])
    return table


def grown(meter: Meter, sets: Sets) -> Table:
    """Themes of altered copies, and with `--model` what BERTopic makes of the same rows."""
    header = [
        "messages",
        "engine",
        "V",
        "ARI",
        "themes",
        "without",
        "a processor second",
        "ours is so many times as fast",
    ]
    table = Table("Themes of altered copies of BANKING77", header)
    speed = THEMES[-1]
    others = {"BERTopic, MiniLM": "bertopic", "BERTopic, TF-IDF": "bertopic-tfidf"} if meter.model else {}
    for size in (10_000, 100_000):
        rows = (sets.file("banking77_train"), "--label", "category", "--copies", size)
        found = meter.ours(f"copies {size}", "themes", *rows)
        table.rows.append([f"{size:,}", "ours", *_some(found, THEMES), None])
        for engine, anchor in others.items() if size <= LARGEST_COPIED else ():
            other = meter.anchor(f"{engine} copies {size}", anchor, *rows, "--model", meter.model)
            times = round(found[speed] / other[speed])
            table.rows.append(["", engine, *_some(other, THEMES), times])
            if anchor == "bertopic":
                beside = other["messages_per_processor_second_beside_vectors"]
                table.rows.append(
                    [
                        "",
                        "the same, its vectors for nothing",
                        *[None] * 4,
                        beside,
                        round(found[speed] / beside),
                    ]
                )
    return table
