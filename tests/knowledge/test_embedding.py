from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import (
    PINNED_NAME,
    PINNED_SHA256,
    Embedder,
    Vectors,
    load_embedder,
    weights_digest,
)
from knowledge.encoder import export_encoder
from knowledge.errors import ModelError


def test_the_pinned_model_is_the_one_that_is_loaded(embedder: Embedder) -> None:
    assert (embedder.name, embedder.digest, embedder.dimension) == (PINNED_NAME, PINNED_SHA256, 384)


def test_vectors_have_unit_length_and_the_documented_shape(embedder: Embedder) -> None:
    vectors = embedder.encode(["How much notice?", "", "a " * 2000])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.encode([]).shape == (0, 384)
    assert embedder.encode_many([]).shape == (0, 384)


def test_a_text_gets_the_same_vector_alone_among_others_and_again(embedder: Embedder) -> None:
    texts = ["notice period", "sick pay for teachers", "notice period"]
    together = embedder.encode_many(texts)
    np.testing.assert_allclose(embedder.encode(texts), together, atol=1e-5)
    np.testing.assert_array_equal(embedder.encode(texts), embedder.encode(texts))
    np.testing.assert_array_equal(together[0], together[2])


class CountingEmbedder(Embedder):
    """The session's model, counting the texts that reach it."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder._model, embedder.name, embedder.digest)
        self.reached: list[str] = []

    def _encode(self, texts: Sequence[str], threads: int = 1) -> Vectors:
        self.reached.extend(texts)
        return super()._encode(texts, threads)


def test_a_message_is_embedded_once(embedder: Embedder) -> None:
    counting = CountingEmbedder(embedder)
    for _ in range(2):
        counting.encode(["one", "two", "one"])
    assert counting.reached == ["one", "two"]


def test_only_the_latest_messages_are_remembered(embedder: Embedder) -> None:
    counting = CountingEmbedder(embedder)
    counting.encode(["first"])
    counting.encode([str(number) for number in range(256)])
    counting.encode(["first", "255"])
    assert counting.reached.count("first") == 2
    assert counting.reached.count("255") == 1


def test_progress_counts_every_text(embedder: Embedder) -> None:
    done: list[int] = []
    embedder.encode_many(["a", "b", "c"], done.append)
    assert sum(done) == 3


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="ADVICE_MODEL"):
        load_embedder(tmp_path)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelError, match=f"not {PINNED_SHA256}"):
        weights_digest(tmp_path, PINNED_SHA256)


def test_a_model_without_a_fast_tokenizer_cannot_be_exported(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(ModelError, match=r"no tokenizer\.json"):
        export_encoder(tmp_path, tmp_path / "encoder")
