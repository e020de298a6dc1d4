from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

from knowledge.embedding import Embedder, Vectors
from knowledge.encoder import export_encoder

TEXTS = ["notice", "How much notice does a head have to give to leave at Easter?", "sick pay " * 40]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "encoder"
    assert export_encoder(None, folder)
    return folder


def encode(folder: Path, texts: list[str]) -> Vectors:
    """Embed as the Rasa process does: mean of the tokens' last hidden states, to unit length."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_padding()
    tokenizer.enable_truncation(256)
    rows = tokenizer.encode_batch(texts)
    mask = np.array([row.attention_mask for row in rows], dtype=np.int64)
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), providers=["CPUExecutionProvider"]
    )
    (hidden,) = session.run(
        ["last_hidden_state"],
        {
            "input_ids": np.array([row.ids for row in rows], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        },
    )
    summed = (hidden * mask[..., np.newaxis]).sum(axis=1)
    vectors: Vectors = summed / np.linalg.norm(summed, axis=1, keepdims=True)
    return vectors


def test_the_export_gives_the_vectors_of_the_model(folder: Path, embedder: Embedder) -> None:
    np.testing.assert_allclose(encode(folder, TEXTS), embedder.encode(TEXTS), atol=1e-4)


def test_the_same_weights_are_exported_once(folder: Path) -> None:
    written = (folder / "model.onnx").stat().st_mtime_ns
    assert not export_encoder(None, folder)
    assert (folder / "model.onnx").stat().st_mtime_ns == written
