from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, pre_tokenizers, processors
from tokenizers import models as kinds

from tests.textanalytics.encoders import models
from textanalytics.encoders import StaticEncoder, default, named
from textanalytics.encoders.distil import Distilled, distil, keep, plain
from textanalytics.encoders.transformer import TransformerEncoder

MESSAGES = models.messages(600)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TransformerEncoder:
    return TransformerEncoder(models.make_model(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture(scope="module")
def made(model: TransformerEncoder) -> Distilled:
    return distil(model, MESSAGES, default())


def test_it_comes_nearer_to_its_model_than_the_shipped_one(made: Distilled) -> None:
    likeness = made.likeness
    assert likeness.messages == 60
    assert likeness.correlation > 0.5 > likeness.shipped_correlation
    assert likeness.nearest > likeness.shipped_nearest


def test_messages_that_it_never_saw_lie_as_the_model_lays_them(
    model: TransformerEncoder, made: Distilled, tmp_path: Path
) -> None:
    static = keep(made, tmp_path / "made", "made")
    fresh = models.messages(200, seed=7)
    theirs, ours = (rows @ rows.T for rows in (model.encode(fresh), static.encode(fresh)))
    above = np.triu_indices(len(fresh), 1)
    assert np.corrcoef(theirs[above], ours[above])[0, 1] > 0.5


def test_what_is_kept_is_found_by_its_folder_and_says_where_it_is_from(
    made: Distilled, tmp_path: Path
) -> None:
    keep(made, tmp_path / "mine", "mine", model="tiny", messages=600)
    found = named(str(tmp_path / "mine"))
    assert isinstance(found, StaticEncoder)
    assert (found.name, found.dimensions) == ("mine", models.SIZE)
    header = json.loads((tmp_path / "mine" / "encoder.json").read_text())
    assert (header["model"], header["messages"]) == ("tiny", 600)
    assert header["likeness"]["messages"] == 60
    assert sorted(file.name for file in tmp_path.iterdir()) == ["mine"]


def test_it_holds_no_message(made: Distilled, tmp_path: Path) -> None:
    keep(made, tmp_path / "mine", "mine")
    whole = b"".join(file.read_bytes() for file in (tmp_path / "mine").iterdir())
    assert not any(message.encode() in whole for message in MESSAGES)


def test_it_is_made_the_same_twice(model: TransformerEncoder, made: Distilled) -> None:
    again = distil(model, MESSAGES, default())
    assert np.array_equal(made.rows, again.rows)
    assert made.tokenizer == again.tokenizer


def test_a_language_without_spaces_is_read(made: Distilled, tmp_path: Path) -> None:
    static = keep(made, tmp_path / "made", "made")
    refund, same, other = static.encode(["退款慢", "退款 慢", "card"])
    assert refund @ same == pytest.approx(1, abs=1e-5)
    assert refund @ other < 0.99


def test_marks_that_somebody_writes_have_no_meaning(made: Distilled, tmp_path: Path) -> None:
    static = keep(made, tmp_path / "made", "made")
    rows = static.encode(["", "[UNK]", "☃", "card"])
    assert np.linalg.norm(rows, axis=1)[[0, 2, 3]] == pytest.approx([0, 0, 1], abs=1e-5)
    tokenizer = Tokenizer.from_str(made.tokenizer)
    assert tokenizer.token_to_id("[CLS]") not in tokenizer.encode("[CLS] card [SEP]").ids


def test_a_unigram_tokenizer_keeps_its_ids() -> None:
    vocab = [("<s>", 0.0), ("<unk>", 0.0), ("▁late", -1.0), ("▁", -2.0), ("l", -3.0), ("退款", -1.5)]
    tokenizer = Tokenizer(kinds.Unigram(vocab, unk_id=1, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 0)])
    tokenizer.add_special_tokens(["<s>"])
    assert tokenizer.encode("late").ids == [0, 2]
    assert plain(tokenizer).encode("late").ids == [2]
    assert plain(tokenizer).encode("退款").ids == [3, 5]


def test_too_few_messages_are_refused(model: TransformerEncoder) -> None:
    with pytest.raises(ValueError, match="needs 200 different messages to be fitted to; there are 150"):
        distil(model, MESSAGES[:150] * 5, default())


def test_it_tells_how_far_it_is(model: TransformerEncoder) -> None:
    heard: list[tuple[str, int, int]] = []
    distil(model, MESSAGES[:300], default(), told=lambda *said: heard.append(said))
    assert {what for what, _, _ in heard} == {"Reading messages", "Reading pieces", "Fitting"}
    assert all(0 <= done <= total for _, done, total in heard)


@pytest.mark.parametrize("missing", ["rows.npz", "tokenizer.json"])
def test_a_folder_that_is_not_whole_is_refused(made: Distilled, tmp_path: Path, missing: str) -> None:
    keep(made, tmp_path / "mine", "mine")
    (tmp_path / "mine" / missing).unlink()
    with pytest.raises(ValueError, match="cannot be read"):
        named(str(tmp_path / "mine"))


def test_an_encoder_of_another_schema_is_refused(made: Distilled, tmp_path: Path) -> None:
    keep(made, tmp_path / "mine", "mine")
    header = tmp_path / "mine" / "encoder.json"
    header.write_text(header.read_text().replace('"schema": 1', '"schema": 2'))
    with pytest.raises(ValueError, match="it has schema 2, not 1"):
        named(str(tmp_path / "mine"))
