"""The embedding model as an ONNX file, which both processes run.

Rasa's process cannot run today's torch, and without torch the app starts sooner, takes less memory
and embeds a message in half the time (docs/rasa.md).
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.errors import ModelError
from knowledge.search.embedding import (
    ABOUT_FILE,
    EXPORTED,
    INPUTS,
    MODEL_FILE,
    OUTPUTS,
    TOKENIZER_FILE,
    Embedder,
)
from knowledge.search.exports import export_once
from knowledge.search.models import PINNED_NAME, PINNED_SHA256, pinned_folder, weights_digest
from knowledge.search.onnx_file import save_onnx

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_FORMAT = 4  # of the exported files; another number makes every data folder export anew
_CLOSE = 1e-4  # how far a number of an exported vector may lie from the model's own
_SAMPLES = ("notice", "How much notice does a head have to give to leave at Easter?")


def export_encoder(model_folder: Path | None, folder: Path) -> bool:
    """Write an embedding model to a folder for `load_embedder`, once (half a minute).

    :param model_folder: any sentence-transformers model folder; None means the pinned model, whose
        weights are checked against their known digest.
    :return: whether anything was written: False when the same weights were exported before and
        every file is as it was written.
    :raises ModelError: if the model is missing or damaged, has no tokenizer.json, or gives other
        vectors when it is exported.
    :raises OSError: if a file cannot be written; then the folder is as it was.
    """
    place = pinned_folder() if model_folder is None else model_folder
    digest = weights_digest(place, PINNED_SHA256 if model_folder is None else None)
    name = PINNED_NAME if model_folder is None else place.name
    about = {"format": _FORMAT, "name": name, "digest": digest}

    def make(draft: Path) -> None:
        if not (place / "tokenizer.json").is_file():
            raise ModelError(f"{place} has no tokenizer.json: choose one with a fast tokenizer.")
        model = _load(place)
        _save_tokenizer(model, place, draft / TOKENIZER_FILE)
        _save_model(model, draft / MODEL_FILE)
        own = model.encode(list(_SAMPLES), normalize_embeddings=True, show_progress_bar=False)
        difference = np.abs(Embedder(draft, name, digest).encode(_SAMPLES) - np.asarray(own)).max()
        if not difference < _CLOSE:
            raise ModelError(f"{place} gives other vectors when exported: choose another model.")

    return export_once(folder, ABOUT_FILE, about, EXPORTED, make)


def _load(place: Path) -> "SentenceTransformer":
    """Load a model without asking a hub for anything, and without drawing progress bars."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    model = SentenceTransformer(
        str(place),
        device="cpu",
        local_files_only=True,
        model_kwargs={"attn_implementation": "eager"},  # the one that can be exported
    )
    return model.eval()


def _save_tokenizer(model: "SentenceTransformer", place: Path, target: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
    tokenizer.enable_truncation(model.max_seq_length)
    pad = model.tokenizer.pad_token
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id(pad), pad_token=pad)
    tokenizer.save(str(target))


def _save_model(model: "SentenceTransformer", target: Path) -> None:
    import torch

    class Whole(torch.nn.Module):  # type: ignore[misc]  # torch is read without its types
        """The model from word pieces to unit vectors, of a text and of each of its pieces.

        So nobody need know how it pools.
        """

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(
            self,
            input_ids: torch.Tensor,
            attention_mask: torch.Tensor,
            token_type_ids: torch.Tensor,
        ) -> tuple[torch.Tensor, torch.Tensor]:
            given = self.model(
                {
                    "input_ids": input_ids,
                    "attention_mask": attention_mask,
                    "token_type_ids": token_type_ids,
                }
            )
            unit = torch.nn.functional.normalize
            return (
                unit(given["sentence_embedding"], dim=1),
                unit(given["token_embeddings"], dim=2),
            )

    save_onnx(Whole(), target, INPUTS, OUTPUTS, model.max_seq_length)
