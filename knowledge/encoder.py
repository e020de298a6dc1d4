"""The embedding model as an ONNX file, for the Rasa process, which cannot run today's torch."""

import logging
import shutil
import warnings
from pathlib import Path

from knowledge.embedding import PINNED_SHA256, pinned_folder, stay_offline, weights_digest
from knowledge.errors import ModelError

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_OUTPUT = "last_hidden_state"
_MARK = "weights.sha256"


def export_encoder(model_folder: Path | None, folder: Path) -> bool:
    """Write `model.onnx` and `tokenizer.json` of an embedding model to a folder, once.

    :param model_folder: a sentence-transformers model folder; None means the pinned model.
    :return: whether anything was written: False when the same weights were exported before.
    :raises ModelError: if the model is missing, damaged, or has no tokenizer.json.
    """
    place = pinned_folder() if model_folder is None else model_folder
    digest = weights_digest(place, PINNED_SHA256 if model_folder is None else None)
    mark = folder / _MARK
    if mark.is_file() and mark.read_text(encoding="ascii") == digest:
        return False
    if not (place / "tokenizer.json").is_file():
        raise ModelError(f"{place} has no tokenizer.json: choose a model with a fast tokenizer.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _export(place, folder / "model.onnx")
    shutil.copy(place / "tokenizer.json", folder / "tokenizer.json")
    mark.write_text(digest, encoding="ascii")  # last: a broken export is made again
    return True


def _export(place: Path, target: Path) -> None:
    stay_offline()
    import torch
    from transformers import AutoModel

    class LastHiddenState(torch.nn.Module):  # type: ignore[misc]  # torch is read without its types
        """The encoder with one plain output, so that the ONNX graph has one too."""

        def __init__(self, encoder: torch.nn.Module) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(
            self,
            input_ids: torch.Tensor,
            attention_mask: torch.Tensor,
            token_type_ids: torch.Tensor,
        ) -> torch.Tensor:
            output: torch.Tensor = self.encoder(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            return output

    encoder = AutoModel.from_pretrained(place, attn_implementation="eager", local_files_only=True)
    example = torch.ones(2, 16, dtype=torch.long)
    batch = torch.export.Dim("batch", min=1, max=4096)
    sequence = torch.export.Dim("sequence", min=2, max=encoder.config.max_position_embeddings)
    # The exporter narrates every step of its work at INFO and warns about its own internals.
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    logging.getLogger("onnxscript").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            LastHiddenState(encoder.eval()),
            (example, torch.ones_like(example), torch.zeros_like(example)),
            str(target),
            input_names=list(_INPUTS),
            output_names=[_OUTPUT],
            dynamic_shapes={name: {0: batch, 1: sequence} for name in _INPUTS},
            opset_version=18,
            external_data=False,
            dynamo=True,
            verbose=False,
        )
