"""A few sentences say whom a message is about; in doubt it stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from textanalytics.reading.examples import Example, Examples
from textanalytics.reading.heldout import held_out
from textanalytics.reading.reading import Context, Correction, Reader
from textanalytics.words.page import open_page

OURS = (
    "my parcel from you is late",
    "the espresso machine leaks",
    "your shop in Hamburg was closed",
    "the coffee beans taste stale",
    "I cannot log in to my coffee subscription",
)
RIVAL = (
    "my Beanwright machine is great",
    "Beanwright opened a new store downtown",
    "ordered from Morrow and it came quickly",
    "Morrow Espresso charges too much",
    "switched to Beanwright beans last month",
)
NOISE = (
    "what a goal in the final",
    "the match tonight was boring",
    "traffic on the motorway again",
    "I love this song",
    "the weather is awful today",
)
TOLD = [Example(text, kind) for texts, kind in ((OURS, "us"), (NOISE, "noise")) for text in texts]
MATCH = "the second half of the match was great"


@pytest.fixture(scope="module")
def taught() -> Reader:
    return Reader(examples=TOLD)


def test_a_text_like_the_noise_is_noise_and_shows_why(taught: Reader) -> None:
    assert Reader().read([MATCH]).about_us[0], "untaught it would be about us"
    read = taught.read([MATCH])
    assert (bool(read.about_us[0]), read.reason[0], bool(read.actionable[0])) == (False, "elsewhere", False)
    assert 0.5 < read.confidence["about_us"][0] < 1
    assert "match" in " ".join(MATCH[start:end] for start, end in read.evidence[0]["about_us"])


def test_what_is_like_ours_or_like_nothing_stays_about_us(taught: Reader) -> None:
    read = taught.read(["the grinder of my machine broke", "my coffee was not delivered", "refund?", "🤬🤬"])
    assert read.about_us.all()


def test_a_feeling_does_not_say_whom_it_is_about(taught: Reader) -> None:
    assert taught.read(["the delivery was awful", "awful coffee today", "I love it"]).about_us.all()


def test_each_sentence_and_its_copy_reads_as_it_was_told() -> None:
    reader = Reader(examples=[*TOLD, *(Example(text, "rival") for text in RIVAL)])
    read = reader.read([RIVAL[0].upper() + "!!", OURS[0], NOISE[0]])
    assert read.reason == ["rival", "", "elsewhere"]
    assert read.about_us.tolist() == [False, True, False]


def test_one_sentence_teaches_its_copies_and_nothing_else() -> None:
    reader = Reader(examples=[Example(NOISE[1], "trade")])
    read = reader.read([NOISE[1], MATCH])
    assert read.reason == ["trade", ""]


def test_a_message_that_names_us_is_never_taken_away() -> None:
    reader = Reader(Context(names=("Larkfield",)), examples=TOLD)
    assert not reader.read([MATCH]).about_us[0]
    assert reader.read([f"Larkfield: {MATCH}"]).about_us[0]


def test_a_correction_goes_before_the_sentences(taught: Reader) -> None:
    assert taught.learn([Correction(MATCH, "about_us", True)]).read([MATCH]).about_us[0]


def test_the_untaught_reader_errs_and_sentences_of_ours_bring_it_back() -> None:
    """News about our trade's strikes is what our customers write about."""
    post = "Train cancelled after a strike, officials said https://example.org"
    assert Reader().read([post]).reason == ["news"]
    ours = (
        "train cancelled because of the strike",
        "strike again, all trains are cancelled",
        "the train was cancelled, officials said it was the strike",
        "no trains after the strike",
    )
    reader = Reader(examples=[*(Example(t, "us") for t in ours), *(Example(t, "noise") for t in NOISE)])
    assert reader.read([post]).about_us[0]


def test_sentences_that_do_not_differ_decide_nothing() -> None:
    mixed = [*OURS, *NOISE]
    same = [Example(text, "us") for text in mixed[::2]] + [Example(text, "noise") for text in mixed[1::2]]
    examples = Examples(same)
    texts = ["where is my parcel", "a goal"]
    assert not examples.tell_apart
    assert Reader(examples=same).read(texts).about_us.tolist() == Reader().read(texts).about_us.tolist()


def test_a_kind_that_is_like_ours_does_not_silence_another() -> None:
    like_ours = [Example(f"{text} again", "trade") for text in OURS]
    examples = Examples([*TOLD, *like_ours])
    assert examples.kinds == ("us", "noise")
    assert Reader(examples=[*TOLD, *like_ours]).read([MATCH]).reason == ["elsewhere"]


def test_the_sentence_that_a_text_is_most_like() -> None:
    examples = Examples(TOLD)
    likest = examples.like("a boring match")
    assert likest.example == Example("the match tonight was boring", "noise")
    assert 0.6 < likest.near <= 1
    assert examples.like("🤬").example is None


def test_a_batch_changes_nothing_nor_does_saving(taught: Reader, tmp_path: Path) -> None:
    texts = [MATCH, *RIVAL, "my parcel", "", "the song in your shop"] * 3
    together = taught.read(texts)
    alone = [taught.read([text]) for text in texts]
    taught.save(tmp_path / "reader.npz")
    kept = Reader.load(tmp_path / "reader.npz")
    assert [one.row(0) for one in alone] == [together.row(i) for i in range(len(texts))]
    assert kept.version == taught.version != Reader().version
    assert [kept.read(texts).row(i) for i in range(len(texts))] == [
        together.row(i) for i in range(len(texts))
    ]


def test_what_is_asked_was_not_told() -> None:
    """Each sentence is asked of a reader that knows the others."""
    asked = [one.correction() for one in TOLD]
    known = [answer.right for answer in held_out(Reader(), [], asked)]
    told = [answer.right for answer in held_out(Reader(), [], asked, examples=TOLD)]
    assert known == [True] * 5 + [False] * 5
    assert sum(told) >= sum(known)
    assert told != [True] * 10


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="about us, rival, trade, noise, not 'them'"):
        Examples([Example("hello", "them")])


def test_what_is_far_from_ours_but_not_enough_stays(taught: Reader) -> None:
    """Between the bounds nothing is decided: what customers say may not be lost."""
    bounds = taught.examples.bounds
    assert bounds is not None and bounds.others <= bounds.middle <= bounds.ours
    texts = ["your beans and the song"]
    lead = taught.examples.lead(taught.examples.near(open_page(texts, taught.vocabulary)))
    assert bounds.others < lead.value[0] < bounds.ours
    assert taught.read(texts).about_us[0]
