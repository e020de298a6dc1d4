from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import ModelError
from knowledge.search.embedding import Embedder, Vectors, load_embedder
from knowledge.search.models import PINNED_NAME, PINNED_SHA256
from knowledge.search.pieces import Pieces


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
        super().__init__(embedder.folder, embedder.name, embedder.digest)
        self.reached: list[str] = []

    def _run(self, texts: list[str]) -> tuple[Vectors, list[Pieces]]:
        self.reached.extend(texts)
        return super()._run(texts)


def test_a_message_is_embedded_once(embedder: Embedder) -> None:
    counting = CountingEmbedder(embedder)
    for _ in range(2):
        counting.encode(["one", "two", "one"])
    assert counting.reached == ["one", "two"]


def test_only_the_latest_messages_are_remembered(embedder: Embedder) -> None:
    counting = CountingEmbedder(embedder)
    counting.encode(["first", "asked again"])
    counting.encode([str(number) for number in range(200)])
    counting.encode(["asked again"])
    counting.encode([str(number) for number in range(200, 255)])
    counting.encode(["first", "asked again", "254"])
    assert counting.reached.count("first") == 2
    assert counting.reached.count("asked again") == 1
    assert counting.reached.count("254") == 1


def test_progress_counts_every_text(embedder: Embedder) -> None:
    done: list[int] = []
    embedder.encode_many(["a", "b", "c"], done.append)
    assert sum(done) == 3


@pytest.mark.parametrize("damaged", ["encoder.json", "tokenizer.json", "model.onnx"])
def test_a_damaged_model_is_refused_with_what_to_do(
    tmp_path: Path, exported: Path, damaged: str
) -> None:
    for path in exported.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / damaged).unlink()
    (tmp_path / damaged).write_bytes(b"damaged")
    with pytest.raises(ModelError, match="Delete that folder"):
        load_embedder(tmp_path)


def test_a_missing_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Delete that folder"):
        load_embedder(tmp_path / "nothing")
