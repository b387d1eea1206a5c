"""What others reach on the same rows: one anchor a run, as JSON. Each is used as its own documentation shows it.

python -m benchmarks.anchors kmeans|tfidf|vader|bertopic|bertopic-tfidf FILE [TEST] --text COL --label COL [--copies N]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from textanalytics.evaluate.copies import altered
from textanalytics.evaluate.scores import accuracy, macro_f1
from textanalytics.evaluate.tables import read_table
from textanalytics.text import clean

Figures = dict[str, float]
SEED = 0


def agreement(labels: Sequence[str], found: Sequence[int], seconds: float) -> Figures:
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    known = np.asarray(found)
    return {
        "v_measure": round(float(v_measure_score(labels, known)), 4),
        "ari": round(float(adjusted_rand_score(labels, known)), 4),
        "themes": len(set(known[known >= 0].tolist())),
        "unthemed_share": round(float(np.mean(known < 0)), 4),
        "messages_per_processor_second": round(len(labels) / seconds),
    }


def kmeans(texts: list[str], labels: list[str]) -> Figures:
    """TF-IDF, 100 latent dimensions, k-means that is told the true number of labels."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    began = time.process_time()
    table = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(map(clean, texts))
    rows = normalize(TruncatedSVD(100, random_state=SEED).fit_transform(table))
    found = KMeans(len(set(labels)), n_init=3, random_state=SEED).fit_predict(rows)
    return agreement(labels, found.tolist(), time.process_time() - began)


def bertopic(texts: list[str], labels: list[str], *, model: Path | None) -> Figures:
    """BERTopic as it comes: over all-MiniLM-L6-v2 (the folder `model`), or over its TF-IDF set-up without."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline

    cleaned = [clean(text) or "-" for text in texts]
    began = time.process_time()
    if model is None:
        embedder = make_pipeline(TfidfVectorizer(), TruncatedSVD(100, random_state=SEED))
        vectors = embedder.fit_transform(cleaned)
    else:
        from textanalytics.encoders.transformer import TransformerEncoder

        vectors = TransformerEncoder(model, longest=64).encode(cleaned)
    embedded = time.process_time() - began
    from umap import UMAP

    reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
    found, _ = BERTopic(embedding_model=BaseEmbedder(), umap_model=reduced).fit_transform(cleaned, vectors)
    seconds = time.process_time() - began
    beside_vectors = round(len(texts) / (seconds - embedded))
    figures = agreement(labels, [int(topic) for topic in found], seconds)
    return figures | {"messages_per_processor_second_beside_vectors": beside_vectors}


def tfidf(train: tuple[list[str], list[str]], test: tuple[list[str], list[str]]) -> Figures:
    """TF-IDF of words and pairs, one logistic regression a class."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        OneVsRestClassifier(LogisticRegression(C=10, solver="liblinear")),
    )
    said = model.fit(*train).predict(test[0]).tolist()
    return {"accuracy": round(accuracy(test[1], said), 4), "macro_f1": round(macro_f1(test[1], said), 4)}


def vader(texts: list[str], labels: list[str]) -> Figures:
    """The compound score with the thresholds of its authors."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    scores = [analyser.polarity_scores(text)["compound"] for text in texts]
    said = ["positive" if s >= 0.05 else "negative" if s <= -0.05 else "neutral" for s in scores]
    return {"accuracy": round(accuracy(labels, said), 4), "macro_f1": round(macro_f1(labels, said), 4)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("anchor", choices=["kmeans", "tfidf", "vader", "bertopic", "bertopic-tfidf"])
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--text", default="text")
    parser.add_argument("--label", required=True)
    parser.add_argument("--copies", type=int, metavar="N", help="so many altered copies of the rows instead")
    parser.add_argument("--model", type=Path, help="folder of all-MiniLM-L6-v2")
    args = parser.parse_args()
    kept = [read_table(path).filled(args.text, args.label) for path in args.files]
    tables = [(table.column(args.text), table.column(args.label)) for table in kept]
    if args.copies:
        tables = [altered(*table, args.copies, SEED) for table in tables]
    if args.anchor == "tfidf":
        figures = tfidf(*tables)
    elif args.anchor == "vader":
        figures = vader(*tables[0])
    elif args.anchor == "kmeans":
        figures = kmeans(*tables[0])
    else:
        figures = bertopic(*tables[0], model=args.model if args.anchor == "bertopic" else None)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
