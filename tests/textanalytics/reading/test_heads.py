from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest

from textanalytics import lexicons
from textanalytics.base import FUNCTIONS, INTENTS, MOODS, REASONS, SPOKEN
from textanalytics.reading.features import Hashes, scale, text_buckets, text_meanings
from textanalytics.reading.heads import Heads, Scorer
from textanalytics.reading.reading import shipped
from textanalytics.reading.training import source_digest
from textanalytics.sentiment import Valence
from textanalytics.words.page import Vocabulary, open_page


def test_the_shipped_model_was_fitted_to_the_shipped_sentences() -> None:
    with np.load(str(files("textanalytics.lexicons").joinpath("model.npz"))) as stored:
        assert stored["digest"].tobytes().decode() == source_digest(), "run bin/make-reader"
        assert json.loads(stored["header"].tobytes())["classes"]["intent"] == list(SPOKEN)


def test_every_sentence_names_known_classes() -> None:
    for sentence in lexicons.sentences():
        assert sentence.mood in MOODS and sentence.intent in INTENTS
        assert sentence.function in ("", *FUNCTIONS)
        assert sentence.reason in ("", *REASONS)


def test_scores_by_word_equal_scores_by_text() -> None:
    """What is summed from single words, for evidence, is the model that was trained on whole texts."""
    texts = ["the app crashes and I want a refund!", "Der Zug fällt aus 😡", "", "hello hello hello", "x"]
    heads, page = shipped(), open_page(texts, Vocabulary())
    spoken = ["en", "de", "und", "en", "und"]
    valence, _ = Valence().read(page, spoken)
    words, meanings, cues = text_buckets(page, Hashes()), text_meanings(page), Hashes().cues(page, valence)
    logits = Scorer(heads).read(page, valence, spoken).logits
    for i, place in enumerate(heads.places(spoken)):
        whole = words[i] @ heads.buckets[place] + meanings[[i]] @ heads.meanings[place]
        whole = whole + cues[[i]] @ heads.cues[place] + heads.bias[place]
        np.testing.assert_allclose(logits[[i]], whole, atol=1e-4)


def test_each_language_has_weights_of_its_own() -> None:
    """Words that one language shares with another by chance ("once" is eleven in Spanish) mean what they mean in it."""
    heads, page = shipped(), open_page(["once no more", "once no more"], Vocabulary())
    logits = Scorer(heads).read(page, np.zeros(len(page.word), np.float32), ["en", "es"]).logits
    assert heads.languages == (*lexicons.LANGUAGES, "")
    assert np.abs(logits[0] - logits[1]).max() > 0.1
    assert heads.places(["de", "und", "fr", "en"]).tolist() == [1, 0, 3, 0]


def test_languages_side_by_side_and_a_vocabulary_that_starts_afresh_change_no_score() -> None:
    texts = [
        "no more delays, please",
        "no más retrasos, por favor",
        "keine Verspätung mehr",
        "plus de retard",
    ] * 2
    spoken = ["en", "es", "de", "fr"] * 2
    small, scorer = Vocabulary(limit=6), Scorer(shipped())
    begun = small.generation
    for first in range(0, len(texts), 2):
        part, languages = texts[first : first + 2], spoken[first : first + 2]
        page = open_page(part, small)
        logits = scorer.read(page, np.zeros(len(page.word), np.float32), languages).logits
        for i, text in enumerate(part):
            alone = open_page([text], Vocabulary())
            own = Scorer(shipped()).read(alone, np.zeros(len(alone.word), np.float32), [languages[i]])
            np.testing.assert_array_equal(logits[[i]], own.logits)
    assert small.generation > begun


def test_scale_thins_long_texts() -> None:
    page = open_page(["word " * 10, "word " * 1000], Vocabulary())
    assert scale(page)[0] * 10 > scale(page)[1] * 1000 / 4


def test_weights_of_another_version_are_refused() -> None:
    heads = shipped()
    arrays = heads.arrays()
    arrays["cues"] = arrays["cues"][:, :-1]
    with pytest.raises(ValueError, match="do not fit"):
        Heads.from_arrays(heads.classes, heads.languages, arrays)
