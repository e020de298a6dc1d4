import errno
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import ModelError
from knowledge.search import encoder
from knowledge.search.embedding import (
    ABOUT_FILE,
    MODEL_FILE,
    TOKENIZER_FILE,
    Embedder,
    load_embedder,
)
from knowledge.search.encoder import export_encoder
from knowledge.search.models import PINNED_SHA256, pinned_folder, weights_digest

TEXTS = [
    "notice",
    "How much notice does a head have to give to leave at Easter?",
    "sick pay " * 300,
]


def test_the_export_gives_the_vectors_of_the_model(embedder: Embedder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(pinned_folder()), device="cpu", local_files_only=True)
    own = model.encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(embedder.encode(TEXTS), own, atol=1e-5)


def test_a_configured_model_is_exported_with_its_own_way_of_pooling(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    place = tmp_path / "of-our-own"
    word = Transformer(str(pinned_folder()), max_seq_length=32)
    first = Pooling(word.get_embedding_dimension(), pooling_mode="cls")
    model = SentenceTransformer(modules=[word, first], device="cpu")
    model.save(str(place))

    assert export_encoder(place, tmp_path / "encoder")

    exported = load_embedder(tmp_path / "encoder")
    own = model.encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(exported.encode(TEXTS), own, atol=1e-5)
    assert exported.name == "of-our-own"


def test_the_same_weights_are_exported_once(exported: Path) -> None:
    written = (exported / MODEL_FILE).stat().st_mtime_ns
    assert not export_encoder(None, exported)
    assert (exported / MODEL_FILE).stat().st_mtime_ns == written


@pytest.fixture
def copy(tmp_path: Path, exported: Path) -> Path:
    """Give a copy of the export, to be damaged."""
    folder = tmp_path / "encoder"
    shutil.copytree(exported, folder)
    return folder


def test_an_export_that_was_damaged_is_made_again(copy: Path) -> None:
    with (copy / MODEL_FILE).open("r+b") as file:  # of the right size, as a failing disk leaves it
        file.seek(1_000_000)
        file.write(b"\0" * 4096)
    left = copy.with_name(".encoder-draft-999999999")
    left.mkdir()
    assert export_encoder(None, copy)
    assert json.loads((copy / ABOUT_FILE).read_text())["digest"] == PINNED_SHA256
    assert load_embedder(copy).encode(TEXTS).shape == (3, 384)
    assert [path.name for path in copy.parent.iterdir()] == ["encoder"], "a draft was left"


def test_an_export_that_fails_leaves_nothing_that_counts_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(model: object, target: Path) -> None:
        target.write_bytes(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(encoder, "_save_model", fill)
    with pytest.raises(OSError, match="No space"):
        export_encoder(None, tmp_path / "encoder")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE])
def test_an_export_that_was_cut_short_is_not_loaded(copy: Path, name: str) -> None:
    with (copy / name).open("r+b") as file:
        file.truncate((copy / name).stat().st_size - 1)
    with pytest.raises(ModelError, match="Delete that folder"):
        load_embedder(copy)


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="ADVICE_MODEL"):
        export_encoder(tmp_path, tmp_path / "encoder")


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelError, match=f"not {PINNED_SHA256}"):
        weights_digest(tmp_path, PINNED_SHA256)


def test_a_model_without_a_fast_tokenizer_cannot_be_exported(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(ModelError, match=r"no tokenizer\.json"):
        export_encoder(tmp_path, tmp_path / "encoder")
