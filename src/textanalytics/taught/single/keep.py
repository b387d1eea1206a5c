"""A taught classifier as one npz file: arrays, and JSON for the rest; never pickle."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

import numpy as np

from textanalytics.base import Encoder
from textanalytics.reading.reading import Reader
from textanalytics.taught.single.centres import Centres
from textanalytics.taught.single.certainty import Certainty
from textanalytics.taught.single.classifier import Model, Taught
from textanalytics.taught.single.likeness import Likeness
from textanalytics.taught.single.margins import Weights
from textanalytics.taught.single.views import Scaling
from textanalytics.words import archive

SCHEMA = 4


def save(taught: Taught, path: str | Path) -> None:
    weights, centres, like = taught.model.weights, taught.model.centres, taught.model.likeness
    header = {
        "schema": SCHEMA,
        "encoder": taught.encoder.name,
        "reader": taught.reader.version,
        "classes": taught.classes,
        "factors": taught.certainty.factors,
        "doubt": taught.certainty.doubt,
    }
    arrays = {
        "table": weights.table.astype(np.float16),
        "bias": weights.bias,
        **asdict(weights.scaling),
        "slopes": centres.slopes,
        "offsets": centres.bias,
        "exemplars": like.exemplars.astype(np.float16),
        "hunches": like.hunches.astype(np.float16),
        "likeness": like.weights,
        "likeness_table": like.table.astype(np.float16),
    }
    archive.write(path, header, arrays)


def load(path: str | Path, encoder: Encoder, reader: Reader) -> Taught:
    """ValueError with one sentence when it was taught beside another encoder or reader: teach it again then."""
    with archive.opened(path, "These classes were", SCHEMA) as (header, kept):
        for part, now in (("encoder", encoder.name), ("reader", reader.version)):
            if header[part] != now:
                raise ValueError(f"These classes were taught beside the {part} {header[part]}, not {now}.")
        scaling = Scaling(*(kept[field.name] for field in fields(Scaling)))
        weights = Weights(kept["table"].astype(np.float32), kept["bias"], scaling)
        centres = Centres(kept["slopes"], kept["offsets"])
        like = Likeness(
            kept["exemplars"].astype(np.float32),
            kept["hunches"].astype(np.float32),
            kept["likeness"],
            kept["likeness_table"].astype(np.float32),
        )
    sure = Certainty(tuple(header["factors"]), tuple(header["doubt"]))
    return Taught(tuple(header["classes"]), Model(weights, centres, like), sure, encoder, reader)
