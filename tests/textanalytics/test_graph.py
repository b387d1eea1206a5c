"""The graph's features: words are counted by numbers, and the figures are scikit-learn's."""

from __future__ import annotations

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from textanalytics.graph import latent_words, words_and_pairs

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
