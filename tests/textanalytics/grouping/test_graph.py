"""The graph's features: words are counted by numbers, and the figures are scikit-learn's."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfTransformer
from sklearn.utils.extmath import randomized_range_finder, randomized_svd

from tests.textanalytics.speech import speak
from textanalytics.grouping import graph
from textanalytics.grouping.graph import PASSES, latent_words, principal, weighed, word_parts, words_and_pairs

TEXTS = [
    "My parcel never arrived, my parcel is lost",
    "the parcel never arrived",
    "parcel lost in the post office",
    "post office closed; größe 44 zu klein",
    "größe zu klein",
    "a",
    "",
]


def test_words_and_pairs_are_counted_as_scikit_learn_counts_them() -> None:
    wanted = CountVectorizer(stop_words="english", ngram_range=(1, 2), min_df=2).fit_transform(TEXTS)
    found = words_and_pairs(TEXTS)
    assert found.shape == wanted.shape
    assert wanted.shape[1] > 5
    np.testing.assert_array_equal(found.toarray(), wanted.toarray())


def test_texts_without_words_in_common_have_no_latent_words() -> None:
    assert latent_words(["parcel lost", "kettle leaks", "the and of"], seed=0) is None
    assert latent_words(["", "a"], seed=0) is None


def test_what_is_counted_is_weighed_as_scikit_learn_weighs_it() -> None:
    counted = words_and_pairs([*TEXTS, "parcel parcel parcel lost"])
    wanted = TfidfTransformer(sublinear_tf=True).fit_transform(counted)
    np.testing.assert_allclose(weighed(counted).toarray(), wanted.toarray(), rtol=1e-6)
    assert counted.data.max() == 3, "what is said often counts by its logarithm"
    assert weighed(words_and_pairs(["a", "b"])) is None


def test_the_main_directions_are_those_of_a_singular_value_decomposition() -> None:
    table = weighed(word_parts(speak(400, seed=0)[0]))
    left, strength, _ = randomized_svd(
        table, 20, n_iter=PASSES, random_state=0, power_iteration_normalizer="none"
    )
    wanted, found = left * strength, principal(table, 20, seed=0)
    np.testing.assert_allclose(found @ found.T, wanted @ wanted.T, atol=1e-4)
    assert found.shape == (400, 20)
    assert np.array_equal(found, principal(table, 20, seed=0)), "a run repeats to the byte"


def test_the_random_directions_are_scikit_learns_to_the_byte() -> None:
    table = weighed(word_parts(speak(400, seed=0)[0])).T.tocsr()
    wanted = randomized_range_finder(
        table, size=30, n_iter=PASSES, power_iteration_normalizer="none", random_state=7
    )
    assert graph._range(table, 30, seed=7).tobytes() == wanted.tobytes()


def test_little_words_are_scikit_learns_and_it_is_not_loaded_for_them() -> None:
    script = (
        "import sys; from textanalytics.grouping.graph import latent_words;"
        "latent_words(['my parcel is lost', 'the parcel was lost', 'parcel lost here'] * 9, seed=0);"
        "print('sklearn' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
    assert graph._little() == ENGLISH_STOP_WORDS
